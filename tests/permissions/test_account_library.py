"""The account library's pages: few are open to a visitor, and none breaks, whoever sends whatever to it."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests.nets.portal import LOOKERS, consume, post, undone
from tests.nets.test_hostile_input import CORPUS
from tests.permissions.table import OF_THE_ACCOUNT_LIBRARY
from tests.permissions.test_matrix import routes

pytestmark = pytest.mark.django_db
ROUTES = sorted({name for name in routes() if name.startswith(OF_THE_ACCOUNT_LIBRARY)})
# What a visitor may open: ways in, and what is said to those who have none.
OPEN = {
    "account_login", "account_request_login_code", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done", "account_inactive", "account_signup",
    "mfa_login_webauthn", "openid_connect_login",
}  # fmt: skip
FIELDS = (
    "action", "code", "credential", "email", "id", "login", "name", "next", "oldpassword", "password", "password1",
    "password2", "passwordless", "remember", "session",
)  # fmt: skip
ANSWERED = {200, 302, 400, 403, 404, 405, 422, 429}
GIVEN = {
    "account_reset_password_from_key": ["1", "abc-def"], "mfa_remove_webauthn": [999_999], "mfa_edit_webauthn": [1],
    "usersessions_close": [999_999],
}  # fmt: skip


def address(name):
    return reverse(name, args=GIVEN.get(name, []))


def ask(portal, persona, method, name, data=()):
    cache.clear()  # the limits of the library have tests of their own
    client = portal.client(persona)
    with undone():
        response = client.get(address(name)) if method == "get" else post(client, address(name), data)
        consume(response)
    return response


@pytest.mark.parametrize("name", ROUTES)
def test_visitor_opens_the_ways_in_and_nothing_else(portal, name):
    answer = ask(portal, "visitor", "get", name)
    is_shown = answer.status_code == 200 or (answer.status_code == 302 and reverse("account_login") not in answer.url)

    assert not is_shown or name in OPEN


@pytest.mark.parametrize("name", ROUTES)
def test_every_persona_gets_an_answer(portal, name):
    codes = {
        (persona, method): ask(portal, persona, method, name).status_code
        for persona in LOOKERS for method in ("get", "post")
    }  # fmt: skip

    assert {case: code for case, code in codes.items() if code not in ANSWERED} == {}


@pytest.mark.parametrize("name", ROUTES)
def test_whatever_is_sent_is_answered_and_signs_nobody_in(portal, name):
    wrong = {}
    for persona in ["visitor"] if name in OPEN else ["secretariat"]:
        for label, value in CORPUS.items():
            answer = ask(portal, persona, "post", name, [(field, value) for field in FIELDS])
            if answer.status_code not in ANSWERED:
                wrong[persona, label] = answer.status_code
            if persona == "visitor" and "sessionid" in answer.cookies and answer.wsgi_request.user.is_authenticated:
                wrong[persona, label] = "signed in"

    assert wrong == {}
