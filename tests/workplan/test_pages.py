"""What the pages show, to whom, and what they answer to hostile or stale input."""

import re
from io import BytesIO
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from core.models import JournalEvent
from core.templatetags.typography import number
from decisions.models import Decision
from tests.factories import workplan as made
from workplan import actions
from workplan.actions import BudgetLineData
from workplan.enums import PlanState
from workplan.models import Activity, BudgetLine, Funder, Outcome, PlanConsultation, QuarterReport, WorkPlan

IN_CHARGE = {"secretariat", "co_chair_iom", "co_chair_ohchr"}
NETWORK = IN_CHARGE | {"focal_a", "focal_b", "alternate_a", "group_chair", "rc_office"}
HOSTILE = ["\x00", "a" * 10_000, "2026-13-45", "9" * 5_000, "%(x)s {y} <script>", "-1", "=1+1", "𝔘\u202e"]


def url(name, *args):
    return reverse(f"workplan:{name}", args=args)


def management(prefix, total):
    return {f"{prefix}-TOTAL_FORMS": total, f"{prefix}-INITIAL_FORMS": 0}


def activity_data(personas, **fields):
    given = {
        "title": "Cliniques juridiques", "lead": personas.unicef.pk, "is_national": "on", "in_q2": "on",
        **management("budget", 1), **management("indicateurs", 1),
        "budget-0-funder": "", "budget-0-planned": "12000",
        "indicateurs-0-label": "Personnes appuyées", "indicateurs-0-target": "250", "indicateurs-0-direction": "up",
    }  # fmt: skip
    return {**given, **fields}


def progress_data(activity, **fields):
    indicator = activity.indicators.get()
    line = activity.budget_lines.get(funder__isnull=False)
    return {
        "quarter": 3, "status": "in_progress", "progress_percent": 55, "note": "Deux profils publiés.",
        "risk": "", "version": activity.version, f"value_{indicator.pk}": "2,5",
        f"mobilised_{line.pk}": 30_000, f"spent_{line.pk}": 9_000, **fields,
    }  # fmt: skip


# --- Reading ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("state", list(PlanState))
def test_plan_page_says_its_state_and_stays_within_twelve_queries(
    personas, sign_in, django_assert_max_num_queries, state
):
    plan = made.IN_STATE[state](personas)
    client = sign_in(personas.secretariat)

    with django_assert_max_num_queries(12):
        response = client.get(plan.get_absolute_url())

    assert response.status_code == 200
    assert response.context["plan"].state == state


@pytest.mark.parametrize("state", [PlanState.DRAFTING, PlanState.IN_EXECUTION])
def test_plan_and_its_files_are_open_to_those_who_see_it_only(personas, sign_in, state):
    plan = made.IN_STATE[state](personas)
    expected = NETWORK if state == PlanState.DRAFTING else NETWORK | {"administrator"}

    for name in ("plan_detail", "plan_xlsx", "plan_json"):
        answers = {who: sign_in(user).get(url(name, plan.year)).status_code for who, user in personas.all.items()}
        assert {who for who, status in answers.items() if status == 200} == expected
        assert {status for who, status in answers.items() if who not in expected} == {302, 404}


def test_activity_is_hidden_with_its_plan(personas, sign_in):
    made.draft(personas)

    assert sign_in(personas.partner).get(url("activity_detail", 2026, "1.1")).status_code == 404


def test_list_is_refused_to_an_account_without_entity(personas, sign_in):
    assert sign_in(personas.no_entity).get(url("plan_list")).status_code == 403


@pytest.mark.parametrize("address", ["/pta/2026/activites/1.2/", "/pta/2030/", "/pta/2026/activites/9.999/"])
def test_unknown_plan_or_activity_is_not_found(personas, sign_in, address):
    made.draft(personas)

    assert sign_in(personas.secretariat).get(address).status_code == 404


def test_page_shows_progress_amounts_and_served_objectives(personas, sign_in):
    plan = made.draft(personas, activities=2)
    Activity.objects.filter(code="1.1").update(status="in_progress", progress_percent=30)

    context = sign_in(personas.focal_b).get(plan.get_absolute_url()).context

    assert (context["covered"], context["totals"].planned, context["totals_xof"].gap) == (2, 100_000, 24_000_000)
    assert [row[2:] for row in context["outcomes_table"].rows] == [(2, number(100_000), number(40_000))]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("objectif=7", ["1.1", "1.2"]),
        ("objectif=13", []),
        ("statut=delayed", ["1.2"]),
        ("entite=unicef&statut=not_started", ["1.1"]),
        ("objectif=99&statut=x&entite=personne", ["1.1", "1.2"]),
    ],
)
def test_list_of_activities_is_narrowed_and_an_unknown_filter_narrows_nothing(personas, sign_in, query, codes):
    plan = made.draft(personas, activities=2)
    Activity.objects.filter(code="1.2").update(status="delayed", progress_percent=5)

    response = sign_in(personas.focal_a).get(f"{plan.get_absolute_url()}?{query}")

    shown = [row[0] for _outcome, table in response.context["groups"] for row in table.rows]
    assert [re.search(r"/activites/([\d.]+)/", link)[1] for link in shown] == codes


def test_decision_of_validation_is_linked_for_those_who_may_read_it(personas, sign_in):
    plan = made.in_consultation(personas)
    decision = actions.submit_for_validation(plan, by=personas.secretariat)

    pages = [sign_in(user).get(plan.get_absolute_url()) for user in (personas.co_chair_ohchr, personas.focal_b)]

    link = f'href="{decision.get_absolute_url()}"'
    assert [link in page.content.decode() for page in pages] == [True, False]


# --- Steps -----------------------------------------------------------------------------------------------------------
POSTS = {
    "consultation_open": ("draft", {}, PlanState.CONSULTATION),
    "plan_rework": ("in_consultation", {"reason": "Budget"}, PlanState.DRAFTING),
    "plan_sign": ("adopted", {}, PlanState.TABLED),
    "plan_transmit": ("validated", {"note": "Pour attribution."}, PlanState.TRANSMITTED),
    "plan_acknowledge": ("transmitted", {"note": ""}, PlanState.ACKNOWLEDGED),
    "execution_start": ("acknowledged", {}, PlanState.IN_EXECUTION),
    "plan_review": ("in_execution", {}, PlanState.REVIEWED),
    "plan_archive": ("reviewed", {}, PlanState.ARCHIVED),
}
ALLOWED = {"plan_sign": {"co_chair_iom", "co_chair_ohchr"}, "plan_acknowledge": {"rc_office"}}


@pytest.mark.parametrize("name", list(POSTS))
def test_step_is_taken_by_whom_it_belongs_to_and_refused_to_others(personas, sign_in, name):
    build, data, target = POSTS[name]
    plan = getattr(made, build)(personas)
    allowed = ALLOWED.get(name, IN_CHARGE)

    for who, user in personas.all.items():
        if who not in allowed:
            assert sign_in(user).post(url(name, plan.year), data).status_code in {302, 403, 404}
    assert WorkPlan.objects.get().state == plan.state
    response = sign_in(getattr(personas, min(allowed))).post(url(name, plan.year), data)

    assert response.headers["Location"] == plan.get_absolute_url()
    assert WorkPlan.objects.get().state == target


@pytest.mark.parametrize("name", [*POSTS, "plan_table", "validation_propose", "progress_report"])
def test_step_is_not_taken_by_reading(personas, sign_in, name):
    plan = made.draft(personas)
    args = [plan.year, "1.1"] if name == "progress_report" else [plan.year]

    assert sign_in(personas.secretariat).get(url(name, *args)).status_code == 405


def test_step_out_of_turn_is_said_on_the_page(personas, sign_in):
    plan = made.draft(personas)

    response = sign_in(personas.secretariat).post(url("plan_archive", plan.year), follow=True)

    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert WorkPlan.objects.get().state == PlanState.DRAFTING


def test_tabling_offers_annual_reviews_only(personas, sign_in):
    plan = made.in_consultation(personas)
    review, plenary = made.review(personas), made.review(personas, kind="plenary")
    client = sign_in(personas.secretariat)

    refused = client.post(url("plan_table", plan.year), {"meeting": plenary.pk})
    done = client.post(url("plan_table", plan.year), {"meeting": review.pk})

    assert (refused.status_code, list(refused.context["table_form"].errors)) == (422, ["meeting"])
    assert (done.status_code, WorkPlan.objects.get().review) == (302, review)


def test_double_click_on_the_proposal_makes_one_decision(personas, sign_in):
    plan = made.in_consultation(personas)
    data = {"title": "Validation du PTA 2026", "text": "Le Réseau valide.", "mode": "in_session", "once": uuid4()}
    client = sign_in(personas.secretariat)

    answers = [client.post(url("validation_propose", plan.year), data).status_code for _click in range(2)]

    assert (answers, Decision.objects.count()) == ([302, 302], 1)


def test_transmitted_file_is_downloaded_byte_for_byte(personas, sign_in):
    plan = actions.attach_transmitted_file(made.transmitted(personas), content=b"%PDF-1.7 plan", by=None)
    address = url("transmitted_file", plan.year)

    response = sign_in(personas.rc_office).get(address)

    assert b"".join(response.streaming_content) == b"%PDF-1.7 plan"
    assert response.headers["Content-Disposition"] == 'attachment; filename="RNUM-SN_PTA_2026.pdf"'
    assert sign_in(personas.partner).get(address).status_code == 404
    default_storage.delete(plan.transmitted_file.name)


def test_file_that_is_not_there_yet_is_not_found(personas, sign_in):
    made.transmitted(personas)

    assert sign_in(personas.rc_office).get(url("transmitted_file", 2026)).status_code == 404


# --- Drafting --------------------------------------------------------------------------------------------------------
def test_plan_is_opened_once_for_a_double_click(personas, sign_in):
    data = {"year": 2027, "title": "PTA 2027", "xof_per_usd": "600,5", "once": uuid4()}
    client = sign_in(personas.co_chair_iom)

    answers = [client.post(url("plan_create"), data) for _click in range(2)]

    assert [answer.headers["Location"] for answer in answers] == ["/pta/2027/"] * 2
    assert [(plan.year, float(plan.xof_per_usd)) for plan in WorkPlan.objects.all()] == [(2027, 600.5)]


def test_second_plan_of_a_year_is_refused_on_the_form(personas, sign_in):
    made.draft(personas)
    data = {"year": 2026, "title": "Encore", "xof_per_usd": 600, "once": uuid4()}

    response = sign_in(personas.secretariat).post(url("plan_create"), data)

    assert response.status_code == 422
    assert len(response.context["form"].non_field_errors()) == 1


def test_stale_title_keeps_what_was_typed_and_shows_what_stands(personas, sign_in):
    plan = made.draft(personas)
    WorkPlan.objects.update(version=2, title="Plus récent")

    response = sign_in(personas.secretariat).post(
        url("plan_edit", plan.year), {"title": "Le mien", "xof_per_usd": 600, "version": 1}
    )

    assert response.status_code == 409
    assert "Plus récent" in response.context["stands"]
    assert response.context["form"]["title"].value() == "Le mien"


def test_outcome_consultation_and_funder_are_added_through_their_pages(personas, sign_in):
    made.draft(personas)
    client = sign_in(personas.secretariat)

    client.post(url("outcome_add", 2026), {"title_fr": "Gouvernance", "once": uuid4()})
    client.post(
        url("consultation_add", 2026),
        {"held_on": "2025-11-20", "with_whom": "Administrations", "is_government": "on", "once": uuid4()},
    )
    client.post(url("funder_add"), {"name": "Fondation", "kind": "private", "once": uuid4()})

    assert list(Outcome.objects.order_by("number").values_list("number", "title_fr"))[1:] == [(2, "Gouvernance")]
    assert PlanConsultation.objects.get().is_government is True
    assert Funder.objects.filter(name="Fondation", kind="private").count() == 1


def test_outcome_without_activities_is_removed_from_its_page(personas, sign_in):
    plan = made.draft(personas)
    actions.add_outcome(plan, title_fr="De trop", by=personas.secretariat)
    client = sign_in(personas.secretariat)

    assert client.get(url("outcome_edit", 2026, 2)).context["remove_url"] == url("outcome_remove", 2026, 2)
    client.post(url("outcome_remove", 2026, 2))

    assert [row.number for row in plan.outcomes.all()] == [1]


def test_stale_outcome_keeps_what_was_typed_and_shows_what_stands(personas, sign_in):
    plan = made.draft(personas)
    Outcome.objects.update(version=2, title_fr="Plus récent")

    response = sign_in(personas.secretariat).post(
        url("outcome_edit", plan.year, 1), {"title_fr": "Le mien", "title_en": "", "version": 1}
    )

    assert response.status_code == 409
    assert "Plus récent" in response.context["stands"]
    assert response.context["form"]["title_fr"].value() == "Le mien"


def test_focal_point_adds_an_activity_of_the_own_entity_only(personas, sign_in):
    plan = made.draft(personas, activities=0)
    outcome, token = plan.outcomes.get(), uuid4()
    client = sign_in(personas.focal_a)
    foreign_data = activity_data(personas, outcome=outcome.pk, lead=personas.unwomen.pk, once=uuid4())

    foreign = client.post(url("activity_add", 2026), foreign_data)
    own = [
        client.post(url("activity_add", 2026), activity_data(personas, outcome=outcome.pk, once=token))
        for _click in range(2)
    ]

    assert (foreign.status_code, list(foreign.context["form"].errors)) == (422, ["lead"])
    assert [answer.headers["Location"] for answer in own] == ["/pta/2026/activites/1.1/"] * 2
    activity = Activity.objects.get()
    assert [(line.funder, line.planned) for line in activity.budget_lines.all()] == [(None, 12_000)]
    assert [(row.label, row.target) for row in activity.indicators.all()] == [("Personnes appuyées", 250)]


def test_focal_point_does_not_edit_another_entity_s_activity(personas, sign_in):
    made.draft(personas)

    assert sign_in(personas.focal_b).get(url("activity_edit", 2026, "1.1")).status_code == 403


def test_edit_form_holds_what_the_activity_is_and_saves_it_again(personas, sign_in):
    activity = made.draft(personas).activities.get()
    client = sign_in(personas.focal_a)
    page = client.get(url("activity_edit", 2026, "1.1"))
    funder = activity.budget_lines.get(funder__isnull=False).funder

    assert [form.initial for form in page.context["lines"].initial_forms] == [
        {"funder": str(funder.pk), "planned": 30_000, "mobilised": 30_000},
        {"funder": "", "planned": 20_000, "mobilised": 0},
    ]
    data = activity_data(
        personas, version=activity.version, contributing=[personas.unfpa.pk],
        **{"indicateurs-0-code": "1.1-I1", "budget-0-funder": funder.pk, "budget-0-mobilised": 12_000},
    )  # fmt: skip
    response = client.post(url("activity_edit", 2026, "1.1"), data)

    assert response.status_code == 302
    activity.refresh_from_db()
    assert (activity.title, activity.version) == ("Cliniques juridiques", 2)
    assert list(activity.contributing.all()) == [personas.unfpa]
    assert [row.code for row in activity.indicators.all()] == ["1.1-I1"]


def test_stale_activity_keeps_what_was_typed_and_shows_what_stands(personas, sign_in):
    made.draft(personas)
    Activity.objects.update(version=3, title="Titre plus récent")

    response = sign_in(personas.focal_a).post(url("activity_edit", 2026, "1.1"), activity_data(personas, version=1))

    assert response.status_code == 409
    assert response.context["stands"].title == "Titre plus récent"
    assert response.context["form"]["title"].value() == "Cliniques juridiques"


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ({"budget-0-mobilised": "5"}, "lines"),
        ({"budget-0-planned": "-5"}, "lines"),
        ({"budget-0-planned": "9" * 5_000}, "lines"),
        ({"budget-0-funder": "999999"}, "lines"),
        ({"indicateurs-0-target": "beaucoup"}, "indicators"),
        ({"indicateurs-0-label": "a" * 10_000}, "indicators"),
    ],
)
def test_rows_that_are_wrong_say_so_and_save_nothing(personas, sign_in, fields, part):
    plan = made.draft(personas, activities=0)
    data = activity_data(personas, outcome=plan.outcomes.get().pk, once=uuid4(), **fields)

    response = sign_in(personas.secretariat).post(url("activity_add", 2026), data)

    assert response.status_code == 422
    assert [bool(row) for row in response.context[part].errors] == [True]
    assert Activity.objects.count() == 0


def test_same_source_twice_is_refused_on_the_form(personas, sign_in):
    plan = made.draft(personas, activities=0)
    data = activity_data(personas, outcome=plan.outcomes.get().pk, once=uuid4(), **management("budget", 2))
    data |= {"budget-1-funder": "", "budget-1-planned": "5"}

    response = sign_in(personas.secretariat).post(url("activity_add", 2026), data)

    assert (response.status_code, len(response.context["lines"].non_form_errors())) == (422, 1)


def test_removal_asks_first_and_leaves_the_page_of_the_plan(personas, sign_in):
    plan = made.draft(personas)
    client = sign_in(personas.focal_a)
    address = url("activity_remove", 2026, "1.1")

    assert (client.get(address).status_code, Activity.objects.count()) == (200, 1)
    assert client.post(address).headers["Location"] == plan.get_absolute_url()
    assert Activity.objects.count() == 0


def test_drafting_pages_of_an_adopted_plan_lead_back(personas, sign_in):
    made.in_execution(personas)
    client = sign_in(personas.secretariat)

    for name, args in (("activity_add", []), ("activity_edit", ["1.1"]), ("activity_remove", ["1.1"])):
        assert client.get(url(name, 2026, *args)).status_code == 302


# --- The year --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["focal_a", "alternate_a", "focal_b", "secretariat"])
def test_progress_is_reported_from_the_page_of_the_activity(personas, sign_in, who):
    activity = made.in_execution(personas).activities.get()

    response = sign_in(getattr(personas, who)).post(url("progress_report", 2026, "1.1"), progress_data(activity))

    assert response.status_code == 302
    assert (QuarterReport.objects.get().quarter, activity.indicators.get().by_quarter[3]) == (3, 2.5)
    assert BudgetLine.objects.get(funder__isnull=False).spent == 9_000


@pytest.mark.parametrize("who", ["group_chair", "rc_office", "administrator", "co_chair_ohchr"])
def test_progress_is_refused_to_those_who_do_not_take_part(personas, sign_in, who):
    activity = made.in_execution(personas).activities.get()

    response = sign_in(getattr(personas, who)).post(url("progress_report", 2026, "1.1"), progress_data(activity))

    assert (response.status_code, QuarterReport.objects.count()) == (403, 0)


def test_stale_update_keeps_what_was_typed_and_shows_what_stands(personas, sign_in):
    activity = made.in_execution(personas).activities.get()
    data = progress_data(activity, note="Mon texte à moi")
    Activity.objects.update(version=9, status="delayed", progress_percent=33)

    response = sign_in(personas.focal_a).post(url("progress_report", 2026, "1.1"), data)

    assert response.status_code == 409
    assert response.context["activity"].progress_percent == 33
    assert response.context["progress_form"]["note"].value() == "Mon texte à moi"
    assert QuarterReport.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"status": "completed"}, "progress_percent"),
        ({"status": "not_started"}, "progress_percent"),
        ({"progress_percent": 101}, "progress_percent"),
        ({"status": "finie"}, "status"),
        ({"note": "a" * 10_000}, "note"),
    ],
)
def test_update_that_is_wrong_says_so_by_the_field(personas, sign_in, fields, field):
    activity = made.in_execution(personas).activities.get()

    response = sign_in(personas.focal_a).post(url("progress_report", 2026, "1.1"), progress_data(activity, **fields))

    assert (response.status_code, list(response.context["progress_form"].errors)) == (422, [field])
    assert Activity.objects.get().progress_percent == 0


def test_more_spent_than_mobilised_is_said_by_the_amount(personas, sign_in):
    activity = made.in_execution(personas).activities.get()
    line = activity.budget_lines.get(funder__isnull=False)
    data = progress_data(activity, **{f"spent_{line.pk}": 30_001})

    response = sign_in(personas.focal_a).post(url("progress_report", 2026, "1.1"), data)

    assert list(response.context["progress_form"].errors) == [f"spent_{line.pk}"]


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_input_is_never_an_error_of_the_server(personas, sign_in, value):
    activity = made.in_execution(personas).activities.get()
    made.draft(personas, year=2027)
    client = sign_in(personas.secretariat)
    posts = {
        url("plan_create"): {"year": value, "title": value, "xof_per_usd": value, "once": value},
        url("consultation_add", 2027): {"held_on": value, "with_whom": value, "once": uuid4()},
        url("outcome_add", 2027): {"title_fr": value, "agenda2063": value, "once": uuid4()},
        url("funder_add"): {"name": value, "kind": value, "once": uuid4()},
        url("activity_add", 2027): activity_data(personas, outcome=value, lead=value, title=value, once=uuid4()),
        url("plan_rework", 2027): {"reason": value},
        url("plan_table", 2027): {"meeting": value},
        url("progress_report", 2026, "1.1"): progress_data(activity, quarter=value, status=value, version=value),
        url("funding_add", 2026, "1.1"): {"funder": value, "mobilised": value, "once": uuid4()},
        url("rights_check", 2026, "1.1"): {"on": value, "entity": value},
        url("revision_add", 2026): {"decision": value, "note": value, "once": uuid4()},
    }

    answers = {address: client.post(address, data).status_code for address, data in posts.items()}
    answers["query"] = client.get(url("activity_detail", 2026, "1.1"), {"trimestre": value}).status_code
    answers["filter"] = client.get(url("plan_detail", 2026), {"objectif": value, "entite": value}).status_code

    assert {address: status for address, status in answers.items() if status >= 500} == {}


def test_funds_and_rights_check_are_recorded_through_their_pages(personas, sign_in):
    activity = made.in_execution(personas).activities.get()
    funder = made.funder("Fondation")

    sign_in(personas.focal_a).post(
        url("funding_add", 2026, "1.1"), {"funder": funder.pk, "mobilised": 5_000, "once": uuid4()}
    )
    sign_in(personas.co_chair_ohchr).post(
        url("rights_check", 2026, "1.1"), {"on": "2026-06-15", "entity": personas.ohchr.pk}
    )

    activity.refresh_from_db()
    assert BudgetLine.objects.get(funder=funder).mobilised == 5_000
    assert activity.rights_checked_by_entity == personas.ohchr


def test_own_activities_say_what_the_entity_leads_and_what_it_contributes_to(personas, sign_in):
    plan = made.in_execution(personas)
    address = url("own_activities", plan.year) + "?trimestre=1"

    lead, contributing = (
        sign_in(user).get(address).context["table"].rows for user in (personas.focal_a, personas.focal_b)
    )

    assert (len(lead), len(contributing)) == (1, 1)
    assert lead[0][2] != contributing[0][2]


# --- Files -----------------------------------------------------------------------------------------------------------
def test_excel_holds_every_row_and_never_a_formula(personas, sign_in):
    plan = made.draft(personas, activities=0)
    made.activity(personas, plan.outcomes.get(), title="=HYPERLINK('x')", risk="+1", external_partners="@x")

    response = sign_in(personas.focal_b).get(url("plan_xlsx", plan.year))

    book = openpyxl.load_workbook(BytesIO(response.content))
    assert response.headers["Content-Disposition"] == 'attachment; filename="RNUM-SN_PTA_2026.xlsx"'
    assert [sheet.max_row for sheet in book.worksheets] == [2, 2, 3]
    assert [sheet.freeze_panes for sheet in book.worksheets] == ["C2"] * 3
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert [cell.value for cell in book.worksheets[0][2]][10:14] == [50_000, 30_000, 0, 20_000]


def test_json_holds_totals_frameworks_and_funding(personas, sign_in):
    plan = made.draft(personas, activities=0)
    made.activity(personas, plan.outcomes.get(), lines=[BudgetLineData(made.funder(), 10, mobilised=4)])

    document = sign_in(personas.focal_b).get(url("plan_json", plan.year)).json()

    (activity,) = document["activities"]
    assert (document["year"], document["totals"]["gap_usd"], document["totals"]["gap_xof"]) == (2026, 6, 3600)
    assert (activity["gcm_objectives"], activity["lead"]) == (["GCM-01", "GCM-07"], "unicef")
    assert activity["funding"] == [{"funder": "fonds-commun", "planned_usd": 10, "mobilised_usd": 4, "spent_usd": 0}]
    assert activity["indicators"][0]["values"] == {"T1": None, "T2": None, "T3": None, "T4": None}


def test_reading_writes_no_event(personas, sign_in):
    plan = made.in_execution(personas)
    client = sign_in(personas.secretariat)
    before = JournalEvent.objects.count()

    for name in ("plan_detail", "plan_edit", "consultation_add", "revision_add", "outcome_add", "own_activities"):
        assert client.get(url(name, plan.year)).status_code == 200

    assert JournalEvent.objects.count() == before
