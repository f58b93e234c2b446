"""The plan as a workbook and as data."""

import json
from io import BytesIO

import openpyxl

from reports import collect, figures
from tests.factories import workplan as made
from tests.workplan.asking import url
from workplan.actions import BudgetLineData


def test_excel_holds_every_row_and_never_a_formula(personas, sign_in):
    plan = made.draft(personas, activities=0)
    made.activity(personas, plan.outcomes.get(), title="=HYPERLINK('x')", risk="+1", external_partners="@x")

    response = sign_in(personas.focal_b).get(url("plan_xlsx", plan.year))

    book = openpyxl.load_workbook(BytesIO(response.getvalue()))
    assert response.headers["Content-Disposition"] == 'attachment; filename="RNUM-SN_PTA_2026.xlsx"'
    assert [sheet.max_row for sheet in book.worksheets] == [2, 2, 3]
    assert [sheet.freeze_panes for sheet in book.worksheets] == ["C2"] * 3
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert [cell.value for cell in book.worksheets[0][2]][10:14] == [50_000, 30_000, 0, 20_000]


def test_json_holds_totals_frameworks_and_funding(personas, sign_in):
    plan = made.draft(personas, activities=0)
    made.activity(personas, plan.outcomes.get(), lines=[BudgetLineData(made.funder(), 10, mobilised=4)])

    document = json.loads(sign_in(personas.focal_b).get(url("plan_json", plan.year)).getvalue())

    (activity,) = document["activities"]
    assert (document["year"], document["totals"]["gap_usd"], document["totals"]["gap_xof"]) == (2026, 6, 3600)
    assert (activity["gcm_objectives"], activity["lead"]) == (["GCM-01", "GCM-07"], "unicef")
    assert activity["funding"] == [{"funder": "fonds-commun", "planned_usd": 10, "mobilised_usd": 4, "spent_usd": 0}]
    assert activity["indicators"][0]["values"] == {"T1": None, "T2": None, "T3": None, "T4": None}


def test_gap_is_the_same_wherever_it_is_said(personas, sign_in):
    """One activity received more than it requires; the other still lacks 40 USD."""
    plan = made.draft(personas, activities=0)
    rich = made.activity(personas, plan.outcomes.get(), lines=[BudgetLineData(made.funder(), 10)])
    rich.budget_lines.update(mobilised=25)
    made.activity(personas, plan.outcomes.get(), lines=[BudgetLineData(None, 40)])
    client = sign_in(personas.focal_b)

    page = client.get(plan.get_absolute_url())
    book = openpyxl.load_workbook(BytesIO(client.get(url("plan_xlsx", plan.year)).getvalue()))
    printed = figures.budget(collect.plan_of(plan).activities)

    said = {
        "page": page.context["totals"].gap,
        "json": json.loads(client.get(url("plan_json", plan.year)).getvalue())["totals"]["gap_usd"],
        "xlsx": sum(row[13].value or 0 for row in list(book.worksheets[0])[1:]),
        "pdf": int(printed.gap),
    }
    assert said == dict.fromkeys(said, 40)
    assert "15\u00a0USD de plus" in page.content.decode()
