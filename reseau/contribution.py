"""What an entity brought to the Network in a year, for all members to see: attendance, positions, activities (M-59)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core import clock
from core.components import Column, DataTable, SummaryRow
from core.templatetags.components import status_tag
from core.templatetags.typography import ABSENT, numeric_day, typo
from decisions.enums import Stance
from decisions.models import Decision, Position
from meetings.enums import Presence
from meetings.models import Attendance, Meeting
from meetings.queries import held_between
from members.enums import MembershipKind
from members.models import Entity, Membership, User
from outreach.models import Engagement
from workplan.enums import FROZEN
from workplan.models import Activity

ATTENDED = {Presence.PRESENT: "done", Presence.APOLOGIES: "waiting", Presence.ABSENT: "problem"}


@dataclass(frozen=True)
class Year:
    """One calendar year, which is the Network's."""

    number: int

    @property
    def first(self) -> date:
        return date(self.number, 1, 1)

    @property
    def last(self) -> date:
        return date(self.number, 12, 31)


def page(user: User, entity: Entity, year: Year) -> dict[str, Any]:
    periods = list(Membership.objects.between(year.first, year.last).filter(entity=entity))
    meetings = [one for one in _meetings(user, entity, year) if _covers(periods, timezone.localdate(one.starts_at))]
    full = [one for one in periods if one.kind == MembershipKind.MEMBER]
    calls = [one for one in _calls(user, entity, year) if _covers(full, timezone.localdate(one.call_opened_at))]
    activities = list(_activities(user, entity, year))
    engagements = Engagement.objects.visible_to(user).filter(entity=entity, happened_on__year=year.number).count()
    this_year = clock.today().year
    return {
        "entity": entity,
        "year": year.number,
        "earlier": year.number - 1 if periods and min(one.starts_on for one in periods) < year.first else None,
        "later": year.number + 1 if year.number < this_year else None,
        "facts": _facts(entity, meetings, calls, activities, engagements),
        "attendance": _attendance_table(meetings),
        "positions": _positions_table(calls),
        "activities": _activities_table(entity, activities),
    }


def _covers(periods: Iterable[Membership], day: date) -> bool:
    return any(period.holds_on(day) for period in periods)


def _meetings(user: User, entity: Entity, year: Year) -> QuerySet[Any]:
    said = Attendance.objects.filter(meeting=OuterRef("pk"), entity=entity)
    seen = Meeting.objects.visible_to(user).values("pk")
    found = held_between(year.first, year.last).filter(pk__in=seen).prefetch_related(None)
    return found.annotate(presence=Subquery(said.values("status")[:1]))


def _calls(user: User, entity: Entity, year: Year) -> QuerySet[Any]:
    """Decisions on which the entity was called to give a position, with the last one it gave."""
    word = Position.objects.counted().filter(decision=OuterRef("pk"), entity=entity).order_by("-pk")
    opened = Decision.objects.visible_to(user).filter(call_opened_at__year=year.number)
    found = opened.annotate(stance=Subquery(word.values("stance")[:1]), said_at=Subquery(word.values("at")[:1]))
    return found.order_by("call_opened_at", "pk")


def _activities(user: User, entity: Entity, year: Year) -> QuerySet[Activity]:
    in_force = Activity.objects.filter(plan__year=year.number, plan__state__in=FROZEN)
    own = in_force.filter(Q(lead=entity) | Q(contributing=entity)).select_related("plan", "lead")
    return own.distinct().order_by("code", "pk")


def _facts(
    entity: Entity, meetings: list[Any], calls: list[Any], activities: list[Activity], engagements: int
) -> list[SummaryRow]:
    present = sum(one.presence == Presence.PRESENT for one in meetings)
    spoke = sum(one.stance is not None for one in calls)
    led = sum(one.lead_id == entity.pk for one in activities)
    share = _("%(n)s of %(all)s")
    return [
        SummaryRow(_("Meetings attended"), share % {"n": present, "all": len(meetings)}),
        SummaryRow(_("Positions given on calls"), share % {"n": spoke, "all": len(calls)}),
        SummaryRow(_("Activities led"), str(led)),
        SummaryRow(_("Activities contributed to"), str(len(activities) - led)),
        SummaryRow(_("Engagements with partners"), str(engagements)),
    ]


def _attendance_table(meetings: list[Any]) -> DataTable:
    columns = (Column(_("Day")), Column(_("Meeting"), "head"), Column(_("Attendance")))
    rows = tuple((numeric_day(one.starts_at), _link(one, one.title), _presence(one.presence)) for one in meetings)
    return DataTable(_("Meetings held"), columns, rows, hide_caption=True)


def _presence(status: str | None) -> Any:
    if status is None:
        return status_tag("neutral", _("not recorded"))
    return status_tag(ATTENDED[Presence(status)], Presence(status).label)


def _positions_table(calls: list[Any]) -> DataTable:
    columns = (Column(_("Day")), Column(_("Decision"), "head"), Column(_("Last position")))
    rows = tuple((numeric_day(one.said_at), _link(one, one.title), _stance(one.stance)) for one in calls)
    return DataTable(_("Calls for positions"), columns, rows, hide_caption=True)


def _stance(stance: str | None) -> Any:
    return Stance(stance).label if stance else status_tag("neutral", _("did not speak"))


def _activities_table(entity: Entity, activities: list[Activity]) -> DataTable:
    columns = (
        Column(_("Code")), Column(_("Activity"), "head"), Column(_("As")), Column(_("Status")),
        Column(_("Progress"), "num"),
    )  # fmt: skip
    rows = tuple(
        (
            one.code, _link(one, one.title),
            _("in charge") if one.lead_id == entity.pk else _("with %s") % one.lead,
            str(one.get_status_display()), f"{one.progress_percent} %" if one.progress_percent is not None else ABSENT,
        )
        for one in activities
    )  # fmt: skip
    return DataTable(_("Activities of the plan"), columns, rows, hide_caption=True)


def _link(thing: Any, words: str) -> Any:
    return format_html('<a href="{}">{}</a>', thing.get_absolute_url(), typo(words))


def year_asked(text: str) -> Year:
    """What stands in the address, or this year; nobody looks before the Compact or beyond today."""
    this_year = clock.today().year
    asked = int(text) if text.isascii() and text.isdigit() and len(text) == len("2026") else this_year
    return Year(min(max(asked, 2018), this_year))
