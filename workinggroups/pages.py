"""What the pages of working groups show, and the part that stands on the pages of entities and partners."""

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import clock, journal
from core.components import Column, DataTable, SummaryRow, TimelineEvent
from core.templatetags.components import state_tag, status_tag
from core.templatetags.typography import ABSENT, long_day, numeric_day, typo
from core.transitions import can_move
from decisions.models import Decision
from decisions.queries import sees
from members import panels
from members.models import Entity, Partner, User
from members.standing import standing_of
from workinggroups import chair_pages, letter, meeting_pages, queries
from workinggroups.enums import AT_WORK, BEYOND_THE_UNCT, GroupState
from workinggroups.models import Deliverable, GroupPass, WorkingGroup

STEPS = (
    "withdraw_group", "submit_to_unct", "return_from_unct", "record_unct_endorsement", "start_group", "put_to_sleep",
    "wake_group", "close_group",
)  # fmt: skip
# Told under the meetings of the group, to those who sit in it.
OF_ITS_MEETINGS = frozenset({
    "workinggroups.convene_group", "workinggroups.change_group_meeting", "workinggroups.call_off_group_meeting",
    "workinggroups.minute_group_meeting",
})  # fmt: skip
BY_RECORDER = ("return_from_unct", "record_unct_endorsement")


def group_table(groups: Iterable[Any]) -> DataTable:
    """``groups`` come from :func:`workinggroups.queries.groups`."""
    columns = (
        Column(_("Group"), "head"), Column(_("State")), Column(_("Entities"), "num"), Column(_("Partners"), "num"),
        Column(_("Validated by the UNCT")), Column(_("At work since")),
    )  # fmt: skip
    rows = tuple(
        (
            format_html('<a href="{}">{}</a>', one.get_absolute_url(), typo(str(one))),
            tag(one),
            one.entities,
            one.partners,
            numeric_day(one.validated_on) if one.validated_on else ABSENT,
            numeric_day(one.active_from) if one.active_from else ABSENT,
        )
        for one in groups
    )
    return DataTable(_("Working groups"), columns, rows, hide_caption=True)


def tag(group: Any) -> SafeString:
    """Its state; what the UNCT returned is not as the Network left it."""
    if group.was_returned:
        return status_tag("problem", _("returned by the UNCT"))
    return state_tag(group)


def group_page(user: User, group: Any) -> dict[str, Any]:
    """``group`` comes from :func:`workinggroups.queries.one_group`."""
    sitting = [seat for seat in group.seats if seat.sits]
    own = standing_of(user).entity if standing_of(user).has_voice else None
    events = journal.history(group)
    may_seat, sits = user.has_perm("workinggroups.seat_anybody"), own and own.pk in {seat.entity_id for seat in sitting}
    return {
        "group": group,
        "facts": _facts(group),
        "entities": [_row(user, seat) for seat in sitting if seat.entity],
        "partners": [_row(user, seat) for seat in sitting if seat.partner],
        "others": [_row(user, seat) for seat in group.seats if not seat.sits],
        "may": _may(user, group),
        "tag": tag(group),
        **chair_pages.chairs_part(user, group),
        "texts": _texts(user, group),
        "panels": panels.shown_to(user, group),
        "may_forward": group.state in AT_WORK and user.has_perm("workinggroups.forward_text", group),
        **meeting_pages.meetings_part(user, group, events),
        **_papers(user, group),
        **_deliverables(user, group),
        "may_join": not group.is_over and (may_seat or (own is not None and not sits)),
        "history": [
            TimelineEvent(event.at, journal.sentence(event)) for event in events if event.verb not in OF_ITS_MEETINGS
        ],
    }


def _texts(user: User, group: Any) -> list[dict[str, Any]]:
    """What the group handed to the Network; of a draft, who sits in the group learns that it is there."""
    sits = user.has_perm("workinggroups.read_papers", group)
    found = [Decision(**facts) for facts in group.texts_handed_on]
    told = [{"decision": one, "is_read": sees(user, one)} for one in found]
    return [one for one in told if one["is_read"] or sits]


def _papers(user: User, group: WorkingGroup) -> dict[str, Any]:
    """For those who sit in the group its papers; for who invites its guests these too."""
    reads, invites = (user.has_perm(f"workinggroups.{verb}", group) for verb in ("read_papers", "invite_guests"))
    return {
        "reads_papers": reads,
        "papers": list(group.papers.standing()) if reads else [],
        "may_add_paper": reads and not group.is_over,
        "may_remove_paper": not group.is_over and user.has_perm("workinggroups.remove_paper", group),
        "passes": list(group.passes.standing(clock.today()).with_guest()) if invites else [],
        "may_invite": invites and not group.is_over,
    }


def _deliverables(user: User, group: WorkingGroup) -> dict[str, Any]:
    """What the group hands over, the next one first; who keeps them opens each from its row."""
    keeps = user.has_perm("workinggroups.keep_deliverables", group) and not group.is_over
    reads = user.has_perm("workinggroups.read_papers", group)
    rows = list(group.deliverables.select_related("paper").order_by("due_on", "pk"))
    columns = (Column(_("Deliverable"), "head"), Column(_("Due on")), Column(_("State")), Column(_("Paper")))
    cells = tuple(
        (
            _opened(group, one) if keeps else typo(one.title),
            numeric_day(one.due_on),
            status_tag("problem", _("overdue")) if one.is_late else state_tag(one),
            _paper_link(group, one) if reads and one.paper and not one.paper.removed_at else ABSENT,
        )
        for one in rows
    )
    table = DataTable(_("Deliverables"), columns, cells, hide_caption=True)
    return {"deliverables": table if rows else None, "may_keep": keeps}


def _opened(group: WorkingGroup, one: Deliverable) -> SafeString:
    url = reverse("groups:deliverable_edit", args=[group.slug, one.pk])
    return format_html('<a href="{}">{}</a>', url, typo(one.title))


def _paper_link(group: WorkingGroup, one: Deliverable) -> SafeString:
    paper: Any = one.paper
    url = reverse("groups:paper_file", args=[group.slug, paper.pk])
    return format_html('<a href="{}">{}</a>', url, paper.kind or paper.title)


def guest_page(group_pass: GroupPass) -> dict[str, Any]:
    """What a guest sees: the group, who sits in it, its papers. Nothing of what the Network says among itself."""
    group = group_pass.group
    seats = group.members.sitting(clock.today()).select_related("entity", "partner").order_by("starts_on", "pk")
    return {
        "group_pass": group_pass,
        "group": group,
        "seats": seats,
        "papers": list(group.papers.standing()),
        **meeting_pages.guest_part(group),
        **chair_pages.guest_part(group_pass),
        "facts": [
            SummaryRow(_("Guest"), f"{group_pass.contact.person}, {group_pass.contact.partner}"),
            SummaryRow(_("This page is open until"), long_day(group_pass.expires_on)),
        ],
    }


def _may(user: User, group: WorkingGroup) -> dict[str, bool]:
    """Verb → whether this person may do it now."""
    manages = user.has_perm("workinggroups.manage_groups")
    records = user.has_perm("workinggroups.record_unct_endorsement")
    own = user.has_perm("workinggroups.edit_group", group)
    open_proposal = group.state == GroupState.PROPOSED and not queries.is_before_network(group)
    may = {verb: can_move(group, verb) and (records if verb in BY_RECORDER else manages) for verb in STEPS}
    return may | {
        "edit": own and open_proposal,
        "bring": user.has_perm("workinggroups.bring_before_network", group) and open_proposal,
        "rework_group": own and can_move(group, "rework_group"),
        "withdraw_group": own and open_proposal,
        "propose_terms": group.state in BEYOND_THE_UNCT and user.has_perm("workinggroups.propose_terms", group),
        "correct_unct_record": records and group.validated_on is not None,
    }


def _facts(group: Any) -> list[SummaryRow]:
    facts = [SummaryRow(pgettext("working group", "Proposed by"), _link(group.proposed_by, group.proposed_by.acronym))]
    decision = group.decision
    if decision and group.decision_is_visible:
        facts.append(SummaryRow(_("Decision"), _link(decision, str(decision))))
    days = (
        (_("Submitted to the UNCT"), group.submitted_on), (_("Validated by the UNCT"), group.validated_on),
        (_("At work since"), group.active_from), (_("Closed on"), group.closed_on),
    )  # fmt: skip
    facts += [SummaryRow(label, long_day(day)) for label, day in days if day]
    if letter.may_be_written(group):
        url = reverse("groups:unct_letter_docx", args=[group.slug])
        facts.append(SummaryRow(_("Letter to the UNCT"), format_html('<a href="{}">{}</a>', url, "Word (DOCX)")))
    if group.unct_reference:
        facts.append(SummaryRow(_("Reference of the UNCT"), group.unct_reference))
    if group.unct_record:
        url = reverse("groups:unct_record_file", args=[group.slug])
        facts.append(SummaryRow(_("Record"), format_html('<a href="{}">{}</a>', url, group.unct_record_name)))
    return facts


def new_terms(group: WorkingGroup) -> dict[str, str]:
    """The words that the form of other terms of reference begins with."""
    return {
        "title": _("New terms of reference of working group %s") % group.number,
        "text": _("The Network gives the working group the terms of reference below, in place of the present ones."),
        "terms_text": group.terms,
    }


def open_deliverables(group: WorkingGroup) -> str:
    """What is not handed over yet, in a sentence; empty where nothing is open."""
    names = [str(one) for one in group.deliverables.open().order_by("due_on", "pk")]
    return _("Not handed over yet: %s. They stay as they are.") % ", ".join(names) if names else ""


def _link(thing: Any, words: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', thing.get_absolute_url(), typo(words))


def _row(user: User, seat: Any) -> dict[str, Any]:
    ends = seat.ends_on is None or seat.ends_on > clock.today()
    may_end = ends and user.has_perm("workinggroups.leave_group", seat)
    return {
        "seat": seat,
        "who": seat.who,
        "leave_url": reverse("groups:group_leave", args=[seat.group.slug, seat.pk]) if may_end else "",
        "has_left": seat.holds_on(clock.today()) and not seat.sits,
        "is_to_come": seat.starts_on > clock.today(),
    }


def proposal(group: WorkingGroup) -> dict[str, str]:
    """The words that the form of the decision begins with."""
    return {
        "title": _("Creation of the working group %s") % group.number,
        "text": _(
            "The Network endorses the terms of reference below of this working group, and asks the secretariat to "
            "submit them to the UNCT for validation:\n\n%s"
        )
        % f"- {group}",
    }


# --- On the pages of the floor below ----------------------------------------------------------------------------------
def entity_groups(user: User, entity: Entity) -> SafeString:
    """On the page of an entity; nothing where it sits in none."""
    return _panel(user, entity=entity)


def partner_groups(user: User, partner: Partner) -> SafeString:
    return _panel(user, partner=partner)


def _panel(user: User, **of: Any) -> SafeString:
    if not user.has_perm("workinggroups.view_groups"):
        return SafeString("")
    seats = list(queries.seats_of(user, **of))
    return render_to_string("workinggroups/_panel.html", {"seats": seats}) if seats else SafeString("")
