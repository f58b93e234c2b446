"""What follows from what is reported: totals, means, objectives, quarters, what awaits whom."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from core import clock
from frameworks.models import GcmObjective
from members.models import CoChairTerm, FocalPoint, Membership
from tests.factories import workplan as made
from workplan import actions, queries, updates
from workplan.actions import BudgetLineData
from workplan.enums import ActivityStatus, Quarter
from workplan.models import Activity
from workplan.todo import todo


def at(moment):
    """Dakar keeps universal time."""
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


def report(activity, **given):
    usual = {"quarter": 3, "status": "in_progress", "progress_percent": 60, "version": activity.version}
    return actions.report_progress(activity, **{**usual, **given})


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
    rich = made.activity(personas, plan.outcomes.get(), lines=[BudgetLineData(made.funder(), 10)])
    rich.budget_lines.update(mobilised=25)
    made.activity(personas, plan.outcomes.get(), lines=[BudgetLineData(None, 40)])

    totals = queries.plan_totals(plan)
    assert (totals, totals.surplus) == (queries.Totals(planned=50, mobilised=25, spent=0, gap=40), 15)


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

    assert updates.due_quarter(plan, date.fromisoformat(day)) == quarter


@pytest.mark.parametrize(("day", "begun"), [("2025-12-31", [1]), ("2026-04-01", [1, 2]), ("2027-05-01", [1, 2, 3, 4])])
def test_quarters_one_may_report_on_have_begun(personas, day, begun):
    plan = made.draft(personas)

    assert updates.begun_quarters(plan, date.fromisoformat(day)) == begun


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
        report(first, quarter=2, by=personas.focal_a)
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
    plan = actions.transmit_plan(plan, by=personas.secretariat)
    assert titles(personas.rc_office) == []  # before there is a file, there is nothing to receive
    actions.attach_transmitted_file(plan, content=b"%PDF-1.7", by=None)
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
