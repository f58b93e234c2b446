"""Answering a convocation from the calendar program: the reply comes by mail and is recorded (RFC 5545, 5546)."""

from datetime import timedelta
from email.message import EmailMessage
from uuid import uuid4

import pytest
import vobject
from django.urls import reverse
from django.utils.html import strip_tags
from icalendar import Calendar, vCalAddress, vText

from core import clock
from core.models import OutboxMail
from meetings import actions, replies
from meetings.enums import Answer, Received
from meetings.models import CalendarReply, MailboxMark, Reply
from meetings.tasks import read_mailbox
from tests import imap
from tests.factories import meetings as made
from tests.mails import bodies, read

pytestmark = pytest.mark.django_db
ORGANIZER = "secretariat@example.org"


def invitation(person):
    """The calendar object of the last mail that invited them."""
    row = OutboxMail.objects.filter(to=person.email, kind__in=["meetings.convocation", "meetings.change"]).latest("pk")
    (part,) = [part for part in read(row).walk() if part.get_content_type() == "text/calendar"]
    return Calendar.from_ical(part.get_content())


def answered(person, status, *, calendar=None, sender=None, named=None, comment=""):
    """What Outlook sends back: the same event with the one who answers, and how."""
    asked = (calendar or invitation(person)).walk("VEVENT")[0]
    reply, event = Calendar(), type(asked)()
    for name, value in (
        ("prodid", "-//Microsoft Corporation//Outlook 16.0//EN"),
        ("version", "2.0"),
        ("method", "REPLY"),
    ):
        reply.add(name, value)
    for name in ("uid", "sequence", "dtstart", "dtend", "summary"):
        event[name] = asked[name]
    event["organizer"] = asked["organizer"]
    attendee = vCalAddress(f"MAILTO:{named or person.email}")
    attendee.params["partstat"] = vText(status)
    event.add("attendee", attendee, encode=False)
    if comment:
        event.add("comment", comment)
    reply.add_component(event)
    return carried(reply.to_ical().decode(), sender or person.email)


def carried(calendar, sender):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = f'"Point focal" <{sender}>', ORGANIZER, "Accepté : réunion"
    message.set_content("Accepté")
    message.add_alternative(calendar.encode(), maintype="text", subtype="calendar", params={"method": "REPLY"})
    return message.as_bytes()


def told(person):
    return [bodies(read(row))[0] for row in OutboxMail.objects.filter(kind="meetings.calendar_reply", to=person.email)]


@pytest.fixture
def meeting(personas):
    return made.convened(personas, mode="in_person", online_link="")


def test_yes_and_no_are_recorded_for_the_entity_and_confirmed(personas, meeting):
    kept = actions.receive_calendar_reply(answered(personas.focal_a, "ACCEPTED", comment="Avec deux\r\ncollègues."))

    assert (kept.outcome, kept.person, kept.sender) == (Received.TAKEN, personas.focal_a, "")
    reply = Reply.objects.get(meeting=meeting)
    assert (reply.entity, reply.answer, reply.mode) == (personas.unicef, Answer.YES, "in_person")
    assert reply.note == "Avec deux collègues."
    (mail,) = told(personas.focal_a)
    assert "La réponse de votre agenda est prise en compte pour votre entité." in mail

    actions.receive_calendar_reply(answered(personas.focal_a, "DECLINED"))
    assert Reply.objects.get(meeting=meeting).answer == Answer.NO


def test_how_one_comes_stays_as_it_was_said_before(personas):
    meeting = made.convened(personas, mode="hybrid")
    actions.receive_calendar_reply(answered(personas.focal_b, "ACCEPTED"))
    assert Reply.objects.get(entity=personas.unwomen).mode == ""  # a calendar does not say

    actions.reply_to_convocation(meeting, answer=Answer.YES, mode="online", by=personas.focal_a)
    actions.receive_calendar_reply(answered(personas.focal_a, "ACCEPTED"))
    assert Reply.objects.get(entity=personas.unicef).mode == "online"


def test_the_same_mail_is_taken_once(personas, meeting):
    mail = answered(personas.focal_a, "ACCEPTED")
    assert actions.receive_calendar_reply(mail) is not None
    assert actions.receive_calendar_reply(mail) is None
    assert (CalendarReply.objects.count(), len(told(personas.focal_a))) == (1, 1)


def test_a_reply_to_an_earlier_invitation_is_not_taken_for_the_present_one(personas, meeting):
    former = invitation(personas.focal_a)
    later = {"starts_at": meeting.starts_at + timedelta(days=1), "ends_at": meeting.ends_at + timedelta(days=1)}
    actions.edit_meeting(meeting, **made.edited(meeting, **later), by=personas.secretariat)

    kept = actions.receive_calendar_reply(answered(personas.focal_a, "ACCEPTED", calendar=former))

    assert kept.outcome == Received.OUTDATED
    assert not Reply.objects.exists()
    assert "a changé depuis cette invitation" in told(personas.focal_a)[0]
    assert actions.receive_calendar_reply(answered(personas.focal_a, "ACCEPTED")).outcome == Received.TAKEN


def test_a_stranger_is_not_heard_and_not_written_to(personas, meeting):
    mails = OutboxMail.objects.count()
    mail = answered(personas.focal_a, "ACCEPTED", sender="inconnu@example.net", named="inconnu@example.net")

    kept = actions.receive_calendar_reply(mail)

    assert (kept.outcome, kept.sender, kept.person) == (Received.STRANGER, "inconnu@example.net", None)
    assert (Reply.objects.count(), OutboxMail.objects.count()) == (0, mails)


def test_nobody_answers_for_somebody_else(personas, meeting):
    """The mail of one person with the name of another in its calendar is no answer of either."""
    mail = answered(personas.focal_a, "ACCEPTED", sender=personas.focal_b.email, named=personas.focal_a.email)
    assert actions.receive_calendar_reply(mail) is None
    assert not CalendarReply.objects.exists()


def test_perhaps_is_no_answer(personas, meeting):
    assert actions.receive_calendar_reply(answered(personas.focal_a, "TENTATIVE")).outcome == Received.UNCLEAR
    assert not Reply.objects.exists()
    assert "n’est pas une réponse" in told(personas.focal_a)[0]


@pytest.mark.parametrize(("act", "outcome"), [
    (lambda m, p: actions.cancel_meeting(m, reason="Grève.", by=p.secretariat), Received.CALLED_OFF),
    (lambda m, p: actions.open_session(m, by=p.secretariat), Received.TOO_LATE),
])  # fmt: skip
def test_what_is_called_off_or_has_begun_awaits_no_answer(personas, meeting, act, outcome):
    mail = answered(personas.focal_a, "ACCEPTED")
    with clock.set_to(meeting.starts_at):
        act(meeting, personas)
        assert actions.receive_calendar_reply(mail).outcome == outcome
    assert not Reply.objects.exists()


def test_who_speaks_for_no_entity_is_noted_for_the_secretariat(personas, meeting, sign_in):
    asked = invitation(personas.focal_a)
    actions.receive_calendar_reply(answered(personas.administrator, "ACCEPTED", calendar=asked))
    mail = answered(personas.focal_a, "ACCEPTED", sender="inconnu@example.net", named="inconnu@example.net")
    actions.receive_calendar_reply(mail)

    page = strip_tags(sign_in(personas.secretariat).get(reverse("meetings:deliveries", args=[meeting.pk])).text)

    assert "Réponses venues des agendas" in page
    assert str(personas.administrator) in page
    assert "Notée\xa0: ne parle pour aucune entité" in page
    assert "inconnu@example.net" in page
    assert "Non enregistrée\xa0: adresse inconnue" in page


NOT_REPLIES = {
    "a letter": b"From: a@example.org\r\nSubject: Bonjour\r\n\r\nBonjour.",
    "nothing": b"",
    "noise": bytes(range(256)) * 20,
    "a reply of nobody": carried("BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n", "a@example.org"),
    "a broken calendar": carried("BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:x\r\n", "a@example.org"),
    "too large": b"From: a@example.org\r\n\r\n" + b"x" * (replies.LARGEST + 1),
}


@pytest.mark.parametrize("raw", NOT_REPLIES.values(), ids=NOT_REPLIES)
def test_what_answers_nothing_is_left_alone(db, raw):
    assert replies.read(raw) is None
    assert actions.receive_calendar_reply(raw) is None


def test_an_answer_to_what_the_portal_never_convened_is_left_alone(personas, meeting):
    foreign = invitation(personas.focal_a)
    foreign.walk("VEVENT")[0]["uid"] = vText(str(uuid4()))
    assert actions.receive_calendar_reply(answered(personas.focal_a, "ACCEPTED", calendar=foreign)) is None


def test_another_reader_of_calendars_finds_the_same_answer(personas, meeting):
    raw = answered(personas.focal_a, "ACCEPTED")
    (part,) = [part for part in replies.message_from_bytes(raw, policy=replies.default).walk()
               if part.get_content_type() == "text/calendar"]  # fmt: skip
    event = vobject.readOne(part.get_content()).vevent

    said = replies.read(raw)

    assert str(said.uid) == event.uid.value
    assert said.sequence == int(event.sequence.value)
    assert event.attendee.value.lower() == f"mailto:{said.address}"
    assert (event.attendee.params["PARTSTAT"], said.answer) == (["ACCEPTED"], Answer.YES)


# --- The mailbox ------------------------------------------------------------------------------------------------------
@pytest.fixture
def server():
    with imap.running() as server:
        yield server


def test_the_mailbox_is_read_from_the_day_on_which_it_is_set(personas, meeting, server, settings):
    settings.MAILBOX_URL = server.address
    first, second = answered(personas.focal_a, "ACCEPTED"), answered(personas.focal_b, "DECLINED")
    server.deliver(first)
    read_mailbox()
    assert not CalendarReply.objects.exists()  # what stood there before is another time's

    server.deliver(NOT_REPLIES["a letter"], second)
    read_mailbox()
    read_mailbox()

    assert list(CalendarReply.objects.values_list("person", flat=True)) == [personas.focal_b.pk]
    assert server.seen() == [()] * 3  # the people who read this mailbox find it as it was
    assert imap.PASSWORD not in MailboxMark.objects.get().mailbox


def test_a_mail_that_cannot_be_taken_does_not_hide_the_next_ones(personas, meeting, server, settings, monkeypatch):
    settings.MAILBOX_URL = server.address
    read_mailbox()
    server.deliver(answered(personas.focal_a, "ACCEPTED"), answered(personas.focal_b, "ACCEPTED"))
    take, calls = actions.receive_calendar_reply, []

    def once_down(raw):
        calls.append(raw)
        if len(calls) == 2:
            raise ConnectionError("the database is away")
        return take(raw)

    monkeypatch.setattr("meetings.tasks.actions.receive_calendar_reply", once_down)
    with pytest.raises(ConnectionError):
        read_mailbox()
    assert CalendarReply.objects.count() == 1  # the first is kept, and not read again

    read_mailbox()
    assert CalendarReply.objects.count() == 2


def test_without_a_mailbox_nothing_is_read(settings):
    settings.MAILBOX_URL = ""
    read_mailbox()
    assert not MailboxMark.objects.exists()
