"""What a co-chair hands over: open decisions, actions, the plan, what is awaited, the calendar, contacts (M-47)."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.templatetags.typography import deadline, hours, long_day, numeric_day
from decisions import procedure
from decisions.enums import BEFORE_NETWORK, DecisionState, FollowUp
from decisions.models import Decision, Nomination
from meetings.enums import ActionState, MeetingState
from meetings.models import ActionPoint, Meeting
from members.enums import Role
from members.models import CoChairTerm, FocalPoint, InstitutionalRole, PartnerContact
from members.queries import co_chairs_on, entities_taking_part
from reports.sheets import Part, PlainTable, Sheet, reach
from reports.tables import Column
from workplan.enums import PlanState
from workplan.models import WorkPlan
from workplan.queries import plan_activities, plan_in_force

TO_COME = (MeetingState.DRAFT, MeetingState.CONVENED, MeetingState.POSTPONED, MeetingState.IN_SESSION)


def pack(term: CoChairTerm, day: date) -> Sheet:
    """Everything that is open on ``day``, in the words of the file; the caller has set its language."""
    named = {"seat": term.get_seat_display(), "entity": term.entity, "day": long_day(day)}
    parts = (_term(term), _decisions(), _follow_ups(), _actions(), _plan(day), _awaited(), _calendar(day))
    return Sheet(
        _("Handover of the co-chair: %(seat)s, %(entity)s") % named,
        (_("What is open on %(day)s, for who takes over the seat.") % named,),
        (*parts, _contacts(day), _rules(day)),
    )


def _period(term: CoChairTerm) -> str:
    if term.ends_on is None:
        return _("since %s") % long_day(term.starts_on)
    return _("from %(start)s to %(end)s") % {"start": long_day(term.starts_on), "end": long_day(term.ends_on)}


def _term(term: CoChairTerm) -> Part:
    said = [f"{term.person} ({term.entity}), {_period(term)}."]
    later = CoChairTerm.objects.filter(seat=term.seat, starts_on__gt=term.starts_on).select_related("entity", "person")
    following = later.order_by("starts_on").first()
    call = Nomination.objects.under_way().filter(seat=term.seat).order_by("pk").first()
    if following:
        said.append(_("Then: %s.") % f"{following.person} ({following.entity}), {_period(following)}")
    elif call:
        said.append(_("%(call)s: candidacies until %(day)s.") % {"call": call, "day": long_day(call.closes_on)})
    else:
        said.append(_("Nobody is named yet."))
    return Part(_("The seat"), tuple(said))


def _decisions() -> Part:
    rows = tuple(
        (
            one.title, str(one.get_state_display()), one.proposed_by.acronym,
            deadline(one.awaited_until) if one.awaited_until else "—",
        )
        for one in Decision.objects.filter(state__in=BEFORE_NETWORK)
        .select_related("proposed_by")
        .order_by("call_deadline", "consultation_ends_at", "pk")
    )  # fmt: skip
    columns = (
        Column(_("Decision"), 44, "head"), Column(_("State"), 18), Column(_("Proposed by"), 14),
        Column(_("Until when"), 24),
    )  # fmt: skip
    table = PlainTable(_("Decisions under way"), columns, rows)
    return Part(_("Decisions under way"), tables=(table,), empty=_("No decision is under way."))


def _follow_ups() -> Part:
    open_ones = Decision.objects.filter(state=DecisionState.RECORDED).exclude(follow_up=FollowUp.DONE)
    rows = tuple(
        (one.reference, one.title, one.responsible.acronym if one.responsible else "—", numeric_day(one.due_on))
        for one in open_ones.select_related("responsible").order_by("due_on", "pk")
    )
    columns = (
        Column(_("Number"), 18, "head"), Column(_("Decision"), 50), Column(_("In charge"), 16), Column(_("Due on"), 16),
    )  # fmt: skip
    table = PlainTable(_("Decisions to be followed up"), columns, rows)
    return Part(_("Decisions to be followed up"), tables=(table,), empty=_("Every decision was carried out."))


def _actions() -> Part:
    points = ActionPoint.objects.exclude(state=ActionState.DONE)
    rows = tuple(
        (one.text, _in_charge(one), numeric_day(one.due_on), str(one.get_state_display()))
        for one in points.select_related("responsible", "person", "handed_to").order_by("due_on", "pk")
    )
    columns = (
        Column(_("What is to be done"), 46, "head"), Column(_("In charge"), 24), Column(_("Due on"), 14),
        Column(_("State"), 16),
    )  # fmt: skip
    return Part(
        _("Open actions"), tables=(PlainTable(_("Open actions"), columns, rows),), empty=_("No action is open.")
    )


def _in_charge(point: ActionPoint) -> str:
    return ", ".join(filter(None, [point.responsible.acronym, str(point.carrier) if point.carrier else ""]))


def _plan(day: date) -> Part:
    plan = plan_in_force(WorkPlan.objects.order_by("-year"), day.year)
    if plan is None:
        return Part(_("Joint work plan"), empty=_("No plan is in force."))
    activities = plan_activities(plan)
    by_state: dict[str, list[Any]] = {}
    for activity in activities:
        by_state.setdefault(str(activity.get_status_display()), []).append(activity)
    rows = tuple(
        (capfirst(state), str(len(found)), ", ".join(one.code for one in found)) for state, found in by_state.items()
    )
    columns = (Column(_("State"), 24, "head"), Column(_("Activities"), 16, "num"), Column(_("Which"), 60))
    said = f"{plan.title} — {plan.get_state_display()}."
    return Part(_("Joint work plan"), (said,), (PlainTable(_("Activities by state"), columns, rows),))


def _awaited() -> Part:
    """Letters and receipts that somebody owes to somebody."""
    said = [
        _("%(plan)s: sent to the Resident Coordinator, receipt not acknowledged yet.") % {"plan": plan.title}
        for plan in WorkPlan.objects.filter(state=PlanState.TRANSMITTED).order_by("year")
    ]
    said += [
        _("%(plan)s: validated, still to be sent to the Resident Coordinator.") % {"plan": plan.title}
        for plan in WorkPlan.objects.filter(state=PlanState.VALIDATED).order_by("year")
    ]
    said += [
        _("Minutes to be approved: %s.") % meeting.title
        for meeting in Meeting.objects.filter(state=MeetingState.MINUTES_CIRCULATED).order_by("starts_at", "pk")
    ]
    return Part(_("Letters and receipts awaited"), tuple(said), empty=_("Nothing is awaited."))


def _calendar(day: date) -> Part:
    meetings = Meeting.objects.filter(state__in=TO_COME).order_by("starts_at", "pk")
    rows: list[tuple[Any, str, str]] = [(one.starts_at, one.title, str(one.get_state_display())) for one in meetings]
    calls = Decision.objects.filter(state=DecisionState.CALL, call_deadline__isnull=False)
    rows += [(one.call_deadline, one.title, _("end of the call")) for one in calls]
    shown = tuple((_moment(when), title, what) for when, title, what in sorted(rows, key=lambda row: row[0]))
    columns = (Column(_("Day"), 26, "head"), Column(_("What"), 52), Column(_("State"), 22))
    return Part(_("Calendar"), tables=(PlainTable(_("Calendar"), columns, shown),), empty=_("No day is set."))


def _moment(when: Any) -> str:
    return f"{numeric_day(timezone.localtime(when))}, {hours(timezone.localtime(when))}"


def _contacts(day: date) -> Part:
    seats = [(_("co-chair"), term.entity.acronym, term.person) for term in co_chairs_on(day)]
    roles = InstitutionalRole.objects.on(day).filter(role__in=[Role.SECRETARIAT, Role.RC_OFFICE])
    serving = [
        (str(tie.get_role_display()), "", tie.person) for tie in roles.select_related("person").order_by("role", "pk")
    ]
    taking_part = entities_taking_part(day).values("pk")
    ties = FocalPoint.objects.on(day).filter(entity__in=taking_part).select_related("entity", "person")
    speaking = [
        (str(tie.get_rank_display()), tie.entity.acronym, tie.person)
        for tie in ties.order_by("entity__acronym_fr", "rank", "pk")
    ]
    partners = PartnerContact.objects.on(day).select_related("partner", "person").order_by("partner__name_fr", "pk")
    tables = (
        _people(_("Network"), [*seats, *serving, *speaking]),
        _people(_("Partners"), [("", tie.partner.name, tie.person) for tie in partners]),
    )
    return Part(_("Contacts"), tables=tables, empty=_("Nobody is named."))


def _people(caption: str, found: list[tuple[str, str, Any]]) -> PlainTable:
    columns = (Column(_("Name"), 30, "head"), Column(_("As"), 34), Column(_("How to reach them"), 36))
    rows = tuple(
        (str(person), ", ".join(filter(None, [place, role])), reach(person.email, person.phone))
        for role, place, person in found
    )
    return PlainTable(caption, columns, rows)


def _rules(day: date) -> Part:
    version = procedure.in_force(day)
    said = tuple(
        _("%(label)s: %(value)s") % {"label": label, "value": value} for label, value in procedure.in_words(version)
    )
    return Part(str(version), said)
