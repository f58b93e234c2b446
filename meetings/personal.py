"""What meetings keep about people: their answers, presence, requests, corrections and what they took on."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.personal import Holding
from meetings.models import ActionPoint, Attendance, CalendarFeed, CalendarReply, Meeting, MeetingRequest, Remark, Reply
from members.models import User


def _replies(person: User) -> Iterator[tuple[Any, ...]]:
    said = Reply.objects.filter(person=person).select_related("meeting", "entity").order_by("at", "pk")
    for reply in said:
        yield (
            reply.at, reply.meeting.title, reply.entity.acronym, reply.get_answer_display(), reply.represented_by,
            reply.note,
        )  # fmt: skip


def _attendance(person: User) -> Iterator[tuple[Any, ...]]:
    seen = Attendance.objects.filter(person=person).select_related("meeting", "entity")
    for line in seen.order_by("meeting__starts_at", "pk"):
        meeting = line.meeting
        yield meeting.day, meeting.title, line.entity.acronym, line.get_status_display(), line.get_mode_display()


def _offices(person: User) -> Iterator[tuple[Any, ...]]:
    served = Meeting.objects.filter(Q(chair=person) | Q(rapporteur=person)).order_by("starts_at", "pk")
    for meeting in served:
        if meeting.chair_id == person.pk:
            yield meeting.day, meeting.title, _("chair")
        if meeting.rapporteur_id == person.pk:
            yield meeting.day, meeting.title, _("rapporteur")


def _requests(person: User) -> Iterator[tuple[Any, ...]]:
    for request in MeetingRequest.objects.filter(author=person).order_by("requested_at", "pk"):
        yield request.requested_at, request.subject, request.get_answer_display()


def _remarks(person: User) -> Iterator[tuple[Any, ...]]:
    for remark in Remark.objects.filter(author=person).select_related("meeting").order_by("at", "pk"):
        yield remark.at, remark.meeting.title, remark.text, remark.get_answer_display()


def _points(person: User) -> Iterator[tuple[Any, ...]]:
    points = ActionPoint.objects.filter(Q(person=person) | Q(handed_to=person)).select_related("responsible")
    for point in points.order_by("due_on", "pk"):
        yield point.due_on, point.text, point.responsible.acronym, point.get_state_display()


def _calendar_replies(person: User) -> Iterator[tuple[Any, ...]]:
    for one in CalendarReply.objects.filter(person=person).select_related("meeting").order_by("received_at", "pk"):
        yield one.received_at, one.meeting.title, one.get_answer_display(), one.get_outcome_display()


def _feeds(person: User) -> Iterator[tuple[Any, ...]]:
    for feed in CalendarFeed.objects.filter(person=person).order_by("opened_at", "pk"):
        yield feed.opened_at, feed.revoked_at


HOLDINGS = (
    Holding(
        _("Calendar addresses"), (_("Made on"), _("Revoked on")), ("meetings.CalendarFeed.person",), _feeds,
    ),
    Holding(
        _("Answers of your calendar"), (_("When"), _("Meeting"), _("Answer"), _("What became of it")),
        ("meetings.CalendarReply.person",), _calendar_replies,
    ),
    Holding(
        _("Answers to convocations"),
        (_("When"), _("Meeting"), _("For the entity"), _("Answer"), _("Represented by"), _("Note to the secretariat")),
        ("meetings.Reply.person",), _replies,
    ),
    Holding(
        _("Presence at meetings"), (_("Date"), _("Meeting"), _("Entity"), _("Status"), _("Mode")),
        ("meetings.Attendance.person",), _attendance,
    ),
    Holding(
        _("Offices at meetings"), (_("Date"), _("Meeting"), _("As")),
        ("meetings.Meeting.chair", "meetings.Meeting.rapporteur"), _offices,
    ),
    Holding(
        _("Requests for a meeting"), (_("When"), _("Subject"), _("Answer")), ("meetings.MeetingRequest.author",),
        _requests,
    ),
    Holding(
        _("Corrections to minutes"), (_("When"), _("Meeting"), _("Text"), _("Answer")), ("meetings.Remark.author",),
        _remarks,
    ),
    Holding(
        _("Action points in your charge"), (_("Due on"), _("What is to be done"), _("Entity"), _("State")),
        ("meetings.ActionPoint.person", "meetings.ActionPoint.handed_to"), _points,
    ),
)  # fmt: skip
IN_JOURNAL = (
    *(
        f"meetings.Meeting.{act}_by"
        for act in (
            "created", "convened", "agenda_published", "postponed", "cancelled", "minutes_circulated",
            "minutes_approved",
        )
    ),
    "meetings.GuestPass.given_by", "meetings.GuestPass.revoked_by",
    "meetings.GroupReview.noted_by",
    "meetings.MeetingRequest.answered_by", "meetings.Remark.answered_by", "meetings.ActionPoint.created_by",
    "meetings.ActionPoint.done_by",
)  # fmt: skip
