"""What awaits a person about members: empty seats, a succession, details to confirm."""

from datetime import date, datetime, time
from typing import Any

from django.db.models import DateField, Max, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.todo import TodoItem
from frameworks.models import in_active_language
from members import queries, rotation
from members.enums import Rank, Seat
from members.models import CoChairTerm, Entity
from members.standing import standing_of


def todo(user: Any) -> list[TodoItem]:
    """What awaits this person in the list of members: one query."""
    standing = standing_of(user)
    items = []
    if standing.is_secretariat:
        items += [
            _prepare_succession(Seat(slug), ends_on)
            if ends_on
            else _name_principal(slug, in_active_language(french, english))
            for slug, french, english, ends_on in _vacancies(standing.day)
        ]
    if standing.entity and standing.rank and standing.is_member:
        items += _confirm_details(standing.entity, standing.day)
    return items


def _vacancies(day: date) -> Any:
    """Slug and acronyms of members without principal; then the last day of a rotating seat when nobody follows."""
    none = Value(None, output_field=DateField())
    without = queries.members_without(Rank.PRINCIPAL, day).order_by("pk")
    silent = without.values_list("slug", "acronym_fr", "acronym_en", none)
    last = Max(Coalesce("ends_on", Value(date.max)))
    terms = CoChairTerm.objects.filter(rotation.rotating(day)).order_by("seat").values("seat").annotate(last=last)
    ending = terms.filter(last__range=(day, day + queries.SUCCESSION_NOTICE)).values_list(
        "seat", Value(""), Value(""), "last"
    )
    return silent.union(ending, all=True).order_by("slug")


def _name_principal(slug: str, acronym: str) -> TodoItem:
    return TodoItem(
        title=_("Have a principal focal point named for %(entity)s") % {"entity": acronym},
        url=reverse("members:entity_detail", args=[slug]),
        why=_("No one speaks for this member today."),
        tag=_("seat empty"),
    )


def _prepare_succession(seat: Seat, ends_on: Any) -> TodoItem:
    return TodoItem(
        title=_("Prepare the nomination of the next co-chair"),
        url=reverse("members:co_chairs"),
        why=_("%(seat)s: the annual review names its next holder; nobody is named yet.")
        % {"seat": capfirst(str(seat.label))},
        due=timezone.make_aware(datetime.combine(ends_on, time(23, 59))),
    )


def _confirm_details(entity: Entity, day: date) -> list[TodoItem]:
    if not queries.is_stale(entity.details_confirmed_on, queries.DETAILS_FRESH, day):
        return []
    return [
        TodoItem(
            title=_("Confirm the contacts of %(entity)s") % {"entity": entity},
            url=entity.get_absolute_url(),
            why=_("The list of members is shared from these details."),
            tag=_("to be confirmed"),
        )
    ]
