"""Answers to a convocation, and who was there."""

import pytest

from core import clock
from core.errors import DomainError, StaleVersion
from meetings import actions
from meetings.models import Reply
from tests.factories import meetings as make


def test_reply_replaces_the_earlier_answer_of_the_entity(personas):
    meeting = make.convened(personas)

    actions.reply_to_convocation(meeting, answer="yes", mode="online", by=personas.focal_a)
    actions.reply_to_convocation(meeting, answer="no", by=personas.alternate_a)

    reply = Reply.objects.get()
    assert (reply.entity, reply.person, reply.answer, reply.mode) == (personas.unicef, personas.alternate_a, "no", "")


@pytest.mark.parametrize(
    ("mode_of_meeting", "fields"),
    [
        ("hybrid", {"answer": "yes"}),
        ("hybrid", {"answer": "represented", "mode": "online"}),
        ("in_person", {"answer": "yes", "mode": "online"}),
    ],
    ids=["without mode", "represented by nobody", "online in a room"],
)
def test_reply_refuses_an_incomplete_answer(personas, mode_of_meeting, fields):
    link = "" if mode_of_meeting == "in_person" else "https://visio.example.org/t1"
    meeting = make.convened(personas, mode=mode_of_meeting, online_link=link)

    with pytest.raises(DomainError):
        actions.reply_to_convocation(meeting, **fields, by=personas.focal_a)


@pytest.mark.parametrize("name", ["no_entity", "co_chair_iom", "administrator", "partner"])
def test_reply_refuses_who_speaks_for_nobody(personas, name):
    meeting = make.convened(personas)

    with pytest.raises(DomainError):
        actions.reply_to_convocation(meeting, answer="no", by=getattr(personas, name))


def test_attendance_keeps_mode_and_person(personas):
    meeting = make.in_session(personas)
    sheet = {
        personas.unicef: actions.Presence("present", "online", personas.alternate_a),
        personas.iom: actions.Presence("present", "in_person", personas.co_chair_iom),
        personas.rco: actions.Presence("absent"),
    }

    rows = actions.record_attendance(meeting, sheet=sheet, by=personas.secretariat)

    assert [(row.entity.slug, row.status, row.mode, row.person) for row in rows] == [
        ("rco", "absent", "", None),
        ("iom", "present", "in_person", personas.co_chair_iom),
        ("unicef", "present", "online", personas.alternate_a),
    ]


@pytest.mark.parametrize(
    "line",
    [
        lambda personas: {personas.unicef: actions.Presence("present", "online", personas.focal_b)},
        lambda personas: {personas.unicef: actions.Presence("present")},
        lambda personas: {personas.unicef: actions.Presence("absent", "online")},
        lambda personas: {personas.unicef: actions.Presence("apologies", "", personas.focal_a)},
        lambda personas: {personas.unicef: actions.Presence("present", "online", personas.focal_a, "Awa Fall")},
    ],
    ids=["person of another entity", "present without mode", "absent online", "apologies with a person", "two names"],
)
def test_attendance_refuses_lines_that_do_not_fit(personas, line):
    meeting = make.in_session(personas)

    with pytest.raises(DomainError):
        actions.record_attendance(meeting, sheet=line(personas), by=personas.secretariat)

    assert not meeting.attendance.exists()


def test_attendance_refuses_an_entity_that_did_not_belong(personas):
    meeting = make.in_session(personas)
    personas.unfpa.memberships.update(ends_on=clock.today())

    with pytest.raises(DomainError):
        actions.record_attendance(meeting, sheet={personas.unfpa: actions.Presence("absent")}, by=personas.secretariat)


def test_attendance_refuses_a_stale_sheet(personas):
    meeting = make.in_session(personas)
    sheet = {personas.unicef: actions.Presence("absent")}
    actions.record_attendance(meeting, sheet=sheet, version=1, by=personas.secretariat)

    with pytest.raises(StaleVersion):
        actions.record_attendance(meeting, sheet=sheet, version=1, by=personas.secretariat)
