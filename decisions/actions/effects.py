"""What a decision brings about beside its text: who carries it out, from when to when it is in force, which decisions
it replaces, and when it is looked at again.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import DomainError
from core.templatetags.typography import long_day
from core.transitions import check_version, lock, move
from decisions.enums import DecisionState
from decisions.models import Decision
from members.models import Entity, User


class EndsBefore(DomainError):
    """A decision ends on the day it begins at the earliest."""

    field = "in_force_until"


class DueBefore(DomainError):
    """What is to be carried out lies ahead."""

    field = "due_on"


class NotReplaceable(DomainError):
    """Only what was adopted, and stands, is replaced."""

    field = "replaced"


class NotReviewed(DomainError):
    """A review lies ahead."""

    field = "review_on"


def check_settable(decision: Decision) -> None:
    """
    Raises:
        DomainError: entities are giving their positions on it, or have done so.
    """
    if decision.state not in {DecisionState.DRAFT, DecisionState.CONSULTATION}:
        raise DomainError(_("What a decision brings about is frozen with its text."))


@transaction.atomic
def set_effects(
    decision: Decision,
    *,
    responsible: Entity | None,
    due_on: date | None,
    in_force_from: date | None,
    in_force_until: date | None,
    review_on: date | None,
    replaced: Iterable[Decision],
    version: int,
    by: User,
) -> Decision:
    """Say what the decision would bring about, while its text may still change.

    Args:
        in_force_from: or the day of its adoption, if that is later.

    Raises:
        DomainError: positions are being given on it, or were.
        StaleVersion: somebody changed it meanwhile.
        EndsBefore: it would end before it begins.
        NotReplaceable: a decision it would replace does not stand.
        DueBefore: it would have to be carried out on a day that has passed.
        NotReviewed: the review lies in the past, or after the end.
    """
    decision = lock(decision)
    check_settable(decision)
    check_version(decision, version)
    replaced = list(replaced)
    if in_force_until and in_force_until < (in_force_from or clock.today()):
        raise EndsBefore(_("It would end before it begins."))
    if any(one.state != DecisionState.RECORDED or one.pk == decision.pk for one in replaced):
        raise NotReplaceable(_("Only an adopted decision that stands can be replaced."))
    _require_ahead(review_on, in_force_until)
    if due_on and due_on != decision.due_on and due_on < clock.today():
        raise DueBefore(_("This day has passed."))
    decision.responsible, decision.due_on, decision.review_on = responsible, due_on, review_on
    decision.in_force_from, decision.in_force_until = in_force_from, in_force_until
    decision.version += 1
    decision.save(update_fields=["responsible", "due_on", "review_on", "in_force_from", "in_force_until", "version"])
    decision.supersedes.set(replaced)
    journal.record("set_effects", decision, by=by, data={"replaced": [one.reference for one in replaced]})
    return decision


@transaction.atomic
def supersede(decision: Decision, *, by: User | None) -> list[Decision]:
    """From its first day on, what entered the register takes the place of what it replaces; until then that holds.

    What another decision replaced meanwhile stays so. Carried out by who records it, or by the clock on that day.
    """
    replaced = list(decision.supersedes.select_for_update().order_by("pk"))
    if decision.in_force_from is None or decision.in_force_from > clock.today():
        return replaced
    for one in replaced:
        if one.state == DecisionState.RECORDED:
            move(one, "supersede", by=by, data={"decision": decision.reference})
    return replaced


@transaction.atomic
def review_decision(decision: Decision, *, note: str, review_on: date | None, version: int, by: User) -> Decision:
    """Write down what a look at an adopted decision found, and when it is looked at again, if ever.

    Raises:
        DomainError: the decision is not adopted, or was replaced.
        StaleVersion: somebody else said it meanwhile.
        NotReviewed: the next review lies in the past, or after its end.
    """
    decision = lock(decision)
    if decision.state != DecisionState.RECORDED:
        raise DomainError(_("Only an adopted decision that stands is reviewed."))
    check_version(decision, version)
    _require_ahead(review_on, decision.in_force_until)
    decision.review_on, decision.version = review_on, version + 1
    decision.save(update_fields=["review_on", "version"])
    data = {"note": note, "next": review_on.isoformat() if review_on else ""}
    journal.record("review", decision, by=by, data=data)
    return decision


def _require_ahead(review_on: date | None, until: date | None) -> None:
    if review_on and review_on <= clock.today():
        raise NotReviewed(_("A review lies ahead: choose a later day."))
    if review_on and until and review_on > until:
        raise NotReviewed(_("It would no longer be in force on that day: it ends on %s.") % long_day(until))
