"""The home page: what awaits this person, then the Network's year at a glance. Computed at each visit."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core.charts import year_line
from core.components import SummaryRow
from core.templatetags.typography import money
from core.todo import TodoItem, ask
from decisions import queries as decisions
from decisions import todo as decisions_todo
from decisions.models import Decision
from meetings import queries as meetings
from meetings import todo as meetings_todo
from meetings.models import Meeting
from members import todo as members_todo
from members.standing import standing_of
from outreach import todo as outreach_todo
from reports import queries as reports
from reports import todo as reports_todo
from workinggroups import todo as groups_todo
from workplan import queries as workplan
from workplan import updates
from workplan.enums import ActivityStatus
from workplan.todo import todo as workplan_todo

RECENT = 4
# Apps with small questions: they are asked at once.
QUESTIONERS = (decisions_todo, meetings_todo, groups_todo, members_todo, outreach_todo, reports_todo)


def home_page(user: Any) -> dict[str, Any]:
    """The template's context. Somebody without a place in the Network sees who to turn to, and nothing of its life."""
    standing = standing_of(user)
    if not (standing.is_network or standing.is_administrator):
        return {"items": [], "is_outside": True}
    today = standing.day
    gathered = meetings.current(user, today.year)
    decided = decisions.current(user, RECENT)
    plans = workplan.PlansInHand(today)
    marks = [
        *meetings.year_marks(gathered, today.year),
        *updates.year_marks(plans.in_force, today),
        *decisions.year_marks(decided, today),
        *reports.year_marks(today),
    ]
    return {
        "items": todo(user, decided, gathered, plans),
        "is_outside": False,
        "year_line": year_line(marks, date(today.year, 1, 1), date(today.year, 12, 31), today),
        "next_meeting": meetings.next_meeting(gathered),
        "recent": decisions.recent(decided, RECENT),
        "plan": _plan_box(plans),
    }


def todo(user: Any, decided: list[Decision], gathered: list[Meeting], plans: workplan.PlansInHand) -> list[TodoItem]:
    """Everything that awaits this person: what is late first, then by deadline, then the rest."""
    items = [
        *decisions_todo.of_decisions(user, decided),
        *meetings_todo.of_meetings(user, gathered),
        *workplan_todo(user, plans),
        *reports_todo.of_reports(user),
        *ask(question for app in QUESTIONERS for question in app.questions(user)),
        *members_todo.own(user),
    ]
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


def _plan_box(plans: workplan.PlansInHand) -> PlanBox | None:
    plan = plans.in_force
    if plan is None:
        return None
    activities = plans.activities(plan)
    under_way = [row for row in activities if row.status in {ActivityStatus.IN_PROGRESS, ActivityStatus.COMPLETED}]
    rows = [
        SummaryRow(_("Activities completed or under way"), f"{len(under_way)} / {len(activities)}"),
        SummaryRow(_("Objectives of the Compact covered"), f"{len(workplan.covered(activities))} / 23"),
        SummaryRow(_("Remains to be mobilised"), money(workplan.sum_of(activities).gap)),
    ]
    return PlanBox(_("Work plan %s") % plan.year, plan.get_absolute_url(), rows)
