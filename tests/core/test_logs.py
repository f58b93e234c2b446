"""No log holds what opens an account: the secret part of a link is left out, wherever the framework names a path."""

import logging
from io import StringIO

import pytest
from django.urls import reverse

from core.logs import TokenFilter
from members import actions
from members.queries import digest
from tests.factories.members import InvitationFactory

TOKEN = "jeton-secret-Xy_42"
LINKS = [
    f"/compte/invitation/{TOKEN}/", f"/compte/password/reset/key/2n-{TOKEN}/", f"/decisions/repondre/{TOKEN}/",
    f"/invites/{TOKEN}/", f"/invites/groupes/{TOKEN}/",
]  # fmt: skip


@pytest.fixture
def log(monkeypatch):
    """What the portal's own handler writes."""
    handler = next(one for one in logging.getLogger().handlers if any(isinstance(f, TokenFilter) for f in one.filters))
    written = StringIO()
    monkeypatch.setattr(handler, "stream", written)
    return written


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("logger", ["django.request", "django.server", "django.security", "core"])
def test_link_is_logged_without_its_secret(log, logger, link):
    logging.getLogger(logger).error('"GET %s HTTP/1.1" %s', link, 500)

    assert TOKEN not in log.getvalue()
    assert link.replace(TOKEN, "").rstrip("/").removesuffix("2n-") in log.getvalue()
    assert '… HTTP/1.1" 500' in log.getvalue().replace("…/", "…")


@pytest.mark.django_db
def test_calendar_address_that_opens_nothing_is_logged_without_its_secret(log, client):
    address = reverse("meetings:feed_ics", args=[TOKEN])

    assert client.get(address).status_code == 410
    assert TOKEN not in log.getvalue()
    assert address.replace(TOKEN, "…") in log.getvalue()


@pytest.mark.parametrize("address", ["/membres/inconnue/", "/reunions/calendrier/ouvrir/", "/invites/groupes/"])
def test_other_addresses_are_logged_whole(log, address):
    logging.getLogger("django.request").warning("Not Found: %s", address)

    assert f"Not Found: {address}" in log.getvalue()


@pytest.mark.django_db
def test_page_that_breaks_tells_no_token(log, client, monkeypatch):
    def fail(token, **kwargs):
        raise RuntimeError(f"broken at /compte/invitation/{token}/")

    InvitationFactory(token_digest=digest(TOKEN))
    monkeypatch.setattr(actions, "accept_invitation", fail)
    client.raise_request_exception = False
    password = "trois baobabs au bord de l’eau"

    answer = client.post(
        reverse("members:invitation_accept", args=[TOKEN]), {"password": password, "password_again": password}
    )

    assert answer.status_code == 500
    assert "broken at /compte/invitation/…/" in log.getvalue()
    assert TOKEN not in log.getvalue()
