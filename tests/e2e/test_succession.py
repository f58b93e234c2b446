"""From the invitation to the succession: an account opened with a second proof takes over from who leaves."""

import re
from datetime import timedelta

import pytest

from core import clock
from members.enums import Rank, Role, Seat
from members.models import CoChairTerm, FocalPoint, User
from tests.codes import code_of
from tests.e2e.hands import Hands, mails, part
from tests.factories.members import (
    PASSWORD,
    CoChairTermFactory,
    FocalPointFactory,
    InstitutionalRoleFactory,
    MemberFactory,
    UserFactory,
)

NEW_PASSWORD = "un mot de passe assez long"


@pytest.fixture
def people(settings):
    """The secretariat, and who leaves: principal of an entity and co-chair. The alternate has no account yet."""
    settings.SECOND_FACTOR_ROLES = ["focal_point"]
    secretary = UserFactory(email="secretariat@example.org", with_account=True)
    InstitutionalRoleFactory(person=secretary, role=Role.SECRETARIAT)
    entity = MemberFactory()
    leaving = UserFactory(email="depart@example.org", given_name="Ndèye", family_name="Sow", with_account=True)
    FocalPointFactory(entity=entity, person=leaving, rank=Rank.PRINCIPAL)
    CoChairTermFactory(entity=entity, person=leaving, seat=Seat.ROTATING, starts_on=clock.today() - timedelta(days=90))
    coming = UserFactory(email="relais@example.org", given_name="Moussa", family_name="Faye")
    FocalPointFactory(entity=entity, person=coming, rank=Rank.ALTERNATE)
    return secretary, leaving, coming


@pytest.mark.django_db(transaction=True)
def test_invited_with_a_second_proof_then_handed_everything(window, people):
    secretary, leaving, coming = people
    secretariat = Hands(window(), "secretariat")
    secretariat.window.sign_in(secretary.email, PASSWORD)

    successor = Hands(window(width=360), "successor")
    accept(successor, invite(secretariat, coming))
    recovery_code = set_up_the_second_proof(successor)
    sign_in_again(successor, coming, recovery_code)

    hand_over(secretariat, leaving, coming)
    what_came(successor, leaving, coming)


def invite(secretariat, coming):
    secretariat.open(f"/membres/personnes/{coming.pk}/").press(f"/{coming.pk}/inviter/")
    return re.search(r"/compte/invitation/[\w-]+/", part(mails("members.invitation")[-1], "text/plain")).group()


def accept(successor, link):
    successor.open(link).press(password=NEW_PASSWORD, password_again=NEW_PASSWORD)
    # Nothing else before the second proof, wherever one goes.
    assert successor.page.url.endswith("/compte/2fa/")
    successor.window.open("/membres/")
    assert successor.page.url.endswith("/compte/2fa/")


def set_up_the_second_proof(successor):
    successor.window.open("/compte/2fa/totp/activate/")
    if "reauthenticate" in successor.page.url:
        successor.page.locator("main input[name=password]").fill(NEW_PASSWORD)
        with successor.page.expect_navigation():
            successor.page.locator("main form[method=post] button[type=submit]").first.click()
    secret = successor.page.locator("#authenticator_secret").inner_text()
    assert successor.window.violations() == []
    assert not successor.window.is_wider_than_the_screen()
    successor.page.locator("main input[name=code]").fill(code_of(secret))
    with successor.page.expect_navigation():
        successor.page.locator("main form[method=post] button[type=submit]").first.click()
    successor.open("/membres/")
    assert successor.page.url.endswith("/membres/")
    successor.window.open("/compte/2fa/recovery-codes/")
    return successor.page.locator("main li code").first.inner_text()


def sign_in_again(successor, coming, recovery_code):
    """The password alone opens nothing any more; the phone is not at hand, and a recovery code is."""
    successor.page.context.clear_cookies()
    successor.window.sign_in(coming.email, NEW_PASSWORD)
    assert "/2fa/authenticate/" in successor.page.url
    successor.window.open("/membres/")
    assert "/2fa/authenticate/" in successor.page.url
    successor.page.locator("main input[name=code]").fill(recovery_code)
    with successor.page.expect_navigation():
        successor.page.locator("main form[method=post] button[type=submit]").first.click()
    successor.open("/membres/")


def hand_over(secretariat, leaving, coming):
    secretariat.open(f"/membres/personnes/{leaving.pk}/transmettre/")
    form = secretariat.page.locator("main form[method=get]").first
    secretariat.fill(form, "successor", str(coming))
    secretariat.fill(form, "last_day", f"{clock.today():%Y-%m-%d}")
    secretariat.fill(form, "seat", True)
    with secretariat.page.expect_navigation():
        form.locator("button.btn-primary").click()
    shown = secretariat.text().lower()
    for said in ("point focal titulaire", "siège tournant", "devient vacant"):
        assert said in shown
    assert FocalPoint.objects.filter(person=coming).count() == 1  # shown, and nothing moved yet
    secretariat.press("/transmettre/")


def what_came(successor, leaving, coming):
    tomorrow = clock.today() + timedelta(days=1)
    assert FocalPoint.objects.on(tomorrow).get(person=coming).rank == Rank.PRINCIPAL
    assert CoChairTerm.objects.on(tomorrow).get(seat=Seat.ROTATING).person == coming
    assert not FocalPoint.objects.on(tomorrow).filter(person=leaving).exists()
    told = {mail["To"] for mail in mails("members.succession")}
    assert told == {leaving.email, coming.email}
    successor.open("/membres/copresidence/")
    assert str(User.objects.get(pk=coming.pk)) in successor.text()
