"""Deferred decisions, put on agendas as items carried over (clauses M-52, M-61)."""

from django.db import transaction
from django.utils.text import Truncator

from core import clock, journal
from decisions.models import Decision
from meetings import queries
from meetings.actions.agenda import check_agenda_open, locked_meeting, put_before_closing, renumber
from meetings.enums import PREPARING, AgendaKind, Kind, MeetingState
from meetings.models import AgendaItem, Meeting
from meetings.models.agenda import TITLE_LENGTH
from members.models import User


@transaction.atomic
def table_decision(meeting: Meeting, decision: Decision, *, by: User | None) -> AgendaItem:
    """Before any other business, led by who proposed the decision; the item that carries it already, if there is one.

    A decision waits for one meeting: it leaves the other agendas that are being prepared.

    Raises:
        AgendaClosed: the meeting is over or called off.
    """
    meeting = locked_meeting(meeting.pk)
    check_agenda_open(meeting)
    untable_decision(decision, but=meeting, by=by)
    carrying = meeting.items.filter(decisions=decision).order_by("order").first()
    if carrying:
        return carrying
    items = list(meeting.items.order_by("order", "pk"))
    title = Truncator(decision.title).chars(TITLE_LENGTH)
    item = AgendaItem.objects.create(
        meeting=meeting, order=len(items) + 1, kind=AgendaKind.CARRIED_OVER, title=title,
        lead_entity=decision.proposed_by,
    )  # fmt: skip
    put_before_closing(items, item)
    item.decisions.add(decision)
    journal.record("table_decision", meeting, by=by, data={"item": title, "decision": str(decision)})
    return item


@transaction.atomic
def untable_decision(decision: Decision, *, but: Meeting | None = None, by: User | None) -> None:
    """Take it off the agendas that are being prepared, where nothing else hangs on its item."""
    waiting = AgendaItem.objects.filter(
        decisions=decision, kind=AgendaKind.CARRIED_OVER, minutes="", meeting__state__in=PREPARING
    )
    for item in waiting.exclude(meeting=but).select_related("meeting").order_by("meeting_id", "order"):
        meeting = locked_meeting(item.meeting_id)
        is_last = meeting.state != MeetingState.DRAFT and meeting.items.count() == 1  # a convened meeting keeps one
        if is_last or item.action_points.exists() or item.requests.exists():
            continue
        item.decisions.clear()
        item.delete()
        renumber(list(meeting.items.order_by("order", "pk")))
        journal.record("untable_decision", meeting, by=by, data={"item": item.title, "decision": str(decision)})


def table_waiting(meeting: Meeting | None, *, by: User) -> None:
    """Put what was deferred and is on no agenda ahead on that of ``meeting``; partners are no place for it."""
    if meeting is None or meeting.kind == Kind.PARTNERS:
        return
    for decision in queries.deferred_and_on_no_agenda(clock.now()):
        table_decision(meeting, decision, by=by)
