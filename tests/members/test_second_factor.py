"""Some roles ask for a second proof: who holds one sets it up before anything else, from the invitation on."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from core import clock
from core.models import OutboxMail
from members import actions
from members.middleware import SecondFactorMiddleware
from tests.codes import code_of

pytestmark = pytest.mark.django_db
INDEX = "/compte/2fa/"


@pytest.fixture(autouse=True)
def asked_of(settings):
    settings.SECOND_FACTOR_ROLES = ["secretariat", "co_chair"]


@pytest.mark.parametrize("address", ["/", "/membres/", "/compte/", "/membres/export.xlsx", "/journal/"])
def test_role_that_asks_for_it_leads_to_the_setting_up_and_nowhere_else(personas, sign_in, address):
    for who in (personas.secretariat, personas.co_chair_ohchr):
        assert sign_in(who).get(address)["Location"] == INDEX
    assert sign_in(personas.focal_a).get(address).get("Location") != INDEX


def test_nothing_is_written_before_it_is_set_up(personas, sign_in):
    client = sign_in(personas.secretariat)

    answer = client.post(reverse("members:details_confirm", args=[personas.unicef.slug]))

    assert answer["Location"] == INDEX
    personas.unicef.refresh_from_db()
    assert personas.unicef.details_confirmed_on is None


def test_way_to_set_it_up_public_pages_and_the_way_out_stay_open(personas, sign_in):
    client = sign_in(personas.secretariat)

    page = client.get(INDEX)
    assert "Mettez en place une deuxième preuve pour continuer" in page.content.decode()
    assert client.get(reverse("mandate")).status_code == 200
    assert client.get(reverse("mfa_activate_totp"))["Location"].startswith(reverse("account_reauthenticate"))
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.post(reverse("set_language"), {"language": "en"}).status_code == 302


def test_key_opens_the_portal_and_its_removal_closes_it_again(personas, sign_in):
    client = sign_in(personas.secretariat)
    key = WebAuthn.add(personas.secretariat, "Clé du bureau", {}).instance
    assert client.get("/membres/").status_code == 200

    Authenticator.objects.filter(pk=key.pk).delete()

    assert client.get("/membres/")["Location"] == INDEX


def test_recovery_codes_alone_are_no_second_proof(personas, sign_in):
    Authenticator.objects.create(user=personas.secretariat, type="recovery_codes", data={})

    assert sign_in(personas.secretariat).get("/membres/")["Location"] == INDEX


def test_it_costs_no_question_more(personas, sign_in, settings, django_assert_num_queries):
    WebAuthn.add(personas.secretariat, "Clé", {})
    client = sign_in(personas.secretariat)
    client.get("/membres/")
    counts = []
    for roles in ([], ["secretariat"]):
        settings.SECOND_FACTOR_ROLES = roles
        with django_assert_num_queries(12, exact=False) as asked:
            client.get("/membres/")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_setting_that_names_nobody_stops_the_portal(settings):
    settings.SECOND_FACTOR_ROLES = ["secretaire"]

    with pytest.raises(ImproperlyConfigured, match="secretaire"):
        SecondFactorMiddleware(lambda request: None)


@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_code_that_took_half_a_minute_to_arrive_still_counts(personas, monkeypatch, steps, taken):
    moment = time.time()
    monkeypatch.setattr(time, "time", lambda: moment)  # the next half minute does not begin meanwhile
    secret = generate_totp_secret()
    proof = TOTP.activate(personas.focal_a, secret)

    assert proof.validate_code(code_of(secret, steps)) is taken


def test_from_the_invitation_to_the_code_at_the_next_sign_in(personas, client):
    person = actions.add_person(email="nouvelle@example.org", given_name="Awa", family_name="Diop", by=None)
    actions.grant_role(person, role="secretariat", starts_on=clock.today(), by=None)
    actions.invite_person(person, by=personas.secretariat)
    mail = bytes(OutboxMail.objects.get(to=person.email).message).decode()
    link = re.findall(r"/compte/invitation/[^/\s]+/", mail)[0]
    password = "baobab-sur-la-corniche"

    client.post(link, {"password": password, "password_again": password})
    assert client.get("/")["Location"] == INDEX
    client.post(reverse("account_reauthenticate"), {"password": password})
    form = client.get(reverse("mfa_activate_totp")).context["form"]
    client.post(reverse("mfa_activate_totp"), {"code": code_of(form.secret)})
    assert client.get("/").status_code == 200

    again = Client()
    step = again.post(reverse("account_login"), {"login": person.email, "password": password})
    assert step["Location"].startswith(reverse("mfa_authenticate"))
    assert again.get("/")["Location"].startswith(reverse("account_login"))
    Authenticator.objects.filter(user=person, type="totp").update(last_used_at=None)
    again.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert again.get("/").status_code == 302
    assert client.get(link).status_code == 410  # it works once
