"""What the validation rests on: the right review, a decision of it, a signature a seat; then nothing moves."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from core import clock
from decisions import actions as decisions
from frameworks.models import Agenda2063Item, NationalPriority, Region
from meetings import actions as meetings
from meetings.annual_review import NotAnAnnualReview
from tests.factories import decisions as decided
from tests.factories import workplan as made
from tests.workplan.asking import url
from workplan import actions, queries
from workplan.enums import PlanState
from workplan.models import WorkPlan


@pytest.mark.parametrize(("year", "fits"), [(2024, False), (2025, True), (2026, True), (2027, False)])
def test_plan_is_tabled_at_a_review_of_its_year_or_the_year_before(personas, year, fits):
    plan = made.in_consultation(personas)
    review = made.review(personas, year=year)

    assert (review in queries.reviews_to_table_at(plan)) is fits
    if not fits:
        with pytest.raises(NotAnAnnualReview):
            actions.table_at_review(plan, meeting=review, by=personas.secretariat)


def test_plan_is_not_tabled_at_a_review_whose_minutes_are_approved(personas):
    plan = made.in_consultation(personas)
    review = made.held_review(personas, year=2025)
    item = review.items.first()
    meetings.edit_minutes(item, minutes="Dit.", version=item.version, by=personas.secretariat)
    meetings.record_attendance(
        review, sheet={personas.iom: meetings.Presence("present", "online")}, by=personas.secretariat
    )
    review = meetings.circulate_minutes(review, by=personas.secretariat)
    meetings.approve_minutes(review, approved_in=None, by=personas.secretariat)

    with pytest.raises(NotAnAnnualReview):
        actions.table_at_review(plan, meeting=review, by=personas.secretariat)


def test_decision_submitted_in_session_stands_under_the_item_of_the_work_plan(personas):
    plan = made.tabled(personas)

    decision = actions.submit_for_validation(plan, by=personas.secretariat)

    assert [(item.meeting, item.kind) for item in decision.agenda_items.all()] == [(plan.review, "work_plan")]


def test_decision_proposed_before_the_review_is_placed_in_it_when_it_is_adopted(personas):
    plan = made.in_consultation(personas)
    decision = made.proposal(personas, plan)
    plan = actions.table_at_review(plan, meeting=made.review(personas, year=2026), by=personas.secretariat)

    decisions.note_consensus(decision, by=personas.co_chair_iom)

    assert [item.meeting for item in decision.agenda_items.all()] == [plan.review]


def test_decision_of_another_meeting_does_not_validate_the_plan(personas):
    plan = made.in_consultation(personas)
    decision = made.proposal(personas, plan)
    elsewhere = made.review(personas, kind="plenary").items.first()
    meetings.attach_decision(elsewhere, decision=decision, by=personas.secretariat)
    actions.table_at_review(plan, meeting=made.review(personas, year=2026), by=personas.secretariat)

    with pytest.raises(NotAnAnnualReview):
        decisions.note_consensus(decision, by=personas.co_chair_iom)

    assert WorkPlan.objects.get().validating_decision is None


def test_decision_that_the_review_does_not_carry_is_refused_by_the_database(personas):
    plan = made.tabled(personas)
    decision = made.proposal(personas, plan)
    meetings.detach_decision(decision.agenda_items.get(), decision=decision, by=personas.secretariat)

    with pytest.raises(IntegrityError, match="not one of its annual review"), transaction.atomic():
        WorkPlan.objects.update(validating_decision=decision)


def test_decision_that_validated_the_plan_stays_at_its_review(personas, sign_in):
    plan = made.tabled(personas)
    with clock.set_to(plan.review.starts_at):
        decided.actions.note_consensus(made.proposal(personas, plan), by=personas.co_chair_iom)
    item = plan.review.items.get(kind="work_plan")
    page = reverse("meetings:decision_attach", args=[plan.review_id, item.pk])
    detach = reverse("meetings:decision_detach", args=[plan.review_id, item.pk, item.decisions.get().pk])
    client = sign_in(personas.secretariat)

    told = client.post(detach, follow=True).content.decode()

    assert "elle reste dans son compte rendu" in told
    assert item.decisions.count() == 1
    assert detach not in client.get(page).content.decode()


def test_validation_without_both_seats_is_refused_by_the_database(personas):
    plan = made.adopted(personas)
    actions.sign_plan(plan, by=personas.co_chair_iom)

    with pytest.raises(IntegrityError, match="not signed for both seats"), transaction.atomic():
        WorkPlan.objects.update(state=PlanState.VALIDATED, validated_at=clock.now())


def test_review_at_no_meeting_is_refused_by_the_database(personas):
    made.in_execution(personas)

    with pytest.raises(IntegrityError, match="no annual review"), transaction.atomic():
        WorkPlan.objects.update(
            state=PlanState.REVIEWED, reviewed_at=clock.now(), reviewed_by=personas.secretariat
        )  # fmt: skip


@pytest.mark.parametrize(
    "write",
    [
        lambda activity: WorkPlan.objects.update(xof_per_usd=1),
        lambda activity: WorkPlan.objects.update(title="Non"),
        lambda activity: activity.regions.add(Region.objects.order_by("pk").first()),
        lambda activity: activity.gcm_objectives.clear(),
        lambda activity: activity.contributing.clear(),
        lambda activity: activity.outcome.agenda2063.add(Agenda2063Item.objects.order_by("pk").first()),
        lambda activity: activity.outcome.national_priorities.add(NationalPriority.objects.order_by("pk").first()),
    ],
)
def test_alignment_and_rate_of_an_adopted_plan_are_refused_to_change_by_the_database(personas, write):
    activity = made.adopted(personas).activities.get()

    with pytest.raises(DatabaseError, match="is adopted"), transaction.atomic():
        write(activity)


def test_tabling_form_offers_the_reviews_that_fit(personas, sign_in):
    plan = made.in_consultation(personas)
    right = made.review(personas, year=2026)
    made.review(personas, year=2024)

    form = sign_in(personas.secretariat).get(url("plan_detail", plan.year)).context["table_form"]

    assert [pk for pk, _label in form.fields["meeting"].choices] == [right.pk]
