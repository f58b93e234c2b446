"""Guests of a meeting: contacts of partners see that meeting alone, by a link that expires and can be withdrawn."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core import clock, outbox
from core.errors import DomainError
from core.models import OutboxMail
from meetings import actions
from meetings.actions import PassClosed
from meetings.models import GuestPass
from tests.factories import meetings as make
from tests.factories.guests import invited
from tests.factories.members import UserFactory
from tests.factories.partners import PartnerContactFactory, PartnerFactory
from tests.meetings.test_emails import event, letters

pytestmark = pytest.mark.django_db


def told(kind):
    return set(OutboxMail.objects.filter(kind=f"meetings.{kind}").values_list("to", flat=True))


def text_to(person, kind):
    return outbox.text_of(OutboxMail.objects.get(kind=f"meetings.{kind}", to=person.email))


@pytest.fixture
def meeting(personas):
    return make.convened(personas)


# --- Inviting ---------------------------------------------------------------------------------------------------------
def test_guest_of_a_convened_meeting_is_told_at_once_with_a_link_and_a_calendar_object(personas, meeting):
    OutboxMail.objects.all().delete()
    given = invited(personas, meeting)

    person = given.contact.person
    assert told("convocation") == {person.email}
    text = text_to(person, "convocation")
    assert given.get_absolute_url() in text
    assert meeting.get_absolute_url() not in text
    assert "/repondre/" not in text
    assert letters("convocation")[0]["Subject"].startswith("[RNUM] Invitation : ")
    method, calendar = event(letters("convocation")[0])
    assert (method, str(calendar["UID"])) == ("REQUEST", str(meeting.uid))
    assert given.get_absolute_url() in calendar["URL"]


def test_guest_of_a_draft_is_told_with_the_convocation(personas):
    draft = make.draft(personas)
    person = invited(personas, draft).contact.person
    assert person.email not in told("convocation")

    actions.convene_meeting(draft, by=personas.co_chair_iom)

    assert person.email in told("convocation")


def test_guests_are_told_what_changes_and_not_the_minutes(personas, meeting):
    person = invited(personas, meeting).contact.person
    meeting.refresh_from_db()
    actions.edit_meeting(meeting, **make.edited(meeting, room="Salle Fleuve"), by=personas.secretariat)
    meeting.refresh_from_db()
    actions.postpone_meeting(meeting, reason="Visite officielle.", by=personas.secretariat)

    assert person.email in told("change")
    assert person.email in told("postponement")
    assert "Visite officielle." in text_to(person, "postponement")

    circulated = make.circulated(personas)
    other = PartnerContactFactory()
    GuestPass.objects.create(meeting=circulated, contact=other, given_at=clock.now(), given_by=personas.secretariat)
    assert other.person.email not in told("minutes")


def test_whoever_is_invited_already_keeps_the_pass_and_is_not_written_to_again(personas, meeting):
    given = invited(personas, meeting)
    OutboxMail.objects.all().delete()

    again = actions.invite_guests(meeting, contacts=[given.contact], by=personas.secretariat)

    assert again == []
    assert GuestPass.objects.get() == given
    assert not OutboxMail.objects.exists()


def test_the_database_holds_one_open_pass_for_each_contact(personas, meeting):
    given = invited(personas, meeting)

    with pytest.raises(IntegrityError, match="guest_pass_once"), transaction.atomic():
        GuestPass.objects.create(
            meeting=meeting, contact=given.contact, given_at=clock.now(), given_by=personas.secretariat
        )


@pytest.mark.parametrize("days", [{"ends_on": -1}, {"starts_on": 90}])
def test_who_answers_for_no_partner_on_that_day_is_not_invited(personas, meeting, days):
    dates = {name: clock.today() + timedelta(days=count) for name, count in days.items()}
    contact = PartnerContactFactory(**{"starts_on": clock.today() - timedelta(days=9), **dates})

    with pytest.raises(DomainError, match="ne répond pour aucun partenaire"):
        actions.invite_guests(meeting, contacts=[contact], by=personas.secretariat)

    assert not GuestPass.objects.exists()


def test_contact_of_a_former_partner_is_not_invited(personas, meeting):
    contact = PartnerContactFactory(partner=PartnerFactory(ended_on=clock.today()))

    with pytest.raises(DomainError, match="ne répond pour aucun partenaire"):
        actions.invite_guests(meeting, contacts=[contact], by=personas.secretariat)


def test_nobody_is_invited_to_a_meeting_that_has_begun(personas):
    with pytest.raises(DomainError):
        invited(personas, make.held(personas))


# --- What the link opens ----------------------------------------------------------------------------------------------
def test_guest_sees_the_meeting_and_nothing_that_the_network_says_among_itself(client, personas, meeting):
    given = invited(personas, meeting)
    actions.reply_to_convocation(meeting, answer="no", note="Le représentant est souffrant.", by=personas.focal_a)

    page = client.get(given.get_absolute_url()).content.decode()

    for shown in (meeting.title, "Salle Gorée", "https://visio.example.org/t1", meeting.items.first().title):
        assert shown in page
    for kept in ("souffrant", "pointfocal.unicef", "Réponses", "Historique"):
        assert kept not in page
    assert given.contact.person.email not in page


def test_guest_takes_the_meeting_to_a_calendar(client, personas, meeting):
    given = invited(personas, meeting)

    answer = client.get(reverse("guests:guest_ics", args=[given.token]))

    assert answer["Content-Type"].startswith("text/calendar")
    content = b"".join(answer.streaming_content).decode().replace("\r\n ", "")
    assert given.get_absolute_url() in content
    assert f"/reunions/{meeting.pk}/" not in content


def test_opening_the_link_writes_nothing_and_is_not_kept_by_anybody(client, personas, meeting):
    given = invited(personas, meeting)
    before = GuestPass.objects.values().get()

    answer = client.get(given.get_absolute_url())

    assert GuestPass.objects.values().get() == before
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert client.post(given.get_absolute_url()).status_code == 405


def test_link_opens_this_meeting_alone(client, personas, meeting):
    given = invited(personas, meeting)
    other = make.convened(personas, title="Une autre réunion")
    client.get(given.get_absolute_url())

    assert client.get(meeting.get_absolute_url()).status_code == 302
    assert client.get(other.get_absolute_url()).status_code == 302


@pytest.mark.parametrize("token", ["1", "1:", "1:abc", "x:y", "0" * 400, "1:" + "A" * 43])
def test_link_that_the_portal_did_not_make_opens_nothing(client, personas, meeting, token):
    invited(personas, meeting)

    answer = client.get(reverse("guests:guest_meeting", args=[token]))

    assert answer.status_code == 410
    assert meeting.title not in answer.content.decode()


def test_link_of_one_pass_does_not_fit_another(client, personas, meeting):
    first, second = invited(personas, meeting), invited(personas, meeting)
    mixed = f"{first.pk}:{second.token.partition(':')[2]}"

    assert client.get(reverse("guests:guest_meeting", args=[mixed])).status_code == 410


# --- When it opens nothing any more -----------------------------------------------------------------------------------
def closed_page(client, given):
    answers = [client.get(given.get_absolute_url()), client.get(reverse("guests:guest_ics", args=[given.token]))]
    assert [answer.status_code for answer in answers] == [410, 410]
    pages = [answer.content.decode() for answer in answers]
    assert not any(given.meeting.title in page for page in pages)
    return pages[0]


def test_revoked_pass_opens_nothing_and_the_guest_is_told(client, personas, meeting):
    given = invited(personas, meeting)

    actions.revoke_pass(given, by=personas.secretariat)

    assert "a été retirée" in closed_page(client, given)
    assert meeting.title in text_to(given.contact.person, "pass_revoked")
    with pytest.raises(PassClosed):
        actions.revoke_pass(given, by=personas.secretariat)
    OutboxMail.objects.all().delete()
    actions.cancel_meeting(meeting, reason="Reportée sans date.", by=personas.secretariat)
    assert given.contact.person.email not in told("cancellation")


def test_invited_again_after_a_revocation_the_new_link_opens_and_the_old_one_does_not(client, personas, meeting):
    old = invited(personas, meeting)
    actions.revoke_pass(old, by=personas.secretariat)

    (new,) = actions.invite_guests(meeting, contacts=[old.contact], by=personas.secretariat)

    closed_page(client, old)
    assert client.get(new.get_absolute_url()).status_code == 200
    assert OutboxMail.objects.filter(kind="meetings.convocation", to=new.contact.person.email).count() == 2


def test_pass_expires_some_days_after_the_meeting_wherever_it_was_moved(client, personas, meeting, settings):
    given = invited(personas, meeting)
    late = meeting.ends_at + timedelta(days=settings.GUEST_PASS_DAYS)

    with clock.set_to(late - timedelta(minutes=1)):
        assert client.get(given.get_absolute_url()).status_code == 200
    with clock.set_to(late):
        assert "a expiré" in closed_page(client, given)


def test_pass_falls_with_its_contact(client, personas, meeting):
    given = invited(personas, meeting, starts_on=clock.today() - timedelta(days=30))
    given.contact.ends_on = clock.today() - timedelta(days=1)
    given.contact.save()

    closed_page(client, given)
    actions.cancel_meeting(meeting, reason="Sans objet.", by=personas.secretariat)
    assert given.contact.person.email not in told("cancellation")


def test_pass_falls_with_the_account_of_its_person(client, personas, meeting):
    given = invited(personas, meeting, person=UserFactory())
    type(given.contact.person).objects.filter(pk=given.contact.person.pk).update(is_active=False)

    closed_page(client, given)


# --- The page of the meeting ------------------------------------------------------------------------------------------
def test_members_see_which_organisations_are_invited_and_not_who(sign_in, personas, meeting):
    given = invited(personas, meeting)

    page = sign_in(personas.focal_a).get(meeting.get_absolute_url()).content.decode()

    assert str(given.contact.partner) in page
    assert given.contact.person.family_name not in page


def test_secretariat_invites_and_withdraws_on_the_page(sign_in, personas, meeting):
    contact, client = PartnerContactFactory(), sign_in(personas.secretariat)
    address = reverse("meetings:guests_invite", args=[meeting.pk])
    assert str(contact.partner) in client.get(address).content.decode()

    assert client.post(address, {"contacts": [], "csrfmiddlewaretoken": "x"}).status_code == 422
    answer = client.post(address, {"contacts": [contact.pk]}, follow=True)

    assert "1 invité à cette réunion." in answer.content.decode()
    given = GuestPass.objects.get()
    assert str(contact.person) in answer.content.decode()
    client.post(reverse("meetings:pass_revoke", args=[meeting.pk, given.pk]))
    assert GuestPass.objects.get().revoked_by == personas.secretariat


def test_check_before_convening_counts_the_guests(sign_in, personas):
    draft = make.draft(personas)
    client, address = sign_in(personas.co_chair_iom), reverse("meetings:meeting_convene", args=[draft.pk])
    seen = client.get(address).context["seen"]
    invited(personas, draft)

    page = client.get(address)

    assert "et 1 invité d’un partenaire" in page.content.decode()
    assert page.context["seen"] != seen
