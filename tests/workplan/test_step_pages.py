"""The steps of a plan through their buttons: by whom, when, once; and the file that leaves with it."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage

from core import clock
from decisions.models import Decision
from tests.factories import decisions as decided
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
    "plan_acknowledge": ("received", {"note": ""}, PlanState.ACKNOWLEDGED),
    "execution_start": ("acknowledged", {}, PlanState.IN_EXECUTION),
    "plan_review": ("in_execution", {}, PlanState.REVIEWED),
    "plan_archive": ("reviewed", {}, PlanState.ARCHIVED),
}
CONFIRMED = {"execution_start", "plan_review", "plan_archive"}
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
    if name == "plan_review":
        data = {"meeting": made.held_review(personas, plan.year).pk}
    response = sign_in(getattr(personas, min(allowed))).post(url(name, plan.year), data)

    assert response.headers["Location"] == plan.get_absolute_url()
    assert WorkPlan.objects.get().state == target


@pytest.mark.parametrize(
    "name", [*sorted(POSTS.keys() - CONFIRMED), "plan_table", "validation_propose", "progress_report"]
)
def test_step_is_not_taken_by_reading(personas, sign_in, name):
    plan = made.draft(personas)
    args = [plan.year, "1.1"] if name == "progress_report" else [plan.year]

    assert leads_up(sign_in(personas.secretariat).get(url(name, *args)))
    assert WorkPlan.objects.get().state == plan.state


def test_step_out_of_turn_is_said_on_the_page(personas, sign_in):
    plan = made.draft(personas)
    client = sign_in(personas.secretariat)

    refused = client.post(url("plan_archive", plan.year))
    told = client.post(url("consultation_open", made.in_consultation(personas, year=2027).year), follow=True)

    assert (refused.status_code, len(refused.context["form"].non_field_errors())) == (422, 1)
    assert [message.level_tag for message in told.context["messages"]] == ["error"]
    assert WorkPlan.objects.get(year=plan.year).state == PlanState.DRAFTING


@pytest.mark.parametrize("name", sorted(CONFIRMED))
def test_step_that_does_not_go_back_names_the_plan_and_waits_for_its_button(personas, sign_in, name):
    build, _data, _target = POSTS[name]
    plan = getattr(made, build)(personas)
    if name == "plan_review":
        made.held_review(personas, plan.year)

    page = sign_in(personas.secretariat).get(url(name, plan.year))

    assert (page.status_code, plan.title in page.context["title"]) == (200, True)
    assert WorkPlan.objects.get().state == plan.state


def test_review_waits_for_an_annual_review_that_was_held(personas, sign_in):
    plan = made.in_execution(personas)
    client = sign_in(personas.secretariat)
    coming = made.review(personas, is_open=False)

    page = client.get(url("plan_review", plan.year))
    assert (page.status_code, "Aucun bilan annuel" in page.context["intro"]) == (200, True)
    refused = client.post(url("plan_review", plan.year), {"meeting": coming.pk})
    tabled_at = client.post(url("plan_review", plan.year), {"meeting": plan.review.pk})

    assert [list(one.context["form"].errors) for one in (refused, tabled_at)] == [["meeting"]] * 2
    held = made.held_review(personas, plan.year + 1)
    client.post(url("plan_review", plan.year), {"meeting": held.pk})
    assert WorkPlan.objects.get().reviewed_in == held


def test_revision_without_a_decision_to_rest_on_leads_to_proposing_one(personas, sign_in):
    plan = made.in_execution(personas)
    client = sign_in(personas.secretariat)

    without = client.get(url("revision_add", plan.year)).content.decode()
    decided.recorded(personas, subject_kind="work_plan")
    page = client.get(url("revision_add", plan.year))

    assert (url("revision_propose", plan.year) in without, 'name="decision"' in without) == (True, False)
    assert len(page.context["form"].fields["decision"].queryset) == 1


def test_revision_of_a_draft_is_told_that_a_draft_is_simply_changed(personas, sign_in):
    plan = made.draft(personas)

    page = sign_in(personas.secretariat).get(url("revision_add", plan.year)).content.decode()

    assert ("simplement" in page, url("revision_propose", plan.year) in page) == (True, False)


@pytest.mark.parametrize(("year", "is_early"), [(2026, False), (2027, True)])
def test_execution_before_the_year_is_started_knowingly(personas, sign_in, year, is_early):
    plan = made.acknowledged(personas, year=year)

    with clock.set_to(datetime(2026, 11, 24, 10, tzinfo=UTC)):
        page = sign_in(personas.secretariat).get(url("execution_start", plan.year))

    assert ("n’a pas commencé" in page.context["intro"], "quand même" in page.context["verb"]) == (is_early,) * 2


@pytest.mark.parametrize(("build", "offered"), [("in_execution", True), ("reviewed", False), ("archived", False)])
def test_updates_are_offered_while_they_are_open(personas, sign_in, build, offered):
    plan = getattr(made, build)(personas)

    page = sign_in(personas.focal_a).get(plan.get_absolute_url()).content.decode()

    assert (url("own_activities", plan.year) in page) is offered


def test_header_says_whose_signature_is_missing(personas, sign_in):
    plan = made.adopted(personas)
    client = sign_in(personas.focal_a)
    assert client.get(plan.get_absolute_url()).context["signatures_awaited"] == []

    actions.sign_plan(plan, by=personas.co_chair_iom)

    (awaited,) = client.get(plan.get_absolute_url()).context["signatures_awaited"]
    assert awaited.startswith(str(personas.co_chair_ohchr))


def test_course_keeps_what_was_taken_back(personas, sign_in):
    """Tabled, taken back with its reason, put before the Network again."""
    plan = made.tabled(personas)
    plan = actions.rework_plan(plan, reason="Budget à revoir", by=personas.secretariat)
    actions.open_consultation(plan, by=personas.secretariat)

    course = sign_in(personas.focal_a).get(plan.get_absolute_url()).context["custody"]

    assert [event.sentence.split()[0] for event in course] == [
        "Préparation", "Soumis", "Présenté", "Préparation", "Soumis",
    ]  # fmt: skip
    assert course[3].detail == "Budget à revoir"


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
