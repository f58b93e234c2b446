"""What goes out: one mail a person, everything in it, and a calendar object that replaces the earlier one."""

import email
from datetime import timedelta
from email.policy import SMTP

import pytest
from icalendar import Calendar

from core import outbox
from core.models import OutboxMail
from meetings import actions
from members.queries import network_people
from tests.factories import meetings as make


def letters(kind):
    rows = OutboxMail.objects.filter(kind=f"meetings.{kind}").order_by("to", "pk")
    return [email.message_from_bytes(bytes(row.message), policy=SMTP) for row in rows]


def part(message, content_type):
    return next(one for one in message.walk() if one.get_content_type() == content_type)


def event(message):
    alternative, attached = part(message, "text/calendar"), part(message, "application/ics")
    assert alternative.get_content().encode().splitlines() == attached.get_content().splitlines()
    calendar = Calendar.from_ical(attached.get_content())
    assert alternative["Content-Type"].params["method"] == calendar["METHOD"]
    return calendar["METHOD"], calendar.walk("VEVENT")[0]


def test_convocation_writes_to_each_person_of_the_network_once(personas):
    meeting = make.convened(personas)

    invited = sorted(person.email for person in network_people(meeting.convened_at.date()))
    sent = letters("convocation")

    assert sorted(message["To"] for message in sent) == invited
    assert personas.no_entity.email not in invited
    assert outbox.deliveries(meeting).count() == len(invited)


def test_convocation_says_everything_in_the_mail(personas):
    meeting = make.convened(personas)
    message = letters("convocation")[0]
    text, html = part(message, "text/plain").get_content(), part(message, "text/html").get_content()

    for words in ("10 h 00", meeting.title, "Salle Gorée", "https://visio.example.org/t1", "Questions émergentes",
                  f"/reunions/{meeting.pk}/repondre/"):  # fmt: skip
        assert words in text.replace("\u00a0", " ")
        assert words in html.replace("\u00a0", " ").replace("&nbsp;", " ")
    assert len(html.encode()) < 15_000
    assert message["Auto-Submitted"] == "auto-generated"


def test_convocation_carries_a_request_for_one_attendee(personas):
    meeting = make.convened(personas)

    for message in letters("convocation"):
        method, one = event(message)

        assert method == "REQUEST"
        assert str(one["UID"]) == str(meeting.uid)
        assert one["SEQUENCE"] == 0
        assert one["DTSTART"].dt == meeting.starts_at
        assert one["DTSTART"].to_ical().endswith(b"Z")
        assert str(one["ORGANIZER"]) == "mailto:secretariat@example.org"
        assert str(one["ATTENDEE"]) == f"mailto:{message['To']}"
        assert one["ATTENDEE"].params["RSVP"] == "TRUE"
        assert "https://visio.example.org/t1" in one["LOCATION"]
        assert "https://visio.example.org/t1" in one["DESCRIPTION"]
        assert one["STATUS"] == "CONFIRMED"


def test_a_change_of_what_was_told_goes_out_again(personas):
    meeting = make.convened(personas)
    later = meeting.starts_at + timedelta(days=1)

    actions.edit_meeting(
        meeting, **make.edited(meeting, starts_at=later, ends_at=later + timedelta(hours=1)), by=personas.secretariat
    )

    method, one = event(letters("change")[0])
    assert (method, str(one["UID"]), one["SEQUENCE"], one["DTSTART"].dt) == ("REQUEST", str(meeting.uid), 1, later)


def test_a_change_nobody_was_told_of_stays_quiet(personas):
    meeting = make.convened(personas)

    actions.edit_meeting(meeting, **make.edited(meeting, rapporteur=personas.focal_b), by=personas.secretariat)

    assert letters("change") == []


def test_a_draft_is_announced_to_nobody(personas):
    meeting = make.draft(personas)
    actions.edit_meeting(meeting, **make.edited(meeting, title="Autre"), by=personas.secretariat)
    actions.cancel_meeting(meeting, reason="Doublon.", by=personas.secretariat)

    assert OutboxMail.objects.filter(kind__startswith="meetings.").count() == 0


@pytest.mark.parametrize(("state", "kind"), [("cancelled", "cancellation"), ("postponed", "postponement")])
def test_calling_off_takes_the_meeting_out_of_calendars(personas, state, kind):
    meeting = make.IN_STATE[state](personas)

    message = letters(kind)[0]
    method, one = event(message)

    assert (method, one["STATUS"], str(one["UID"]), one["SEQUENCE"]) == ("CANCEL", "CANCELLED", str(meeting.uid), 1)
    assert meeting.called_off_reason in part(message, "text/plain").get_content()


def test_minutes_are_announced_without_calendar(personas):
    meeting = make.circulated(personas)

    message = letters("minutes")[0]

    assert [one.get_content_type() for one in message.walk()][-2:] == ["text/plain", "text/html"]
    assert f"/reunions/{meeting.pk}/compte-rendu/" in part(message, "text/plain").get_content()


def test_sequence_only_grows_and_the_name_stays(personas):
    meeting = make.convened(personas)
    seen = [(str(meeting.uid), meeting.sequence)]

    for number in range(5):
        meeting = actions.edit_meeting(meeting, **make.edited(meeting, room=f"Salle {number}"), by=personas.secretariat)
        seen.append((str(meeting.uid), meeting.sequence))
    meeting = actions.publish_agenda(meeting, by=personas.secretariat)
    meeting = actions.postpone_meeting(meeting, reason="Crue.", by=personas.secretariat)
    meeting = actions.convene_meeting(make.with_new_date(meeting, personas), by=personas.secretariat)
    seen.append((str(meeting.uid), meeting.sequence))

    assert [sequence for _uid, sequence in seen] == [0, 1, 2, 3, 4, 5, 8]
    assert len({uid for uid, _sequence in seen}) == 1


def test_header_injection_in_a_title_stays_in_the_subject(personas):
    make.convened(personas, title="Réunion\r\nBcc: intrus@example.org")

    message = letters("convocation")[0]

    assert message["Bcc"] is None
    assert "Bcc: intrus@example.org" in message["Subject"]


def test_who_cannot_answer_for_an_entity_is_not_asked_to(personas):
    meeting = make.convened(personas)

    asked = {
        row.recipient_id: "/repondre/" in bytes(row.message).decode()
        for row in OutboxMail.objects.filter(kind="meetings.convocation", about_id=str(meeting.pk))
    }

    assert (asked[personas.focal_a.pk], asked[personas.co_chair_ohchr.pk]) == (True, False)
