"""The steps of a plan through their buttons: by whom, when, once; and the file that leaves with it."""

from uuid import uuid4

import pytest
from django.core.files.storage import default_storage

from decisions.models import Decision
from tests.factories import workplan as made
from tests.nets.portal import leads_up
from tests.workplan.asking import IN_CHARGE, url
from workplan import actions
from workplan.enums import PlanState
from workplan.models import WorkPlan

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

    assert leads_up(sign_in(personas.secretariat).get(url(name, *args)))
    assert WorkPlan.objects.get().state == plan.state


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
