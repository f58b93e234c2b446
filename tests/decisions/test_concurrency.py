"""Many hands at once on real PostgreSQL: one consensus, never with an objection standing (clause M-61)."""

from functools import partial

import pytest

from core import jobs
from core.models import JournalEvent
from decisions import actions, emails, queries
from decisions.enums import DecisionState, Stance
from decisions.models import Decision
from tests.factories import decisions as made
from tests.nets.fixtures import HANDS
from tests.personas import create_personas

ROUNDS, CLOSERS = 100, HANDS
pytestmark = pytest.mark.drill


@pytest.fixture
def to_close(monkeypatch):
    """``to_close(personas)`` may be closed, without what takes longer than the rest: mails of its call, its extract."""
    monkeypatch.setattr(jobs, "_deliver", lambda *_ordered: None)
    for told in ("announce_consultation", "announce_call"):
        monkeypatch.setattr(emails, told, lambda *_told: None)
    return made.heard_in_session


def test_twenty_simultaneous_closers_give_one_decision_each_time(hands, to_close):
    personas = create_personas()
    chairs = [personas.co_chair_iom, personas.co_chair_ohchr]

    for number in range(1, ROUNDS + 1):
        decision = to_close(personas)
        outcomes = hands([partial(actions.note_consensus, decision, by=chairs[n % 2]) for n in range(CLOSERS)])

        decision.refresh_from_db()
        noted = JournalEvent.objects.filter(verb="decisions.note_consensus", object_id=str(decision.pk))
        assert sorted(outcomes) == ["NotAllowedNow"] * (CLOSERS - 1) + ["done"]
        assert (decision.state, decision.number, noted.count()) == (DecisionState.RECORDED, number, 1)


def test_closing_against_an_objection_never_adopts_with_the_objection_standing(hands, to_close):
    personas = create_personas()

    for _round in range(ROUNDS):
        decision = to_close(personas)
        objecting = partial(
            actions.state_position, decision, stance=Stance.OBJECTS, reason="Pas chiffré", by=personas.focal_b
        )
        closing = partial(actions.note_consensus, decision, by=personas.co_chair_iom)
        hands([objecting, closing, closing, closing])

        decision.refresh_from_db()
        objects = queries.objects_now(decision, personas.unwomen)
        assert objects != (decision.state == DecisionState.RECORDED)


def test_decisions_recorded_at_once_get_different_numbers(hands, to_close):
    personas = create_personas()
    several = [to_close(personas) for _ in range(CLOSERS)]

    hands([partial(actions.note_consensus, one, by=personas.co_chair_iom) for one in several])

    assert sorted(Decision.objects.values_list("number", flat=True)) == list(range(1, CLOSERS + 1))
