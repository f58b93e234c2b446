"""Deferred decisions, put on agendas as items carried over (clauses M-52, M-61)."""

from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from core import journal
from decisions.models import Decision
from meetings import queries
from meetings.actions.agenda import check_agenda_open, locked_meeting
from meetings.enums import AgendaKind, Kind
from meetings.models import AgendaItem, Meeting
from meetings.models.agenda import TITLE_LENGTH
from members.models import User


@transaction.atomic
def table_decision(meeting: Meeting, decision: Decision, *, by: User | None) -> AgendaItem:
    """The last item of the agenda, led by who proposed the decision; the one that carries it already, if there is one.

    Raises:
        AgendaClosed: the meeting is over or called off.
    """
    meeting = locked_meeting(meeting.pk)
    check_agenda_open(meeting)
    carrying = meeting.items.filter(decisions=decision).order_by("order").first()
    if carrying:
        return carrying
    with translation.override("fr"):  # the agenda is a document of the Network
        title = Truncator(_("Item carried over: %s") % decision.title).chars(TITLE_LENGTH)
    last = meeting.items.aggregate(Max("order"))["order__max"] or 0
    item = AgendaItem.objects.create(
        meeting=meeting, order=last + 1, kind=AgendaKind.CARRIED_OVER, title=title, lead_entity=decision.proposed_by
    )
    item.decisions.add(decision)
    journal.record("table_decision", meeting, by=by, data={"item": title, "decision": str(decision)})
    return item


def table_waiting(meeting: Meeting | None, *, by: User) -> None:
    """Put what was deferred and is on no agenda ahead on that of ``meeting``; partners are no place for it."""
    if meeting is None or meeting.kind == Kind.PARTNERS:
        return
    for decision in queries.deferred_and_on_no_agenda():
        table_decision(meeting, decision, by=by)
