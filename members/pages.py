"""What the pages of the list of members show, gathered once for each page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core import clock, journal
from core.components import Column, DataTable, SummaryRow, TimelineEvent
from core.templatetags.components import status_tag
from core.templatetags.typography import ABSENT, deadline, french_day, long_day, numeric_day, typo
from members import panels, queries
from members.enums import MembershipKind, Rank
from members.models import CoChairTerm, Delegation, Entity, FocalPoint, InstitutionalRole, Invitation, Membership, User
from members.succession import Succession

HISTORY_LENGTH = 10


@dataclass(frozen=True)
class TieRow:
    """One dated tie as a page shows it; an address is empty when the reader may not do that, or no longer."""

    label: Any
    tie: Any
    is_current: bool
    end_url: str = ""
    remove_url: str = ""


# how the routes of a kind of tie begin
_ROUTES: dict[type, str] = {
    Membership: "membership", FocalPoint: "focal_point", CoChairTerm: "term", InstitutionalRole: "role",
    Delegation: "delegation",
}  # fmt: skip


@dataclass(frozen=True)
class TieRows:
    """Makes the rows of one page. A reader who may change such ties gives those that were recorded today."""

    recorded_today: set[tuple[str, str]] | None

    def row(self, tie: Any, label: Any) -> TieRow:
        today, route = clock.today(), f"members:{_ROUTES[type(tie)]}"
        if self.recorded_today is None:
            return TieRow(label, tie, tie.holds_on(today))
        is_removable = queries.is_removable(tie, today, self.recorded_today)
        return TieRow(
            label, tie, tie.holds_on(today),
            end_url="" if _is_over(tie) else reverse(f"{route}_end", args=[tie.pk]),
            remove_url=reverse(f"{route}_remove", args=[tie.pk]) if is_removable else "",
        )  # fmt: skip


def _is_over(tie: Any) -> bool:
    return tie.ends_on is not None and tie.ends_on <= clock.today()


def _recorded_today(may_change: bool) -> set[tuple[str, str]] | None:
    return queries.ties_recorded_on(clock.today()) if may_change else None


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
    """``entity`` comes from :func:`members.queries.one_entity`."""
    day, may_manage = clock.today(), user.has_perm("members.manage_members")
    may_edit = user.has_perm("members.edit_entity", entity)
    rows = TieRows(_recorded_today(may_manage))
    speaking = _focal_points(entity, rows)
    named = {row.tie.rank for row in speaking if row.is_current}
    return {
        "entity": entity,
        "kind": MembershipKind(entity.membership_kind).label if entity.membership_kind else "",  # type: ignore[attr-defined]
        "facts": _entity_facts(entity, may_manage),
        "speaking": [row for row in speaking if row.is_current],
        "spoke": [row for row in speaking if not row.is_current],
        "lacks_principal": entity.membership_kind == MembershipKind.MEMBER and Rank.PRINCIPAL not in named,  # type: ignore[attr-defined]
        "delegated": [
            rows.row(tie, str(tie))
            for tie in Delegation.objects.between(day, None)
            .filter(entity=entity)
            .select_related("entity", "giver", "person")
            .order_by("starts_on", "pk")
        ],
        "memberships": [
            rows.row(tie, tie.get_kind_display()) for tie in entity.memberships.order_by("-starts_on", "pk")
        ],
        "terms": [rows.row(term, term.get_seat_display()) for term in _terms(entity)],
        "objectives": list(entity.gcm_objectives.order_by("order", "pk")),
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


def _focal_points(entity: Entity, rows: TieRows) -> list[TieRow]:
    order = {rank: place for place, rank in enumerate(Rank)}
    ties = list(FocalPoint.objects.filter(entity=entity).select_related("person").order_by("-starts_on", "pk"))
    shown = [rows.row(tie, tie.get_rank_display()) for tie in ties]
    return sorted(shown, key=lambda row: (not row.is_current, order[Rank(row.tie.rank)] if row.is_current else 0))


def _terms(entity: Entity) -> Any:
    return CoChairTerm.objects.filter(entity=entity).select_related("person").order_by("-starts_on", "pk")


def _history(entity: Entity) -> list[TimelineEvent]:
    events = journal.latest(entity, HISTORY_LENGTH)
    return [TimelineEvent(event.at, journal.sentence(event)) for event in events]


# --- Co-chairs -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class SeatPage:
    """One of the two seats: who holds it, what comes next, what came before."""

    title: Any
    current: TieRow | None
    coming: list[TieRow]
    past: list[TieRow]
    succession_is_due: bool


def co_chairs_page(user: User) -> dict[str, Any]:
    may_manage = user.has_perm("members.manage_members")
    rows = TieRows(_recorded_today(may_manage))
    return {"seats": [_seat(view, rows) for view in queries.seats_on(clock.today())], "may_manage": may_manage}


def _seat(view: queries.SeatView, rows: TieRows) -> SeatPage:
    """Under the name of the seat, the entity is what there is to say of a term."""
    return SeatPage(
        title=view.seat.label,
        current=rows.row(view.current, view.current.entity.acronym) if view.current else None,
        coming=[rows.row(term, term.entity.acronym) for term in view.coming],
        past=[rows.row(term, term.entity.acronym) for term in view.past],
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
    ties = _person_ties(user, person)
    return {
        "person": person,
        "facts": _person_facts(person),
        **ties,
        "account": _account_state(person) if may_invite else None,
        "may_edit": user.has_perm("members.edit_person", person),
        "may_grant": user.has_perm("members.grant_role"),
        "may_hand_over": user.has_perm("members.hand_over") and any(map(_still_runs, chain(*ties.values()))),
        "may_deactivate": user.has_perm("members.deactivate_person") and person.pk != user.pk,
        "still_held": [] if person.is_active else [row for row in chain(*ties.values()) if _still_runs(row)],
    }


def _still_runs(row: TieRow) -> bool:
    return not _is_over(row.tie)


def account_page(user: User) -> dict[str, Any]:
    facts = _person_facts(user)
    if others := [address for address in queries.sign_in_addresses(user) if address != user.email]:
        facts.append(SummaryRow(_("You sign in with"), ", ".join(others)))
    may_delegate = user.has_perm("members.delegate_voice")
    return {"person": user, "facts": facts, "may_delegate": may_delegate, **_person_ties(user, user)}


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
    recorded = _recorded_today(may_manage or may_grant or person == user)
    own_ones = TieRows(recorded)
    managed, granted = TieRows(recorded if may_manage else None), TieRows(recorded if may_grant else None)
    own = {"person": person}
    speaking = FocalPoint.objects.filter(**own).select_related("entity").order_by("-starts_on", "pk")
    terms = CoChairTerm.objects.filter(**own).select_related("entity").order_by("-starts_on", "pk")
    roles = InstitutionalRole.objects.filter(**own).order_by("-starts_on", "pk")
    passed_on = Delegation.objects.filter(Q(giver=person) | Q(person=person)).order_by("-starts_on", "pk")
    return {
        "speaking": [managed.row(tie, tie.get_rank_display()) for tie in speaking],
        "delegated": [
            (own_ones if tie.giver_id == user.pk else managed).row(tie, str(tie))
            for tie in passed_on.select_related("entity", "giver", "person")
        ],
        "terms": [managed.row(term, term.get_seat_display()) for term in terms],
        "roles": [granted.row(tie, tie.get_role_display()) for tie in roles],
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


# --- Succession ------------------------------------------------------------------------------------------------------
def succession_page(change: Succession) -> dict[str, Any]:
    """What changes hands and what does not, in the words of the page of checking."""
    choice = change.choice
    return {
        "change": change,
        "seen": change.word,
        "facts": [
            SummaryRow(_("Leaves"), choice.person),
            SummaryRow(_("Last day"), french_day(choice.last_day)),
            SummaryRow(_("Succeeds"), choice.successor),
            SummaryRow(_("First day"), french_day(choice.first_day)),
        ],
        "ended": [str(tie) for tie in change.ended],
        "kept": [_tie_in_words(tie) for tie in change.kept],
        "vacated": _tie_in_words(change.vacated) if change.vacated else "",
        "charges": [(charge, found) for charge, found in change.charges if found],
    }


def _tie_in_words(tie: Any) -> str:
    label = getattr(tie, f"get_{_NAMED[type(tie)]}_display")()
    return f"{label}, {tie.entity}" if hasattr(tie, "entity") else str(label)


_NAMED: dict[type, str] = {FocalPoint: "rank", CoChairTerm: "seat", InstitutionalRole: "role"}


def empty_seats_page(day: date) -> dict[str, Any]:
    """Who is missing where, for those who keep the list of members (clauses M-39, M-45, M-57)."""
    return {
        "without_principal": queries.members_without(Rank.PRINCIPAL, day).by_acronym(),
        "without_alternate": queries.members_without(Rank.ALTERNATE, day).by_acronym(),
        "unreachable": queries.members_nobody_signs_in_for(day).by_acronym(),
        "seats": [view for view in queries.seats_on(day) if view.current is None or view.succession_is_due],
    }
