"""Extracts the translatable texts into ``locale/``; ``--check`` proves that none is missing.

Needs gettext, as Django's ``makemessages`` does.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.pofile import read_po

PROJECT = Path(__file__).resolve().parent.parent
LOCALE = PROJECT / "locale"
EXTRACT = ["makemessages", "--all", "--no-obsolete", "--no-wrap", "--add-location=file", "--verbosity=0"]
IGNORED = ["var", ".venv", "tests", "docs", "scripts"]


def extract() -> None:
    """Rewrites the catalogues of every language that ``locale/`` holds."""
    ignored = [word for folder in IGNORED for word in ("--ignore", f"{folder}/*")]
    subprocess.run([sys.executable, "manage.py", *EXTRACT, *ignored], cwd=PROJECT, check=True)  # noqa: S603


def meaning(source: Path) -> list[str]:
    """Lines of a catalogue without the one that tells when it was extracted."""
    return [line for line in source.read_text().splitlines() if not line.startswith('"POT-Creation-Date')]


def faults_of(source: Path) -> list[str]:
    """One line for each text that is fuzzy, and, outside English (the source), for each that has no translation."""
    with source.open("rb") as file:
        catalogue = read_po(file)
    name = source.relative_to(PROJECT)
    faults = []
    for message in catalogue:
        if not message.id:
            continue
        words = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.fuzzy:
            faults.append(f"{name}: fuzzy: {message.id!r}")
        elif source.parts[-3] != "en" and not all(words):
            faults.append(f"{name}: not translated: {message.id!r}")
    return faults


def check() -> int:
    """Extracts, compares and puts the catalogues back. Exit status 1 when a fault was printed."""
    with tempfile.TemporaryDirectory() as kept:
        before = Path(kept) / "locale"
        shutil.copytree(LOCALE, before)
        try:
            extract()
            sources = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
            faults = [fault for source in sources for fault in faults_of(source)]
            for source in sources:
                old = before / source.relative_to(LOCALE)
                if not old.exists() or meaning(old) != meaning(source):
                    faults.append(f"{source.relative_to(PROJECT)}: texts changed; run `make messages` and translate")
        finally:
            shutil.copytree(before, LOCALE, dirs_exist_ok=True)
    print(*faults, sep="\n" if faults else "")
    return 1 if faults else 0


def main(words: list[str]) -> int:
    if words == ["--check"]:
        return check()
    extract()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
