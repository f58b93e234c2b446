"""Where the local services keep their things."""

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from reseau.local.errors import LocalServiceError

PROJECT = Path(__file__).resolve().parents[2]
# The kernel takes 107 bytes for the path of a Unix socket on Linux, 103 on macOS; ".s.PGSQL.5432.lock" is added to it.
LONGEST_SOCKET_DIR = 80
# A comma separates folders for PostgreSQL, and quotes or spaces travel badly through URLs: such paths go elsewhere too.
PLAIN_PATH = re.compile(r"[A-Za-z0-9._/-]+")


@dataclass(frozen=True)
class Layout:
    """Paths under one ``var`` folder. Computing them touches no disk."""

    var: Path

    @property
    def key(self) -> str:
        """Twelve hexadecimal digits that name this folder among all those of the machine."""
        return hashlib.sha256(os.fsencode(self.var)).hexdigest()[:12]

    @property
    def lock(self) -> Path:
        return self.var / "services.lock"

    @property
    def users(self) -> Path:
        return self.var / "services.users"

    @property
    def logs(self) -> Path:
        return self.var / "log"

    @property
    def sockets(self) -> Path:
        """``var/run``, or a folder of fixed name under ``/tmp`` when that path cannot hold a socket."""
        inside = self.var / "run"
        if len(os.fsencode(inside)) <= LONGEST_SOCKET_DIR and PLAIN_PATH.fullmatch(str(inside)):
            return inside
        return Path("/tmp") / f"reseau-{self.key}"  # noqa: S108 - made with mode 0700 and its owner checked below

    def make(self, server_uid: int) -> None:
        """Makes the folders, private; ``server_uid`` gets the sockets' one. Raises when that is someone else's."""
        self.var.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.logs.mkdir(mode=0o700, exist_ok=True)
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        found = self.sockets.lstat()
        if self.sockets.is_symlink() or found.st_uid not in {os.geteuid(), server_uid}:
            raise LocalServiceError(f"{self.sockets} belongs to someone else; remove it or set RESEAU_VAR.")
        if os.geteuid() == 0 and found.st_uid != server_uid:
            os.chown(self.sockets, server_uid, -1)
        self.sockets.chmod(0o700)


def current() -> Layout:
    """The layout that the environment names (``RESEAU_VAR``), ``var/`` in the project otherwise."""
    return Layout(Path(os.environ.get("RESEAU_VAR") or PROJECT / "var").resolve())
