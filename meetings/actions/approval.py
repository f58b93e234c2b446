"""The minutes approved by a decision of the Network, between two meetings (clauses M-61, M-77)."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import journal
from core.errors import DomainError
from core.transitions import lock, require_move
from decisions.actions import carried_out, propose_decision
from decisions.models import Decision
from meetings.actions.agenda import locked_meeting
from meetings.actions.minutes import approve_minutes, require_answered
from meetings.enums import APPROVAL
from meetings.models import Meeting
from members.models import Entity, User


@transaction.atomic
def propose_approval(meeting: Meeting, *, title: str, text: str, entity: Entity | None, by: User) -> Decision:
    """Draft the decision by which the Network approves the minutes; they do not change while it is called on it.

    Raises:
        DomainError: the minutes do not circulate, a decision on them is under way, or the person belongs to no entity
            that could propose.
    """
    meeting = lock(meeting)
    check_approval_proposable(meeting)
    decision = propose_decision(
        title=title, text=text, subject_kind=APPROVAL, subject_id=str(meeting.pk), proposed_by=entity, by=by
    )
    journal.record("propose_approval", meeting, by=by, data={"decision": decision.title})
    return decision


def check_approval_proposable(meeting: Meeting) -> None:
    """Refuse as :func:`propose_approval` does, before its form is shown."""
    require_move(meeting, "approve_minutes")
    if pending := meeting.approval_asked:
        raise DomainError(_("A decision on these minutes is under way: “%s”.") % pending.title)


def check_approvable(decision: Decision) -> None:
    """
    Raises:
        DomainError: a correction awaits its answer.
    """
    require_answered(_minuted(decision))


def hold_minutes(decision: Decision) -> None:
    """Called by the decision on which positions are being asked for: who is writing the minutes ends first (ADR 25).

    Raises:
        DomainError: a correction awaits its answer.
    """
    require_answered(locked_meeting(int(decision.subject_id)))


@transaction.atomic
def approval_adopted(decision: Decision, *, by: User) -> None:
    """Called by the decision that is being recorded: the minutes are approved by it, and frozen."""
    approve_minutes(_minuted(decision), approved_in=None, decision=decision, by=by)
    carried_out(decision, by=by)


def _minuted(decision: Decision) -> Meeting:
    return Meeting.objects.get(pk=decision.subject_id)
