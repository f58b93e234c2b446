"""Compiles the catalogues whose ``.po`` is newer than its ``.mo``, without gettext: a bare machine has none."""

import os
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PROJECT = Path(__file__).resolve().parent.parent


def compile_catalogue(source: Path) -> bool:
    """Writes the ``.mo`` beside ``source`` when needed, through a temporary file. Returns whether it did."""
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return False
    with source.open("rb") as file:
        catalogue = read_po(file)
    partial = target.with_suffix(f".{os.getpid()}.tmp")
    with partial.open("wb") as file:
        write_mo(file, catalogue)
    partial.replace(target)
    return True


def main() -> int:
    for source in sorted(PROJECT.glob("locale/*/LC_MESSAGES/*.po")):
        compile_catalogue(source)
    return 0


if __name__ == "__main__":
    sys.exit(main())
