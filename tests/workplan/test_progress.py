"""What entities report during the year, and what follows from it: totals, means, objectives, what awaits whom."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from core import clock
from core.errors import DomainError, StaleVersion
from core.models import JournalEvent
from tests.factories import workplan as made
from workplan import actions, queries
from workplan.actions import LineAmounts
from workplan.enums import PlanState
from workplan.models import Activity, BudgetLine, QuarterReport, QuarterValue


def at(moment):
    """Dakar keeps universal time."""
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


def report(activity, personas, **given):
    usual = {"quarter": 3, "status": "in_progress", "progress_percent": 60, "version": activity.version}
    return actions.report_progress(activity, **{**usual, **given}, by=given.pop("by", None) or personas.focal_a)


@pytest.fixture
def activity(personas):
    return made.in_execution(personas).activities.get()


@pytest.mark.parametrize(("unit", "value"), [("profils", -1), ("%", -1), ("%", 101)])
def test_value_outside_its_scale_is_refused(personas, unit, value):
    activity = made.in_execution(personas, unit=unit).activities.get()
    indicator = activity.indicators.get()

    with pytest.raises(DomainError):
        report(activity, personas, values={indicator: value})

    assert QuarterValue.objects.count() == 0


def test_report_writes_status_values_amounts_and_the_quarter(personas, activity):
    indicator, line = activity.indicators.get(), activity.budget_lines.get(funder__isnull=False)

    actions.report_progress(
        activity, quarter=3, status="delayed", progress_percent=45, values={indicator: Decimal("2.5")},
        amounts={line: LineAmounts(28_000, 12_500)}, note="Deux profils publiés.", risk="Données tardives",
        version=activity.version, by=personas.focal_b,
    )  # fmt: skip

    activity.refresh_from_db()
    line.refresh_from_db()
    row = QuarterReport.objects.get()
    assert (activity.status, activity.progress_percent, activity.risk) == ("delayed", 45, "Données tardives")
    assert (line.planned, line.mobilised, line.spent) == (30_000, 28_000, 12_500)
    assert [(value.report, value.value) for value in indicator.values.all()] == [(row, Decimal("2.50"))]
    assert (row.quarter, row.note, row.entity, row.reported_by) == (
        3,
        "Deux profils publiés.",
        personas.unwomen,
        personas.focal_b,
    )
    assert JournalEvent.objects.get(verb="workplan.report_progress").data["before"] == {
        "status": "not_started",
        "progress": 0,
    }


def test_report_from_an_older_page_is_refused_and_changes_nothing(personas, activity):
    report(activity, personas)

    with pytest.raises(StaleVersion):
        report(activity, personas, progress_percent=10)

    assert Activity.objects.get().progress_percent == 60


@pytest.mark.parametrize(
    ("status", "percent"), [("completed", 90), ("not_started", 5), ("in_progress", 101), ("in_progress", -1)]
)
def test_report_that_contradicts_itself_is_refused(personas, activity, status, percent):
    with pytest.raises(DomainError):
        report(activity, personas, status=status, progress_percent=percent)

    assert QuarterReport.objects.count() == 0


def test_report_of_more_spent_than_mobilised_is_refused_whole(personas, activity):
    line = activity.budget_lines.get(funder__isnull=False)

    with pytest.raises(DomainError):
        report(activity, personas, amounts={line: LineAmounts(10, 11)})

    assert (Activity.objects.get().progress_percent, QuarterReport.objects.count()) == (0, 0)


@pytest.mark.parametrize("state", [PlanState.DRAFTING, PlanState.TABLED, PlanState.REVIEWED])
def test_report_outside_the_life_of_the_plan_is_refused(personas, state):
    activity = made.IN_STATE[state](personas).activities.get()

    with pytest.raises(DomainError):
        report(activity, personas)


def test_indicator_of_another_activity_is_a_bug(personas):
    first, second = made.in_execution(personas, activities=2).activities.in_order()

    with pytest.raises(ValueError, match="is not of activity"):
        report(first, personas, values={second.indicators.get(): 1})


def test_funds_that_come_in_lower_what_is_to_be_mobilised_and_not_what_is_required(personas, activity):
    plan = activity.plan
    before = queries.plan_totals(plan)

    actions.add_funding(activity, funder=made.funder("Fondation"), mobilised=15_000, by=personas.focal_a)

    assert before == queries.Totals(planned=50_000, mobilised=30_000, spent=0, gap=20_000)
    assert queries.plan_totals(plan) == queries.Totals(planned=50_000, mobilised=45_000, spent=0, gap=5_000)
    with pytest.raises(DomainError):
        actions.add_funding(activity, funder=made.funder("Fondation"), mobilised=1, by=personas.focal_a)


def test_funds_are_not_added_to_a_draft(personas):
    activity = made.draft(personas).activities.get()

    with pytest.raises(DomainError):
        actions.add_funding(activity, funder=made.funder("Fondation"), mobilised=1, by=personas.focal_a)

    assert BudgetLine.objects.count() == 2


def test_rights_check_is_recorded_and_not_before_its_day(personas, activity):
    made = {"entity": personas.ohchr, "version": activity.version}
    actions.record_rights_check(activity, on=clock.today(), **made, by=personas.co_chair_ohchr)

    activity.refresh_from_db()
    assert (activity.rights_checked_on, activity.rights_checked_by_entity) == (clock.today(), personas.ohchr)
    with pytest.raises(DomainError):
        actions.record_rights_check(
            activity, on=date(2100, 1, 1), entity=personas.ohchr, version=activity.version, by=personas.secretariat
        )
