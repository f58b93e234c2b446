"""Dated ties: memberships, focal points, co-chair terms, roles."""

from datetime import date, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import DomainError
from core.refusals import Refused
from core.transitions import lock
from members import emails
from members.actions.shared import insert
from members.enums import MembershipKind, Rank, Role, Seat
from members.models import CoChairTerm, Dated, Delegation, Entity, FocalPoint, InstitutionalRole, Membership, User
from members.queries import HAS_LEFT, has_left, is_removable, require_no_partner, ties_recorded_on
from members.refusals import refusals

Tie = TypeVar("Tie", bound=Dated)


@transaction.atomic
def record_membership(
    entity: Entity,
    *,
    kind: str = MembershipKind.MEMBER,
    starts_on: date,
    ends_on: date | None = None,
    basis: str = "",
    by: User | None,
) -> Membership:
    """The entity belongs to the Network from ``starts_on`` on; ``basis`` says by which decision.

    Raises:
        Refused: it already does on one of these days, or the days are in the wrong order.
    """
    membership = Membership(entity=entity, kind=kind, starts_on=starts_on, ends_on=ends_on, basis=basis)
    return record_tie("record_membership", membership, by)


@transaction.atomic
def end_membership(membership: Membership, *, ends_on: date, basis: str = "", by: User) -> Membership:
    """The entity belongs to the Network for the last time on ``ends_on``; ``basis`` says by which decision.

    Raises:
        Refused: it ended before that day, or begins after it.
    """
    membership = end_tie(membership, ends_on=ends_on, by=by)
    membership.end_basis = basis
    membership.save(update_fields=["end_basis"])
    return membership


@transaction.atomic
def name_focal_point(
    entity: Entity, *, person: User, rank: str, starts_on: date, ends_on: date | None = None, by: User | None
) -> FocalPoint:
    """The person speaks for the entity, in this rank.

    Raises:
        Refused: the entity has left the Network, somebody else holds the rank, the person speaks for an entity already,
            chairs for another one or answers for a partner, or the days are in disorder.
    """
    person = lock(person)
    if has_left(entity.memberships.all(), starts_on):
        raise Refused(str(HAS_LEFT) % entity, "starts_on")
    require_no_partner(person, starts_on, ends_on)
    _require_no_other_seat(person, entity, starts_on, ends_on)
    elsewhere = Delegation.objects.filter(person=person).exclude(entity=entity)
    if elsewhere.between(starts_on, ends_on).exists():
        raise Refused(_("This person speaks by delegation for another entity on one of these days."), "person")
    tie = FocalPoint(entity=entity, person=person, rank=Rank(rank), starts_on=starts_on, ends_on=ends_on)
    return record_tie("name_focal_point", tie, by)


def _require_no_other_seat(person: User, entity: Entity, starts_on: date, ends_on: date | None) -> None:
    """Who chairs for one entity does not speak for another."""
    terms = CoChairTerm.objects.filter(person=person).exclude(entity=entity)
    if terms.between(starts_on, ends_on).exists():
        raise Refused(_("This person is co-chair for another entity on one of these days."), "person")


# A voice is lent for an absence: beyond a year somebody else is named (clause M-39).
LONGEST_DELEGATION = timedelta(days=366)


@transaction.atomic
def delegate_voice(
    giver: User, *, person: User, starts_on: date, ends_on: date, reason: str = "", by: User
) -> Delegation:
    """For these days ``person`` speaks for the giver's entity, in the giver's rank; the giver still may.

    Raises:
        Refused: the giver does not speak for one entity on all these days or has delegated already, the person is the
            giver, speaks or chairs for another entity or by another delegation, answers for a partner, has a closed
            account, or the days are past, in disorder or more than a year.
    """
    locked = {one.pk: lock(one) for one in sorted([giver, person], key=lambda user: user.pk)}
    giver, person = locked[giver.pk], locked[person.pk]
    if person == giver:
        raise Refused(_("Choose somebody else: one does not delegate to oneself."), "person")
    if not person.is_active:
        raise Refused(_("The account of %s is closed.") % person, "person")
    if starts_on < clock.today():
        raise Refused(_("A delegation begins today at the earliest."), "starts_on")
    if ends_on - starts_on > LONGEST_DELEGATION:
        raise Refused(_("A delegation lasts a year at most; beyond that, somebody else is named."), "ends_on")
    tie = FocalPoint.objects.on(starts_on).filter(person=giver).select_related("entity").first()
    if tie is None or not (tie.holds_on(ends_on) or ends_on < starts_on):
        raise Refused(_("%s does not speak for the entity on all these days.") % giver, "ends_on")
    speaking = FocalPoint.objects.filter(person=person).exclude(entity=tie.entity)
    if speaking.between(starts_on, ends_on).exists():
        raise Refused(_("This person speaks for another entity on one of these days."), "person")
    require_no_partner(person, starts_on, ends_on)
    _require_no_other_seat(person, tie.entity, starts_on, ends_on)
    delegation = Delegation(
        entity=tie.entity, giver=giver, person=person, reason=reason, starts_on=starts_on, ends_on=ends_on
    )
    record_tie("delegate_voice", delegation, by)
    emails.tell_of_delegation(delegation)
    return delegation


@transaction.atomic
def record_co_chair_term(
    entity: Entity,
    *,
    seat: str,
    person: User,
    starts_on: date,
    ends_on: date | None = None,
    basis: str = "",
    by: User | None,
) -> CoChairTerm:
    """The person holds a co-chair seat for the entity; ``basis`` says by which decision or clause.

    Raises:
        Refused: the seat or the person is taken on one of these days, the person speaks for another entity or answers
            for a partner, or the days are in disorder.
    """
    person = lock(person)
    check_co_chair(person, entity, starts_on, ends_on)
    term = CoChairTerm(
        seat=Seat(seat), entity=entity, person=person, starts_on=starts_on, ends_on=ends_on, basis=basis
    )  # fmt: skip
    return record_tie("record_co_chair_term", term, by)


def check_co_chair(person: User, entity: Entity, starts_on: date, ends_on: date | None) -> None:
    """Refuse whoever could not chair for ``entity`` on these days.

    Raises:
        Refused: the person speaks for another entity or answers for a partner on one of them.
    """
    for kind in (FocalPoint, Delegation):
        speaking = kind.objects.filter(person=person).exclude(entity=entity)
        if speaking.between(starts_on, ends_on).exists():
            raise Refused(_("This person speaks for another entity on one of these days."), "person")
    require_no_partner(person, starts_on, ends_on)


@transaction.atomic
def grant_role(
    person: User, *, role: str, starts_on: date, ends_on: date | None = None, by: User | None
) -> InstitutionalRole:
    """The person serves in the secretariat, the RC office or the administration.

    Raises:
        Refused: the person already holds this role on one of these days, or the days are in disorder.
    """
    tie = InstitutionalRole(person=person, role=Role(role), starts_on=starts_on, ends_on=ends_on)
    return record_tie("grant_role", tie, by)


@transaction.atomic
def end_tie(tie: Tie, *, ends_on: date, by: User | None) -> Tie:
    """The tie holds for the last time on ``ends_on``.

    Raises:
        Refused: it ended before that day, begins after it, or leaves the Network without secretariat.
    """
    tie = lock(tie)
    _require_secretariat_after(tie, ends_on)
    if tie.ends_on is not None and tie.ends_on <= ends_on:
        raise Refused(_("This already ends on that day or before."), "ends_on")
    before, tie.ends_on = tie.ends_on, ends_on
    with refusals(type(tie)):
        tie.save(update_fields=["ends_on"])
    journal.record("end_tie", tie, by=by, data={"ends_on": [before, ends_on]})
    return tie


@transaction.atomic
def remove_tie(tie: Tie, *, by: User) -> None:
    """Take back what was recorded by mistake. The journal keeps what it was.

    Raises:
        DomainError: it has begun and was not recorded today, so that somebody may have acted by it; or a decision of
            the Network made it.
    """
    tie = lock(tie)
    today = clock.today()
    if not is_removable(tie, today, ties_recorded_on(today)):
        raise DomainError(_("This has begun: it is no longer removed, it gets a last day."))
    journal.record("remove_tie", tie, by=by, data=facts_of(tie))
    try:
        tie.delete()
    except ProtectedError as error:
        raise DomainError(_("A decision of the Network made this: it gets a last day, it is not removed.")) from error


def _require_secretariat_after(tie: Dated, day: date) -> None:
    """The portal is run by the secretariat: who succeeds is recorded before who leaves."""
    if not isinstance(tie, InstitutionalRole) or tie.role != Role.SECRETARIAT:
        return
    others = InstitutionalRole.objects.between(day + timedelta(days=1), None).filter(role=tie.role)
    if not others.exclude(pk=tie.pk).exists():
        raise Refused(
            _("Nobody else is of the secretariat after that day: grant the role to a successor first."), "ends_on"
        )


def record_tie(verb: str, tie: Tie, by: User | None) -> Tie:
    """Write the tie and its line in the journal; what the database refuses is told in words."""
    insert(tie)
    journal.record(verb, tie, by=by, data=facts_of(tie))
    return tie


def facts_of(tie: Dated) -> dict[str, Any]:
    """What the journal keeps of a tie."""
    return {field.name: getattr(tie, field.attname) for field in tie._meta.concrete_fields if not field.primary_key}
