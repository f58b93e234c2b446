"""What the database itself refuses, whatever the code above it does."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from meetings.models import ActionPoint, AgendaItem, Attendance, Meeting, Reply
from tests.factories import meetings as make


def refused(queryset, **values):
    with transaction.atomic():
        with pytest.raises(IntegrityError) as error:
            queryset.update(**values)
        transaction.set_rollback(True)
    return (
        error.value.diag.constraint_name if hasattr(error.value, "diag") else error.value.__cause__.diag.constraint_name
    )


@pytest.mark.parametrize(
    ("state", "values", "constraint"),
    [
        ("draft", {"kind": "party"}, "meeting_kind_known"),
        ("convened", {"state": "lost"}, "meeting_state_known"),
        ("draft", {"mode": "online"}, "meeting_online_without_venue"),
        ("draft", {"mode": "in_person"}, "meeting_in_person_without_link"),
        ("draft", {"venue": "elsewhere"}, "meeting_elsewhere_has_reason"),
        ("draft", {"called_off_reason": "x"}, "meeting_called_off_says_why"),
        ("convened", {"venue": ""}, "meeting_convened_has_venue"),
        ("convened", {"online_link": ""}, "meeting_convened_has_link"),
        ("convened", {"convened_at": None, "convened_by": None}, "meeting_convened_stamp"),
        ("convened", {"convened_by": None}, "meeting_convened_pair"),
        ("held", {"chair": None}, "meeting_held_has_chair"),
        ("minutes_circulated", {"minutes_circulated_by": None}, "meeting_minutes_circulated_pair"),
        (
            "minutes_circulated",
            {"minutes_circulated_at": None, "minutes_circulated_by": None},
            "meeting_circulated_stamp",
        ),
        ("minutes_approved", {"minutes_approved_at": None, "minutes_approved_by": None}, "meeting_approved_stamp"),
        ("cancelled", {"cancelled_at": None, "cancelled_by": None}, "meeting_cancelled_stamp"),
        ("postponed", {"postponed_at": None, "postponed_by": None}, "meeting_postponed_stamp"),
    ],
)
def test_meeting_row_that_contradicts_itself_is_refused(personas, state, values, constraint):
    meeting = make.IN_STATE[state](personas)

    assert refused(Meeting.objects.filter(pk=meeting.pk), **values) == constraint


def test_meeting_that_ends_before_it_starts_is_refused(personas):
    meeting = make.draft(personas)

    name = refused(Meeting.objects.filter(pk=meeting.pk), ends_at=meeting.starts_at - timedelta(hours=1))

    assert name == "meeting_ends_after_start"


def test_minutes_approved_in_themselves_are_refused(personas):
    meeting = make.approved(personas)

    assert refused(Meeting.objects.filter(pk=meeting.pk), minutes_approved_in=meeting) == "meeting_approved_in_another"


def test_second_annual_review_of_a_year_is_refused_unless_the_first_was_cancelled(personas):
    called_off = make.cancelled(personas, kind="annual_review", starts_at=make.on_the_tenth(2031, 1))
    review = make.draft(personas, kind="annual_review", starts_at=make.on_the_tenth(2031, 12))
    other = make.draft(personas, kind="annual_review", starts_at=make.on_the_tenth(2032, 1))

    moved = refused(Meeting.objects.filter(pk=other.pk), starts_at=review.starts_at)
    back = refused(
        Meeting.objects.filter(pk=called_off.pk),
        state="convened", cancelled_at=None, cancelled_by=None, called_off_reason="",
    )  # fmt: skip

    assert (moved, back) == ("meeting_one_review_a_year", "meeting_one_review_a_year")


@pytest.mark.parametrize("state", ["minutes_approved", "closed"])
def test_approved_minutes_are_frozen_by_the_database(personas, state):
    meeting = make.IN_STATE[state](personas)
    writes = [
        lambda: AgendaItem.objects.filter(meeting=meeting).update(minutes="Réécrit"),
        lambda: AgendaItem.objects.filter(meeting=meeting).delete(),
        lambda: AgendaItem.objects.create(meeting=meeting, order=9, kind="aob", title="Ajout"),
        lambda: Attendance.objects.filter(meeting=meeting).update(status="absent", mode=""),
        lambda: Attendance.objects.filter(meeting=meeting).delete(),
    ]

    for write in writes:
        with transaction.atomic():
            with pytest.raises(DatabaseError, match="the minutes are approved"):
                write()
            transaction.set_rollback(True)


def test_what_was_agreed_is_frozen_with_the_minutes_by_the_database(personas):
    meeting = make.held(personas)
    point = make.action_point(personas, meeting)
    points = ActionPoint.objects.filter(pk=point.pk)
    make.approve(make.circulate(meeting, personas), personas)

    points.update(state="in_progress")  # the follow-up goes on
    for write in (
        lambda: points.update(text="Réécrit"),
        lambda: points.update(responsible=personas.unfpa),
        lambda: points.update(person=personas.focal_b),
        lambda: points.update(due_on=meeting.day + timedelta(days=90)),
        lambda: points.delete(),
        lambda: ActionPoint.objects.create(
            agenda_item=point.agenda_item,
            text="Ajout",
            responsible=personas.unicef,
            due_on=meeting.day,
            created_at=meeting.ends_at,
            created_by=personas.secretariat,
        ),
    ):
        with transaction.atomic():
            with pytest.raises(DatabaseError, match="the minutes are approved"):
                write()
            transaction.set_rollback(True)


def test_reply_attendance_and_action_rows_that_contradict_themselves_are_refused(personas):
    meeting = make.held(personas)
    point = make.action_point(personas, meeting)
    reply = Reply.objects.create(
        meeting=meeting,
        entity=personas.unicef,
        person=personas.focal_a,
        at=meeting.starts_at,
        answer="yes",
        mode="online",
    )
    present = meeting.attendance.filter(status="present")
    excused = meeting.attendance.filter(status="apologies")

    names = [
        refused(Reply.objects.filter(pk=reply.pk), answer="no"),
        refused(Reply.objects.filter(pk=reply.pk), represented_by="Awa"),
        refused(present, mode=""),
        refused(excused, person=personas.focal_b),
        refused(ActionPoint.objects.filter(pk=point.pk), done_note="Fait"),
        refused(ActionPoint.objects.filter(pk=point.pk), done_at=meeting.ends_at),
    ]

    assert names == [
        "reply_mode_when_coming",
        "reply_represented_by_whom",
        "attendance_mode_when_present",
        "attendance_person_when_present",
        "action_point_done_says_what",
        "action_point_done_pair",
    ]
