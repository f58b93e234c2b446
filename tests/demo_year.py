"""The demo year is replayed once in a run, by the worker that needs it first; each user gets a copy of the database."""

import fcntl
import os
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django.plugin import blocking_manager_key

from core import clock
from reseau.demo.seed import SAMPLE, load, seed
from tests import sitting
from tests.nets.fixtures import connected_to

Copy = Callable[[str], AbstractContextManager[None]]


def evening_of(raw: dict[str, Any]) -> datetime:
    """The last moment of the file's day: what happened on it has happened."""
    return timezone.make_aware(datetime.combine(date.fromisoformat(raw["meta"]["as_of"]), time(23, 59)))


@pytest.fixture(scope="session")
def copy_of_the_year(django_db_setup, django_db_blocker, tmp_path_factory) -> Copy:
    """``with copy_of_the_year("name"):`` connects this worker to a database of its own in which the year was lived."""
    root = tmp_path_factory.getbasetemp()
    shared = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root

    @contextmanager
    def copy(name: str) -> Iterator[None]:
        own = f"{connection.settings_dict['NAME']}_{name}"
        with django_db_blocker.unblock():
            with _alone(shared / "year.lock"):
                if not (shared / "year").exists():
                    _replay()
                    (shared / "year").touch()
                _execute(f"DROP DATABASE IF EXISTS {own} WITH (FORCE)", f"CREATE DATABASE {own} TEMPLATE {_name()}")
            try:
                with connected_to(own):
                    yield
            finally:
                _execute(f"DROP DATABASE {own} WITH (FORCE)")  # a browser's connections may still be open

    return copy


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Whoever began the run takes away what the workers shared."""
    if not hasattr(session.config, "workerinput"):
        with session.config.stash[blocking_manager_key].unblock():
            _execute(f"DROP DATABASE IF EXISTS {_name()} WITH (FORCE)")


def _name() -> str:
    own = connection.settings_dict["TEST"]["NAME"] or f"test_{connection.settings_dict['NAME']}"
    return re.sub(r"_gw\d+$", "", own) + "_year"


def _replay() -> None:
    raw, here = load(SAMPLE), connection.settings_dict["NAME"]
    connection.close()  # nobody may be connected to what is copied
    _execute(f"DROP DATABASE IF EXISTS {_name()} WITH (FORCE)", f"CREATE DATABASE {_name()} TEMPLATE {here}")
    with connected_to(_name()), clock.set_to(evening_of(raw)), sitting.as_convened():
        seed(raw, as_of=None)


def _execute(*statements: str) -> None:
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
