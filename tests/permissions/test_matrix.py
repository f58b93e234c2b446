"""Every route × every persona × GET and POST, on the table. A route that is not in the table fails the suite."""

import pytest
from django.db import transaction
from django.urls import URLPattern, get_resolver, reverse

from tests.permissions.table import EVERYBODY, OF_THE_ACCOUNT_LIBRARY, TABLE
from tests.permissions.world import build_world

INSIDE = {200, 302, 303, 400, 409, 422}
REFUSED = {403, 404}


def routes(resolver=None, namespace=""):
    """« members:directory » for each route of the portal."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}"
        else:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from routes(entry, inner)


@pytest.fixture
def world(personas, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    return build_world(personas)


def test_every_route_stands_in_the_table():
    missing = [name for name in routes() if name not in TABLE and not name.startswith(OF_THE_ACCOUNT_LIBRARY)]
    gone = [name for name in TABLE if name not in set(routes())]

    assert (missing, gone) == ([], [])


def ask(client, method, address):
    """The status; what the request wrote is undone."""
    with transaction.atomic():
        response = getattr(client, method)(address)
        if response.streaming:
            b"".join(response.streaming_content)  # reads the file to its end, which closes it
        transaction.set_rollback(True)
    return response


def expected(name, allowed, persona, response):
    """Whether the answer is the one the table asks for."""
    if persona == "visitor" and (allowed is None or persona not in allowed):
        return (response.status_code == 302 and "/compte/login/" in response["Location"]) or response.status_code == 405
    if allowed is None:
        return response.status_code in {405, *REFUSED}
    return response.status_code in (INSIDE if persona in allowed else REFUSED)


# By app and not by route: the world takes a second to build, and two hands share the work.
@pytest.mark.parametrize("app", sorted({name.rpartition(":")[0] for name in TABLE}))
def test_each_persona_gets_in_where_the_table_says(world, sign_in, app):
    rows = {name: row for name, row in TABLE.items() if name.rpartition(":")[0] == app}
    wrong = []

    for persona, user in world.personas.all.items():
        client = sign_in(user)
        for name, row in rows.items():
            address = reverse(name, args=[getattr(world, arg) for arg in row.args])
            for method, allowed in (("get", row.get), ("post", row.post)):
                response = ask(client, method, address)
                if not expected(name, allowed, persona, response):
                    wrong.append(f"{method} {name} as {persona}: {response.status_code}")

    assert wrong == []


def test_only_the_listed_pages_are_public():
    public = {name for name, row in TABLE.items() if row.get == EVERYBODY}

    assert public == {
        "health", "set_language", "accessibility", "legal", "mandate", "frameworks:framework_list",
        "members:invitation_accept",
    }  # fmt: skip
