"""The harness: real services, a strict framework, the same personas everywhere."""

import gc
from datetime import UTC, datetime

import pytest
from django.utils import timezone, translation

from decisions import deferral
from reseau.local import services
from tests import nets, sitting
from tests.personas import create_personas

pytest_plugins = ["tests.nets.fixtures", "tests.demo_year"]

# The suite keeps few objects and makes many: looking through those of Django again and again finds nothing to free.
gc.freeze()
gc.set_threshold(500_000, 50, 100)

# Whatever the day and hour it runs at, the suite begins on one morning: ten o'clock is still to come, and what
# happens a season earlier or later is in the same year.
_real_now = timezone.now
_moved_by = datetime(2026, 6, 16, 8, tzinfo=UTC) - _real_now()
timezone.now = lambda: _real_now() + _moved_by


# A decision taken in session needs a meeting on its day. Who tests something else gets one on every day; who tests the
# rule, or lives the year, asks for the real ones.
deferral.sits = sitting.every_day


def pytest_configure(config):
    services.ensure()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Two workers take half of the suite each, from its beginning, then help each other from the ends.

    The inhabited portal, and the year that was lived, take half a minute to build: one worker begins with all that is
    asked of the one, its neighbour with all that is asked of the other, and what needs neither is shared.
    """
    inhabited = [item for item in items if "inhabited" in item.fixturenames]
    lived = [item for item in items if "copy_of_the_year" in item.fixturenames]
    apart = set(inhabited + lived)
    others = [item for item in items if item not in apart]
    middle = max(len(items) // 2 - len(inhabited), 0)
    items[:] = [*inhabited, *others[:middle], *lived, *others[middle:]]


@pytest.fixture(autouse=True)
def _strict(monkeypatch):
    nets.shuffle_unordered(monkeypatch)
    translation.activate("fr")  # the language of the last request of another test would go on speaking


@pytest.fixture
def personas(db):
    return create_personas()


@pytest.fixture
def sign_in(client):
    """``sign_in(user)`` gives the client, signed in as that person."""

    def as_person(user):
        client.logout()
        if user.is_authenticated:
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return as_person
