"""What the page of a group shows of its chairs, and of the call for them (clause M-68)."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from core import clock
from members.models import User
from members.standing import standing_of
from workinggroups import queries
from workinggroups.enums import BEFORE_VALIDATION
from workinggroups.models import ChairOffer, GroupPass, WorkingGroup


def chairs_part(user: User, group: Any) -> dict[str, Any]:
    """Who chairs it and who did; for those who sit in it, who offers in the call under way.

    ``group`` comes from :func:`workinggroups.queries.one_group`.
    """
    manages = user.has_perm("workinggroups.manage_groups")
    takes_part = user.has_perm("workinggroups.read_papers", group)
    call = queries.call_shown(group)
    rows = _terms(user, group)
    offers = list(queries.offers_under_way(group)) if call and takes_part else []
    return {
        "chairs": [row for row in rows if row["is_in_office"]],
        "other_chairs": [row for row in rows if not row["is_in_office"]],
        "has_chairs": group.state not in BEFORE_VALIDATION,
        "call": call,
        "offers": [_offer(user, group, offer) for offer in offers],
        "takes_part": takes_part,
        "may_offer": call is not None and call.is_open and _may_offer(user, group, offers),
        "may_open_call": manages and call is None and not group.is_over and group.state not in BEFORE_VALIDATION,
        "may_name": manages and call is not None and call.awaits_names,
        "may_close_call": manages and call is not None,
    }


def _terms(user: User, group: WorkingGroup) -> list[dict[str, Any]]:
    today = clock.today()
    in_office = group.chairs.in_office(today).filter(pk=OuterRef("pk"))
    terms = group.chairs.with_names().annotate(is_in_office=Exists(in_office))
    return [
        {
            "chair": chair,
            "offer": chair.offer,
            "who": chair.offer.seat.who,
            "is_in_office": chair.is_in_office,
            "end_url": reverse("groups:chair_end", args=[group.slug, chair.pk])
            if chair.ends_on > today and user.has_perm("workinggroups.end_chair", chair)
            else "",
        }
        for chair in terms
    ]


def _may_offer(user: User, group: WorkingGroup, offers: list[ChairOffer]) -> bool:
    """One offer a member; who keeps the list may record that of any."""
    own = standing_of(user).entity
    has_offered = own is not None and any(offer.seat.entity_id == own.pk for offer in offers)
    if has_offered and not user.has_perm("workinggroups.seat_anybody"):
        return False
    return user.has_perm("workinggroups.offer_to_chair", group)


def _offer(user: User, group: WorkingGroup, offer: ChairOffer) -> dict[str, Any]:
    may_withdraw = user.has_perm("workinggroups.withdraw_chair_offer", offer)
    withdraw_url = reverse("groups:chair_offer_withdraw", args=[group.slug, offer.pk]) if may_withdraw else ""
    return {"offer": offer, "who": offer.seat.who, "withdraw_url": withdraw_url}


def guest_part(group_pass: GroupPass) -> dict[str, Any]:
    """Who chairs the group; what the guest offered in the call under way, or that they may."""
    call = queries.call_under_way(group_pass.group)
    return {
        "chairs": _terms_in_office(group_pass.group),
        "call": call if call and call.is_open else None,
        "own_offer": queries.offer_of(group_pass) if call else None,
    }


def _terms_in_office(group: WorkingGroup) -> list[dict[str, Any]]:
    held = group.chairs.in_office(clock.today()).with_names()
    return [{"chair": chair, "offer": chair.offer, "who": chair.offer.seat.who} for chair in held]
