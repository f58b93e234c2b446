"""From the draft to the acknowledgement (clauses M-36, M-54, M-55, M-76): what may happen, when, and what it leaves."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from core import clock
from core.errors import DomainError, NotAllowedNow
from core.models import JournalEvent, OutboxMail
from core.refusals import Refused
from decisions import actions as decisions
from decisions.enums import DecisionState, Mode
from decisions.models import Decision
from meetings.annual_review import NotAnAnnualReview
from meetings.enums import Kind
from members.models import CoChairTerm
from tests.factories import decisions as decided
from tests.factories import workplan as made
from tests.factories.members import FocalPointFactory
from workplan import actions
from workplan.enums import PLAN_TRANSITIONS, PlanState
from workplan.models import PlanSignature, PlanVersion, WorkPlan
from workplan.todo import todo

# What each step needs besides the plan; « validate » is the second signature and has no button of its own.
STEPS = {
    "open_consultation": lambda plan, who: actions.open_consultation(plan, by=who.secretariat),
    "rework": lambda plan, who: actions.rework_plan(plan, reason="À compléter", by=who.secretariat),
    "table_at_review": lambda plan, who: actions.table_at_review(
        plan, meeting=plan.review or made.review(who, year=plan.year - 1), by=who.secretariat
    ),
    "transmit": lambda plan, who: actions.transmit_plan(plan, by=who.co_chair_iom),
    "acknowledge": lambda plan, who: actions.acknowledge_plan(plan, by=who.rc_office),
    "start_execution": lambda plan, who: actions.start_execution(plan, by=who.secretariat),
    "review": lambda plan, who: actions.review_plan(
        plan, meeting=plan.reviewed_in or made.held_review(who), by=who.secretariat
    ),
    "archive": lambda plan, who: actions.archive_plan(plan, by=who.secretariat),
}


def verbs(plan):
    events = JournalEvent.objects.filter(object_type="workplan.workplan", object_id=str(plan.pk)).order_by("pk")
    return [event.verb.removeprefix("workplan.") for event in events]


@pytest.mark.parametrize("state", list(PlanState))
def test_each_step_is_possible_from_the_states_of_the_table_only(personas, state):
    plan = made.IN_STATE[state](personas)

    for verb, step in STEPS.items():
        sources, target = PLAN_TRANSITIONS[verb]
        savepoint = transaction.savepoint()
        if state in sources:
            assert step(plan, personas).state == target
            assert verbs(plan)[-1] == verb
        else:
            with pytest.raises(NotAllowedNow):
                step(plan, personas)
            assert WorkPlan.objects.get().state == state
        transaction.savepoint_rollback(savepoint)


def test_second_plan_of_a_year_is_refused(personas):
    made.draft(personas)

    with pytest.raises(Refused, match="déjà un plan"):
        actions.create_plan(year=2026, title="Autre", xof_per_usd=600, by=personas.secretariat)

    assert WorkPlan.objects.count() == 1


def test_consultation_on_an_empty_plan_is_refused(personas):
    plan = made.draft(personas, activities=0)

    with pytest.raises(DomainError):
        actions.open_consultation(plan, by=personas.secretariat)

    assert WorkPlan.objects.get().state == PlanState.DRAFTING


@pytest.mark.parametrize("kind", [Kind.PLENARY, Kind.AD_HOC])
def test_tabling_at_another_meeting_than_an_annual_review_is_refused(personas, kind):
    plan = made.in_consultation(personas)
    meeting = made.review(personas, kind=kind)

    with pytest.raises(NotAnAnnualReview):
        actions.table_at_review(plan, meeting=meeting, by=personas.secretariat)

    assert WorkPlan.objects.get().state == PlanState.CONSULTATION


def test_tabled_plan_without_a_review_is_refused_by_the_database(personas):
    plan = made.in_consultation(personas)

    with pytest.raises(IntegrityError, match="plan_tabled_at_a_review"), transaction.atomic():
        WorkPlan.objects.filter(pk=plan.pk).update(
            state=PlanState.TABLED, tabled_at=clock.now(), tabled_by=personas.secretariat
        )


def test_validated_plan_without_a_decision_is_refused_by_the_database(personas):
    plan = made.tabled(personas)

    with pytest.raises(IntegrityError, match="plan_validated_by_decision"), transaction.atomic():
        WorkPlan.objects.filter(pk=plan.pk).update(state=PlanState.VALIDATED, validated_at=clock.now())


def test_rework_from_the_review_forgets_the_tabling(personas):
    plan = made.tabled(personas)

    plan = actions.rework_plan(plan, reason="Budget à revoir", by=personas.co_chair_iom)

    assert (plan.state, plan.review, plan.tabled_at, plan.consultation_opened_at) == (
        PlanState.DRAFTING,
        None,
        None,
        None,
    )
    assert JournalEvent.objects.get(verb="workplan.rework").data["reason"] == "Budget à revoir"


def test_proposal_of_validation_is_a_decision_about_this_plan(personas):
    plan = made.in_consultation(personas)

    decision = actions.submit_for_validation(plan, by=personas.secretariat)

    assert (decision.subject_kind, decision.subject_id) == ("work_plan", str(plan.pk))
    assert (decision.state, decision.proposed_by) == (DecisionState.DRAFT, personas.iom)
    assert decision.subject.url_of(decision) == plan.get_absolute_url()


def test_second_proposal_while_one_is_under_way_is_refused_until_it_is_withdrawn(personas):
    plan = made.tabled(personas)
    first = actions.submit_for_validation(plan, by=personas.secretariat)

    with pytest.raises(DomainError):
        actions.submit_for_validation(plan, by=personas.co_chair_iom)

    decisions.withdraw_decision(first, reason="Texte à reprendre", by=personas.co_chair_iom)
    assert actions.submit_for_validation(plan, by=personas.co_chair_iom).pk != first.pk


@pytest.mark.parametrize("state", [PlanState.DRAFTING, PlanState.IN_EXECUTION])
def test_proposal_outside_consultation_and_review_is_refused(personas, state):
    plan = made.IN_STATE[state](personas)

    with pytest.raises(DomainError):
        actions.submit_for_validation(plan, by=personas.secretariat)


def test_proposal_by_a_person_without_entity_is_refused(personas):
    plan = made.in_consultation(personas)

    with pytest.raises(DomainError):
        actions.submit_for_validation(plan, by=personas.administrator)

    assert Decision.objects.count() == 0


def test_recorded_decision_is_linked_to_the_tabled_plan_and_the_co_chairs_are_told(personas):
    plan = made.tabled(personas)

    decision = decisions.note_consensus(made.proposal(personas, plan), by=personas.co_chair_iom)

    plan.refresh_from_db()
    assert (plan.validating_decision, plan.state) == (decision, PlanState.TABLED)
    told = OutboxMail.objects.filter(kind="workplan.signature").values_list("to", flat=True).order_by("to")
    assert list(told) == ["copresidence.hcdh@example.org", "copresidence.oim@example.org"]


def test_consensus_on_a_plan_that_is_not_tabled_is_refused_and_the_decision_stays_open(personas):
    plan = made.in_consultation(personas)
    decision = made.proposal(personas, plan)

    with pytest.raises(NotAnAnnualReview):
        decisions.note_consensus(decision, by=personas.co_chair_iom)

    assert Decision.objects.get().state == DecisionState.CALL
    assert WorkPlan.objects.get().validating_decision is None


def test_consensus_before_the_session_of_the_review_is_refused(personas):
    plan = made.in_consultation(personas)
    meeting = made.review(personas, is_open=False)
    actions.table_at_review(plan, meeting=meeting, by=personas.secretariat)

    with pytest.raises(NotAnAnnualReview):
        decisions.note_consensus(made.proposal(personas, plan), by=personas.co_chair_iom)


def test_draft_is_announced_to_members_each_time_it_is_opened_to_them(personas):
    plan = made.in_consultation(personas)
    mails = OutboxMail.objects.filter(kind="workplan.consultation", to="pointfocal.unicef@example.org")
    assert mails.count() == 1
    assert [item.url for item in todo(personas.focal_a)] == [plan.get_absolute_url()]

    plan = actions.rework_plan(plan, reason="À compléter", by=personas.secretariat)
    assert todo(personas.focal_a) == []
    with clock.set_to(clock.now() + timedelta(days=1)):
        actions.open_consultation(plan, by=personas.secretariat)

    assert mails.count() == 2


def test_pages_offer_no_change_while_the_network_gives_its_positions(personas, sign_in):
    plan = made.in_consultation(personas)
    client = sign_in(personas.secretariat)
    changes = ["Ajouter une activité", "Modifier l’activité"]
    pages = [plan.get_absolute_url(), plan.activities.first().get_absolute_url()]

    def offered():
        shown = " ".join(client.get(page).content.decode() for page in pages)
        return [change for change in changes if change in shown]

    assert offered() == changes
    made.proposal(personas, plan)
    assert offered() == []


def test_decision_on_the_work_plan_in_general_changes_no_plan(personas):
    plan = made.tabled(personas)

    decided.recorded(personas, subject_kind="work_plan")

    plan.refresh_from_db()
    assert plan.validating_decision is None


def test_both_signatures_validate_the_plan_and_write_its_first_version(personas):
    plan = made.adopted(personas)

    actions.sign_plan(plan, by=personas.co_chair_iom)
    assert WorkPlan.objects.get().state == PlanState.TABLED
    actions.sign_plan(plan, by=personas.co_chair_ohchr)

    plan.refresh_from_db()
    assert plan.state == PlanState.VALIDATED
    assert sorted(plan.signatures.values_list("seat", flat=True)) == ["coordinator", "rotating"]
    assert [(row.number, row.decision) for row in plan.versions.all()] == [(1, plan.validating_decision)]
    assert verbs(plan)[-4:] == ["sign_plan", "sign_plan", "validate", "record_revision"]


def test_signature_before_the_decision_is_refused(personas):
    plan = made.tabled(personas)

    with pytest.raises(DomainError):
        actions.sign_plan(plan, by=personas.co_chair_iom)

    assert PlanSignature.objects.count() == 0


def test_co_chair_signs_for_the_entity_of_the_seat(personas):
    """Not for the one that the person speaks for besides."""
    plan = made.adopted(personas)
    FocalPointFactory(entity=personas.unfpa, person=personas.co_chair_iom, alternate=True)

    signature = actions.sign_plan(plan, by=personas.co_chair_iom)

    assert (signature.seat, signature.entity) == ("coordinator", personas.iom)


def test_one_seat_signs_once_even_through_two_people(personas):
    plan = made.adopted(personas)
    actions.sign_plan(plan, by=personas.co_chair_iom)
    today = clock.today()
    CoChairTerm.objects.filter(person=personas.co_chair_iom).update(ends_on=today - timedelta(days=1))
    CoChairTerm.objects.create(seat="coordinator", entity=personas.iom, person=personas.secretariat, starts_on=today)

    with pytest.raises(DomainError):
        actions.sign_plan(plan, by=personas.secretariat)

    assert WorkPlan.objects.get().state == PlanState.TABLED


@pytest.mark.parametrize("name", ["secretariat", "focal_a", "rc_office", "administrator"])
def test_signature_of_a_person_without_seat_is_refused(personas, name):
    plan = made.adopted(personas)

    with pytest.raises(DomainError):
        actions.sign_plan(plan, by=getattr(personas, name))


def test_adopted_plan_is_not_taken_back_to_drafting(personas):
    plan = made.adopted(personas)

    with pytest.raises(DomainError):
        actions.rework_plan(plan, by=personas.secretariat)


@pytest.mark.parametrize("model", [PlanSignature, PlanVersion])
def test_signature_and_version_are_refused_to_change_by_the_database(personas, model):
    made.validated(personas)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.all().delete()


def test_failing_journal_undoes_the_step(personas, monkeypatch):
    plan = made.draft(personas)

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("core.journal.JournalEvent.objects.create", fail)
    with pytest.raises(RuntimeError):
        actions.open_consultation(plan, by=personas.secretariat)

    assert WorkPlan.objects.get().state == PlanState.DRAFTING


def test_proposal_takes_the_mode_and_words_it_is_given(personas):
    plan = made.in_consultation(personas)

    decision = actions.submit_for_validation(
        plan, title="Validation du PTA", text="Le Réseau valide.", mode=Mode.WRITTEN, by=personas.co_chair_iom
    )

    assert (decision.title, decision.mode) == ("Validation du PTA", Mode.WRITTEN)
    assert [text.text for text in decision.texts.all()] == ["Le Réseau valide."]
