"""Reads of working groups."""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from core import clock
from decisions.enums import DecisionState
from decisions.models import Decision
from members.models import PartnerContact
from members.models.people import dictionary_order
from workinggroups.enums import GroupState
from workinggroups.models import GroupMember, GroupPass, GroupQuerySet, WorkingGroup

UNDER_WAY = (
    DecisionState.DRAFT, DecisionState.CONSULTATION, DecisionState.CALL, DecisionState.CONSENSUS_NOTED,
)  # fmt: skip


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
    """The same for a page of one, with everybody who sits or sat in it; ``sits`` on each seat says which."""
    sits = Exists(GroupMember.objects.sitting(clock.today()).filter(pk=OuterRef("pk")))
    seats = GroupMember.objects.select_related("entity", "partner").annotate(sits=sits).order_by("starts_on", "pk")
    found: GroupQuerySet = WorkingGroup.objects.visible_to(user).select_related("decision", "proposed_by")
    return found.prefetch_related("objectives", Prefetch("members", seats, to_attr="seats"))


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


def url_of(decision: Decision) -> str:
    """The page of the first group that the decision endorses; nothing for one on groups in general."""
    group = WorkingGroup.objects.filter(decision=decision).in_order().first()
    return group.get_absolute_url() if group else ""
