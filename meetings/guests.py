"""Guests of a meeting: who may be invited, and who was."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from core.prepared import prepared
from meetings.models import AgendaItem, GuestPass, Meeting
from members.models import PartnerContact
from members.models.people import dictionary_order


def contacts_for(meeting: Meeting) -> QuerySet[PartnerContact]:
    """Those who answer for a partner on the day of the meeting, by partner and name."""
    day = meeting.day
    working = Q(partner__ended_on__isnull=True) | Q(partner__ended_on__gte=day)
    found: QuerySet[PartnerContact] = PartnerContact.objects.on(day).filter(working, person__is_active=True)
    return found.select_related("person", "partner__category").order_by(
        dictionary_order("partner__name_fr"), "person__family_name", "pk"
    )


def passes(meeting: Meeting) -> list[GuestPass]:
    """Every pass of the meeting, the revoked ones too, by partner and person."""
    return [_of(meeting, one) for one in _passes(meeting=meeting.pk)]


@prepared
def _passes(meeting: Any) -> QuerySet[GuestPass]:
    found = GuestPass.objects.filter(meeting=meeting).select_related("contact__person", "contact__partner")
    return found.order_by("contact__partner__name_fr", "contact__person__family_name", "pk")


def to_tell(meeting: Meeting, day: date) -> list[GuestPass]:
    """Those whose pass still opens something on ``day``: what changes about the meeting is told to them."""
    return [_of(meeting, one) for one in _with_guest(meeting.passes.standing(day).order_by("pk"))]


def one_pass(meeting: Meeting, pk: int) -> GuestPass | None:
    return _with_guest(meeting.passes.filter(pk=pk)).first()


def pass_of(token: str) -> GuestPass | None:
    """The pass whose link this is, whatever it still opens; one query."""
    number = GuestPass.number_in(token)
    return None if number is None else _with_guest(GuestPass.objects.filter(pk=number)).first()


def agenda(meeting: Meeting) -> list[AgendaItem]:
    return list(meeting.items.select_related("lead_entity").order_by("order", "pk"))


def _with_guest(found: QuerySet[GuestPass]) -> QuerySet[GuestPass]:
    return found.select_related("meeting", "contact__person", "contact__partner__category")


def _of(meeting: Meeting, one: GuestPass) -> GuestPass:
    one.meeting = meeting
    return one
