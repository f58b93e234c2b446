"""The pages of the account library in the portal's words: what happened, what to do next, one word for one thing."""

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.urls import reverse
from fido2.webauthn import PublicKeyCredentialDescriptor, PublicKeyCredentialType
from lxml import html

from core.models import OutboxMail
from members import actions
from tests.factories.members import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
USED_LINK = "/compte/password/reset/key/1-abc-0123456789/"
# Words of the library for what has another name on the portal.
FOREIGN = re.compile(r"[Ee]-mail|[Aa]uthentification à deux facteurs|clé de sécurité|jeton|identifier|récupération")


@pytest.fixture
def person():
    return UserFactory(with_account=True)


@pytest.fixture
def signed_in(client, person):
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def main_of(response):
    return html.document_fromstring(response.content.decode()).xpath("//main")[0]


def sign_in_links(response):
    return main_of(response).xpath(f"//main//a[@href='{reverse('account_login')}']")


def halfway(client, person):
    """The page after the right password."""
    return client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD}, follow=True)


@pytest.mark.parametrize("address", [USED_LINK, "/compte/password/reset/key/done/", "/compte/inactive/"])
def test_dead_end_leads_on(client, address):
    page = client.get(address)

    text = main_of(page).text_content()
    assert page.status_code == 200
    assert sign_in_links(page)
    assert not FOREIGN.search(text)


def test_used_link_offers_another(client):
    page = client.get(USED_LINK)

    assert main_of(page).xpath(f"//a[@href='{reverse('account_reset_password')}']")
    assert "Ce lien ne sert plus" in main_of(page).xpath("//h1")[0].text_content()


def test_closed_account_is_told_so(client, person):
    actions.deactivate_person(person, by=UserFactory(with_account=True))

    page = halfway(client, person)

    assert "Ce compte est fermé" in main_of(page).text_content()


def test_code_is_asked_for_with_the_address_it_went_to(client, person):
    page = client.post(reverse("account_request_login_code"), {"email": person.email}, follow=True)

    assert person.email in main_of(page).text_content()
    assert main_of(page).xpath(f"//a[@href='{reverse('account_request_login_code')}']")
    assert OutboxMail.objects.count() == 1


MANAGED = [
    "account_change_password", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn",
    "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "usersessions_list",
]  # fmt: skip


@pytest.mark.parametrize("name", MANAGED)
def test_page_of_the_account_speaks_as_the_portal_does(signed_in, person, name):
    if "recovery" in name:
        TOTP.activate(person, generate_totp_secret())
        RecoveryCodes.activate(person)

    page = signed_in.get(reverse(name))

    title = html.document_fromstring(page.content.decode()).xpath("//title")[0].text
    assert page.status_code == 200
    assert re.match(r"\S.* – Réseau.*\S$", title)
    assert "\n" not in title
    assert not FOREIGN.search(main_of(page).text_content().replace("clés de sécurité", ""))


def test_second_step_offers_a_recovery_code_and_no_key_to_who_has_none(client, person):
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)

    page = halfway(client, person)

    text = main_of(page).text_content()
    assert "Connexion en deux étapes" in text
    assert "codes de secours" in text
    assert "clé d’accès" not in text


@pytest.fixture
def key(person, monkeypatch):
    WebAuthn.add(person, "Clé du bureau", {})
    known = PublicKeyCredentialDescriptor(type=PublicKeyCredentialType.PUBLIC_KEY, id=b"cle du bureau")
    monkeypatch.setattr(auth, "get_credentials", lambda user: [known])


def test_second_step_offers_the_key_to_who_has_one(client, person, key):
    page = halfway(client, person)

    assert "clé d’accès" in main_of(page).text_content()


def test_second_step_asks_for_no_code_of_who_has_a_key_only(client, person, key):
    page = main_of(halfway(client, person))

    assert not page.xpath("//main//input[@name='code']")
    assert "application" not in page.text_content()
    assert [button.text.strip() for button in page.xpath("//main//button")] == ["Utiliser une clé d’accès", "Annuler"]


def test_second_step_names_the_codes_alone_to_who_has_no_app(client, person, key):
    RecoveryCodes.activate(person)

    page = main_of(halfway(client, person))

    assert page.xpath("//main//input[@name='code']")
    assert "codes de secours" in page.text_content()
    assert "application" not in page.text_content()


def test_what_is_switched_off_agrees_with_its_noun(signed_in):
    tags = main_of(signed_in.get(reverse("mfa_index"))).xpath("//main//*[contains(@class, 'tag-neutral')]")

    assert [tag.text_content().strip() for tag in tags] == ["Désactivée", "Aucune clé", "Aucun code"]


def test_recovery_code_signs_in(client, person):
    TOTP.activate(person, generate_totp_secret())
    code = RecoveryCodes.activate(person).get_unused_codes()[0]
    halfway(client, person)

    client.post(reverse("mfa_authenticate"), {"code": code})

    assert client.session["_auth_user_id"] == str(person.pk)


def test_file_of_recovery_codes_has_a_french_name(signed_in, person):
    TOTP.activate(person, generate_totp_secret())
    codes = RecoveryCodes.activate(person).get_unused_codes()

    answer = signed_in.get(reverse("mfa_download_recovery_codes"))

    assert answer["Content-Disposition"] == 'attachment; filename="codes-de-secours.txt"'
    assert answer.content.decode().split() == codes


def test_without_script_a_sentence_stands_where_the_button_would(client):
    actions_row = main_of(client.get(reverse("account_login"))).xpath("//button[@id='passkey_login']/..")[0]

    assert "needs-script" in actions_row.xpath("button")[0].get("class")
    assert "JavaScript" in html.tostring(actions_row.xpath("noscript")[0], encoding="unicode")
