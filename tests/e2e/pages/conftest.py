"""One live server on the demo year for all sweeps of this folder, and windows of people who are signed in already."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from decisions import consensus
from reseau.demo.seed import SAMPLE, load
from tests.demo_year import evening_of
from tests.e2e.pages import addresses, world
from tests.e2e.pages.eyes import Eyes


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="package")
def portal(copy_of_the_year):
    """The address of the server. What a test writes itself is undone, so nobody sees it."""
    with copy_of_the_year("pages"), pytest.MonkeyPatch.context() as patch:
        # The pages are served by other threads than this one: all of them live on the last day of the year.
        now = timezone.now
        moved_by = evening_of(load(SAMPLE)) - timedelta(hours=8) - now()
        patch.setattr(timezone, "now", lambda: now() + moved_by)
        # A sweep takes longer than the minutes for which a password given again is trusted, or a code waited for.
        for name in ("ACCOUNT_REAUTHENTICATION_TIMEOUT", "ACCOUNT_LOGIN_TIMEOUT"):
            patch.setattr(f"django.conf.settings.{name}", 3600, raising=False)
        with pytest.MonkeyPatch.context() as building:  # what is added is decided by two voices of twenty-two
            building.setattr(consensus, "_require_quorum", lambda *_asked: None)
            addresses.TOKENS[:] = [world.build()]
        server = LiveServer("localhost")
        yield server.url
        server.stop()


@pytest.fixture(scope="package")
def clients(portal):
    """Test clients by reader, signed in with their password."""
    return addresses.open_clients()


@pytest.fixture(scope="package")
def walk(clients):
    return addresses.Walk(clients)


@pytest.fixture
def eyes(portal, clients, chromium):
    """``eyes(reader)`` is the window of that person, the same for the whole test."""
    opened = {}

    def of(reader: str) -> Eyes:
        if reader not in opened:
            opened[reader] = Eyes(chromium, portal, clients[reader])
        return opened[reader]

    yield of
    for one in opened.values():
        one.context.close()
