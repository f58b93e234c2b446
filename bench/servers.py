"""Databases and gunicorns of a run: made for it, gone with it; on the loopback only."""

import contextlib
import http.client
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import environ
import psycopg2

from reseau.local import services

PROJECT = Path(__file__).resolve().parent.parent
START_SECONDS = 30.0
ANSWER_SECONDS = 5.0  # one try while a process is still starting


@dataclass(frozen=True)
class Place:
    """Where one side of the comparison runs: its environment and, once started, its port."""

    env: dict[str, str]
    port: int = 0


@contextlib.contextmanager
def databases(*names: str) -> Iterator[dict[str, str]]:
    """Empty databases of these names on the server in use, dropped at the end; their addresses."""
    address = services.urls().database
    known = environ.Env.db_url_config(address)
    connection = psycopg2.connect(
        dbname="postgres", user=known["USER"], password=known["PASSWORD"] or None,
        host=known["HOST"] or known.get("OPTIONS", {}).get("host"), port=known["PORT"] or None,
    )  # fmt: skip
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            for name in names:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
                cursor.execute(f'CREATE DATABASE "{name}"')
        yield {name: renamed(address, name) for name in names}
    finally:
        with connection.cursor() as cursor:
            for name in names:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.close()


def renamed(address: str, name: str) -> str:
    """The same server, another database: the last part of the path, which may hold the folder of a socket before it."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(path=f"{parts.path.rpartition('/')[0]}/{name}"))


def environment(database: str, var: Path, settings: str) -> dict[str, str]:
    """As in production: DEBUG off, one secret; nothing leaves the machine."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": settings,
        "DATABASE_URL": database,
        "REDIS_URL": services.urls().redis,
        "RESEAU_VAR": str(var),
        "DJANGO_DEBUG": "0",
        "SECRET_KEY": secrets.token_urlsafe(40),
        "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
        "LOG_LEVEL": "WARNING",
    }


def run(env: dict[str, str], *words: str) -> str:
    """A Python command of the project; its standard output.

    Raises:
        SystemExit: it failed; its last words are shown.
    """
    done = subprocess.run([sys.executable, *words], cwd=PROJECT, env=env, capture_output=True, text=True)  # noqa: S603 - our own commands
    if done.returncode:
        raise SystemExit(f"{' '.join(words)} failed:\n{done.stderr[-3000:]}")
    return done.stdout


@contextlib.contextmanager
def serving(application: str, env: dict[str, str]) -> Iterator[int]:
    """The same gunicorn for both sides: two workers, threads. Yields its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--workers=2",
        "--worker-class=gthread", "--threads=4", "--log-level=warning", "--no-control-socket",
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=PROJECT, env=env)  # noqa: S603 - our own command
    try:
        wait(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def wait(port: int, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if server.poll() is not None:
            raise SystemExit("gunicorn ended at once")
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)
        with contextlib.suppress(OSError), contextlib.closing(line):  # also where nobody answers in time
            line.request("GET", "/nowhere", headers={"X-Forwarded-Proto": "https"})
            line.getresponse().read()
            return
        time.sleep(0.2)
    raise SystemExit("gunicorn did not answer in time")
