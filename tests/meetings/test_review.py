"""The co-chair is named at the annual review and nowhere else (clause M-75)."""

import pytest

from decisions import actions as decisions
from decisions.enums import DecisionState
from meetings import actions
from meetings.annual_review import NotAnAnnualReview
from meetings.enums import AgendaKind, Kind
from tests.factories import meetings as made
from tests.factories import nominations as called_for

pytestmark = pytest.mark.django_db


def note(call, personas):
    return decisions.note_consensus(call.decision, by=personas.co_chair_iom)


def review(personas, make=made.in_session):
    return make(personas, kind=Kind.ANNUAL_REVIEW, title="Bilan annuel")


def item_on_the_co_chair(meeting):
    return meeting.items.get(kind=AgendaKind.CO_CHAIR)


@pytest.mark.parametrize("make", [None, made.draft, made.convened, made.held])
def test_consensus_on_a_co_chair_waits_for_the_session_of_a_review(personas, make):
    if make:
        review(personas, make)
    call = called_for.called(personas)

    with pytest.raises(NotAnAnnualReview, match="au bilan annuel"):
        note(call, personas)

    call.decision.refresh_from_db()
    assert call.decision.state == DecisionState.CALL


def test_ordinary_meeting_names_nobody(personas):
    meeting = made.in_session(personas)
    call = called_for.called(personas)
    actions.attach_decision(meeting.items.first(), decision=call.decision, by=personas.secretariat)

    with pytest.raises(NotAnAnnualReview):
        note(call, personas)
    review(personas)
    with pytest.raises(NotAnAnnualReview, match="rattachez"):
        note(call, personas)


def test_review_in_session_takes_the_decision_under_its_item(personas):
    sitting = review(personas)
    call = called_for.called(personas)

    decision = note(call, personas)

    assert list(item_on_the_co_chair(sitting).decisions.all()) == [decision]


def test_review_that_was_held_takes_it_once_it_is_attached(personas):
    over = review(personas, made.held)
    call = called_for.called(personas)
    actions.attach_decision(item_on_the_co_chair(over), decision=call.decision, by=personas.secretariat)

    assert note(call, personas).number == 1


def test_page_says_it_before_anybody_tries(personas, sign_in):
    call = called_for.called(personas)

    page = sign_in(personas.co_chair_iom).get(call.decision.get_absolute_url()).content.decode()
    assert "nommée au bilan annuel" in page

    review(personas)
    page = sign_in(personas.co_chair_iom).get(call.decision.get_absolute_url()).content.decode()
    assert "nommée au bilan annuel" not in page
