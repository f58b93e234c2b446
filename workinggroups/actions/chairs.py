"""Calling the members of a group for its chairs, and naming them for a term (clause M-68)."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import DomainError
from core.refusals import Refused, refusals_of
from core.templatetags.typography import long_day
from core.transitions import lock
from members.models import Entity, User
from workinggroups import emails, queries
from workinggroups.actions.life import require_not_over
from workinggroups.enums import BEFORE_VALIDATION
from workinggroups.models import ChairCall, ChairOffer, GroupChair, GroupMember, WorkingGroup

MOST_CHAIRS = 2  # « la présidence ou la coprésidence »
LONGEST_CALL, LONGEST_WAIT, LONGEST_TERM = timedelta(days=92), timedelta(days=366), timedelta(days=3 * 366)
refusals = refusals_of(
    {
        "group_chair_call_one_under_way": "closes_on", "group_chair_offer_one_a_seat": "candidate",
        "group_chair_in_order": "ends_on",
    }
)  # fmt: skip


@transaction.atomic
def open_chair_call(group: WorkingGroup, *, closes_on: date, message: str = "", by: User) -> ChairCall:
    """Ask everybody who sits in the group, partners included, who would chair it. They are told by mail (M-68).

    Raises:
        GroupIsOver: the group is closed or was withdrawn.
        DomainError: the UNCT has not validated it, nobody sits in it, or a call is under way.
        Refused: candidacies would close before today, or much later.
    """
    group = lock(group)
    check_callable(group)
    if closes_on < clock.today():
        raise Refused(_("Candidacies are received until today at the earliest."), "closes_on")
    if closes_on - clock.today() > LONGEST_CALL:
        raise Refused(_("A call lasts three months at most."), "closes_on")
    call = ChairCall(group=group, message=message, opened_at=clock.now(), closes_on=closes_on)
    with refusals(ChairCall):
        call.save(force_insert=True)
    journal.record("open_chair_call", group, by=by, data={"closes_on": closes_on})
    emails.announce_chair_call(call)
    return call


def check_callable(group: WorkingGroup) -> None:
    """Refuse as :func:`open_chair_call` does, before its form is shown."""
    require_not_over(group)
    if group.state in BEFORE_VALIDATION:
        raise DomainError(_("Chairs are called for once the UNCT has validated the group."))
    if not group.members.sitting(clock.today()).exists():
        raise DomainError(_("Nobody sits in the group yet: enter its members first."))
    if group.chair_calls.filter(closed_at__isnull=True).exists():
        raise DomainError(_("The members of this group are asked already."))


@transaction.atomic
def offer_to_chair(
    group: WorkingGroup, *, seat: GroupMember, person: User, statement: str = "", by: User
) -> ChairOffer:
    """A member of the group offers to chair it in the call under way, by somebody who speaks for it.

    Raises:
        DomainError: no call is under way, or candidacies are received no more.
        Refused: the seat is none of the group today, its member offers already, or the person does not speak for it.
    """
    group = lock(group)
    call = check_open(group)
    if not queries.speaks_for(person, seat, clock.today()):
        raise Refused(_("%(person)s does not speak for %(who)s.") % {"person": person, "who": seat.who}, "candidate")
    if not group.members.sitting(clock.today()).filter(pk=seat.pk).exists():
        raise Refused(_("%s does not sit in this group today.") % seat.who, "candidate")
    offer = ChairOffer(call=call, seat=seat, person=person, statement=statement, offered_at=clock.now())
    with refusals(ChairOffer):
        offer.save(force_insert=True)
    journal.record("offer_to_chair", group, by=by, data={"who": str(seat.who)})
    return offer


def check_may_offer(group: WorkingGroup, entity: Entity | None) -> None:
    """Refuse as :func:`offer_to_chair` does, before its form is shown to who would offer for this entity."""
    check_open(group)
    if entity and queries.offers_under_way(group).filter(seat__entity=entity).exists():
        raise DomainError(_("This member offers already: withdraw that first."))


def check_open(group: WorkingGroup) -> ChairCall:
    """The call in which one may offer."""
    call = _under_way(group)
    if not call.is_open:
        raise DomainError(_("Candidacies were received until %s.") % long_day(call.closes_on))
    return call


def _under_way(group: WorkingGroup) -> ChairCall:
    call = queries.call_under_way(group)
    if call is None:
        raise DomainError(_("No call for chairs is under way in this group."))
    return call


@transaction.atomic
def withdraw_chair_offer(offer: ChairOffer, *, reason: str = "", by: User) -> ChairOffer:
    """The member no longer offers; that it did stays on record, and who runs the call is told.

    Args:
        reason: which nobody owes.

    Raises:
        DomainError: the call is closed, or the offer was withdrawn already.
    """
    group = lock(offer.call.group)
    offer = lock(offer)
    check_withdrawable(offer)
    offer.withdrawn_at = clock.now()
    offer.save(update_fields=["withdrawn_at"])
    journal.record("withdraw_chair_offer", group, by=by, data={"who": str(offer.seat.who)})
    emails.tell_offer_withdrawn(offer, reason, by)
    return offer


def check_withdrawable(offer: ChairOffer) -> None:
    """Refuse as :func:`withdraw_chair_offer` does, before its form is shown."""
    if offer.call.closed_at:
        raise DomainError(_("The call is closed: the offer stays on record."))
    if offer.withdrawn_at:
        raise DomainError(_("This offer was withdrawn already."))


@transaction.atomic
def name_chairs(
    group: WorkingGroup, *, offers: Iterable[ChairOffer], starts_on: date, ends_on: date, by: User
) -> list[GroupChair]:
    """Record whom the group chose among those who offered: one chair, or two co-chairs. Who sits in it is told.

    Raises:
        GroupIsOver: the group is closed or was withdrawn.
        DomainError: no call is under way, candidacies are still received, or nobody offers.
        Refused: nobody or too many are named, somebody withdrew or left, or the days do not fit.
    """
    group = lock(group)
    call = check_nameable(group)
    chosen = [lock(offer) for offer in sorted(set(offers), key=lambda offer: offer.pk)]
    _check_chosen(call, chosen, starts_on)
    _check_term(call, starts_on, ends_on)
    _check_others(group, chosen, starts_on, ends_on)
    named = [GroupChair(group=group, offer=offer, starts_on=starts_on, ends_on=ends_on) for offer in chosen]
    for chair in named:
        with refusals(GroupChair):
            chair.save(force_insert=True)
    _close(call)
    journal.record("name_chairs", group, by=by, data={"who": ", ".join(str(offer.seat.who) for offer in chosen)})
    emails.tell_chairs(group, named)
    return named


def check_nameable(group: WorkingGroup) -> ChairCall:
    """The call whose day has passed; refused as :func:`name_chairs` does, before its form is shown."""
    require_not_over(group)
    call = _under_way(group)
    if call.is_open:
        raise DomainError(_("Candidacies are received until %s: naming comes after.") % long_day(call.closes_on))
    if not call.offers.standing().exists():
        raise DomainError(_("Nobody offers to chair the group: close this call and open another one."))
    return call


def _check_chosen(call: ChairCall, chosen: list[ChairOffer], day: date) -> None:
    if not chosen:
        raise Refused(_("Name a chair, or two co-chairs."), "offers")
    if len(chosen) > MOST_CHAIRS:
        raise Refused(_("A group has two chairs at most."), "offers")
    for offer in chosen:
        if offer.call_id != call.pk or offer.withdrawn_at:
            raise Refused(_("%s withdrew, or offered in another call.") % offer, "offers")
        sits = call.group.members.sitting(day).filter(pk=offer.seat_id).exists()
        if not (sits and queries.speaks_for(offer.person, offer.seat, day)):
            raise Refused(_("%s no longer speaks for a member of the group on that day.") % offer, "offers")


def _check_others(group: WorkingGroup, chosen: list[ChairOffer], starts_on: date, ends_on: date) -> None:
    """Nobody chairs twice on one day, and no more than two do. Who no longer speaks for a member is not counted."""
    speaking = group.chairs.with_names().speaking(max(starts_on, clock.today()))
    others = list(speaking.between(starts_on, ends_on))
    members = {offer.seat_id for offer in chosen}
    for chair in others:
        if chair.offer.seat_id in members:
            raise Refused(_("%s chairs the group already on one of these days.") % chair, "offers")
    days = {starts_on, *(max(starts_on, chair.starts_on) for chair in others)}
    most = max(sum(chair.holds_on(day) for chair in others) for day in days)
    if len(chosen) + most > MOST_CHAIRS:
        names = ", ".join(str(chair) for chair in others)
        raise Refused(_("A group has two chairs at most; %s: end that term first.") % names, "offers")


def _check_term(call: ChairCall, starts_on: date, ends_on: date) -> None:
    if starts_on <= call.closes_on:
        raise Refused(_("A term begins once the call is closed."), "starts_on")
    if starts_on - clock.today() > LONGEST_WAIT:
        raise Refused(_("A term begins within a year."), "starts_on")
    if ends_on < starts_on:
        raise Refused(_("The last day is before the first one."), "ends_on")
    if ends_on - starts_on > LONGEST_TERM:
        raise Refused(_("A term lasts three years at most."), "ends_on")


@transaction.atomic
def close_chair_call(group: WorkingGroup, *, reason: str, by: User) -> ChairCall:
    """Nobody is named by the call under way; its offers stay on record, and those who were asked are told why.

    Raises:
        DomainError: none is under way.
    """
    group = lock(group)
    call = _under_way(group)
    _close(call)
    journal.record("close_chair_call", group, by=by, data={"reason": reason})
    emails.tell_no_chair(call, reason)
    return call


def check_closable(group: WorkingGroup) -> None:
    """Refuse as :func:`close_chair_call` does, before its form is shown."""
    _under_way(group)


def _close(call: ChairCall) -> None:
    call.closed_at = clock.now()
    call.save(update_fields=["closed_at"])


@transaction.atomic
def end_chair(chair: GroupChair, *, ends_on: date, by: User) -> GroupChair:
    """The term ends sooner: on ``ends_on``, included.

    Raises:
        Refused: it ends by then anyhow, that day has passed, or it is before the term begins.
    """
    chair = lock(chair)
    if ends_on < clock.today():
        raise Refused(_("This day has passed."), "ends_on")
    if chair.ends_on is not None and chair.ends_on <= ends_on:
        raise Refused(_("This already ends on that day or before."), "ends_on")
    chair.ends_on = ends_on
    with refusals(GroupChair):
        chair.save(update_fields=["ends_on"])
    journal.record("end_chair", chair.group, by=by, data={"who": str(chair.offer.seat.who), "ends_on": ends_on})
    return chair
