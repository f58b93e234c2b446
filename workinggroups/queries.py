"""Reads of working groups."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone

from core import clock
from decisions.enums import UNDER_WAY
from decisions.models import Decision
from frameworks.queries import numbered_objectives
from members.models import Entity, FocalPoint, PartnerContact, User
from members.models.people import dictionary_order
from workinggroups.enums import ENDORSEMENT, TERMS_OF_A_GROUP, TEXT_OF_A_GROUP, GroupState
from workinggroups.models import (
    ChairCall,
    ChairOffer,
    ChairOfferQuerySet,
    GroupMeeting,
    GroupMember,
    GroupPass,
    GroupQuerySet,
    WorkingGroup,
)

OF_A_TEXT = ("pk", "title", "state", "year", "number", "proposed_by_id")


def is_before_network(group: WorkingGroup) -> bool:
    """Whether a decision on it is under way."""
    return group.decision is not None and group.decision.state in UNDER_WAY


def proposals() -> GroupQuerySet:
    """Those that may be brought before the Network."""
    proposed: GroupQuerySet = WorkingGroup.objects.filter(state=GroupState.PROPOSED)
    return proposed.exclude(decision__state__in=UNDER_WAY).in_order()


def groups(user: Any, day: date) -> GroupQuerySet:
    """Those ``user`` may see, with how many entities and partners sit in each on ``day``."""
    sits = Q(members__in=GroupMember.objects.sitting(day))
    found: GroupQuerySet = WorkingGroup.objects.visible_to(user).in_order()
    return found.annotate(
        entities=Count("members", filter=sits & Q(members__entity__isnull=False)),
        partners=Count("members", filter=sits & Q(members__partner__isnull=False)),
    )


def one_group(user: Any) -> GroupQuerySet:
    """The same for a page of one, with everybody who sits or sat in it; ``sits`` on each seat says which.

    ``texts_handed_on`` holds the facts of the decisions it brought before the Network, drafts among them;
    ``decision_is_visible`` says whether ``user`` may read the decision on it; :func:`call_shown` tells the call.
    """
    sits = Exists(GroupMember.objects.sitting(clock.today()).filter(pk=OuterRef("pk")))
    seats = GroupMember.objects.select_related("entity", "partner").annotate(sits=sits).order_by("starts_on", "pk")
    found: GroupQuerySet = WorkingGroup.objects.visible_to(user).select_related("decision", "proposed_by")
    call = ChairCall.objects.filter(group=OuterRef("pk"), closed_at__isnull=True)
    texts = Decision.objects.filter(subject_kind=TEXT_OF_A_GROUP, subject_id=Cast(OuterRef("pk"), CharField()))
    texts = texts.order_by("created_at", "pk")
    found = found.annotate(
        decision_is_visible=Exists(Decision.objects.visible_to(user).filter(pk=OuterRef("decision"))),
        call_closes_on=Subquery(call.values("closes_on")),
        call_message=Subquery(call.values("message")),
        texts_handed_on=ArraySubquery(texts.values(facts=JSONObject(**{name: name for name in OF_A_TEXT}))),
        numbered_objectives=ArraySubquery(numbered_objectives(working_groups=OuterRef("pk"))),
    )
    return found.prefetch_related(Prefetch("members", seats, to_attr="seats"))


def seats_of(user: Any, **of: Any) -> Any:
    """The seats that an entity or a partner holds today, by group."""
    visible = WorkingGroup.objects.visible_to(user).standing()
    held = GroupMember.objects.sitting(clock.today()).filter(group__in=visible, **of)
    return held.select_related("group").order_by("group__number")


def contacts_for(group: WorkingGroup) -> QuerySet[PartnerContact]:
    """Those who answer today for a partner that sits in the group, by partner and name."""
    day = clock.today()
    sitting = group.members.sitting(day).filter(partner__isnull=False).values("partner")
    found: QuerySet[PartnerContact] = PartnerContact.objects.on(day).filter(partner__in=sitting, person__is_active=True)
    return found.select_related("person", "partner__category").order_by(
        dictionary_order("partner__name_fr"), "person__family_name", "pk"
    )


def pass_of(token: str) -> GroupPass | None:
    """The pass whose link this is, whatever it still opens."""
    number = GroupPass.number_in(token)
    return None if number is None else GroupPass.objects.with_guest().filter(pk=number).first()


def places_of_decision(decision: Decision) -> list[tuple[str, str]]:
    """Each group that the decision endorses; the one whose text, or whose terms of reference, it is."""
    if decision.subject_kind in {TEXT_OF_A_GROUP, TERMS_OF_A_GROUP}:
        groups = WorkingGroup.objects.filter(pk=decision.subject_id)
    elif decision.subject_kind == ENDORSEMENT:
        groups = WorkingGroup.objects.filter(decision=decision)
    else:
        return []
    return [(str(group), group.get_absolute_url()) for group in groups.in_order()]


def new_terms_under_way(group: WorkingGroup) -> Decision | None:
    """The decision before the Network that would give the group other terms of reference."""
    asked = Decision.objects.filter(subject_kind=TERMS_OF_A_GROUP, subject_id=str(group.pk), state__in=UNDER_WAY)
    return asked.first()


# --- Chairs -----------------------------------------------------------------------------------------------------------
def speaks_for(person: User, seat: GroupMember, day: date) -> bool:
    """Whether the person speaks for the entity, or answers for the partner, that holds the seat."""
    if not person.is_active:
        return False
    if seat.entity_id:
        return bool(FocalPoint.objects.on(day).filter(person=person, entity=seat.entity_id).exists())
    return bool(PartnerContact.objects.on(day).filter(person=person, partner=seat.partner_id).exists())


def call_shown(group: Any) -> ChairCall | None:
    """What a page says of the call under way in a group of :func:`one_group`."""
    if group.call_closes_on is None:
        return None
    return ChairCall(group=group, closes_on=group.call_closes_on, message=group.call_message)


def call_under_way(group: WorkingGroup) -> ChairCall | None:
    return ChairCall.objects.filter(group=group, closed_at__isnull=True).select_related("group").first()


def offers_under_way(group: WorkingGroup) -> ChairOfferQuerySet:
    """Those of the call under way that were not withdrawn."""
    found: ChairOfferQuerySet = ChairOffer.objects.standing().filter(call__group=group, call__closed_at__isnull=True)
    return found.with_names()


def offer_of(group_pass: GroupPass) -> ChairOffer | None:
    """What the partner of a guest offers in the call under way."""
    return offers_under_way(group_pass.group).filter(seat__partner=group_pass.contact.partner_id).first()


def seats_to_offer_for(group: WorkingGroup) -> Any:
    """The seats of the group for which nobody offers yet."""
    offering = offers_under_way(group).order_by().values("seat")
    free = group.members.sitting(clock.today()).exclude(pk__in=offering)
    return free.select_related("entity", "partner").order_by("starts_on", "pk")


def speakers(seats: Iterable[GroupMember], day: date) -> list[tuple[GroupMember, list[User]]]:
    """Each seat with who speaks for its entity in a rank of their own, or answers for its partner; two queries."""
    seats = list(seats)
    of_entities = FocalPoint.objects.on(day).filter(entity__in=[seat.entity_id for seat in seats if seat.entity_id])
    of_partners = PartnerContact.objects.on(day).filter(partner__in=[one.partner_id for one in seats if one.partner_id])
    speaking: dict[Any, list[User]] = {}
    for found, key in ((of_entities, "entity_id"), (of_partners, "partner_id")):
        named = found.filter(person__is_active=True).select_related("person").order_by("person__family_name", "pk")
        for tie in named:
            speaking.setdefault((key, getattr(tie, key)), []).append(tie.person)
    return [
        (seat, speaking.get(("entity_id", seat.entity_id) if seat.entity_id else ("partner_id", seat.partner_id), []))
        for seat in seats
    ]


# --- Meetings ---------------------------------------------------------------------------------------------------------
def quiet_since(group: WorkingGroup) -> date:
    """The day of its last meeting, or the one since which it is at work."""
    last = group.meetings.standing().filter(starts_at__lte=clock.now()).order_by("starts_at").last()
    awake: Any = group.awake_since
    return max(awake, timezone.localdate(last.starts_at)) if last else awake  # type: ignore[no-any-return]


def meetings_of_entity(entity: Entity | None, since: datetime) -> QuerySet[GroupMeeting]:
    """Those of the groups in which the entity sits today that begin after ``since``, in order."""
    sits = GroupMember.objects.sitting(clock.today()).filter(entity=entity, entity__isnull=False)
    found = GroupMeeting.objects.filter(group__in=sits.values("group"), starts_at__gte=since)
    return found.select_related("group").order_by("starts_at", "pk")
