"""Under which account PostgreSQL runs.

PostgreSQL refuses to run as root. An ordinary user runs it as themselves. For root it runs under a number that no
account has, which owns its data folder and nothing else; where parent folders are closed to that number, the process
keeps the single capability of reading through them. No account is created and no permission of any folder is changed.
"""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

from reseau.local.errors import LocalServiceError

# Below 65534 (nobody) and inside the 65536 numbers that a container without privileges is given.
FIRST_UID = 64999
# Docker gives root the second one and not the first.
CAPABILITIES = ("", "dac_read_search", "dac_override")


def server_uid(data: Path) -> int:
    """Number of the account that owns, or will own, ``data``. Raises when that is another person's."""
    euid = os.geteuid()
    owner = data.stat().st_uid if data.exists() else None
    if euid == 0:
        return owner or _unused_uid()
    if owner not in (None, euid):
        raise LocalServiceError(
            f"{data} belongs to another account (number {owner}): run this command as that account or as root."
        )
    return euid


def _unused_uid() -> int:
    for uid in range(FIRST_UID, FIRST_UID - 1000, -1):
        try:
            pwd.getpwuid(uid)
        except KeyError:
            return uid
    raise LocalServiceError("No free account number for PostgreSQL: run as an ordinary user.")


def named_uid() -> int:
    """An unprivileged account that has a name, which initdb insists on: ``nobody``, else the first that is not root."""
    try:
        return pwd.getpwnam("nobody").pw_uid
    except KeyError:
        return next(entry.pw_uid for entry in pwd.getpwall() if entry.pw_uid != 0)


def prefix(uid: int, *, program: Path, folder: Path) -> list[str]:
    """Words to put before ``program`` to run it as ``uid`` in ``folder``: nothing unless root changes account.

    Raises when this machine's root may not do it (no ``setpriv``, no capability left).
    """
    if os.geteuid() == uid:
        return []
    setpriv = shutil.which("setpriv") or ""
    for capability in CAPABILITIES if setpriv else ():
        only = f"-all,+{capability}" if capability else "-all"
        words = [setpriv, f"--reuid={uid}", f"--regid={uid}", "--clear-groups", "--no-new-privs"]
        # PostgreSQL looks at its files with access(2), which ignores capabilities unless this bit is set.
        words += ["--securebits=+no_setuid_fixup"] if capability else []
        words += [f"--inh-caps={only}", f"--ambient-caps={only}", f"--bounding-set={only}"]
        probe = [*words, "/bin/sh", "-c", 'test -x "$0" && test -x "$1"', str(program), str(folder)]
        if subprocess.run(probe, cwd="/", capture_output=True, check=False).returncode == 0:  # noqa: S603
            return words
    raise LocalServiceError(
        "PostgreSQL refuses to run as root and this machine does not let root run it under another account: "
        "use an ordinary user, or set DATABASE_URL."
    )


def give(folder: Path, uid: int) -> None:
    """Makes ``uid`` (and the group of that number) the owner of ``folder`` and of all inside; follows no symlink."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, uid, uid, follow_symlinks=False)
