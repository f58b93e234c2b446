"""Reading the quarterly updates: which are due, what the form of one begins with, what an entity still owes."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from core.charts import YearMark
from members.models import Entity
from members.standing import standing_of
from workplan.enums import AT_REST, FROZEN, ActivityStatus, Quarter
from workplan.models import Activity, QuarterAmount, QuarterReport, WorkPlan, counting


def quarter_end(year: int, quarter: int) -> date:
    """The last day of the quarter: its update is due from then on."""
    return date(year + quarter // 4, quarter % 4 * 3 + 1, 1) - timedelta(days=1)


def due_quarter(plan: WorkPlan, day: date) -> Quarter | None:
    """The last quarter whose last day has come."""
    ended = [quarter for quarter in Quarter if quarter_end(plan.year, quarter) <= day]
    return ended[-1] if ended else None


def begun_quarters(plan: WorkPlan, day: date) -> list[Quarter]:
    """Those one may report on: they have begun. Before the year, the first."""
    begun = [quarter for quarter in Quarter if date(plan.year, 3 * quarter - 2, 1) <= day]
    return begun or [Quarter.Q1]


def contributor(user: Any, activity: Activity) -> Entity | None:
    """The entity whose report stands beside the lead's; ``None`` for the lead and the secretariat."""
    standing = standing_of(user)
    return None if standing.is_secretariat or standing.entity == activity.lead else standing.entity


def report_for_form(activity: Activity, quarter: int, entity: Entity | None = None) -> QuarterReport | None:
    """What the form of a quarter begins with: its own last report, else the latest earlier one.

    Args:
        entity: a contributing entity, which goes on from its own reports only.
    """
    rows = activity.reports.all()
    own = [row for row in rows if row.is_contribution and row.entity_id == entity.pk] if entity else rows
    return counting(own, up_to=quarter)


def amounts_of(activity: Activity) -> QuerySet[QuarterAmount]:
    """What each update said of each budget line, in the order of the lines."""
    reported = QuarterAmount.objects.filter(report__activity=activity)
    return reported.select_related("report", "line__funder").order_by("line", "pk")


def amounts_for_form(
    activity: Activity, quarter: int, entity: Entity | None = None
) -> dict[int, tuple[int | None, int | None]]:
    """By budget line, mobilised and spent at the end of the quarter; ``None`` where only later ones are known.

    Args:
        entity: a contributing entity, which goes on from its own amounts only.
    """
    if entity:
        said = amounts_of(activity).filter(report__is_contribution=True, report__entity=entity)
        own = {row.line_id: (row.mobilised, row.spent) for row in said if row.report.quarter <= quarter}
        return {line.pk: own.get(line.pk, (None, None)) for line in activity.budget_lines.all()}
    by_weight = sorted(amounts_of(activity), key=lambda row: row.report.weight)
    known = {row.line_id: (row.mobilised, row.spent) for row in by_weight if row.report.quarter <= quarter}
    later = dict.fromkeys((row.line_id for row in by_weight), (None, None))
    standing = {line.pk: (line.mobilised, line.spent) for line in activity.budget_lines.all()}
    return {**standing, **later, **known}


def year_marks(plan: WorkPlan | None, day: date) -> list[YearMark]:
    """For the year line: the day from which the updates of each quarter are due, once the year's plan is validated."""
    if plan is None or plan.year != day.year or plan.state not in FROZEN:
        return []
    ends = {quarter: quarter_end(plan.year, quarter) for quarter in Quarter}
    return [
        YearMark(_("PTA %s") % quarter.label, end, "deadline", end < day, plan.get_absolute_url())
        for quarter, end in ends.items()
    ]


def usual_quarter(plan: WorkPlan, day: date) -> Quarter:
    """The one that pages open on: the last whose update is due, else the first that has begun."""
    return due_quarter(plan, day) or begun_quarters(plan, day)[-1]


@dataclass(frozen=True)
class OwnActivity:
    """An activity of one's entity, and its report for the quarter looked at."""

    activity: Activity
    is_lead: bool
    report: QuarterReport | None

    @property
    def is_awaited(self) -> bool:
        """The lead reports, and nothing more is expected of what is over or at rest."""
        return self.is_lead and self.report is None and self.activity.status not in {*AT_REST, ActivityStatus.COMPLETED}


def activities_to_update(plan: WorkPlan, entity: Entity, quarter: int) -> list[OwnActivity]:
    """What ``entity`` leads, then what it contributes to, with the report of the quarter if there is one."""
    reports = QuarterReport.objects.filter(quarter=quarter).order_by("pk")
    own = Activity.objects.of_entity(entity).filter(plan=plan)
    rows = own.select_related("plan", "lead", "outcome").prefetch_related(Prefetch("reports", reports)).in_order()
    own_rows = [OwnActivity(row, row.lead_id == entity.pk, _own_report(row, entity)) for row in rows]
    return sorted(own_rows, key=lambda row: not row.is_lead)


def _own_report(activity: Activity, entity: Entity) -> QuarterReport | None:
    """The last one for the lead, or by the contributing entity; reads the prefetched reports of one quarter."""
    is_lead = activity.lead_id == entity.pk
    own = [
        row for row in activity.reports.all() if (not row.is_contribution if is_lead else row.entity_id == entity.pk)
    ]
    return counting(own)
