"""What whoever opens the demo finds lived through: the turns that a decision and a working group may take."""

import pytest

from core import clock, journal
from core.models import JournalEvent
from decisions.enums import Capacity, DecisionState, Stance
from decisions.models import Decision, Position
from reseau.demo.seed import SAMPLE, load
from tests.demo_year import evening_of
from workinggroups.enums import TEXT_OF_A_GROUP, GroupState
from workinggroups.models import WorkingGroup

pytestmark = [pytest.mark.drill, pytest.mark.django_db]


@pytest.fixture(scope="module", autouse=True)
def lived(copy_of_the_year):
    with copy_of_the_year("shown"), clock.set_to(evening_of(load(SAMPLE))):
        yield


def _verbs(thing):
    return [event.verb.partition(".")[2] for event in journal.history(thing)]


def test_objection_is_met_by_a_second_version_and_a_second_call():
    decision = Decision.objects.get(year=2026, number=3)
    said = list(decision.positions.order_by("pk"))

    assert {Stance.SUPPORTS, Stance.CAN_LIVE_WITH, Stance.OBJECTS} == {
        Stance(one.stance) for one in said if one.text_number == 1
    }
    assert next(one for one in said if one.stance == Stance.LIFTS_OBJECTION).text_number == 2
    assert sum(one.stance == Stance.SUPPORTS and one.text_number == 2 for one in said) > 5
    told = [verb for verb in _verbs(decision) if verb in {"open_call", "reopen_consultation", "revise_text", "record"}]
    assert told == ["open_call", "reopen_consultation", "revise_text", "open_call", "record"]


def test_every_objection_says_what_would_lift_it():
    objections = Position.objects.filter(stance=Stance.OBJECTS)

    assert objections.exists()
    assert not objections.filter(alternative="").exists()


@pytest.mark.parametrize(
    ("state", "verb"),
    [(DecisionState.WITHDRAWN, "withdraw"), (DecisionState.NO_CONSENSUS, "close_without_consensus")],
)
def test_a_decision_is_given_up_with_its_reason(state, verb):
    decision = Decision.objects.get(state=state)
    event = JournalEvent.objects.get(verb=f"decisions.{verb}")

    assert (event.object_id, bool(event.data["reason"])) == (str(decision.pk), True)


def test_no_consensus_is_found_where_an_objection_is_maintained():
    decision = Decision.objects.get(state=DecisionState.NO_CONSENSUS)

    assert decision.positions.filter(stance=Stance.OBJECTS).exists()
    assert not decision.positions.filter(stance=Stance.LIFTS_OBJECTION).exists()


def test_a_text_that_a_group_handed_over_replaces_an_earlier_decision():
    later = Decision.objects.get(subject_kind=TEXT_OF_A_GROUP)

    assert later.state == DecisionState.RECORDED
    assert [(one.reference, one.state) for one in later.supersedes.all()] == [
        ("RNUM-SN/2026/D-007", DecisionState.SUPERSEDED)
    ]


def test_a_delegate_speaks_for_an_entity():
    said = Position.objects.get(capacity=Capacity.DELEGATE)

    assert said.author.delegations.filter(entity=said.entity).exists()


def test_unct_returns_a_group_and_validates_it_when_it_is_submitted_again():
    told = [_verbs(group) for group in WorkingGroup.objects.all()]
    (way,) = [verbs for verbs in told if "return_from_unct" in verbs]

    steps = [verb for verb in way if verb in {"submit_to_unct", "return_from_unct", "record_unct_endorsement"}]
    assert steps == ["submit_to_unct", "return_from_unct", "submit_to_unct", "record_unct_endorsement"]


def test_one_group_sleeps_and_another_is_closed_with_its_note():
    asleep, closed = (WorkingGroup.objects.get(state=state) for state in (GroupState.DORMANT, GroupState.CLOSED))

    assert JournalEvent.objects.get(verb="workinggroups.put_to_sleep", object_id=str(asleep.pk)).data["reason"]
    assert closed.closing_note
    assert not closed.members.sitting(clock.today()).exists()
