"""An entity joins or leaves by a decision: it is proposed, and the membership follows once it is recorded (M-39)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import DomainError
from core.refusals import Refused
from core.transitions import lock
from decisions import membership
from decisions.actions.decision import propose_decision
from decisions.enums import Change
from decisions.models import Decision, MembershipChange
from members.actions import end_membership, record_membership
from members.enums import MembershipKind
from members.models import Entity, User


@transaction.atomic
def propose_membership_change(
    entity: Entity,
    *,
    change: str,
    kind: str = MembershipKind.MEMBER,
    day: date,
    title: str,
    text: str,
    proposed_by: Entity | None,
    by: User,
) -> MembershipChange:
    """Draft the decision by which the entity joins from ``day`` on, or leaves after it.

    Args:
        kind: as what it joins; a departure has none.

    Raises:
        DomainError: another one is before the Network, or the person belongs to no entity that could propose.
        Refused: the day has passed, or the entity belongs to the Network already, or does not.
    """
    entity = lock(entity)
    check_change_possible(entity, change)
    if day < clock.today():
        raise Refused(_("This day has passed."), "day")
    decision = propose_decision(
        title=title, text=text, subject_kind=membership.SUBJECT, subject_id=str(entity.pk), proposed_by=proposed_by,
        by=by,
    )  # fmt: skip
    proposed = MembershipChange.objects.create(
        decision=decision, entity=entity, change=Change(change), day=day,
        kind=MembershipKind(kind) if change == Change.ADMISSION else "",
    )  # fmt: skip
    journal.record("propose_membership_change", entity, by=by, data={"change": str(proposed), "day": day})
    return proposed


def check_change_possible(entity: Entity, change: str) -> None:
    """Refuse as :func:`propose_membership_change` does, before its form is shown."""
    if known := membership.under_way(entity):
        raise DomainError(_("“%s” is before the Network already.") % known.decision.title)
    if membership.possible(entity) != change:
        raise DomainError(
            _("%s does not belong to the Network today.") % entity
            if change == Change.DEPARTURE
            else _("%s belongs to the Network already.") % entity
        )


def membership_decided(decision: Decision, *, by: User) -> None:
    """The decision was recorded: the membership begins, or ends, on its day or on this one where that is later.

    Raises:
        Refused: the list of members contradicts it by now, so that the consensus cannot be noted on this text.
    """
    change = lock(MembershipChange.objects.get(decision=decision))
    day = max(change.day, clock.today())
    if change.change == Change.ADMISSION:
        change.membership = record_membership(
            change.entity, kind=change.kind, starts_on=day, basis=decision.reference, by=by
        )
    else:
        held = membership.current(change.entity)
        if held is None:
            raise Refused(_("%s does not belong to the Network today.") % change.entity)
        change.membership = end_membership(held, ends_on=day, basis=decision.reference, by=by)
    change.save(update_fields=["membership"])
