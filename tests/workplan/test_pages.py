"""What the pages of a plan show and to whom; what they answer to hostile input."""

import re
from uuid import uuid4

import pytest

from core.models import JournalEvent
from core.templatetags.typography import number
from tests.factories import workplan as made
from tests.workplan.asking import NETWORK, activity_data, progress_data, url
from workplan import actions
from workplan.enums import PlanState
from workplan.models import Activity

HOSTILE = ["\x00", "a" * 10_000, "2026-13-45", "9" * 5_000, "%(x)s {y} <script>", "-1", "=1+1", "𝔘\u202e"]


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

    for who, user in personas.all.items():
        client = sign_in(user)
        answers = {client.get(url(name, plan.year)).status_code for name in ("plan_detail", "plan_xlsx", "plan_json")}
        assert answers == {200 if who in expected else 302 if who == "visitor" else 404}, who


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


def test_reading_writes_no_event(personas, sign_in):
    plan = made.in_execution(personas)
    client = sign_in(personas.secretariat)
    before = JournalEvent.objects.count()

    for name in ("plan_detail", "plan_edit", "consultation_add", "revision_add", "outcome_add", "own_activities"):
        assert client.get(url(name, plan.year)).status_code == 200

    assert JournalEvent.objects.count() == before


def test_hostile_input_is_never_an_error_of_the_server(personas, sign_in):
    activity = made.in_execution(personas).activities.get()
    made.draft(personas, year=2027)
    client = sign_in(personas.secretariat)
    wrong = {}

    for value in HOSTILE:
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
        answers = {address: client.post(address, data) for address, data in posts.items()}
        answers["query"] = client.get(url("activity_detail", 2026, "1.1"), {"trimestre": value})
        answers["filter"] = client.get(url("plan_detail", 2026), {"objectif": value, "entite": value})
        wrong |= {(address, value[:20]): answer for address, answer in answers.items() if answer.status_code >= 500}

    assert wrong == {}
