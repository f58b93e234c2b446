"""The list of people, the page of a person, one's own account."""

from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core.components import SummaryRow
from core.templatetags.typography import deadline
from frameworks.models import in_active_language
from members import queries
from members.enums import Rank
from members.models import CoChairTerm, Delegation, FocalPoint, InstitutionalRole, Invitation, PartnerContact, User
from members.pages.ties import TieRow, TieRows, is_over, recorded_today


@dataclass(frozen=True)
class PersonRow:
    """One line of the list of people: the entity one speaks for and in which rank, or the partner one answers for."""

    person: User
    place: str = ""
    place_url: str = ""
    rank: Any = ""


def person_rows(people: Any) -> list[PersonRow]:
    """``people`` come from :func:`members.queries.people`."""
    return [_person_row(person) for person in people]


def _person_row(person: Any) -> PersonRow:
    if person.entity_slug:
        url = reverse("members:entity_detail", args=[person.entity_slug])
        return PersonRow(person, person.entity_acronym, url, Rank(person.entity_rank).label)
    if person.partner_id:
        name = in_active_language(person.partner_fr, person.partner_en or person.partner_fr)
        return PersonRow(person, name, reverse("partners:partner_detail", args=[person.partner_id]))
    return PersonRow(person)


def person_page(user: User, person: User) -> dict[str, Any]:
    may_invite = user.has_perm("members.invite_person")
    ties = _person_ties(user, person)
    return {
        "person": person,
        "facts": _person_facts(person),
        **ties,
        "partner_about": _partner_about(user),
        "account": _account_state(person) if may_invite else None,
        "may_edit": user.has_perm("members.edit_person", person),
        "may_grant": user.has_perm("members.grant_role"),
        "may_hand_over": user.has_perm("members.hand_over") and any(map(_still_runs, chain(*ties.values()))),
        "may_deactivate": user.has_perm("members.deactivate_person") and person.pk != user.pk,
        "still_held": [] if person.is_active else [row for row in chain(*ties.values()) if _still_runs(row)],
    }


def _still_runs(row: TieRow) -> bool:
    return not is_over(row.tie)


def account_page(user: User) -> dict[str, Any]:
    facts = _person_facts(user)
    if others := [address for address in queries.sign_in_addresses(user) if address != user.email]:
        facts.append(SummaryRow(_("You sign in with"), ", ".join(others)))
    may_delegate = user.has_perm("members.delegate_voice")
    more = {"may_delegate": may_delegate, "partner_about": _partner_about(user)}
    return {"person": user, "facts": facts, **more, **_person_ties(user, user)}


def _partner_about(user: User) -> str:
    """A partner is a link for who may open its page."""
    return "partner" if user.has_perm("members.view_directory") else ""


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
    recorded = recorded_today(may_manage or may_grant or person == user)
    own_ones = TieRows(recorded)
    managed, granted = TieRows(recorded if may_manage else None), TieRows(recorded if may_grant else None)
    partnered = TieRows(recorded if user.has_perm("members.manage_partners") else None)
    own = {"person": person}
    speaking = FocalPoint.objects.filter(**own).select_related("entity").order_by("-starts_on", "pk")
    terms = CoChairTerm.objects.filter(**own).select_related("entity").order_by("-starts_on", "pk")
    roles = InstitutionalRole.objects.filter(**own).order_by("-starts_on", "pk")
    answering = PartnerContact.objects.filter(**own).select_related("partner").order_by("-starts_on", "pk")
    passed_on = Delegation.objects.filter(Q(giver=person) | Q(person=person)).order_by("-starts_on", "pk")
    return {
        "speaking": [managed.row(tie, tie.get_rank_display()) for tie in speaking],
        "delegated": [
            (own_ones if tie.giver_id == user.pk else managed).row(tie, str(tie))
            for tie in passed_on.select_related("entity", "giver", "person")
        ],
        "answering": [partnered.row(tie, str(tie.partner)) for tie in answering],
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
