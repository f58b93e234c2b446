"""Signing in with the organisation’s Microsoft account, against an OpenID Connect provider that runs here (ADR 16)."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from core.models import OutboxMail
from members import actions
from reseau.entra import providers
from tests.factories.members import PASSWORD, UserFactory
from tests.microsoft import CLIENT, OTHER_TENANT, SECRET, TENANT, serve, there, there_and_back

pytestmark = pytest.mark.django_db
BACK = "/compte/microsoft/retour/"
LINK = "/compte/microsoft/lien/"
OPENS_NOTHING = "Ce compte Microsoft n’ouvre aucun compte ici"
FAILED = "La connexion avec Microsoft n’a pas abouti"


@pytest.fixture(scope="module")
def provider():
    yield from serve()


@pytest.fixture
def microsoft(provider, settings):
    settings.ENTRA_TENANT_ID = TENANT
    settings.SOCIALACCOUNT_PROVIDERS = providers(provider.url, TENANT, CLIENT, SECRET)
    provider.says()
    return provider


@pytest.fixture
def person():
    return UserFactory(with_account=True)


@pytest.fixture
def linked(person):
    SocialAccount.objects.create(
        user=person, provider="entra", uid="a-person", extra_data={"id_token": {"sub": "a-person", "email": ""}}
    )
    return person


@pytest.fixture
def signed_in(client, person):
    return prove(client, person)


def prove(client, person):
    """Signed in, and asked for the password again, as before each change of how an account opens."""
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def who(client):
    return client.session.get("_auth_user_id")


# --- What the deployer says ------------------------------------------------------------------------------------------
def test_off_unless_all_three_are_set():
    assert providers("https://login.example.org", "", "", "") == {}
    for some in ((TENANT, "", ""), (TENANT, CLIENT, ""), ("", CLIENT, SECRET)):
        with pytest.raises(ImproperlyConfigured, match="all three or none"):
            providers("https://login.example.org", *some)


@pytest.mark.parametrize("tenant", ["common", "organizations", "consumers", "un.org"])
def test_everybody_is_not_a_tenant(tenant):
    with pytest.raises(ImproperlyConfigured, match="one tenant"):
        providers("https://login.example.org", tenant, CLIENT, SECRET)


def test_nothing_of_it_is_shown_or_answered_where_it_is_off(client, signed_in):
    assert "Microsoft" not in signed_in.get("/compte/").content.decode()
    assert signed_in.get(LINK).status_code == 404
    client.logout()
    assert "Microsoft" not in client.get(reverse("account_login")).content.decode()
    assert client.post("/compte/microsoft/").status_code == 404
    assert client.get(BACK).status_code == 404


# --- Signing in -----------------------------------------------------------------------------------------------------
def test_linked_account_signs_in_and_leads_to_the_page_that_was_asked_for(client, microsoft, linked):
    assert "Se connecter avec Microsoft" in client.get(reverse("account_login")).content.decode()

    answer = there_and_back(client, next="/mandat/")

    assert (answer.status_code, answer["Location"]) == (302, "/mandat/")
    assert who(client) == str(linked.pk)


def test_code_is_exchanged_by_the_portal_that_asked_for_it_alone(client, microsoft, linked):
    """The state is bound to the browser, the code to a secret that never left the portal (PKCE, RFC 7636)."""
    there_and_back(client)

    asked, exchanged = microsoft.asked[-1], microsoft.exchanged[-1]
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"].endswith(BACK)
    assert "code_verifier" in exchanged
    assert "code_verifier" not in asked
    assert exchanged["client_secret"] == SECRET


def test_address_that_microsoft_vouches_for_links_the_account_once_and_its_person_is_told(client, microsoft, person):
    microsoft.says(email=person.email.upper(), xms_edov="1")

    there_and_back(client)

    assert who(client) == str(person.pk)
    assert SocialAccount.objects.get().user == person
    assert OutboxMail.objects.filter(to=person.email, kind="members.warning").count() == 1
    client.logout()
    microsoft.says(email="changed@example.org")  # the account is known by its identifier from now on
    there_and_back(client)
    assert who(client) == str(person.pk)
    assert OutboxMail.objects.filter(kind="members.warning").count() == 1


def test_address_alone_opens_nothing_and_says_nothing_of_who_has_an_account(client, microsoft, person):
    """An administrator of the tenant writes what they like into a profile."""
    pages = set()
    for claims in (
        {"email": person.email}, {"email": person.email, "email_verified": False}, {},
        {"email": "inconnue@example.org", "email_verified": True},
        {"email": UserFactory().email, "email_verified": True},
    ):  # fmt: skip
        microsoft.says(**claims)
        answer = there_and_back(client)
        assert answer.status_code == 403
        assert OPENS_NOTHING in answer.content.decode()
        pages.add(answer.content.decode().split("<main")[1].split("</main>")[0])
        assert who(client) is None

    assert len(pages) == 1
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "claims",
    [
        {"tid": OTHER_TENANT},
        {"tid": None},
        {"iss": f"https://login.microsoftonline.com/{OTHER_TENANT}/v2.0"},
        {"aud": "another-application"},
        {"exp": datetime.now(UTC) - timedelta(hours=1)},
    ],
    ids=["other tenant", "no tenant", "other issuer", "other application", "expired"],
)
def test_word_for_somebody_else_is_not_taken(client, microsoft, linked, claims):
    microsoft.says(**claims)

    answer = there_and_back(client)

    assert answer.status_code == 403
    assert FAILED in answer.content.decode()
    assert who(client) is None


def test_second_proof_is_still_asked_for(client, microsoft, linked):
    TOTP.activate(linked, generate_totp_secret())

    answer = there_and_back(client)

    assert answer["Location"] == reverse("mfa_authenticate")
    assert who(client) is None


def test_closed_account_stays_closed(client, microsoft, linked):
    actions.deactivate_person(linked, by=UserFactory())

    assert there_and_back(client)["Location"] == reverse("account_inactive")
    assert who(client) is None


def test_account_opened_again_waits_for_its_new_invitation(client, microsoft, linked):
    linked.set_unusable_password()
    linked.save()

    assert OPENS_NOTHING in there_and_back(client).content.decode()
    assert who(client) is None


def test_nobody_changes_places_by_the_account_of_somebody_who_waits_for_an_invitation(client, microsoft, linked):
    linked.set_unusable_password()
    linked.save()
    prove(client, UserFactory(with_account=True))

    assert OPENS_NOTHING in there_and_back(client).content.decode()
    assert who(client) != str(linked.pk)


# --- What goes wrong on the way ---------------------------------------------------------------------------------------
def test_who_turns_round_at_microsoft_is_told_that_nothing_changed(client, microsoft):
    state = there(client).split("state=")[1]

    answer = client.get(BACK, {"error": "access_denied", "state": state})

    assert "La connexion avec Microsoft a été interrompue" in answer.content.decode()


def test_way_back_works_once_and_in_the_browser_that_left(client, microsoft, linked):
    address = there(client)
    path = address[address.index(BACK) :]
    other = type(client)()

    assert FAILED in other.get(path).content.decode()
    assert who(other) is None
    client.get(path)
    client.logout()
    assert FAILED in client.get(path).content.decode()
    assert who(client) is None


@pytest.mark.parametrize("sent", ["", "?code=x", "?state=x", "?code=x&state=%00", "?error=x&error_description=<b>"])
def test_whatever_comes_back_gets_an_answer(client, microsoft, sent):
    assert client.get(BACK + sent).status_code in {400, 403}


def test_microsoft_out_of_reach_is_a_sentence(client, microsoft, settings):
    settings.SOCIALACCOUNT_PROVIDERS = providers("http://127.0.0.1:9", TENANT, CLIENT, SECRET)

    answer = client.post("/compte/microsoft/")

    assert answer.status_code == 403
    assert FAILED in answer.content.decode()


# --- One’s own account ------------------------------------------------------------------------------------------------
def test_person_links_their_account_and_takes_it_back(client, microsoft, person, signed_in):
    microsoft.says(email="awa@un.example.org")
    assert "Aucun compte Microsoft n’est lié" in client.get(LINK).content.decode()

    assert there_and_back(client, process="connect")["Location"] == LINK

    page = client.get(LINK).content.decode()
    assert "awa@un.example.org" in page
    assert "Le compte Microsoft est lié" in page
    client.post(LINK, {"account": SocialAccount.objects.get().pk})
    assert not SocialAccount.objects.exists()
    warned = OutboxMail.objects.filter(to=person.email, kind="members.warning")
    assert warned.count() == 2


def test_account_linked_to_somebody_else_stays_theirs(client, microsoft, linked):
    other = UserFactory(with_account=True)
    prove(client, other)

    there_and_back(client, process="connect")

    assert "est lié à une autre personne" in client.get(LINK).content.decode()
    assert SocialAccount.objects.get().user == linked
    assert client.post(LINK, {"account": SocialAccount.objects.get().pk}).status_code in {200, 422}
    assert SocialAccount.objects.get().user == linked


@pytest.mark.parametrize("ask", [lambda c: c.get(LINK), lambda c: c.post("/compte/microsoft/", {"process": "connect"})])
def test_session_left_open_does_not_link_an_account(personas, sign_in, microsoft, ask):
    """Whoever finds the browser open would keep a way in."""
    answer = ask(sign_in(personas.focal_a))

    assert answer["Location"].startswith(reverse("account_reauthenticate"))


def test_only_the_address_is_kept_of_what_microsoft_says(client, microsoft, linked):
    microsoft.says(email="awa@un.example.org", name="Awa Ndiaye", oid="x", roles=["admin"], ip="10.0.0.1")

    there_and_back(client)

    assert SocialAccount.objects.get().extra_data == {"id_token": {"sub": "a-person", "email": "awa@un.example.org"}}


def test_browser_may_be_led_on_to_microsoft_and_nowhere_else():
    """Chromium refuses a form that is led on to a host which ``form-action`` does not name."""
    asked = "from django.conf import settings; print(settings.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'])"
    given = {"ENTRA_TENANT_ID": TENANT, "ENTRA_CLIENT_ID": CLIENT, "ENTRA_CLIENT_SECRET": SECRET}
    told = {}
    for name, more in (("off", {}), ("on", given)):
        command = [sys.executable, "-c", asked]
        env = os.environ | {"DJANGO_SETTINGS_MODULE": "reseau.settings"} | more
        told[name] = subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout

    assert "microsoft" not in told["off"]
    assert told["on"].strip() == str(["'self'", "https://login.microsoftonline.com"])
