"""The harness: real services, a strict framework, the same personas everywhere."""

import gc

import pytest
from django.utils import translation

from reseau.local import services
from tests import nets
from tests.personas import create_personas

pytest_plugins = ["tests.nets.fixtures"]

# The suite keeps few objects and makes many: looking through those of Django again and again finds nothing to free.
gc.freeze()
gc.set_threshold(500_000, 50, 100)


def pytest_configure(config):
    services.ensure()


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
