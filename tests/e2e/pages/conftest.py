"""One live server on the demo year for all sweeps of this folder, and windows of people who are signed in already."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django.live_server_helper import LiveServer

from tests.e2e.pages import addresses, world
from tests.e2e.pages.eyes import Eyes


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """The sweeps come last and together: the year is replayed once, and no other test meets it."""
    here = Path(__file__).parent
    items.sort(key=lambda item: here in item.path.parents)
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="package")
def portal(django_db_setup, django_db_blocker, tmp_path_factory):
    """The address of the server. The year is replayed once; what a test writes itself is undone, so nobody sees it."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        assert connection.settings_dict["NAME"].startswith("test_")
        patch.setattr("django.conf.settings.MEDIA_ROOT", tmp_path_factory.mktemp("files"))
        # A sweep takes longer than the minutes for which a password given again is trusted, or a code waited for.
        for name in ("ACCOUNT_REAUTHENTICATION_TIMEOUT", "ACCOUNT_LOGIN_TIMEOUT"):
            patch.setattr(f"django.conf.settings.{name}", 3600, raising=False)
        addresses.TOKENS[:] = [world.build()]
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        with connection.cursor() as cursor:  # what the browser's kept-alive connections left behind
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        call_command("flush", interactive=False, verbosity=0)
        connection.close()


@pytest.fixture(scope="package")
def clients(portal):
    """Test clients by reader, signed in with their password."""
    return addresses.open_clients()


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
