"""Each update of a quarter is kept: the latest quarter says where the activity stands, and there the lead first."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction

from core import clock
from core.errors import DomainError
from tests.factories import workplan as made
from tests.workplan.asking import progress_data, url
from workplan import actions, queries, updates
from workplan.actions import LineAmounts
from workplan.models import Activity, BudgetLine, QuarterAmount, QuarterReport, QuarterValue


@pytest.fixture
def activity(personas):
    return made.in_execution(personas).activities.get()


def report(activity, by, quarter, percent, **given):
    activity.refresh_from_db()
    usual = {"status": "in_progress", "version": activity.version}
    return actions.report_progress(
        activity, quarter=quarter, progress_percent=percent, **{**usual, **given}, by=by
    )  # fmt: skip


def line_of(activity):
    return activity.budget_lines.get(funder__isnull=False)


def stands(activity):
    activity.refresh_from_db()
    line = line_of(activity)
    return activity.status, activity.progress_percent, activity.risk, line.mobilised, line.spent


def test_correcting_a_past_quarter_leaves_where_the_activity_stands(personas, activity):
    line = line_of(activity)
    report(activity, personas.focal_a, 3, 78, risk="Pluies", amounts={line: LineAmounts(30_000, 20_000)})

    report(activity, personas.focal_a, 2, 33, status="delayed", risk="", amounts={line: LineAmounts(10_000, 4_000)})

    assert stands(activity) == ("in_progress", 78, "Pluies", 30_000, 20_000)


def test_correction_of_the_latest_quarter_is_where_the_activity_stands(personas, activity):
    line = line_of(activity)
    report(activity, personas.focal_a, 3, 78, amounts={line: LineAmounts(30_000, 20_000)})

    report(activity, personas.focal_a, 3, 70, amounts={line: LineAmounts(30_000, 18_000)})

    assert stands(activity) == ("in_progress", 70, "", 30_000, 18_000)


def test_each_update_of_a_quarter_stays_with_its_author_and_values(personas, activity):
    indicator = activity.indicators.get()
    report(activity, personas.focal_a, 3, 60, values={indicator: 1})
    report(activity, personas.alternate_a, 3, 70, values={indicator: 2})

    rows = QuarterReport.objects.order_by("pk").values_list("progress_percent", "reported_by", "values__value")

    assert list(rows) == [(60, personas.focal_a.pk, 1), (70, personas.alternate_a.pk, 2)]
    assert indicator.by_quarter == {1: None, 2: None, 3: 2, 4: None}


@pytest.mark.parametrize("model", [QuarterReport, QuarterValue, QuarterAmount])
def test_update_is_refused_to_change_by_the_database(personas, activity, model):
    amounts = {line_of(activity): LineAmounts(30_000, 1)}
    report(activity, personas.focal_a, 3, 60, values={activity.indicators.get(): 1}, amounts=amounts)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.update(id=model.objects.get().pk)


def test_contributing_entity_stands_beside_the_lead_and_never_in_its_place(personas, activity):
    indicator, line = activity.indicators.get(), line_of(activity)
    report(activity, personas.focal_a, 3, 60, values={indicator: 3}, amounts={line: LineAmounts(30_000, 9_000)})

    report(activity, personas.focal_b, 3, 10, values={indicator: 1}, amounts={line: LineAmounts(2_000, 0)})

    assert stands(activity) == ("in_progress", 60, "", 30_000, 9_000)
    assert indicator.by_quarter[3] == 3
    assert [(row.entity, row.is_contribution) for row in activity.reports.order_by("pk")] == [
        (personas.unicef, False),
        (personas.unwomen, True),
    ]


def test_what_a_contributing_entity_says_counts_until_the_lead_has_spoken(personas, activity):
    report(activity, personas.focal_b, 3, 10)
    assert stands(activity)[1] == 10

    report(activity, personas.focal_a, 3, 60)

    assert stands(activity)[1] == 60


def test_lead_is_still_awaited_after_a_contribution(personas, activity):
    report(activity, personas.focal_b, 3, 10)

    (lead,) = updates.activities_to_update(activity.plan, personas.unicef, 3)
    (contributing,) = updates.activities_to_update(activity.plan, personas.unwomen, 3)

    assert (lead.is_awaited, contributing.report.progress_percent) == (True, 10)
    assert queries.plan_activities(activity.plan)[0].facts.quarters == []


def test_secretariat_reports_for_the_lead(personas, activity):
    assert report(activity, personas.secretariat, 3, 60).is_contribution is False


# --- The page --------------------------------------------------------------------------------------------------------
def form_of(client, quarter):
    page = client.get(url("activity_detail", 2026, "1.1") + f"?trimestre={quarter}")
    return page.context["progress_form"]


def test_form_of_a_quarter_begins_with_what_was_said_of_it(personas, sign_in, activity):
    indicator, line = activity.indicators.get(), line_of(activity)
    report(
        activity, personas.focal_a, 2, 33, note="Juin", risk="Pluies", values={indicator: 1},
        amounts={line: LineAmounts(12_000, 5_000)},
    )  # fmt: skip
    report(
        activity, personas.focal_a, 4, 78, note="Décembre", risk="", values={indicator: 3},
        amounts={line: LineAmounts(30_000, 20_000)},
    )  # fmt: skip
    client = sign_in(personas.focal_a)
    begun = {}
    with clock.set_to(datetime(2026, 12, 31, 12, tzinfo=UTC)):
        for quarter in (1, 2, 3, 4):
            form = form_of(client, quarter)
            amounts = [form.fields[f"{name}_{line.pk}"].initial for name in ("mobilised", "spent")]
            words = [form.initial[name] for name in ("status", "progress_percent", "note", "risk")]
            begun[quarter] = [*words, form.fields[f"value_{indicator.pk}"].initial, *amounts]

    assert begun == {
        1: ["not_started", 0, "", "", None, None, None],
        2: ["in_progress", 33, "Juin", "Pluies", 1, 12_000, 5_000],
        3: ["in_progress", 33, "", "Pluies", None, 12_000, 5_000],
        4: ["in_progress", 78, "Décembre", "", 3, 30_000, 20_000],
    }


def test_amount_nobody_knows_of_an_earlier_quarter_is_left_open(personas, sign_in, activity):
    line = line_of(activity)
    report(activity, personas.focal_a, 3, 60, amounts={line: LineAmounts(30_000, 20_000)})
    activity.refresh_from_db()
    data = progress_data(activity, quarter=1, **{f"mobilised_{line.pk}": "", f"spent_{line.pk}": ""})

    response = sign_in(personas.focal_a).post(url("progress_report", 2026, "1.1"), data)

    assert response.status_code == 302
    assert QuarterReport.objects.get(quarter=1).amounts.count() == 0


def test_history_is_in_the_order_of_quarters_then_of_time(personas, sign_in, activity):
    report(activity, personas.focal_a, 3, 60, note="Premier", amounts={line_of(activity): LineAmounts(30_000, 9_000)})
    report(activity, personas.focal_a, 2, 30)
    report(activity, personas.focal_b, 3, 50)
    report(activity, personas.focal_a, 3, 65)

    history = sign_in(personas.rc_office).get(url("activity_detail", 2026, "1.1")).context["history"]

    assert [(quarter, len(events)) for quarter, events in history] == [("T2", 1), ("T3", 3)]
    first, contribution, last = history[1][1]
    assert [words in first.detail for words in ("UNICEF", "9\u202f000", "Premier")] == [True] * 3
    assert ("entité contributrice" in contribution.sentence, "ONU-Femmes" in contribution.detail) == (True, True)
    assert "65" in last.sentence


def test_history_tells_the_corrected_update_from_its_correction(personas, sign_in, activity):
    """What a contributing entity says beside the lead corrects nobody, and is corrected by nobody else."""
    for day, who, percent in [(8, "focal_a", 60), (9, "focal_b", 50), (12, "focal_a", 65), (13, "focal_a", 70)]:
        with clock.set_to(datetime(2026, 11, day, 10, tzinfo=UTC)):
            report(activity, getattr(personas, who), 3, percent)

    page = sign_in(personas.rc_office).get(url("activity_detail", 2026, "1.1"))

    ((_quarter, events),) = page.context["history"]
    assert [event.replaced for event in events] == [
        "corrigé le 12 novembre 2026",
        "",
        "corrigé le 13 novembre 2026",
        "",
    ]
    assert [event.sentence.startswith("correction") for event in events] == [False, False, True, True]
    assert page.content.decode().count("<s>") == 2


@pytest.mark.parametrize("typed", ["28 000", "28\u00a0000", "28\u202f000", "28000"])
def test_amount_is_read_with_any_space(personas, sign_in, activity, typed):
    line = line_of(activity)

    sign_in(personas.focal_a).post(
        url("progress_report", 2026, "1.1"), progress_data(activity, **{f"mobilised_{line.pk}": typed})
    )

    assert BudgetLine.objects.get(pk=line.pk).mobilised == 28_000


# --- What cannot be -------------------------------------------------------------------------------------------------
def test_more_than_required_is_refused_by_the_amount_until_it_is_meant(personas, sign_in, activity):
    line = line_of(activity)
    data = progress_data(activity, **{f"mobilised_{line.pk}": 99_999})
    client = sign_in(personas.focal_a)

    refused = client.post(url("progress_report", 2026, "1.1"), data)

    assert (refused.status_code, list(refused.context["progress_form"].errors)) == (422, [f"mobilised_{line.pk}"])
    assert 'name="above_plan"' in refused.content.decode()
    assert QuarterReport.objects.count() == 0
    meant = client.post(url("progress_report", 2026, "1.1"), {**data, "above_plan": "on"})
    assert (meant.status_code, BudgetLine.objects.get(pk=line.pk).mobilised) == (302, 99_999)
    assert queries.plan_totals(activity.plan) == queries.Totals(50_000, 99_999, 9_000, 0)


def test_new_funds_above_what_is_required_are_refused_until_it_is_meant(personas, activity):
    given = {"funder": made.funder("Fondation"), "mobilised": 20_001, "by": personas.focal_a}

    with pytest.raises(DomainError, match="requiert"):
        actions.add_funding(activity, **given)

    assert actions.add_funding(activity, **given, above_plan=True).mobilised == 20_001


@pytest.mark.parametrize(("quarter", "value"), [(3, 4), (1, 6)])
def test_total_that_falls_from_a_quarter_to_the_next_is_refused_by_its_field(
    personas, sign_in, activity, quarter, value
):
    indicator = activity.indicators.get()
    report(activity, personas.focal_a, 2, 40, values={indicator: 5})
    activity.refresh_from_db()
    name = f"value_{indicator.pk}"

    response = sign_in(personas.focal_a).post(
        url("progress_report", 2026, "1.1"), progress_data(activity, quarter=quarter, **{name: value})
    )

    form = response.context["progress_form"]
    assert (response.status_code, list(form.errors), "T2" in form.errors[name][0]) == (422, [name], True)
    assert Activity.objects.get().progress_percent == 40


def test_share_may_fall(personas):
    activity = made.in_execution(personas, unit="%").activities.get()
    indicator = activity.indicators.get()
    report(activity, personas.focal_a, 2, 40, values={indicator: 50})

    report(activity, personas.focal_a, 3, 60, values={indicator: 45})

    assert indicator.by_quarter[3] == 45


def test_help_says_total_for_what_is_counted_only(personas, sign_in, activity):
    share = made.in_execution(personas, year=2027, unit="%").activities.get()
    forms = {unit: form_of_activity(sign_in(personas.focal_a), one) for unit, one in (("n", activity), ("%", share))}

    assert {unit: "début de l’année" in text for unit, text in forms.items()} == {"n": True, "%": False}


def form_of_activity(client, activity):
    form = client.get(activity.get_absolute_url()).context["progress_form"]
    return form.fields[f"value_{activity.indicators.get().pk}"].help_text


def test_what_was_spent_does_not_fall_from_a_quarter_to_the_next(personas, activity):
    line = line_of(activity)
    report(activity, personas.focal_a, 2, 30, amounts={line: LineAmounts(line.mobilised, 500)})

    with pytest.raises(DomainError, match="T2"):
        report(activity, personas.focal_a, 3, 40, amounts={line: LineAmounts(line.mobilised, 400)})
    with pytest.raises(DomainError, match="T2"):
        report(activity, personas.focal_a, 1, 20, amounts={line: LineAmounts(line.mobilised, 600)})


def test_form_of_a_contributor_goes_on_from_its_own_reports_only(personas, activity, sign_in):
    line = line_of(activity)
    report(activity, personas.focal_a, 2, 30, note="Du chef de file", amounts={line: LineAmounts(line.mobilised, 500)})

    page = sign_in(personas.focal_b).get(f"{activity.get_absolute_url()}?trimestre=2")
    form = page.context["progress_form"]

    assert (form["note"].value(), form["progress_percent"].value()) == ("", 0)
    assert form[f"spent_{line.pk}"].value() is None
    assert "dont les chiffres comptent" in page.content.decode()
