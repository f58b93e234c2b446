"""What becomes of an objection that its entity maintains (clauses M-61, M-62): it is facilitated, then the decision is
deferred to a meeting, referred for advice, or closed without consensus. Nothing of it disappears (ADR 21).
"""

from datetime import date

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import DomainError
from core.templatetags.typography import long_day
from core.transitions import lock, move, require_move
from decisions import deferral, objection_emails, queries
from decisions.enums import BEFORE_NETWORK, Body, Stance
from decisions.models import Decision, Facilitation, Position, Referral
from decisions.objections import Objection, objections
from members.enums import Language
from members.models import User


class NothingStands(DomainError):
    """No entity objects: there is nothing to facilitate, to refer or to close."""


class NotItsDay(DomainError):
    """Advice is given after it was asked for, and recorded once it is given."""

    field = "advised_on"


@transaction.atomic
def facilitate(objection: Position, *, text: str, by: User) -> Facilitation:
    """Write down what was done or heard to meet an objection; its entity and the other co-chair are told.

    Args:
        objection: the word by which the entity began to object.

    Raises:
        NothingStands: the objection was met meanwhile, or the decision is closed.
    """
    decision = lock(objection.decision)
    if objection.pk not in {life.raised.pk for life in standing(decision)}:
        raise NothingStands(_("This objection no longer stands: there is nothing to facilitate."))
    note = Facilitation.objects.create(objection=objection, text=text, at=clock.now(), author=by)
    journal.record("facilitate", decision, by=by, data={"entity": str(objection.entity)})
    objection_emails.announce_facilitation(decision, note)
    return note


def standing(decision: Decision) -> list[Objection]:
    """The objections that nothing has answered, on a decision that is before the Network."""
    if decision.state not in BEFORE_NETWORK:
        return []
    said = [word for word in queries.positions(decision) if not word.is_struck_out]
    return [life for life in objections(said) if life.ended_by is None]


def _require_objection(decision: Decision) -> None:
    if not any(word.stance == Stance.OBJECTS for word in queries.last_words(decision).values()):
        raise NothingStands(_("No entity objects: the consensus is noted, or the text is taken up again."))


@transaction.atomic
def defer_decision(decision: Decision, *, reason: str, meeting: str = "", by: User) -> Decision:
    """Take the decision up in a meeting, or in another one, on whose agenda it is put as an item carried over.

    Positions stay on record and count there; in the meeting a co-chair calls again, or takes the text up again.

    Args:
        meeting: its key among :func:`decisions.deferral.meetings_ahead`; empty for the next one that is prepared.

    Raises:
        DomainError: the meeting can no longer take it.
    """
    decision = lock(decision)
    require_move(decision, "defer")
    deferral.table(decision, meeting, by=by)
    words = {}
    for language in Language.values:
        with translation.override(language):
            words[language] = deferral.meeting_in_words(meeting)
    move(decision, "defer", by=by, data={"reason": reason, "meeting": words[Language.FRENCH]})
    objection_emails.announce_deferral(decision, reason, words)
    return decision


@transaction.atomic
def refer_decision(decision: Decision, *, body: str, question: str, by: User) -> Referral:
    """Ask the Resident Coordinator or the Country Team for advice on an objection that is maintained.

    Raises:
        NothingStands: no entity objects.
        DomainError: advice asked for before is not recorded yet.
    """
    decision = lock(decision)
    require_move(decision, "refer")
    _require_objection(decision)
    if queries.awaited_advice(decision):
        raise DomainError(_("Advice was asked for before: record the answer first."))
    move(decision, "refer", by=by, data={"body": Body(body).value})
    referral = Referral.objects.create(
        decision=decision, body=body, question=question, asked_at=clock.now(), asked_by=by
    )
    objection_emails.announce_referral(referral)
    return referral


@transaction.atomic
def record_advice(decision: Decision, *, advice: str, advised_on: date, reference: str = "", by: User) -> Referral:
    """Write down what the body answered. It decides nothing: a co-chair takes it up with the Network.

    Raises:
        NotItsDay: the day of the answer has not come, or lies before the question.
        DomainError: no advice is awaited, or the decision is closed.
    """
    decision = lock(decision)
    referral = queries.awaited_advice(decision)
    if referral is None or decision.state not in BEFORE_NETWORK:
        raise DomainError(_("No advice is awaited on this decision."))
    if advised_on > clock.today():
        raise NotItsDay(_("This day has not come yet."))
    if advised_on < timezone.localdate(referral.asked_at):
        raise NotItsDay(_("The advice was asked for on %s.") % long_day(timezone.localdate(referral.asked_at)))
    referral.advice, referral.advised_on, referral.reference = advice, advised_on, reference
    referral.recorded_at, referral.recorded_by = clock.now(), by
    referral.save(update_fields=["advice", "advised_on", "reference", "recorded_at", "recorded_by"])
    journal.record("record_advice", decision, by=by, data={"body": referral.body})
    objection_emails.announce_advice(referral)
    return referral


@transaction.atomic
def close_without_consensus(decision: Decision, *, reason: str, without_advice: bool = False, by: User) -> Decision:
    """Note that the Network found no consensus on this text; it stays on record with everything that was said.

    Args:
        without_advice: though advice was asked for that has not come.

    Raises:
        NothingStands: no entity objects.
        DomainError: advice is awaited.
    """
    decision = lock(decision)
    require_move(decision, "close_without_consensus")
    _require_objection(decision)
    if not without_advice and (awaited := queries.awaited_advice(decision)):
        since = long_day(timezone.localdate(awaited.asked_at))
        raise DomainError(_("The %(advice)s is awaited since %(day)s.") % {"advice": awaited, "day": since})
    move(decision, "close_without_consensus", by=by, data={"reason": reason})
    deferral.untable(decision, by=by)
    objection_emails.announce_no_consensus(decision, reason)
    return decision
