"""The only way in: one link, one person, one use, seven days. Opening it writes nothing."""

import re
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.core import mail as outgoing
from django.urls import reverse

from core import clock, outbox
from core.errors import DomainError
from core.models import JournalEvent, OutboxMail
from members import actions
from members.models import Invitation
from members.queries import digest
from tests.factories.members import PASSWORD, InstitutionalRoleFactory, InvitationFactory, UserFactory

pytestmark = pytest.mark.django_db
CHOSEN = "trois baobabs au bord de l’eau"


@pytest.fixture
def secretariat():
    return InstitutionalRoleFactory().person


def invite(person, by):
    """The address in the mail that the person receives."""
    actions.invite_person(person, by=by)
    mail = OutboxMail.objects.order_by("-pk").first()
    return re.search(r"/compte/invitation/[\w-]+/", bytes(mail.message).decode().replace("=\r\n", "")).group()


def accept(client, url, password=CHOSEN):
    return client.post(url, {"password": password, "password_again": password})


def test_invitation_opens_an_account_and_signs_in(client, secretariat):
    person = UserFactory()
    url = invite(person, secretariat)

    response = accept(client, url)

    person.refresh_from_db()
    assert response.url == reverse("home")
    assert person.check_password(CHOSEN)
    assert client.session["_auth_user_id"] == str(person.pk)
    assert list(JournalEvent.objects.order_by("pk").values_list("verb", flat=True)) == [
        "members.invite_person",
        "members.accept_invitation",
    ]


def test_invitation_opened_by_a_mail_program_stays_open(client, secretariat):
    url = invite(UserFactory(), secretariat)
    before = Invitation.objects.values().get()

    for _visit in range(3):
        assert client.get(url).status_code == 200

    assert Invitation.objects.values().get() == before
    assert accept(client, url).status_code == 302


def test_token_is_not_in_the_database(secretariat):
    token = invite(UserFactory(), secretariat).split("/")[-2]

    invitation = Invitation.objects.get()

    assert token != invitation.token_digest
    assert invitation.token_digest == digest(token)
    assert len(token) >= 43


def test_invitation_used_twice(client, secretariat):
    person = UserFactory()
    url = invite(person, secretariat)
    accept(client, url)

    client.logout()
    response = accept(client, url, "un autre mot de passe long")

    person.refresh_from_db()
    assert response.status_code == 410
    assert person.check_password(CHOSEN)


def test_invitation_after_seven_days(client, secretariat):
    url = invite(UserFactory(), secretariat)

    with clock.set_to(clock.now() + timedelta(days=7)):
        shown, posted = client.get(url), accept(client, url)

    assert (shown.status_code, posted.status_code) == (410, 410)
    assert "_auth_user_id" not in client.session


def test_new_invitation_revokes_the_former(client, secretariat):
    person = UserFactory()
    former = invite(person, secretariat)
    with clock.set_to(clock.now() + timedelta(minutes=2)):
        newer = invite(person, secretariat)

    assert client.get(former).status_code == 410
    assert client.get(newer).status_code == 200
    assert Invitation.objects.filter(revoked_at=None).count() == 1


def test_button_pressed_twice_sends_one_invitation(client, secretariat):
    person = UserFactory()

    first, second = invite(person, secretariat), invite(person, secretariat)

    assert first == second
    assert client.get(first).status_code == 200
    assert OutboxMail.objects.count() == 1


@pytest.mark.parametrize(("language", "welcome"), [("fr", "Bienvenue."), ("en", "Welcome.")])
def test_invited_person_is_welcomed_in_her_own_language(client, secretariat, language, welcome):
    url = invite(UserFactory(language=language), secretariat)
    other = {"fr": "en", "en": "fr"}[language]
    form = {"password": CHOSEN, "password_again": CHOSEN}

    page = client.post(url, form, follow=True, headers={"accept-language": other})

    assert f'lang="{language}"' in page.content.decode()
    assert welcome in page.content.decode()


def test_revoked_invitation_does_not_open(client, secretariat):
    url = invite(UserFactory(), secretariat)
    actions.revoke_invitation(Invitation.objects.get(), by=secretariat)

    assert accept(client, url).status_code == 410


@pytest.mark.parametrize("token", ["x", "a" * 5000, "é" * 43, "../../etc"])
def test_unknown_token_is_told_in_a_sentence(client, token):
    response = client.get(f"/compte/invitation/{token}/".replace("../", ".."))

    assert response.status_code == 410


def test_person_with_an_account_is_not_invited(secretariat):
    with pytest.raises(DomainError):
        actions.invite_person(UserFactory(with_account=True), by=secretariat)

    assert not OutboxMail.objects.exists()


@pytest.mark.parametrize("state", ["accepted_at", "revoked_at"])
def test_closed_invitation_is_not_revoked(secretariat, state):
    invitation = InvitationFactory(**{state: clock.now()})

    with pytest.raises(actions.InvitationClosed):
        actions.revoke_invitation(invitation, by=secretariat)


@pytest.mark.parametrize(
    ("password", "again"),
    [
        ("court", "court"),
        ("motdepasse12", "autrechose12"),
        ("password123456", "password123456"),
        ("", ""),
        ("\0" * 12, "\0" * 12),
    ],
)
def test_weak_or_different_passwords_are_told_by_the_field(client, secretariat, password, again):
    url = invite(UserFactory(), secretariat)

    response = client.post(url, {"password": password, "password_again": again})

    assert response.status_code == 422
    assert response.context["form"].errors
    assert Invitation.objects.get().accepted_at is None


@pytest.mark.parametrize("language", ["fr", "en"])
def test_invitation_mail_says_who_what_until_when(secretariat, language):
    person = UserFactory(language=language)
    url = invite(person, secretariat)

    outbox.deliver_due()

    mail = message_from_bytes(outgoing.outbox[0].message().as_bytes(), policy=default)
    text, html = [part.get_content() for part in mail.iter_parts()]
    assert mail["To"] == person.email
    for body in (text, html):
        assert url in body
        assert person.email in body
        assert person.get_full_name() in body
        assert len(body) < 15_000


def test_sign_in_answers_alike_for_known_and_unknown_addresses(client):
    UserFactory(email="connue@example.org", with_account=True)
    login = reverse("account_login")

    answers = [
        client.post(login, {"login": who, "password": "mauvais"}) for who in ("connue@example.org", "x@example.org")
    ]

    said = [answer.context["form"].errors for answer in answers]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert said[0] == said[1]


def test_closed_account_is_signed_out_at_the_next_page(client, secretariat):
    person = UserFactory(with_account=True)
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert client.get(reverse("members:account")).status_code == 200

    actions.deactivate_person(person, by=secretariat)

    assert client.get(reverse("members:account")).status_code == 302
