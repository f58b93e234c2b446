"""The snapshot survives JSON; the figures are those of the year file, counted here another way."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from reports import document, figures, narrative, snapshot
from tests.factories.reports import empty_snapshot, year_file

PLAN = year_file()["work_plan"]
DECISIONS = [one for one in year_file()["decisions"] if one["code"].startswith("DEC-2026") and one["adopted_at"]]
HELD = [one for one in year_file()["meetings"] if one["date"].startswith("2026") and one["status"] == "held"]


def test_snapshot_comes_back_from_json_as_it_was(sample):
    data = json.loads(json.dumps(snapshot.to_json(sample)))

    assert snapshot.from_data(snapshot.Snapshot, data) == sample


def test_empty_year_comes_back_too():
    empty = empty_snapshot()

    assert snapshot.from_data(snapshot.Snapshot, snapshot.to_json(empty)) == empty


def test_data_of_another_shape_is_refused(sample):
    data = snapshot.to_json(sample)
    del data["decisions"]

    with pytest.raises(KeyError):
        snapshot.from_data(snapshot.Snapshot, data)


def test_digest_knows_the_content_not_the_order_of_keys(sample):
    data = snapshot.to_json(sample)
    turned = dict(reversed(data.items()))
    other = snapshot.to_json(replace(sample, network="RNUM-ML"))

    assert snapshot.digest(turned) == snapshot.digest(data)
    assert snapshot.digest(other) != snapshot.digest(data)


def test_meetings_and_their_attendance(sample):
    rows = figures.turnouts(sample)

    expected = [sum(row["status"] == "present" for row in one["attendance"]) for one in HELD]
    assert [row.present for row in rows] == expected
    assert len(figures.to_come(sample)) == 1


def test_attendance_by_entity_counts_each_sheet_once(sample):
    rows = {row.entity: row for row in figures.attendance_by_entity(sample)}

    unep = [row["status"] for one in HELD for row in one["attendance"] if row["entity"] == "UNEP"]
    assert (rows["UNEP"].present, rows["UNEP"].meetings) == (unep.count("present"), len(unep))
    assert sum(row.present for row in rows.values()) == sum(row.present for row in figures.turnouts(sample))


def test_objections_of_adopted_decisions(sample):
    raised = figures.objections(sample.decisions)

    assert len(raised) == sum(len(one["objections"]) for one in DECISIONS)
    assert all(one.lifted_on for _decision, one in raised)
    assert [one.entity for _decision, one in figures.open_objections(sample)] == ["UNWOMEN", "UNHCR"]


def test_chapter_and_key_figures_count_the_same_objections(sample):
    count = figures.objection_count(sample)

    with translation.override("fr"):
        figure = next(row for row in document.key_figures(sample) if row[1] == "objections levées")
        text = narrative.decisions(sample)[-1]

    assert (figure[0], figure[2]) == (str(count.lifted), f"sur {count.raised}")
    assert f"{count.raised} objections ont été formulées, dont {count.lifted} levées" in text
    assert f"décisions adoptées\u00a0: {count.on_adopted}" in text
    assert f"en cours\u00a0: {count.on_open}" in text


def test_key_figures_count_the_objections_that_still_stand(sample):
    raised = sum(len(one["objections"]) for one in DECISIONS)

    with translation.override("fr"):
        shown = dict(document.key_figures_of(sample))

    assert shown["Objections levées"] == f"{raised} sur {raised + 2}"  # two stand on what is not adopted


def test_budget_is_that_of_the_plan(sample):
    total = figures.budget(figures.all_activities(sample))

    known = PLAN["totals"]
    assert (total.planned, total.mobilised) == (known["planned_usd"], known["mobilized_usd"])
    assert (total.spent, total.gap) == (known["spent_usd"], known["gap_usd"])


def test_surplus_of_one_activity_fills_no_other_gap(sample):
    first, second = figures.all_activities(sample)[:2]
    rich = replace(first, planned=Decimal(10), mobilised=Decimal(30))
    poor = replace(second, planned=Decimal(10), mobilised=Decimal(4))

    assert figures.budget([rich, poor]).gap == Decimal(6)


def test_cancelled_activities_do_not_weigh_on_progress(sample):
    first, second = figures.all_activities(sample)[:2]

    rows = [replace(first, progress=80, status="in_progress"), replace(second, progress=0, status="cancelled")]

    assert figures.progress(rows) == 80
    assert figures.progress([]) is None


def test_objective_served_by_postponed_activities_only_is_not_covered(sample):
    rows = figures.coverage(sample)

    silent = [row.objective.number for row in rows if not row.acting]
    assert (silent, figures.covered(rows), len(rows)) == ([13, 22], 21, 23)


def test_period_ends_with_the_year_or_with_the_records(sample):
    later = replace(sample, taken_at=datetime(2027, 2, 3, 8, tzinfo=UTC))

    assert (figures.last_day(sample), figures.is_whole_year(sample)) == (date(2026, 11, 23), False)
    assert (figures.last_day(later), figures.is_whole_year(later)) == (date(2026, 12, 31), True)


def test_membership_changes_of_the_year(sample):
    left = replace(sample.members[0], acronym="PAM", until=date(2026, 6, 30))
    joined = replace(sample.members[1], acronym="OIT", since=date(2026, 3, 1))

    changes = figures.membership_changes(replace(sample, members=(left, joined)))

    assert changes == [
        figures.Change(date(2026, 3, 1), "OIT", True),
        figures.Change(date(2026, 6, 30), "PAM", False),
    ]
