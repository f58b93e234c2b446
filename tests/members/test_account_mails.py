"""Every mail about an account: in the person's language, text and HTML, a term, a button, who to write to."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from members import emails
from members.enums import Language
from tests.codes import code_of
from tests.factories.members import PASSWORD, InvitationFactory, UserFactory
from tests.mails import bodies, last_mail

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "trois baobabs au bord de l’eau"
LETTERS = {
    "invitation": lambda person: emails.send_invitation(InvitationFactory(person=person), "jeton"),
    "password_link": lambda person: emails.send_password_link(person, person.email, "https://example.org/cle"),
    "code": lambda person: emails.send_code(person, person.email, "ABC-DEF"),
    "warning": lambda person: emails.send_warning(person, "password_changed", "Mozilla/5.0 (Windows) Firefox/140"),
}


@pytest.mark.parametrize("language", Language.values)
@pytest.mark.parametrize("kind", LETTERS)
def test_mail_has_all_that_a_mail_of_the_portal_has(kind, language):
    person = UserFactory(language=language)

    LETTERS[kind](person)

    mail = last_mail()
    text, html = bodies(mail)
    assert mail["To"] == person.email
    assert mail["Reply-To"] == settings.SECRETARIAT_EMAIL
    assert mail["Auto-Submitted"] == "auto-generated"
    assert re.match(r"\[RNUM\] \S", mail["Subject"])
    assert f'lang="{language}"' in html
    assert html.count("display:inline-block") == 1
    address = re.search(r'href="(http[^"]+)"', html).group(1)
    for body in (text, html):
        assert ("Bonjour" if language == "fr" else "Hello") in body
        assert person.get_full_name() in body
        assert address in body
        assert settings.SECRETARIAT_EMAIL in body
        assert len(body) < 15_000


def test_forgotten_password_is_chosen_anew_by_the_link_of_the_mail(client):
    person = UserFactory(with_account=True)
    client.post(reverse("account_reset_password"), {"email": person.email})
    mail = last_mail()
    link = re.search(re.escape(settings.SITE_URL) + r"(/compte/password/reset/key/\S+/)", bodies(mail)[0]).group(1)

    form = client.get(link)["Location"]
    client.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    person.refresh_from_db()
    assert person.check_password(NEW_PASSWORD)
    assert "Lien valable jusqu’au" in bodies(mail)[0]
    assert "mot de passe de votre compte a été changé" in bodies(last_mail())[0]


def test_code_of_the_mail_signs_in(client):
    person = UserFactory(with_account=True)
    client.post(reverse("account_request_login_code"), {"email": person.email})
    code = re.search(r"Votre code\s*: (\S+)", bodies(last_mail())[0]).group(1)

    client.post(reverse("account_confirm_login_code"), {"code": code})

    assert client.session["_auth_user_id"] == str(person.pk)


def test_address_without_account_is_told_so_and_who_to_write_to(client):
    client.post(reverse("account_request_login_code"), {"email": "inconnue@example.org"})

    mail = last_mail()
    assert mail["To"] == "inconnue@example.org"
    assert mail["Subject"] == "[RNUM] Aucun compte ne s’ouvre avec cette adresse"
    assert "invitation" in bodies(mail)[0]


@pytest.fixture
def signed_in(client):
    person = UserFactory(with_account=True, language="en")
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def test_changed_password_is_told_by_mail(signed_in):
    form = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}

    signed_in.post(reverse("account_change_password"), form)

    assert last_mail()["Subject"] == "[RNUM] The security of your account was changed"
    assert "The password of your account was changed." in bodies(last_mail())[0]


def test_second_step_switched_on_and_off_is_told_by_mail(signed_in, django_capture_on_commit_callbacks):
    secret = signed_in.get(reverse("mfa_activate_totp")).context["form"].secret
    code = code_of(secret)

    with django_capture_on_commit_callbacks(execute=True):
        signed_in.post(reverse("mfa_activate_totp"), {"code": code})
    switched_on = bodies(last_mail())[0]
    signed_in.post(reverse("mfa_deactivate_totp"))

    assert "An authenticator app was added" in switched_on
    assert "was removed" in bodies(last_mail())[0]
