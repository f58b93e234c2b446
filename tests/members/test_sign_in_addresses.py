"""An address signs in once its mailbox was proved, and belongs to one person; a claim alone opens nothing."""

from importlib import import_module
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.urls import NoReverseMatch, reverse

from core.models import OutboxMail
from core.refusals import Refused
from members import actions
from members.models import User
from members.queries import account_of, signing_in_with
from tests.factories.members import PASSWORD, SignInAddressFactory, UserFactory
from tests.members.test_invitations import accept, invite

pytestmark = pytest.mark.django_db
CLAIMED = "boite.d.autrui@example.org"
FATOU = {"given_name": "Fatou", "family_name": "Sarr"}


@pytest.fixture
def by():
    return UserFactory(with_account=True)


@pytest.fixture
def claimant():
    """Has an account, and has typed an address that nobody proved."""
    person = UserFactory(with_account=True)
    SignInAddressFactory(user=person, email=CLAIMED, verified=False, primary=False)
    return person


def sign_in_with(client, address, password=PASSWORD):
    client.post(reverse("account_login"), {"login": address, "password": password})
    return client.session.get("_auth_user_id")


def mails_to(address):
    return list(OutboxMail.objects.filter(to=address))


# --- What signs in ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("write", [str, str.upper])
def test_proved_address_signs_in_in_any_case(client, by, write):
    assert sign_in_with(client, write(by.email)) == str(by.pk)


def test_second_proved_address_signs_in_too(client, by):
    SignInAddressFactory(user=by, email="secretariat@example.org", primary=False)

    assert sign_in_with(client, "secretariat@example.org") == str(by.pk)


def test_claimed_address_does_not_sign_in_with_the_right_password(client, claimant):
    assert sign_in_with(client, CLAIMED) is None


@pytest.mark.parametrize("route", ["account_request_login_code", "account_reset_password"])
def test_nothing_secret_of_the_claimant_goes_to_the_claimed_mailbox(client, claimant, route):
    client.post(reverse(route), {"email": CLAIMED})

    sent = b"".join(bytes(mail.message) for mail in mails_to(CLAIMED))
    state = client.session.get("account_login", {})
    assert b"/password/reset/key/" not in sent
    assert not state.get("user_pk")


@pytest.mark.parametrize("route", ["account_request_login_code", "account_reset_password"])
def test_person_without_an_account_gets_none_by_code_or_link(client, route):
    """Accounts come by invitation; somebody in the list of people has none yet."""
    person = UserFactory()
    SignInAddressFactory(user=person)

    client.post(reverse(route), {"email": person.email})

    assert account_of(person.email) is None
    assert b"/password/reset/key/" not in b"".join(bytes(mail.message) for mail in mails_to(person.email))
    assert not client.session.get("account_login", {}).get("user_pk")


def test_code_signs_in_who_proved_the_address(client, by):
    client.post(reverse("account_request_login_code"), {"email": by.email})
    code = client.session["account_login"]["state"]["stages"]["login_by_code"]["data"]["code"]

    client.post(reverse("account_confirm_login_code"), {"code": code})

    assert client.session["_auth_user_id"] == str(by.pk)


def test_one_does_not_add_addresses_oneself(client, by):
    client.force_login(by, backend="allauth.account.auth_backends.AuthenticationBackend")

    answers = [
        client.post("/compte/email/", {"action_add": "", "email": CLAIMED}),
        client.get("/compte/confirm-email/"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert list(EmailAddress.objects.values_list("email", flat=True)) == [by.email]
    with pytest.raises(NoReverseMatch):
        reverse("account_email")


def test_account_page_names_the_other_address_one_signs_in_with(client, by):
    SignInAddressFactory(user=by, email="secretariat@example.org", primary=False)
    client.force_login(by, backend="allauth.account.auth_backends.AuthenticationBackend")

    page = client.get(reverse("members:account")).content.decode()

    assert "secretariat@example.org" in page
    assert "Vous vous connectez avec" in page


# --- Whose it is -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("typed", ["autre@example.org", "Autre@Example.ORG"])
def test_address_that_signs_in_somebody_else_is_refused_by_the_field(personas, sign_in, typed):
    SignInAddressFactory(user=personas.co_chair_iom, email="autre@example.org", primary=False)
    form = {**FATOU, "email": typed, "language": "fr", "once": str(uuid4())}

    page = sign_in(personas.secretariat).post(reverse("members:person_add"), form)

    assert page.status_code == 422
    assert page.context["form"].errors == {"email": ["Quelqu’un d’autre se connecte déjà avec cette adresse."]}
    assert not User.objects.filter(family_name="Sarr").exists()


def test_address_that_signs_in_somebody_else_is_refused_on_edit(by):
    SignInAddressFactory(user=by, email="autre@example.org", primary=False)
    person = UserFactory()

    with pytest.raises(Refused) as caught:
        actions.edit_person(person, version=1, email="Autre@example.org", by=by)

    assert caught.value.field == "email"


def test_own_second_address_may_become_the_main_one(by):
    SignInAddressFactory(user=by, email="autre@example.org", primary=False)

    actions.edit_person(by, version=1, email="autre@example.org", by=by)

    assert list(EmailAddress.objects.filter(user=by).values_list("email", "primary")) == [("autre@example.org", True)]


def test_changed_address_signs_in_and_the_former_no_longer(client, by):
    person = UserFactory(with_account=True, email="ancien@example.org")

    actions.edit_person(person, version=1, email="nouveau@example.org", by=by)

    assert sign_in_with(client, "ancien@example.org") is None
    assert sign_in_with(client, "nouveau@example.org") == str(person.pk)


# --- Invitations -----------------------------------------------------------------------------------------------------
def test_invited_person_takes_the_address_that_somebody_claimed(client, by, claimant):
    person = UserFactory(email=CLAIMED)

    answer = accept(client, invite(person, by))

    assert answer.status_code == 302
    assert signing_in_with(CLAIMED) == person
    assert not EmailAddress.objects.filter(user=claimant, email=CLAIMED).exists()


def test_reopened_account_keeps_one_address(client, by):
    person = UserFactory(with_account=True)
    SignInAddressFactory(user=person, email="autre@example.org", primary=False)
    EmailAddress.objects.filter(user=person, email=person.email).update(primary=False)
    EmailAddress.objects.filter(user=person, email="autre@example.org").update(primary=True)
    actions.deactivate_person(person, by=by)
    person = actions.reactivate_person(person, by=by)

    answer = accept(client, invite(person, by))

    assert answer.status_code == 302
    assert list(EmailAddress.objects.filter(user=person).values_list("email", flat=True)) == [person.email]


def test_invitation_for_an_address_that_signs_in_somebody_else_is_told_in_a_sentence(client, by):
    """Refused when the person is added; this is for a row that came another way."""
    invited = UserFactory(email="commune@example.org")
    SignInAddressFactory(user=by, email="commune@example.org", primary=False)

    answer = accept(client, invite(invited, by))

    assert answer.status_code == 422
    assert "se connecte déjà avec cette adresse" in answer.content.decode()
    assert signing_in_with("commune@example.org") == by


# --- What stood there before -----------------------------------------------------------------------------------------
def test_migration_drops_claims_and_leaves_nobody_outside(claimant):
    without = UserFactory(with_account=True)
    EmailAddress.objects.filter(user=without).delete()
    never_invited = UserFactory()

    import_module("members.migrations.0004_only_proved_addresses").keep_proved_addresses(apps, None)

    assert signing_in_with(without.email) == without
    assert not EmailAddress.objects.filter(email__in=[CLAIMED, never_invited.email]).exists()
    assert signing_in_with(claimant.email) == claimant
