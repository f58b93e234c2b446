"""The draft: outcomes, activities, budget and indicators — and that nothing of it changes once it is adopted."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from core import clock
from core.errors import DomainError, Gone, StaleVersion
from core.models import JournalEvent
from core.refusals import Refused
from frameworks.models import Agenda2063Item, GcmObjective, NationalPriority, Region
from tests.factories import workplan as made
from workplan import actions
from workplan.actions import BudgetLineData, IndicatorData, PlanIsFrozen
from workplan.models import Activity, BudgetLine, Funder, Indicator, Outcome, PlanConsultation


def outcome_of(plan):
    return plan.outcomes.get()


def edit(activity, personas, **changes):
    given = {"title": activity.title, "lead": activity.lead, "lines": [], "indicators": [], "version": activity.version}
    return actions.edit_activity(activity, **{**given, **changes}, by=personas.secretariat)


def test_outcome_takes_the_next_number_and_its_frameworks(personas):
    plan = made.draft(personas)
    aspirations = Agenda2063Item.objects.filter(slug__in=["a2063-a3", "a2063-a7"])
    priorities = NationalPriority.objects.filter(slug="unsdcf-p3")

    outcome = actions.add_outcome(
        plan, title_fr="Gouvernance", agenda2063=aspirations, national_priorities=priorities, by=personas.secretariat
    )

    assert (outcome.number, outcome.code, outcome.title) == (2, "R2", "Gouvernance")
    assert (outcome.agenda2063.count(), outcome.national_priorities.count()) == (2, 1)


def test_outcome_edited_from_an_older_page_is_refused(personas):
    outcome = outcome_of(made.draft(personas))
    given = {"title_en": "", "agenda2063": [], "national_priorities": [], "version": 1, "by": personas.secretariat}
    actions.edit_outcome(outcome, title_fr="Un", **given)

    with pytest.raises(StaleVersion):
        actions.edit_outcome(outcome, title_fr="Deux", **given)

    assert Outcome.objects.get().title_fr == "Un"


def test_outcome_with_activities_is_not_removed(personas):
    outcome = outcome_of(made.draft(personas))

    with pytest.raises(DomainError):
        actions.remove_outcome(outcome, by=personas.secretariat)
    actions.remove_activity(outcome.activities.get(), by=personas.secretariat)
    actions.remove_outcome(outcome, by=personas.secretariat)

    assert Outcome.objects.count() == 0


def test_activity_carries_everything_it_was_given(personas):
    plan = made.draft(personas, activities=0)
    regions = Region.objects.filter(slug__in=["sn-dk", "sn-tc"])

    activity = made.activity(
        personas, outcome_of(plan), description="Texte", added_value="Ensemble", external_partners="Groupe A\nGroupe B",
        regions=regions, risk="Financement", mandate_clauses=["M-44", "M-77"], in_q4=True,
    )  # fmt: skip

    assert activity.code == "1.1"
    assert [int(quarter) for quarter in activity.quarters] == [1, 3, 4]
    assert set(activity.regions.values_list("slug", flat=True)) == {"sn-dk", "sn-tc"}
    assert list(activity.contributing.all()) == [personas.unwomen]
    assert sorted(activity.gcm_objectives.values_list("number", flat=True)) == [1, 7]
    assert activity.mandate_clauses == ["M-44", "M-77"]
    assert [row.code for row in activity.indicators.all()] == ["1.1-I1"]


def test_codes_follow_each_other_beyond_nine_and_are_listed_in_their_order(personas):
    plan = made.draft(personas, activities=11)

    codes = list(plan.activities.in_order().values_list("code", flat=True))

    assert codes == [f"1.{n}" for n in range(1, 12)]


def test_code_is_used_once_in_a_plan(personas):
    plan = made.draft(personas)

    with pytest.raises(IntegrityError, match="activity_code_once"), transaction.atomic():
        made.activity(personas, outcome_of(plan), code="1.1")


def test_activity_of_another_plan_s_outcome_is_refused_by_the_database(personas):
    plan, other = made.draft(personas), made.draft(personas, year=2027)

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="activity_outcome_of_same_plan"), transaction.atomic():
        Activity.objects.filter(plan=plan).update(outcome=outcome_of(other))


def test_edit_replaces_lines_and_keeps_indicators_known_by_their_code(personas):
    activity = made.draft(personas, activities=1).activities.get()
    kept = activity.indicators.get()

    edit(
        activity,
        personas,
        title="Autre titre",
        lines=[BudgetLineData(None, 12_000)],
        indicators=[IndicatorData(label="Nouveau", target=3), IndicatorData(label="Gardé", target=9, code=kept.code)],
        gcm_objectives=GcmObjective.objects.filter(number=23),
    )

    assert [(line.funder, line.planned) for line in activity.budget_lines.all()] == [(None, 12_000)]
    rows = {row.code: (row.pk == kept.pk, row.label) for row in Indicator.objects.all()}
    assert rows == {"1.1-I1": (True, "Gardé"), "1.1-I2": (False, "Nouveau")}
    assert list(activity.gcm_objectives.values_list("number", flat=True)) == [23]


def test_edit_from_an_older_page_is_refused_and_changes_nothing(personas):
    activity = made.draft(personas).activities.get()
    edit(activity, personas, title="Premier")

    with pytest.raises(StaleVersion):
        edit(activity, personas, title="Second")

    assert Activity.objects.get().title == "Premier"


@pytest.mark.parametrize(
    "lines",
    [
        [BudgetLineData(None, 10), BudgetLineData(None, 20)],
        [BudgetLineData(None, 10, mobilised=5)],
        "more mobilised than planned",
        "spent more than mobilised",
    ],
)
def test_budget_that_contradicts_itself_is_refused(personas, lines):
    activity = made.draft(personas).activities.get()
    if lines == "more mobilised than planned":
        lines = [BudgetLineData(made.funder(), 10, mobilised=11)]
    elif lines == "spent more than mobilised":
        lines = [BudgetLineData(made.funder(), 10, mobilised=5, spent=6)]

    with pytest.raises(DomainError):
        edit(activity, personas, lines=lines)

    assert activity.budget_lines.count() == 2


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"funder": None, "mobilised": 5}, "budget_line_gap_is_empty"),
        ({"mobilised": 5, "spent": 6}, "budget_line_spent_within_mobilised"),
        ({"planned": 2_000_000_001}, "budget_line_sensible"),
    ],
)
def test_budget_line_that_contradicts_itself_is_refused_by_the_database(personas, fields, name):
    activity = made.draft(personas).activities.get()
    given = {"funder": made.funder("Autre"), "planned": 1, "mobilised": 0, "spent": 0}

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        BudgetLine.objects.create(activity=activity, **{**given, **fields})


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"status": "completed", "progress_percent": 90}, "activity_completed_is_100"),
        ({"status": "not_started", "progress_percent": 1}, "activity_not_started_is_0"),
        ({"status": "in_progress", "progress_percent": 101}, "activity_progress_percent"),
        ({"status": "finie"}, "activity_status_known"),
        ({"rights_checked_on": date(2026, 6, 15)}, "activity_rights_check_pair"),
        ({"code": "A.1"}, "activity_code_shape"),
    ],
)
def test_activity_that_contradicts_itself_is_refused_by_the_database(personas, changes, name):
    made.draft(personas)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Activity.objects.update(**changes)


def test_removed_activity_leaves_its_trace(personas):
    activity = made.draft(personas).activities.get()

    actions.remove_activity(activity, by=personas.focal_a)

    assert Activity.objects.count() == 0
    assert JournalEvent.objects.get(verb="workplan.remove_activity").object_label == str(activity)


@pytest.mark.parametrize("again", ["remove_activity", "remove_outcome"])
def test_second_click_on_a_removal_is_refused_and_leaves_one_trace(personas, again):
    plan = made.draft(personas, activities=1 if again == "remove_activity" else 0)
    first, second = [(plan.activities if again == "remove_activity" else plan.outcomes).get() for _click in range(2)]
    remove = getattr(actions, again)
    remove(first, by=personas.secretariat)

    with pytest.raises(Gone):
        remove(second, by=personas.secretariat)

    assert JournalEvent.objects.filter(verb=f"workplan.{again}").count() == 1


def test_funder_is_listed_once(personas):
    actions.add_funder(name="Fonds A", kind="pooled", slug="don-a", by=personas.secretariat)

    with pytest.raises(Refused) as refusal:
        actions.add_funder(name="Fonds A", kind="core", by=personas.secretariat)

    assert refusal.value.field == "name"
    assert Funder.objects.get().slug == "don-a"


@pytest.mark.parametrize("kind", ["inconnu", "x" * 30])
def test_refusal_of_another_kind_is_a_bug_and_not_called_a_double(personas, kind):
    with pytest.raises(DatabaseError), transaction.atomic():
        actions.add_funder(name="Fonds B", kind=kind, by=personas.secretariat)


def test_consultation_to_come_is_refused_by_its_day(personas):
    plan = made.draft(personas)

    with pytest.raises(Refused) as refusal:
        actions.record_consultation(
            plan, held_on=clock.today() + timedelta(days=1), with_whom="Administrations", by=personas.secretariat
        )

    assert (refusal.value.field, PlanConsultation.objects.count()) == ("held_on", 0)


def test_consultation_of_the_government_is_recorded(personas):
    plan = made.draft(personas)

    actions.record_consultation(
        plan, held_on=date(2025, 11, 20), with_whom="Administrations", is_government=True, by=personas.secretariat
    )

    assert PlanConsultation.objects.get().is_government is True


@pytest.mark.parametrize("state", ["adopted", "validated", "in_execution"])
def test_structure_of_an_adopted_plan_is_refused_to_change(personas, state):
    plan = getattr(made, state)(personas)
    outcome, activity = outcome_of(plan), plan.activities.get()
    by = personas.secretariat
    attempts = [
        lambda: actions.edit_plan(plan, title="Non", xof_per_usd=1, version=plan.version, by=by),
        lambda: actions.add_outcome(plan, title_fr="Non", by=by),
        lambda: actions.remove_outcome(outcome, by=by),
        lambda: actions.edit_outcome(
            outcome, title_fr="Non", title_en="", agenda2063=[], national_priorities=[], version=1, by=by
        ),
        lambda: made.activity(personas, outcome),
        lambda: edit(activity, personas, title="Non"),
        lambda: actions.remove_activity(activity, by=by),
        lambda: actions.record_consultation(plan, held_on=date(2026, 1, 1), with_whom="Non", by=by),
    ]

    for attempt in attempts:
        with pytest.raises(PlanIsFrozen):
            attempt()


@pytest.mark.parametrize(
    "write",
    [
        lambda: Outcome.objects.update(title_fr="Non"),
        lambda: Activity.objects.update(title="Non"),
        lambda: BudgetLine.objects.update(planned=1),
        lambda: BudgetLine.objects.all().delete(),
        lambda: Indicator.objects.update(target=1),
        lambda: Indicator.objects.all().delete(),
    ],
)
def test_structure_of_an_adopted_plan_is_refused_to_change_by_the_database(personas, write):
    made.adopted(personas)

    with pytest.raises(DatabaseError, match="is adopted"), transaction.atomic():
        write()


def test_structure_of_a_draft_changes_freely_in_the_database(personas):
    made.draft(personas)

    assert Activity.objects.update(title="Oui") == 1
    assert BudgetLine.objects.all().delete()[0] == 2


def test_title_and_rate_edited_from_an_older_page_are_refused(personas):
    plan = made.draft(personas)
    actions.edit_plan(plan, title="Un", xof_per_usd=610, version=1, by=personas.secretariat)

    with pytest.raises(StaleVersion):
        actions.edit_plan(plan, title="Deux", xof_per_usd=1, version=1, by=personas.co_chair_iom)

    plan.refresh_from_db()
    assert (plan.title, plan.xof_per_usd) == ("Un", 610)


def test_plan_does_not_change_while_the_network_gives_its_positions_on_it(personas):
    plan = made.tabled(personas)
    outcome = plan.outcomes.get()
    made.proposal(personas, plan)

    with pytest.raises(PlanIsFrozen, match="se prononce"):
        actions.edit_outcome(
            outcome, title_fr="Autre", title_en="", agenda2063=[], national_priorities=[], version=outcome.version,
            by=personas.secretariat,
        )  # fmt: skip
