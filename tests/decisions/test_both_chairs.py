"""Where the rules of procedure say so, both co-chairs note the consensus (clauses M-45, M-61; ADR 21)."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from core import clock
from core.errors import DomainError
from core.models import JournalEvent, OutboxMail
from decisions import actions, pages, queries, register, todo
from decisions.consensus import NotedBefore
from decisions.enums import DecisionState, Mode, Stance
from members.models import CoChairTerm
from tests.factories import decisions as made
from tests.factories import procedure as ruled


@pytest.fixture
def heard(personas):
    """A decision that nobody objects to, under rules that ask for both."""
    ruled.adopted(personas, both_chairs_note=True)
    return made.heard_in_session(personas, title="Charte")


def note(decision, by):
    decision.refresh_from_db()
    return actions.note_consensus(decision, by=by)


def asked():
    return list(OutboxMail.objects.filter(kind="decisions.other_chair").order_by("pk").values_list("to", flat=True))


def test_first_note_waits_for_the_other_co_chair(personas, heard):
    first = note(heard, personas.co_chair_iom)

    assert (first.state, first.number, first.first_noted_by) == (DecisionState.CALL, None, personas.co_chair_iom)
    assert asked() == [personas.co_chair_ohchr.email]
    adopted = note(heard, personas.co_chair_ohchr)

    assert (adopted.state, adopted.noted_by) == (DecisionState.RECORDED, personas.co_chair_ohchr)
    verbs = JournalEvent.objects.filter(object_id=str(heard.pk), verb__startswith="decisions.note").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["decisions.note_consensus_first", "decisions.note_consensus"]
    assert register.first_flaw() is None


def test_one_co_chair_does_not_note_twice(personas, heard):
    note(heard, personas.co_chair_iom)

    with pytest.raises(NotedBefore):
        note(heard, personas.co_chair_iom)
    assert asked() == [personas.co_chair_ohchr.email]


def test_objection_voids_the_first_note(personas, heard):
    note(heard, personas.co_chair_iom)
    said = {"reason": "Aucun délai.", "alternative": "Un délai.", "by": personas.focal_b}
    actions.state_position(heard, stance=Stance.OBJECTS, **said)

    with pytest.raises(DomainError, match="objection"):
        note(heard, personas.co_chair_ohchr)
    actions.state_position(heard, stance=Stance.LIFTS_OBJECTION, **said)

    assert note(heard, personas.co_chair_ohchr).first_noted_by == personas.co_chair_ohchr
    assert note(heard, personas.co_chair_iom).number


def test_other_positions_leave_the_first_note(personas, heard):
    note(heard, personas.co_chair_iom)
    actions.state_position(heard, stance=Stance.CAN_LIVE_WITH, reason="À chiffrer.", by=personas.focal_b)

    assert note(heard, personas.co_chair_ohchr).number


def test_new_call_begins_without_a_note(personas, heard):
    note(heard, personas.co_chair_iom)
    heard.refresh_from_db()
    waiting = actions.defer_decision(heard, reason="À revoir", by=personas.co_chair_ohchr)

    called = actions.open_call(waiting, deadline=made.soon(), mode=Mode.IN_SESSION, by=personas.co_chair_ohchr)

    assert called.first_noted_by is None


def test_only_co_chair_in_office_notes_alone(personas, heard):
    CoChairTerm.objects.filter(person=personas.co_chair_ohchr).update(ends_on=clock.today().replace(day=1))

    assert note(heard, personas.co_chair_iom).number


def test_note_of_who_left_office_is_not_one_of_the_two(personas, heard):
    note(heard, personas.co_chair_ohchr)
    CoChairTerm.objects.filter(person=personas.co_chair_ohchr).update(ends_on=clock.today().replace(day=1))

    assert note(heard, personas.co_chair_iom).number


def test_one_suffices_where_the_rules_do_not_ask_for_both(personas):
    adopted = actions.note_consensus(made.heard_in_session(personas), by=personas.co_chair_iom)

    assert (bool(adopted.number), adopted.first_noted_by) == (True, None)


def test_page_and_list_say_whose_note_is_awaited(personas, heard, sign_in):
    def box(person):
        page = pages.decision_page(person, queries.one_decision(person, heard.pk), {})
        return page["is_first_of_two"], bool(page["note_refusal"])

    def awaited(person):
        return [
            item.title for item in todo.of_decisions(person) if "Charte" in item.title and "Constater" in item.title
        ]

    made.supported_by(heard, personas.members, personas.secretariat)
    assert [box(personas.co_chair_iom), len(awaited(personas.co_chair_iom))] == [(True, False), 1]
    answer = sign_in(personas.co_chair_iom).post(reverse("decisions:consensus_note", args=[heard.pk]), follow=True)
    assert "l’autre coprésident est invité" in answer.content.decode()
    assert [box(personas.co_chair_iom), len(awaited(personas.co_chair_iom))] == [(False, True), 0]
    assert [box(personas.co_chair_ohchr), len(awaited(personas.co_chair_ohchr))] == [(False, False), 1]


def test_database_refuses_one_person_as_both(personas, heard):
    adopted = note(heard, personas.co_chair_iom)

    with pytest.raises(DatabaseError, match="decision_noted_by_two_people"), transaction.atomic():
        type(adopted).objects.filter(pk=adopted.pk).update(
            state="consensus_noted", noted_at=clock.now(), noted_by=personas.co_chair_iom
        )


def test_first_note_is_sealed_with_the_second(personas, heard):
    note(heard, personas.co_chair_iom)
    adopted = note(heard, personas.co_chair_ohchr)

    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
        type(adopted).objects.filter(pk=adopted.pk).update(first_noted_at=clock.now().replace(year=2020))
