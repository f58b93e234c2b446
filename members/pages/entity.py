"""The page of an entity."""

from datetime import date
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core import clock, journal
from core.components import SummaryRow, TimelineEvent
from core.templatetags.components import status_tag
from core.templatetags.typography import long_day
from members import panels, queries
from members.enums import MembershipKind, Rank
from members.models import CoChairTerm, Delegation, Entity, FocalPoint, User
from members.pages.ties import TieRow, TieRows

HISTORY_LENGTH = 10


def entity_page(user: User, entity: Entity) -> dict[str, Any]:
    """``entity`` comes from :func:`members.queries.one_entity`."""
    day, may_manage = clock.today(), user.has_perm("members.manage_members")
    may_edit = user.has_perm("members.edit_entity", entity)
    recorded: Any = entity.recorded_today  # type: ignore[attr-defined]
    rows = TieRows({tuple(tie.split(" ")) for tie in recorded} if may_manage else None)
    speaking = _focal_points(entity, rows)
    named = {row.tie.rank for row in speaking if row.is_current}
    return {
        "entity": entity,
        "kind": MembershipKind(entity.membership_kind).label if entity.membership_kind else "",  # type: ignore[attr-defined]
        "facts": _entity_facts(entity, may_manage),
        "speaking": [row for row in speaking if row.is_current],
        "spoke": [row for row in speaking if not row.is_current],
        "lacks_principal": entity.membership_kind == MembershipKind.MEMBER and Rank.PRINCIPAL not in named,  # type: ignore[attr-defined]
        "delegated": [rows.row(tie, str(tie)) for tie in _delegations(entity, day)],
        "memberships": [
            rows.row(tie, tie.get_kind_display()) for tie in entity.memberships.order_by("-starts_on", "pk")
        ],
        "terms": [rows.row(term, term.get_seat_display()) for term in _terms(entity)],
        "objectives": entity.objective_labels,  # type: ignore[attr-defined]
        "panels": panels.shown_to(user, entity),
        "regions": entity.region_names,  # type: ignore[attr-defined]
        "history": _history(entity),
        "may_manage": may_manage,
        "may_edit": may_edit,
        "details_are_stale": may_edit
        and queries.is_stale(entity.details_confirmed_on, queries.DETAILS_FRESH, day)
        and entity.membership_kind is not None,  # type: ignore[attr-defined]
    }


def _entity_facts(entity: Entity, may_manage: bool) -> list[SummaryRow]:
    facts = []
    if entity.member_since:  # type: ignore[attr-defined]
        facts.append(SummaryRow(_("Since"), long_day(entity.member_since)))  # type: ignore[attr-defined]
    facts.append(SummaryRow(_("Profile reviewed"), freshness(entity.profile_reviewed_on, queries.PROFILE_FRESH)))
    facts.append(SummaryRow(_("Contacts confirmed"), freshness(entity.details_confirmed_on, queries.DETAILS_FRESH)))
    if entity.website:
        facts.append(SummaryRow(_("Website"), web_link(entity.website)))
    if entity.pages:
        links = format_html_join("\n", '<a href="{}" rel="noopener">{}</a><br>', entity.pages)
        facts.append(SummaryRow(_("Other web pages"), links))
    if may_manage and not entity.is_in_country_team:
        facts.append(SummaryRow(_("Country team"), _("not part of it")))
    return facts


def web_link(address: str) -> SafeString:
    """The address without what every address has."""
    shown = address.split("://")[-1].rstrip("/")
    return format_html('<a href="{}" rel="noopener">{}</a>', address, shown)


def freshness(reviewed_on: Any, within: Any) -> SafeString | str:
    """The day, in amber when it lies too far back."""
    if reviewed_on is None:
        return status_tag("waiting", _("never"))
    if queries.is_stale(reviewed_on, within, clock.today()):
        return status_tag("waiting", long_day(reviewed_on))
    return long_day(reviewed_on)


def _focal_points(entity: Entity, rows: TieRows) -> list[TieRow]:
    order = {rank: place for place, rank in enumerate(Rank)}
    ties = list(FocalPoint.objects.filter(entity=entity).select_related("person").order_by("-starts_on", "pk"))
    shown = [rows.row(tie, tie.get_rank_display()) for tie in ties]
    return sorted(shown, key=lambda row: (not row.is_current, order[Rank(row.tie.rank)] if row.is_current else 0))


def _delegations(entity: Entity, day: date) -> Any:
    if not entity.has_delegations:  # type: ignore[attr-defined]
        return ()
    found = Delegation.objects.between(day, None).filter(entity=entity)
    return found.select_related("entity", "giver", "person").order_by("starts_on", "pk")


def _terms(entity: Entity) -> Any:
    if not entity.has_terms:  # type: ignore[attr-defined]
        return ()
    return CoChairTerm.objects.filter(entity=entity).select_related("person").order_by("-starts_on", "pk")


def _history(entity: Entity) -> list[TimelineEvent]:
    events = journal.latest(entity, HISTORY_LENGTH)
    return [TimelineEvent(event.at, journal.sentence(event)) for event in events]
