"""Every route × every persona × GET and POST, on the table. A route that is not in the table fails the suite."""

from contextlib import nullcontext

import pytest
from django.urls import URLPattern, get_resolver

from tests.matrix import UNDRAWN
from tests.nets.portal import LOOKERS, consume, leads_up, undone
from tests.permissions.table import EVERYBODY, OF_THE_ACCOUNT_LIBRARY, TABLE

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


def test_every_route_stands_in_the_table():
    missing = [name for name in routes() if name not in TABLE and not name.startswith(OF_THE_ACCOUNT_LIBRARY)]
    gone = [name for name in TABLE if name not in set(routes())]

    assert (missing, gone) == ([], [])


def ask(portal, persona, method, name):
    """The answer; what the request wrote is undone. Pages are drawn for one person of each kind: that is enough."""
    with undone(), nullcontext() if method == "get" and persona in LOOKERS else UNDRAWN:
        response = getattr(portal.client(persona), method)(portal.address(name))
        consume(response)
    return response


def is_no_page(response):
    """The method does not exist there; whoever opens the address of a button is led to the page above it."""
    return response.status_code == 405 or leads_up(response)


def expected(allowed, persona, response):
    """Whether the answer is the one the table asks for."""
    if persona == "visitor" and (allowed is None or persona not in allowed):
        return "/compte/login/" in response.get("Location", "") or is_no_page(response)
    if allowed is None:
        return is_no_page(response) or response.status_code in REFUSED
    return response.status_code in (INSIDE if persona in allowed else REFUSED)


@pytest.mark.django_db
@pytest.mark.parametrize("name", TABLE)
def test_each_persona_gets_in_where_the_table_says(portal, name):
    wrong = {}

    for method, allowed in (("get", TABLE[name].get), ("post", TABLE[name].post)):
        for persona in portal.personas.all:
            response = ask(portal, persona, method, name)
            if not expected(allowed, persona, response):
                wrong[method, persona] = response.status_code

    assert wrong == {}


def test_only_the_listed_pages_are_public():
    public = {name for name, row in TABLE.items() if row.get == EVERYBODY}

    assert public == {
        "health", "set_language", "accessibility", "legal", "mandate", "frameworks:framework_list",
        "calendar:calendar", "calendar:calendar_year", "members:invitation_accept",
        "guests:guest_meeting", "guests:guest_ics", "group_guests:group_guest", "group_guests:guest_file",
        "decisions:call_answer", "meetings:feed_ics",
    }  # fmt: skip
