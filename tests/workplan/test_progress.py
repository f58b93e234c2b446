"""What entities report during the year, and what follows from it: totals, means, objectives, what awaits whom."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from core import clock
from core.errors import DomainError, StaleVersion
from core.models import JournalEvent
from frameworks.models import GcmObjective
from members.models import CoChairTerm, FocalPoint, Membership
from tests.factories import workplan as made
from workplan import actions, queries
from workplan.actions import BudgetLineData, LineAmounts
from workplan.enums import ActivityStatus, PlanState, Quarter
from workplan.models import Activity, BudgetLine, QuarterReport, QuarterValue
from workplan.todo import todo


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
    assert [(value.quarter, value.value) for value in indicator.values.all()] == [(3, Decimal("2.50"))]
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


def test_second_report_of_a_quarter_replaces_the_first_and_the_journal_keeps_both(personas, activity):
    indicator = activity.indicators.get()
    report(activity, personas, values={indicator: 1})
    activity.refresh_from_db()

    report(activity, personas, progress_percent=70, values={indicator: 2})

    assert QuarterReport.objects.get().progress_percent == 70
    assert QuarterValue.objects.get().value == 2
    assert JournalEvent.objects.filter(verb="workplan.report_progress").count() == 2


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
    actions.record_rights_check(activity, on=clock.today(), entity=personas.ohchr, by=personas.co_chair_ohchr)

    activity.refresh_from_db()
    assert (activity.rights_checked_on, activity.rights_checked_by_entity) == (clock.today(), personas.ohchr)
    with pytest.raises(DomainError):
        actions.record_rights_check(activity, on=date(2100, 1, 1), entity=personas.ohchr, by=personas.secretariat)


# --- What follows from it --------------------------------------------------------------------------------------------
def test_progress_of_an_outcome_is_the_mean_of_its_activities_without_cancelled_ones(personas):
    plan = made.draft(personas, activities=3)
    first, second, third = plan.activities.in_order()
    Activity.objects.filter(pk=first.pk).update(status="in_progress", progress_percent=85)
    Activity.objects.filter(pk=second.pk).update(status="postponed", progress_percent=0)
    Activity.objects.filter(pk=third.pk).update(status="cancelled", progress_percent=100)

    (outcome,) = queries.plan_progress(plan)

    assert outcome.progress == Decimal("42.5")
    assert outcome.totals == queries.Totals(planned=150_000, mobilised=90_000, spent=0, gap=60_000)
    assert outcome.totals.in_xof(plan).gap == 36_000_000


def test_surplus_of_one_activity_fills_no_other_s_gap(personas):
    plan = made.draft(personas, activities=0)
    made.activity(personas, plan.outcomes.get(), lines=[BudgetLineData(made.funder(), 10, mobilised=25)])
    made.activity(personas, plan.outcomes.get(), lines=[BudgetLineData(None, 40)])

    assert queries.plan_totals(plan) == queries.Totals(planned=50, mobilised=25, spent=0, gap=40)


def test_objectives_count_the_activities_that_act_this_year(personas):
    plan = made.draft(personas, activities=2)
    _first, second = plan.activities.in_order()
    second.gcm_objectives.set(GcmObjective.objects.filter(number__in=[7, 22]))
    Activity.objects.filter(pk=second.pk).update(status="postponed")
    made.draft(personas, year=2027)

    activities = queries.plan_activities(plan)
    served = {row.objective.number: row for row in queries.served_objectives(activities)}

    assert len(served) == 23
    assert {number: row.count for number, row in served.items() if row.count} == {1: 1, 7: 1}
    assert served[22].activity_ids == {second.pk}
    assert queries.covered(activities) == {1, 7}


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        ("2026-03-30", None),
        ("2026-03-31", 1),
        ("2026-06-29", 1),
        ("2026-06-30", 2),
        ("2026-12-30", 3),
        ("2027-01-05", 4),
    ],
)
def test_quarter_is_due_from_its_last_day(personas, day, quarter):
    plan = made.draft(personas)

    assert queries.due_quarter(plan, date.fromisoformat(day)) == quarter


@pytest.mark.parametrize(("day", "begun"), [("2025-12-31", [1]), ("2026-04-01", [1, 2]), ("2027-05-01", [1, 2, 3, 4])])
def test_quarters_one_may_report_on_have_begun(personas, day, begun):
    plan = made.draft(personas)

    assert queries.begun_quarters(plan, date.fromisoformat(day)) == begun


def test_plan_in_force_is_the_validated_one_of_the_year_then_the_last_before_it(personas):
    made.validated(personas)
    made.draft(personas, year=2027)

    in_force = {year: queries.PlansInHand(date(year, 5, 1)).in_force.year for year in (2025, 2026, 2027)}

    assert in_force == dict.fromkeys((2025, 2026, 2027), 2026)


def test_plan_in_force_without_a_validated_one_is_none(personas):
    made.draft(personas)

    assert queries.PlansInHand(clock.today()).in_force is None


def titles(user):
    return [item.title for item in todo(user)]


def ties_since_2025():
    for model in (FocalPoint, CoChairTerm, Membership):
        model.objects.update(starts_on=date(2025, 1, 1))


def test_lead_entity_is_asked_to_update_what_it_has_not_reported(personas):
    ties_since_2025()
    plan = made.in_execution(personas, activities=2)
    first, _second = plan.activities.in_order()

    with clock.set_to(at("2026-06-30")):
        (today,) = todo(personas.focal_a)
    with clock.set_to(at("2026-07-05")):
        (late,) = todo(personas.focal_a)
        report(first, personas, quarter=2)
        (left,) = todo(personas.alternate_a)

    assert (today.why.endswith("1.1, 1.2"), today.overdue, today.due) == (True, False, at("2026-06-30T23:59"))
    assert (late.overdue, left.why.endswith(" 1.2")) == (True, True)
    assert left.url == "/pta/2026/mes-activites/?trimestre=2"


@pytest.mark.parametrize("status", [ActivityStatus.POSTPONED, ActivityStatus.CANCELLED])
def test_activity_at_rest_awaits_no_update(personas, status):
    ties_since_2025()
    made.in_execution(personas)
    Activity.objects.update(status=status)

    with clock.set_to(at("2026-07-05")):
        assert todo(personas.focal_a) == []


def test_contributing_entity_and_rc_office_await_nothing_from_updates(personas):
    ties_since_2025()
    made.in_execution(personas)

    with clock.set_to(at("2026-07-05")):
        assert [todo(user) for user in (personas.focal_b, personas.rc_office)] == [[], []]


def test_each_step_of_the_custody_awaits_its_person(personas):
    plan = made.adopted(personas)

    assert (len(titles(personas.co_chair_iom)), len(titles(personas.co_chair_ohchr))) == (1, 1)
    actions.sign_plan(plan, by=personas.co_chair_iom)
    assert (titles(personas.co_chair_iom), len(titles(personas.co_chair_ohchr))) == ([], 1)
    actions.sign_plan(plan, by=personas.co_chair_ohchr)
    assert (len(titles(personas.secretariat)), len(titles(personas.co_chair_iom)), titles(personas.rc_office)) == (
        1,
        1,
        [],
    )
    actions.transmit_plan(plan, by=personas.secretariat)
    assert (titles(personas.secretariat), len(titles(personas.rc_office))) == ([], 1)
    actions.acknowledge_plan(plan, by=personas.rc_office)
    assert titles(personas.rc_office) == []


def test_tags_of_reads_every_list_in_one_query(personas, django_assert_num_queries):
    plan = made.draft(personas, activities=2)
    ids = list(plan.activities.order_by("pk").values_list("pk", flat=True))

    with django_assert_num_queries(1):
        tags = queries.tags_of(ids)

    assert [[tag.slug for tag in tags[pk]["gcm_objectives"]] for pk in ids] == [["gcm-01", "gcm-07"]] * 2
    assert tags[ids[0]]["sdg_targets"] == []


def test_activities_of_reads_everything_in_a_constant_number_of_queries(personas, django_assert_num_queries):
    plan = made.draft(personas, activities=3)

    with django_assert_num_queries(6):
        rows = list(queries.activities_of(plan))
        for row in rows:
            assert (row.plan.year, row.outcome.number, row.lead.slug) == (2026, 1, "unicef")
            assert [entity.slug for entity in row.contributing.all()] == ["unwomen"]
            assert [line.planned for line in row.budget_lines.all()] == [30_000, 20_000]
            assert [indicator.by_quarter for indicator in row.indicators.all()] == [dict.fromkeys(Quarter.values)]
            assert list(row.reports.all()) == []
