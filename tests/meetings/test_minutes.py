"""Rules of the minutes: written, circulated, corrected, approved, and decisions attached to their items."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core.errors import DomainError, StaleVersion
from meetings import actions, queries
from meetings.actions.agenda import MinutesClosed
from meetings.models import AgendaItem, Remark
from tests.factories import decisions as decide
from tests.factories import meetings as make


def test_edit_minutes_refuses_a_stale_version(personas):
    item = make.held(personas).items.get()
    actions.edit_minutes(item, minutes="Premier", version=item.version, by=personas.secretariat)

    with pytest.raises(StaleVersion):
        actions.edit_minutes(item, minutes="Second", version=item.version, by=personas.secretariat)

    assert AgendaItem.objects.get(pk=item.pk).minutes == "Premier"


@pytest.mark.parametrize("state", ["draft", "convened", "minutes_approved", "closed", "cancelled"])
def test_minutes_are_closed_before_the_session_and_after_approval(personas, state):
    item = make.IN_STATE[state](personas).items.get()

    with pytest.raises(MinutesClosed):
        actions.edit_minutes(item, minutes="Réécrit", version=item.version, by=personas.secretariat)


def test_circulate_minutes_refuses_empty_minutes_and_missing_attendance(personas):
    without_text = make.held(personas)
    without_sheet = make.held(personas)
    item = without_sheet.items.get()
    actions.edit_minutes(item, minutes="Texte", version=item.version, by=personas.secretariat)
    without_sheet.attendance.all().delete()

    for meeting in (without_text, without_sheet):
        with pytest.raises(DomainError):
            actions.circulate_minutes(meeting, by=personas.secretariat)


def test_approve_minutes_in_a_later_meeting(personas):
    meeting = make.circulated(personas)
    later = make.in_session(personas, starts_at=make.at_ten(80))

    with make.moved_to(later, minutes=30):
        approved = actions.approve_minutes(meeting, approved_in=later, by=personas.co_chair_iom)

    assert (approved.state, approved.minutes_approved_in, approved.minutes_approved_at) == (
        "minutes_approved", later, later.starts_at + timedelta(minutes=30),
    )  # fmt: skip


def test_approve_minutes_refuses_itself_an_earlier_and_a_coming_meeting(personas):
    meeting = make.circulated(personas, starts_at=make.at_ten(30))
    earlier = make.held(personas, starts_at=make.at_ten(10))
    coming = make.convened(personas, starts_at=make.at_ten(90))

    for other in (meeting, earlier, coming):
        with make.moved_to(meeting, days=6), pytest.raises(DomainError):
            actions.approve_minutes(meeting, approved_in=other, by=personas.co_chair_iom)


def test_remarks_and_acceptance_while_minutes_circulate(personas):
    meeting = make.circulated(personas)
    item = meeting.items.get()

    actions.add_remark(item, text="Ajouter l’UNICEF.", by=personas.focal_a)
    actions.accept_minutes(meeting, by=personas.focal_b)
    actions.accept_minutes(meeting, by=personas.focal_b)

    assert list(Remark.objects.order_by("pk").values_list("entity__slug", "text")) == [
        ("unicef", "Ajouter l’UNICEF."),
        ("unwomen", ""),
    ]
    with pytest.raises(DomainError):
        actions.add_remark(item, text=" ", by=personas.focal_a)
    with pytest.raises(DomainError):
        actions.accept_minutes(meeting, by=personas.no_entity)


def test_attach_decision_once_in_a_meeting(personas):
    meeting = make.in_session(personas)
    decision = decide.recorded(personas)
    item, other = meeting.items.get(), make.with_item(meeting, personas, "Divers")

    actions.attach_decision(item, decision=decision, by=personas.secretariat)
    with pytest.raises(DomainError):
        actions.attach_decision(other, decision=decision, by=personas.secretariat)
    actions.detach_decision(item, decision=decision, by=personas.secretariat)
    with pytest.raises(DomainError):
        actions.detach_decision(item, decision=decision, by=personas.secretariat)

    assert not item.decisions.exists()


def noted_at(meeting, personas):
    """A decision of the meeting's first item, noted in session."""
    item = meeting.items.order_by("order", "pk").first()
    with make.moved_to(meeting, minutes=30):
        decision = decide.in_call(personas, mode="in_session")
        actions.attach_decision(item, decision=decision, by=personas.secretariat)
        decide.supported_by(decision, [personas.unicef], personas.secretariat)
        return item, decide.actions.note_consensus(decision, by=personas.co_chair_iom)


def test_decision_noted_at_a_meeting_stays_in_its_minutes(personas):
    item, decision = noted_at(make.in_session(personas), personas)

    with pytest.raises(DomainError, match="compte rendu"):
        actions.detach_decision(item, decision=decision, by=personas.secretariat)
    with pytest.raises(IntegrityError, match="noted at the meeting"), transaction.atomic():
        item.decisions.remove(decision)

    assert list(item.decisions.all()) == [decision]


def test_decision_noted_at_a_meeting_may_change_item(personas):
    meeting = make.in_session(personas)
    other = make.with_item(meeting, personas, "Divers")
    item, decision = noted_at(meeting, personas)

    actions.attach_decision(other, decision=decision, by=personas.secretariat)
    with pytest.raises(DomainError):
        actions.attach_decision(other, decision=decision, by=personas.secretariat)

    assert (list(item.decisions.all()), list(other.decisions.all())) == ([], [decision])


def test_decision_adopted_at_one_meeting_is_not_attached_to_another(personas):
    """What is not adopted yet may be discussed twice, and what no meeting carries may be reported at any."""
    _item, adopted = noted_at(make.in_session(personas, title="Réunion de janvier"), personas)
    other = make.in_session(personas, starts_at=make.at_ten(60)).items.get()
    first = make.in_session(personas, starts_at=make.at_ten(70)).items.get()
    discussed, written, draft = decide.in_call(personas), decide.recorded(personas), decide.draft(personas)
    actions.attach_decision(first, decision=discussed, by=personas.secretariat)

    offered = set(queries.attachable_decisions(other, personas.secretariat))
    with pytest.raises(DomainError, match="Réunion de janvier"):
        actions.attach_decision(other, decision=adopted, by=personas.secretariat)
    for decision in (discussed, written):
        actions.attach_decision(other, decision=decision, by=personas.secretariat)

    assert (offered, draft in offered) == ({discussed, written}, False)
    assert set(other.decisions.all()) == {discussed, written}
