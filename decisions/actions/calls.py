"""A call on a frozen text: opened, and given more time. Clause M-61: by consensus after consultation."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.errors import DomainError, StaleVersion
from core.templatetags.typography import deadline as said_deadline
from core.transitions import lock, move, require_move
from decisions import amendments, emails, procedure, queries, subjects
from decisions.calls import NotLater, check_deadline, require_consulted
from decisions.enums import DecisionState, Mode
from decisions.models import Comment, Decision, RulesOfProcedure
from members.models import User


class AnotherText(StaleVersion):
    """What would be frozen is not what was read."""

    def __init__(self, decision: Decision, number: int) -> None:
        super().__init__(decision)
        self.args = (_("Version %s was written meanwhile: read it, then send this again to call on it.") % number,)


@transaction.atomic
def open_call(
    decision: Decision,
    *,
    deadline: datetime,
    mode: str,
    text_number: int | None = None,
    close_early: bool = False,
    leave_unanswered: bool = False,
    leave_out: bool = False,
    by: User,
) -> Decision:
    """Freeze the last text and ask each member entity for its position before ``deadline``.

    A text that was called before and did not change keeps its positions; an objection stands on any text. What was
    deferred or waited for advice is called on again as it stands.

    Args:
        text_number: the version that was read; ``None`` takes the last one.
        close_early: end the consultation before the day that was announced.
        leave_unanswered: call although comments were not answered.
        leave_out: call although the text does not hold amendments that were accepted as they stand.

    Raises:
        StaleVersion: another version was written meanwhile.
        TooShort: the consultation or the silence would last less than the rules allow.
        NotWorked: the deadline falls on a day on which nobody works.
        NoMeeting: positions in session, on a day for which no meeting was convened.
        NoSilence: the rules in force know no silence procedure.
        DomainError: the deadline is in the past, the consultation still runs, comments await an answer, accepted
            amendments are not in the text, or what the kind of decision asks for before a call is missing.
    """
    decision = lock(decision)
    require_move(decision, "open_call")
    text = queries.last_text(decision)
    if text_number is not None and text_number != text.number:
        raise AnotherText(decision, text.number)
    rules = procedure.in_force(clock.today())
    check_deadline(rules, Mode(mode), deadline)
    meant = {}
    if decision.state == DecisionState.CONSULTATION:
        _require_over(decision, rules, close_early, leave_unanswered)
        missing = amendments.left_out(queries.comments(decision), queries.texts(decision))
        _require_carried_out(missing, leave_out)
        meant = _meant(decision, missing)
    for demand in subjects.demands_on(decision):
        demand.before_call(decision)
    if text.frozen_at is None:
        text.frozen_at = clock.now()
        text.save(update_fields=["frozen_at"])
    move(
        decision,
        "open_call",
        by=by,
        data={"text": text.number, **meant},
        call_opened_at=clock.now(),
        call_deadline=deadline,
        mode=mode,
        procedure=rules,
        first_noted_at=None,
        first_noted_by=None,
    )
    emails.announce_call(decision, text)
    return decision


def _require_over(decision: Decision, rules: RulesOfProcedure, close_early: bool, leave_unanswered: bool) -> None:
    """A consultation ends as it was announced, and answers what it asked for, unless it is meant otherwise."""
    if decision.consultation_opened_at:
        require_consulted(rules, decision.consultation_opened_at, clock.now())
    ends_at = decision.consultation_ends_at
    if ends_at and ends_at > clock.now() and not close_early:
        raise DomainError(_("The consultation was announced until %s.") % said_deadline(ends_at))
    if not leave_unanswered and (count := decision.comments.awaiting_reply().count()):
        raise DomainError(
            ngettext("%(n)s comment awaits an answer.", "%(n)s comments await an answer.", count) % {"n": count}
        )


def _meant(decision: Decision, missing: list[Comment]) -> dict[str, Any]:
    """What the journal keeps of how the consultation ended: before its end, without answers, without amendments."""
    ends_at = decision.consultation_ends_at
    early = ends_at.isoformat() if ends_at and ends_at > clock.now() else ""
    found = {
        "early": early, "unanswered": decision.comments.awaiting_reply().count(),
        "left_out": [str(one) for one in missing],
    }  # fmt: skip
    return {name: value for name, value in found.items() if value}


def _require_carried_out(missing: list[Comment], leave_out: bool) -> None:
    """What was accepted as it stands is in the text, unless it is meant otherwise."""
    if missing and not leave_out:
        raise DomainError(_("Accepted as it stands, and not in this text: %s.") % " · ".join(map(str, missing)))


@transaction.atomic
def extend_call(decision: Decision, *, deadline: datetime, reason: str, by: User) -> Decision:
    """Give those who speak for the members more time on the same text; they are told, with the reason.

    Raises:
        NotLater: the deadline would not be a later one.
        NotWorked: it falls on a day on which nobody works.
        NotAllowedNow: no call is open.
        DomainError: its deadline has passed, positions are given in a meeting, or no reason is given.
    """
    decision = lock(decision)
    require_move(decision, "extend_call")
    if not decision.may_be_extended:
        raise DomainError(_("More time is given before the deadline, and where positions are not given in a meeting."))
    if not reason.strip():
        raise DomainError(_("Say why more time is given."))
    if decision.call_deadline and deadline <= decision.call_deadline:
        raise NotLater(_("The call already runs until %s: choose a later day.") % said_deadline(decision.call_deadline))
    check_deadline(procedure.in_force(clock.today()), Mode.WRITTEN, deadline)
    data = {"reason": reason.strip(), "until": deadline.isoformat()}
    move(decision, "extend_call", by=by, call_deadline=deadline, data=data)
    emails.announce_extension(decision, reason.strip())
    return decision
