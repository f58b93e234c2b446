"""The home page: what awaits this person, then the Network's year at a glance. Computed at each visit."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core import clock
from core.charts import Figure, year_line
from core.components import SummaryRow
from core.templatetags.typography import money
from core.todo import TodoItem
from decisions import queries as decisions
from meetings import queries as meetings
from members import queries as members
from members.standing import standing_of
from reports import queries as reports
from workplan import queries as workplan
from workplan.enums import ActivityStatus


def home_page(user: Any) -> dict[str, Any]:
    """The template's context. Somebody without a place in the Network sees who to turn to, and nothing of its life."""
    standing = standing_of(user)
    if not (standing.is_network or standing.is_administrator):
        return {"items": [], "is_outside": True}
    today = clock.today()
    return {
        "items": todo(user),
        "is_outside": False,
        "year_line": year_line(
            meetings.year_marks(today.year), date(today.year, 1, 1), date(today.year, 12, 31), today
        ),
        "next_meeting": meetings.next_meeting(user),
        "recent": decisions.recent(user, 4),
        "plan": _plan_box(today),
    }


def _year_line(today: date) -> Figure:
    first, last = date(today.year, 1, 1), date(today.year, 12, 31)
    return year_line(meetings.year_marks(today.year), first, last, today)


def todo(user: Any) -> list[TodoItem]:
    """Everything that awaits this person: what is late first, then by deadline, then the rest."""
    items = [item for app in (decisions, meetings, workplan, reports, members) for item in app.todo(user)]
    dated = [item for item in items if item.due]
    undated = [item for item in items if not item.due]
    in_order = sorted(dated, key=lambda item: (not item.overdue, item.due))
    return [item for item in undated if item.overdue] + in_order + [item for item in undated if not item.overdue]


@dataclass(frozen=True)
class PlanBox:
    """The plan in force in three figures."""

    title: str
    url: str
    rows: list[SummaryRow]


def _plan_box(today: date) -> PlanBox | None:
    plan = workplan.current_plan(today)
    if plan is None:
        return None
    activities = workplan.plan_activities(plan)
    under_way = [row for row in activities if row.status in {ActivityStatus.IN_PROGRESS, ActivityStatus.COMPLETED}]
    served = [count for count in workplan.objective_counts(plan).values() if count]
    rows = [
        SummaryRow(_("Activities completed or under way"), f"{len(under_way)} / {len(activities)}"),
        SummaryRow(_("Objectives of the Compact covered"), f"{len(served)} / 23"),
        SummaryRow(_("Remains to be mobilised"), money(workplan.sum_of(activities).gap)),
    ]
    return PlanBox(_("Work plan %s") % plan.year, plan.get_absolute_url(), rows)
