"""The local services as the rest of the portal sees them: ``urls``, ``ensure``, ``running``, ``stop``, ``status``.

``DATABASE_URL`` and ``REDIS_URL`` win: a service that the environment names is neither started nor stopped here.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reseau.local import layout as layouts
from reseau.local.errors import LocalServiceError
from reseau.local.postgres import Postgres
from reseau.local.redis import Redis

__all__ = ["LocalServiceError", "Urls", "ensure", "reset", "running", "status", "stop", "urls"]

# Services started for one command end with it; those that manage.py woke stay until `make stop`.
STAYS, ENDS_WITH_ITS_COMMAND = "stays", "ends"


@dataclass(frozen=True)
class Urls:
    """Addresses in the form of ``DATABASE_URL`` (django-environ) and of Celery's broker (kombu)."""

    database: str
    redis: str


def urls() -> Urls:
    """The addresses, whether the services run or not; touches no disk."""
    layout = layouts.current()
    return Urls(
        database=os.environ.get("DATABASE_URL") or Postgres(layout).url,
        redis=os.environ.get("REDIS_URL") or Redis(layout).url,
    )


def ensure(*, by: str = STAYS) -> Urls:
    """Starts what sleeps and returns the addresses. Safe to call again and from several processes at once."""
    for server in _ours():
        if server.answers():
            continue
        with _locked(server.layout):
            server.ensure(by=by)
    return urls()


@contextmanager
def running() -> Iterator[Urls]:
    """Services for the length of a block. The last block to end stops them, if a block started them."""
    layout = layouts.current()
    layout.var.mkdir(mode=0o700, parents=True, exist_ok=True)
    with layout.users.open("a") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield ensure(by=ENDS_WITH_ITS_COMMAND)
        finally:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass  # Someone else still uses them and will be the last.
            else:
                _stop_those_that_end(layout)


def stop() -> list[str]:
    """Ends the local services, whoever started them; returns the names of those that lived."""
    layout = layouts.current()
    if not layout.var.exists():
        return []
    with _locked(layout):
        return [server.name for server in (Redis(layout), Postgres(layout)) if server.stop()]


def status() -> dict[str, str]:
    """For each service: ``answers``, ``deaf`` (lives, does not answer), ``asleep``, or ``elsewhere`` (set outside)."""
    layout = layouts.current()
    ours = {server.name for server in _ours()}
    found = {}
    for server in (Postgres(layout), Redis(layout)):
        if server.name not in ours:
            found[server.name] = "elsewhere"
        elif server.answers():
            found[server.name] = "answers"
        else:
            found[server.name] = "deaf" if server.is_alive() else "asleep"
    return found


def reset() -> None:
    """Empties the portal's local database and queue. Refuses when either is set from outside."""
    if len(_ours()) < 2:
        raise LocalServiceError("DATABASE_URL or REDIS_URL is set: this command empties local services only.")
    ensure()
    for server in _ours():
        server.reset()


def _ours() -> list[Postgres | Redis]:
    layout = layouts.current()
    ours: list[Postgres | Redis] = []
    if not os.environ.get("DATABASE_URL"):
        ours.append(Postgres(layout))
    if not os.environ.get("REDIS_URL"):
        ours.append(Redis(layout))
    return ours


def _stop_those_that_end(layout: layouts.Layout) -> None:
    with _locked(layout):
        for server in (Redis(layout), Postgres(layout)):
            if server.is_alive() and server.started_by() == ENDS_WITH_ITS_COMMAND:
                server.stop()


@contextmanager
def _locked(layout: layouts.Layout) -> Iterator[Path]:
    layout.var.mkdir(mode=0o700, parents=True, exist_ok=True)
    with layout.lock.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield layout.lock
