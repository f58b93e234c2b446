"""What awaits a person about members: empty seats, a succession, details to confirm."""

from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.todo import Question, TodoItem, ask
from frameworks.models import in_active_language
from members import queries
from members.enums import Rank, Seat
from members.models import Entity
from members.standing import standing_of


def todo(user: Any) -> list[TodoItem]:
    """What awaits this person in the list of members: at most one query."""
    return [*ask(questions(user)), *own(user)]


def questions(user: Any) -> list[Question]:
    """Members without principal, for the secretariat; a rotating seat that nobody follows in, for co-chairs too."""
    standing = standing_of(user)
    found = [_without_principal(standing.day)] if standing.is_secretariat else []
    return [*found, _ending_seats(standing.day)] if standing.is_secretariat or standing.is_co_chair else found


def own(user: Any) -> list[TodoItem]:
    """What the standing tells without a question."""
    standing = standing_of(user)
    speaks = standing.entity and standing.rank and standing.is_member
    return _confirm_details(standing.entity, standing.day) if speaks and standing.entity else []


def _without_principal(day: date) -> Question:
    def tell(facts: dict[str, Any]) -> TodoItem:
        return _name_principal(facts["slug"], in_active_language(facts["fr"], facts["en"]))

    facts = {"slug": "slug", "fr": "acronym_fr", "en": "acronym_en"}
    return Question("without-principal", _members_without_principal, facts, tell, "slug", {"day": day})


def _members_without_principal(day: Any) -> QuerySet[Entity]:
    return queries.members_without(Rank.PRINCIPAL, day)


def _ending_seats(day: date) -> Question:
    def tell(facts: dict[str, Any]) -> TodoItem:
        return _prepare_succession(Seat(facts["seat"]), date.fromisoformat(facts["ends_on"]))

    asked = {"day": day, "until": day + queries.SUCCESSION_NOTICE}
    facts = {"seat": "seat", "ends_on": "ends_on"}
    return Question("ending-seat", queries.ending_terms, facts, tell, "seat", asked)


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
