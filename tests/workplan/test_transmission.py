"""The adopted plan leaves for the Resident Coordinator (clause M-54), and what revises it afterwards."""

import pytest

from core.errors import DomainError
from core.models import JournalEvent, OutboxMail
from tests.factories import decisions as decided
from tests.factories import workplan as made
from workplan import actions, custody, revising
from workplan.enums import PlanState
from workplan.models import WorkPlan


def test_transmission_calls_those_who_registered(personas, monkeypatch):
    plan = made.validated(personas)
    called = []
    monkeypatch.setattr(custody, "_on_transmitted", [lambda plan, by: called.append((plan.pk, by))])

    plan = actions.transmit_plan(plan, note="Pour attribution.", by=personas.co_chair_iom)

    assert called == [(plan.pk, personas.co_chair_iom)]
    assert (plan.transmission_note, plan.transmitted_by) == ("Pour attribution.", personas.co_chair_iom)


def test_failing_hook_leaves_the_plan_validated(personas, monkeypatch):
    plan = made.validated(personas)

    def fail(plan, by):
        raise RuntimeError

    monkeypatch.setattr(custody, "_on_transmitted", [fail])
    with pytest.raises(RuntimeError):
        actions.transmit_plan(plan, by=personas.co_chair_iom)

    assert WorkPlan.objects.get().state == PlanState.VALIDATED


def test_rc_office_is_told_once_the_file_is_there(personas):
    """One mail, and behind its link a plan to read and a receipt to acknowledge."""
    plan = made.transmitted(personas)
    told = OutboxMail.objects.filter(kind="workplan.transmission").values_list("to", flat=True).order_by("pk")
    assert told.count() == 0

    for _time in range(2):
        actions.attach_transmitted_file(plan, content=b"%PDF-1.7", by=None)

    assert list(told) == ["bcr@example.org"]


def test_receipt_is_acknowledged_once_the_file_is_there(personas):
    plan = made.transmitted(personas)

    with pytest.raises(DomainError, match="PDF"):
        actions.acknowledge_plan(plan, by=personas.rc_office)

    assert WorkPlan.objects.get().state == PlanState.TRANSMITTED
    plan = actions.attach_transmitted_file(plan, content=b"%PDF-1.7", by=None)
    assert actions.acknowledge_plan(plan, by=personas.rc_office).state == PlanState.ACKNOWLEDGED


def test_transmitted_file_is_kept_once_and_never_replaced(personas):
    plan = made.transmitted(personas)

    actions.attach_transmitted_file(plan, content=b"%PDF-1.7 un", by=None)
    again = actions.attach_transmitted_file(plan, content=b"%PDF-1.7 un", by=None)
    with pytest.raises(DomainError):
        actions.attach_transmitted_file(plan, content=b"%PDF-1.7 deux", by=None)

    with again.transmitted_file.open("rb") as kept:
        assert kept.read() == b"%PDF-1.7 un"
    assert JournalEvent.objects.filter(verb="workplan.attach_transmitted_file").count() == 1


def test_file_of_a_plan_that_was_not_transmitted_is_refused(personas):
    plan = made.validated(personas)

    with pytest.raises(DomainError):
        actions.attach_transmitted_file(plan, content=b"%PDF-1.7", by=None)


def test_revision_takes_an_adopted_decision_on_the_work_plan(personas):
    plan = made.in_execution(personas)
    revising = decided.recorded(personas, subject_kind="work_plan")
    foreign = decided.recorded(personas, subject_kind="report")

    version = actions.record_revision(plan, decision=revising, note="Report de 1.1.", by=personas.secretariat)

    assert (version.number, version.decision) == (2, revising)
    with pytest.raises(DomainError):
        actions.record_revision(plan, decision=foreign, note="Non", by=personas.secretariat)
    with pytest.raises(DomainError):
        actions.record_revision(plan, decision=revising, note="Encore", by=personas.secretariat)


def test_revision_rests_on_a_decision_that_came_after_the_plan_and_stands_behind_no_other(personas):
    """What the Network decided of the plan of 2026 says nothing of the plan of 2027."""
    past = made.in_execution(personas)
    before = decided.recorded(personas, subject_kind="work_plan")
    coming = made.validated(personas, year=2027)
    later = decided.recorded(personas, subject_kind="work_plan")
    assert list(revising.decisions(coming)) == [later]
    assert list(revising.decisions(past)) == [later, before]

    for foreign in (past.validating_decision, before):
        with pytest.raises(DomainError):
            actions.record_revision(coming, decision=foreign, note="Non", by=personas.secretariat)
    actions.record_revision(past, decision=later, note="Report de 1.1.", by=personas.secretariat)

    with pytest.raises(DomainError):
        actions.record_revision(coming, decision=later, note="Non", by=personas.secretariat)
    assert list(revising.decisions(coming)) == []


def test_revision_of_a_draft_is_refused(personas):
    plan = made.draft(personas)
    decision = decided.recorded(personas, subject_kind="work_plan")

    with pytest.raises(DomainError):
        actions.record_revision(plan, decision=decision, note="Non", by=personas.secretariat)
