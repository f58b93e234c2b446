"""What the pages of the list of members show, gathered once for each page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core import clock, journal
from core.components import Column, DataTable, SummaryRow, TimelineEvent
from core.templatetags.components import status_tag
from core.templatetags.typography import ABSENT, deadline, long_day, numeric_day, typo
from members import queries
from members.enums import MembershipKind, Rank
from members.models import CoChairTerm, Entity, FocalPoint, InstitutionalRole, Invitation, User

HISTORY_LENGTH = 10


@dataclass(frozen=True)
class TieRow:
    """One dated tie as a page shows it; ``end_url`` is empty when it is over or the reader may not end it."""

    label: Any
    tie: Any
    is_current: bool
    end_url: str = ""


# --- Directory -------------------------------------------------------------------------------------------------------
def directory_table(rows: Iterable[queries.DirectoryRow]) -> DataTable:
    columns = (
        Column(_("Entity"), "head"), Column(_("Principal focal point")), Column(_("Alternate")),
        Column(_("Member since")), Column(_("Profile reviewed on")),
    )  # fmt: skip
    cells = tuple(
        (
            format_html(
                '<a href="{}">{}</a><br><span class="muted">{}</span>',
                row.entity.get_absolute_url(), row.entity.acronym, typo(row.entity.name),
            ),
            _contact(row.principal, is_expected=row.needs_principal),
            _contact(row.alternate),
            _since(row),
            _reviewed(row),
        )
        for row in rows
    )  # fmt: skip
    return DataTable(_("Members of the Network"), columns, cells, hide_caption=True)


def _contact(person: User | None, is_expected: bool = False) -> SafeString | str:
    if person:
        return format_html('<a href="{}">{}</a>', person.get_absolute_url(), person)
    return status_tag("problem", _("not named")) if is_expected else ABSENT


def _since(row: queries.DirectoryRow) -> SafeString | str:
    if row.since is None:
        return status_tag("neutral", _("outside the Network"))
    day = numeric_day(row.since)
    if not row.is_invitee:
        return day
    return format_html('{}<br><span class="muted">{}</span>', day, _("standing invitee"))


def _reviewed(row: queries.DirectoryRow) -> SafeString | str:
    reviewed_on = row.entity.profile_reviewed_on
    if reviewed_on is None:
        return status_tag("waiting", _("never reviewed"))
    day = numeric_day(reviewed_on)
    return format_html("{} {}", day, status_tag("waiting", _("to be reviewed"))) if row.is_stale else day


# --- Entity ----------------------------------------------------------------------------------------------------------
def entity_page(user: User, entity: Entity) -> dict[str, Any]:
    """``entity`` comes from :func:`members.queries.entities`."""
    day, may_manage = clock.today(), user.has_perm("members.manage_members")
    may_edit = user.has_perm("members.edit_entity", entity)
    speaking = _focal_points(entity, may_manage)
    named = {row.tie.rank for row in speaking if row.is_current}
    return {
        "entity": entity,
        "kind": MembershipKind(entity.membership_kind).label if entity.membership_kind else "",  # type: ignore[attr-defined]
        "facts": _entity_facts(entity, may_manage),
        "speaking": [row for row in speaking if row.is_current],
        "spoke": [row for row in speaking if not row.is_current],
        "lacks_principal": entity.membership_kind == MembershipKind.MEMBER and Rank.PRINCIPAL not in named,  # type: ignore[attr-defined]
        "memberships": _memberships(entity, may_manage),
        "terms": [_term(term, may_manage) for term in _terms(entity)],
        "objectives": list(entity.gcm_objectives.order_by("order", "pk")),
        "regions": list(entity.regions.order_by("order", "pk")),
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
        shown = entity.website.split("://")[-1].rstrip("/")
        facts.append(SummaryRow(_("Website"), format_html('<a href="{}" rel="noopener">{}</a>', entity.website, shown)))
    if may_manage and not entity.is_in_country_team:
        facts.append(SummaryRow(_("Country team"), _("not part of it")))
    return facts


def freshness(reviewed_on: Any, within: Any) -> SafeString | str:
    """The day, in amber when it lies too far back."""
    if reviewed_on is None:
        return status_tag("waiting", _("never"))
    if queries.is_stale(reviewed_on, within, clock.today()):
        return status_tag("waiting", long_day(reviewed_on))
    return long_day(reviewed_on)


def _focal_points(entity: Entity, may_manage: bool) -> list[TieRow]:
    order = {rank: place for place, rank in enumerate(Rank)}
    ties = list(FocalPoint.objects.filter(entity=entity).select_related("person").order_by("-starts_on", "pk"))
    rows = [_row(tie, tie.get_rank_display(), "members:focal_point_end", may_manage) for tie in ties]
    return sorted(rows, key=lambda row: (not row.is_current, order[Rank(row.tie.rank)] if row.is_current else 0))


def _memberships(entity: Entity, may_manage: bool) -> list[TieRow]:
    ties = entity.memberships.order_by("-starts_on", "pk")
    return [_row(tie, tie.get_kind_display(), "members:membership_end", may_manage) for tie in ties]


def _terms(entity: Entity) -> Any:
    return CoChairTerm.objects.filter(entity=entity).select_related("person").order_by("-starts_on", "pk")


def _term(term: CoChairTerm, may_manage: bool) -> TieRow:
    return _row(term, term.get_seat_display(), "members:term_end", may_manage)


def _term_of_seat(term: CoChairTerm, may_manage: bool) -> TieRow:
    """Under the name of the seat, the entity is what there is to say."""
    return _row(term, term.entity.acronym, "members:term_end", may_manage)


def _row(tie: Any, label: Any, end: str, may_end: bool) -> TieRow:
    today = clock.today()
    is_over = tie.ends_on is not None and tie.ends_on <= today
    return TieRow(label, tie, tie.holds_on(today), reverse(end, args=[tie.pk]) if may_end and not is_over else "")


def _history(entity: Entity) -> list[TimelineEvent]:
    events = journal.latest(entity, HISTORY_LENGTH)
    return [TimelineEvent(event.at, journal.sentence(event)) for event in events]


# --- Co-chairs -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class SeatPage:
    """One of the two seats: who holds it, what comes next, what came before."""

    title: Any
    current: CoChairTerm | None
    coming: list[TieRow]
    past: list[TieRow]
    end_url: str
    succession_is_due: bool


def co_chairs_page(user: User) -> dict[str, Any]:
    may_manage = user.has_perm("members.manage_members")
    seats = [_seat(view, may_manage) for view in queries.seats_on(clock.today())]
    return {"seats": seats, "may_manage": may_manage}


def _seat(view: queries.SeatView, may_manage: bool) -> SeatPage:
    current = _term_of_seat(view.current, may_manage) if view.current else None
    return SeatPage(
        title=view.seat.label,
        current=view.current,
        coming=[_term_of_seat(term, may_manage) for term in view.coming],
        past=[_term_of_seat(term, may_manage) for term in view.past],
        end_url=current.end_url if current else "",
        succession_is_due=view.succession_is_due,
    )


# --- Person ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class PersonRow:
    """One line of the list of people."""

    person: User
    entity: str
    entity_url: str
    rank: Any


def person_rows(people: Any) -> list[PersonRow]:
    """``people`` come from :func:`members.queries.people`."""
    return [
        PersonRow(
            person=person,
            entity=person.entity_acronym or "",
            entity_url=reverse("members:entity_detail", args=[person.entity_slug]) if person.entity_slug else "",
            rank=Rank(person.entity_rank).label if person.entity_rank else "",
        )
        for person in people
    ]


def person_page(user: User, person: User) -> dict[str, Any]:
    may_invite = user.has_perm("members.invite_person")
    return {
        "person": person,
        "facts": _person_facts(person),
        **_person_ties(user, person),
        "account": _account_state(person) if may_invite else None,
        "may_edit": user.has_perm("members.edit_person", person),
        "may_grant": user.has_perm("members.grant_role"),
        "may_deactivate": user.has_perm("members.deactivate_person") and person.pk != user.pk,
    }


def account_page(user: User) -> dict[str, Any]:
    facts = _person_facts(user)
    if others := [address for address in queries.sign_in_addresses(user) if address != user.email]:
        facts.append(SummaryRow(_("You sign in with"), ", ".join(others)))
    return {"person": user, "facts": facts, **_person_ties(user, user)}


def _person_facts(person: User) -> list[SummaryRow]:
    facts = [SummaryRow(_("Function"), person.title)] if person.title else []
    facts.append(SummaryRow(_("E-mail"), format_html('<a href="mailto:{0}">{0}</a>', person.email)))
    if person.phone:
        facts.append(
            SummaryRow(_("Telephone"), format_html('<a href="tel:{}">{}</a>', _digits(person.phone), person.phone))
        )
    facts.append(SummaryRow(_("Language of the mails"), person.get_language_display()))
    return facts


def _digits(phone: str) -> str:
    return "".join(sign for sign in phone if sign.isdigit() or sign == "+")


def _person_ties(user: User, person: User) -> dict[str, list[TieRow]]:
    may_manage, may_grant = user.has_perm("members.manage_members"), user.has_perm("members.grant_role")
    own = {"person": person}
    speaking = FocalPoint.objects.filter(**own).select_related("entity").order_by("-starts_on", "pk")
    terms = CoChairTerm.objects.filter(**own).select_related("entity").order_by("-starts_on", "pk")
    roles = InstitutionalRole.objects.filter(**own).order_by("-starts_on", "pk")
    return {
        "speaking": [_row(tie, tie.get_rank_display(), "members:focal_point_end", may_manage) for tie in speaking],
        "terms": [_term(term, may_manage) for term in terms],
        "roles": [_row(tie, tie.get_role_display(), "members:role_end", may_grant) for tie in roles],
    }


@dataclass(frozen=True)
class AccountState:
    """Whether the person can sign in, told to those who invite."""

    kind: str
    text: str
    invitation: Invitation | None = None
    may_invite: bool = False


def _account_state(person: User) -> AccountState:
    if not person.is_active:
        return AccountState("problem", _("account closed"))
    if person.has_usable_password():
        return AccountState("done", _("account open"))
    invitation = queries.last_invitation(person)
    if invitation and invitation.is_open:
        until = deadline(invitation.expires_at)
        return AccountState("waiting", _("invited, link good until %(moment)s") % {"moment": until}, invitation, True)
    return AccountState("neutral", _("no account"), None, True)
