"""A portal in which something of everything stands, for the questions put to every address; many hands at once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from unittest.mock import patch

import pytest
from django.db import connection, connections, transaction
from django.template import Template

from core.errors import DomainError
from tests.nets.portal import Portal

COPY = "portal"
HANDS = 20  # at most, at one instant


@pytest.fixture(scope="session")
def inhabited(django_db_setup, django_db_blocker):
    """A copy of the test database with the portal that was made in it, once for all modules."""
    creation = connection.creation
    with django_db_blocker.unblock():
        creation.clone_test_db(COPY, verbosity=0)
        name = creation.get_test_db_clone_settings(COPY)["NAME"]
        with connected_to(name), transaction.atomic():
            portal = Portal()
            connection.run_on_commit.clear()  # as in a test that is rolled back: what was ordered waits
        yield name, portal
        creation.destroy_test_db(suffix=COPY, verbosity=0)


@pytest.fixture(scope="module")
def portal(inhabited, django_db_blocker):
    """The module's tests run in the inhabited copy; each undoes what it writes."""
    name, portal = inhabited
    # As outside tests: their client copies the context of every template for whoever looks at it, and nobody does here.
    plain = patch.object(Template, "_render", lambda template, context: template.nodelist.render(context))
    with django_db_blocker.unblock(), connected_to(name), plain:
        yield portal


@contextmanager
def connected_to(database):
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = database
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


@pytest.fixture
def hands(transactional_db):
    """``hands([act, act, …])`` runs the acts at the same instant and returns « done » or the refusal of each."""
    with ThreadPoolExecutor(HANDS) as pool:

        def all_at_once(acts):
            barrier = Barrier(len(acts))

            def run(act):
                barrier.wait()
                try:
                    act()
                except DomainError as error:
                    return type(error).__name__
                return "done"

            return list(pool.map(run, acts))

        yield all_at_once
        # Each thread of the pool leaves its own connection; the test database could not be dropped otherwise.
        barrier = Barrier(HANDS)

        def leave(_number):
            barrier.wait()
            connections.close_all()

        list(pool.map(leave, range(HANDS)))
