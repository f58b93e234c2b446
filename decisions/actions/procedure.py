"""Every write on the rules of procedure. What the mandate does not say is data, adopted by decisions (clause M-61)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import DomainError
from core.refusals import Refused
from core.templatetags.typography import long_day
from core.transitions import check_version, lock, move, require_move
from decisions import procedure
from decisions.actions.decision import TextIsFrozen, propose_decision
from decisions.enums import GIVEN_UP, ProcedureState
from decisions.models import Decision, RulesOfProcedure
from frameworks.measures import measures
from members.models import Entity, User

FIELDS = frozenset({"starts_on", *(rule.field for rule in procedure.RULES)})


class NothingChanges(DomainError):
    """A version that is word for word the one adopted last needs no decision."""


class BeginsInThePast(DomainError):
    field = "starts_on"


class ThresholdRefused(Refused):
    """A number that the measure cannot reach, or two that contradict each other."""


@transaction.atomic
def prepare_procedure(*, by: User) -> RulesOfProcedure:
    """Copy the version adopted last, to be changed: what is adopted for a later day is not lost.

    Raises:
        DomainError: another version is in preparation or before the Network.
    """
    last = lock(procedure.last_adopted())  # two who prepare at once come one after the other
    open_states = [ProcedureState.DRAFT, ProcedureState.PROPOSED]
    if RulesOfProcedure.objects.filter(state__in=open_states).exists():
        raise DomainError(_("Another version is being prepared already: change that one."))
    values = {rule.field: getattr(last, rule.field) for rule in procedure.RULES}
    draft = RulesOfProcedure.objects.create(
        **values, thresholds=last.thresholds, starts_on=_first_day_possible(), prepared_at=clock.now(), prepared_by=by
    )  # fmt: skip
    journal.record("prepare_procedure", draft, by=by)
    return draft


@transaction.atomic
def edit_procedure(draft: RulesOfProcedure, *, version: int, by: User, **values: Any) -> RulesOfProcedure:
    """Change a version until the Network is called to adopt it.

    Raises:
        StaleVersion: somebody changed it meanwhile.
        TextIsFrozen: positions are being given on it, or it was adopted or withdrawn.
        BeginsInThePast: rules do not bind what was done before them, nor come before those adopted last.
    """
    if unknown := values.keys() - FIELDS:
        raise TypeError(f"not editable: {', '.join(sorted(unknown))}")
    draft = _lock_to_edit(draft, version)
    _require_to_come(values.get("starts_on", draft.starts_on))
    changed = {name: [getattr(draft, name), value] for name, value in values.items() if getattr(draft, name) != value}
    for name, (_old, new) in changed.items():
        setattr(draft, name, new)
    draft.version += 1
    draft.save(update_fields=[*changed, "version"])
    journal.record("edit_procedure", draft, by=by, data=changed)
    return draft


@transaction.atomic
def edit_threshold(
    draft: RulesOfProcedure, key: str, *, target: int, limit: int, version: int, by: User
) -> RulesOfProcedure:
    """Change what counts as kept and as missed for one measure of the mandate board, until the call.

    Raises:
        StaleVersion: somebody changed the version meanwhile.
        TextIsFrozen: positions are being given on it, or it was adopted or withdrawn.
        ThresholdRefused: more than there can be, or a limit on the wrong side of the target.
    """
    measure = measures()[key]
    draft = _lock_to_edit(draft, version)
    for field, value in (("target", target), ("limit", limit)):
        if not 0 <= value <= measure.largest:
            raise ThresholdRefused(_("From 0 to %s.") % measure.largest, field)
    if not measure.leaves_room(target, limit):
        raise ThresholdRefused(_("What is missed cannot be better than what is kept."), "limit")
    old, new = draft.thresholds.get(key, [measure.target, measure.limit]), [target, limit]
    draft.thresholds = {**draft.thresholds, key: new}
    draft.version += 1
    draft.save(update_fields=["thresholds", "version"])
    journal.record("edit_threshold", draft, by=by, data={"measure": key, "from": old, "to": new})
    return draft


def _lock_to_edit(draft: RulesOfProcedure, version: int) -> RulesOfProcedure:
    if draft.decision:
        lock(draft.decision)  # as open_call does, so that a version and its call do not pass each other
    draft = lock(draft)
    check_editable(draft)
    check_version(draft, version)
    return draft


@transaction.atomic
def propose_procedure(
    draft: RulesOfProcedure, *, title: str, text: str, entity: Entity | None, by: User, **facts: Any
) -> RulesOfProcedure:
    """Bring the version before the Network: a decision that adopts it, with ``text`` to say so.

    Args:
        facts: what else :func:`propose_decision` takes: mode, who is in charge, until when.

    Raises:
        NothingChanges: no rule differs from the version adopted last.
        BeginsInThePast: its first day has passed since it was written.
        DomainError: the person belongs to no entity that could propose it.
    """
    draft = lock(draft)
    check_proposable(draft)
    decision = propose_decision(
        title=title,
        text=text,
        subject_kind=procedure.SUBJECT,
        subject_id=str(draft.pk),
        proposed_by=entity,
        by=by,
        **facts,
    )
    return move(draft, "propose_procedure", by=by, decision=decision)


def check_editable(draft: RulesOfProcedure) -> None:
    """Refuse as :func:`edit_procedure` does, before its form is shown."""
    if not procedure.is_open(draft):
        raise TextIsFrozen(_("This version is frozen: the Network is called to adopt it, or has done so."))


def check_proposable(draft: RulesOfProcedure) -> None:
    """Refuse as :func:`propose_procedure` does, before its form is shown."""
    require_move(draft, "propose_procedure")
    _require_to_come(draft.starts_on)
    if not procedure.changes(procedure.last_adopted(), draft):
        raise NothingChanges(_("No rule differs from the version adopted last: change one first."))


@transaction.atomic
def rework_procedure(draft: RulesOfProcedure, *, by: User) -> RulesOfProcedure:
    """Take the version up again after its decision was withdrawn.

    Raises:
        DomainError: the decision is still before the Network: it is withdrawn first.
    """
    draft = lock(draft)
    require_move(draft, "rework_procedure")
    if draft.decision and draft.decision.state not in GIVEN_UP:
        raise DomainError(_("“%s” is still before the Network: it is withdrawn first.") % draft.decision.title)
    return move(draft, "rework_procedure", by=by, decision=None)


@transaction.atomic
def withdraw_procedure(draft: RulesOfProcedure, *, by: User) -> RulesOfProcedure:
    """Give up a draft; it stays on record."""
    return move(lock(draft), "withdraw_procedure", by=by)


def procedure_adopted(decision: Decision, *, by: User) -> None:
    """The decision was recorded: its version gets its number, and is in force from its day, or from today.

    The number follows the order of adoption, under the register's lock, which the caller holds.
    """
    draft = lock(RulesOfProcedure.objects.get(decision=decision))
    move(
        draft, "adopt_procedure", by=by, number=_last_number() + 1, adopted_at=clock.now(),
        starts_on=max(draft.starts_on, clock.today()), data={"decision": decision.reference},
    )  # fmt: skip


def _last_number() -> int:
    return RulesOfProcedure.objects.aggregate(Max("number"))["number__max"] or 0


def _first_day_possible() -> date:
    """Today, or the day of the version adopted last: versions follow each other in the order of their numbers."""
    return max(clock.today(), procedure.last_adopted().starts_on)


def _require_to_come(starts_on: date) -> None:
    first = _first_day_possible()
    if starts_on < first:
        raise BeginsInThePast(_("New rules begin on %s at the earliest.") % long_day(first))
