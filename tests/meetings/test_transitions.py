"""Every state × every verb by action, and the steps each persona is offered; by address: ``test_matrix_of_states``."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from core import clock
from core.errors import NotAllowedNow
from core.models import JournalEvent
from core.transitions import can_move
from meetings import actions, steps
from meetings.enums import MEETING_TRANSITIONS, MeetingState
from meetings.models import Meeting
from tests.factories import meetings as make

ACTIONS = {
    "convene": lambda meeting, by: actions.convene_meeting(meeting, by=by),
    "postpone": lambda meeting, by: actions.postpone_meeting(meeting, reason="Visite officielle.", by=by),
    "cancel": lambda meeting, by: actions.cancel_meeting(meeting, reason="Sans objet.", by=by),
    "open_session": lambda meeting, by: actions.open_session(meeting, by=by),
    "close_session": lambda meeting, by: actions.close_session(meeting, by=by),
    "circulate_minutes": lambda meeting, by: actions.circulate_minutes(meeting, by=by),
    "approve_minutes": lambda meeting, by: actions.approve_minutes(meeting, approved_in=None, by=by),
    "close": lambda meeting, by: actions.close_meeting(meeting, by=by),
}
ADDRESSES = {
    "convene": "meeting_convene",
    "postpone": "meeting_postpone",
    "cancel": "meeting_cancel",
    "open_session": "session_open",
    "close_session": "session_close",
    "circulate_minutes": "minutes_circulate",
    "approve_minutes": "minutes_approve",
    "close": "meeting_close",
}
ORGANISERS = {"secretariat", "co_chair_iom", "co_chair_ohchr"}
ALLOWED = {
    **dict.fromkeys(ADDRESSES, ORGANISERS),
    "circulate_minutes": {"secretariat", "focal_b"},  # ONU-Femmes is the rapporteur
    "approve_minutes": {"co_chair_iom", "co_chair_ohchr"},
}


def at_the_right_hour(meeting):
    """A session opens on its day and closes after its hour; everything else of the matrix is done today."""
    at = {"convened": meeting.starts_at - timedelta(hours=1), "in_session": meeting.starts_at}
    return clock.set_to(at.get(meeting.state, clock.now()))


def in_state(state, personas):
    """A meeting in this state of which everything that the next step needs is there."""
    meeting = make.IN_STATE[state](personas, rapporteur=personas.focal_b)
    if state == "held":
        item = meeting.items.get()
        actions.edit_minutes(item, minutes="Les membres prennent note.", version=item.version, by=personas.secretariat)
    return make.with_new_date(meeting, personas) if state == "postponed" else meeting


def test_transitions_name_every_state_and_verb():
    targets = {target for _sources, target in MEETING_TRANSITIONS.values()}

    assert targets | {MeetingState.DRAFT} == set(MeetingState)
    assert MEETING_TRANSITIONS.keys() == ACTIONS.keys() == ADDRESSES.keys()
    assert make.IN_STATE.keys() == set(MeetingState.values)


@pytest.mark.parametrize("state", MeetingState.values)
def test_each_verb_moves_from_its_states_only(personas, state):
    meeting = in_state(state, personas)

    for verb, act in ACTIONS.items():
        sources, target = MEETING_TRANSITIONS[verb]
        with at_the_right_hour(meeting), transaction.atomic():
            if state in sources:
                assert act(meeting, personas.co_chair_iom).state == target
            else:
                with pytest.raises(NotAllowedNow):
                    act(meeting, personas.co_chair_iom)
            transaction.set_rollback(True)


def expected_moves(personas, meeting):
    """(persona, verb) that the table and the permissions allow; a draft is invisible to its rapporteur."""
    visible = {
        name for name, user in personas.all.items() if Meeting.objects.visible_to(user).filter(pk=meeting.pk).exists()
    }
    return {(name, verb) for verb in ADDRESSES if can_move(meeting, verb) for name in ALLOWED[verb] & visible}


@pytest.mark.parametrize("state", MeetingState.values)
def test_each_persona_is_offered_the_steps_it_may_take(personas, state):
    meeting = in_state(state, personas)
    verbs = {reverse(f"meetings:{address}", args=[meeting.pk]): verb for verb, address in ADDRESSES.items()}

    with at_the_right_hour(meeting):
        offered = {
            (name, verbs[step.url])
            for name, user in personas.all.items()
            if Meeting.objects.visible_to(user).filter(pk=meeting.pk).exists()
            for step in [*steps.steps(user, meeting), *steps.ways_out(user, meeting)]
            if step.url in verbs
        }

    assert offered == expected_moves(personas, meeting)


@pytest.mark.parametrize("verb", list(ADDRESSES))
def test_verbs_write_one_event(personas, verb):
    source = next(state for state in MeetingState.values if state in MEETING_TRANSITIONS[verb][0])
    meeting = in_state(source, personas)
    before = set(JournalEvent.objects.values_list("pk", flat=True))

    with at_the_right_hour(meeting) if verb in {"open_session", "close_session"} else clock.set_to(clock.now()):
        ACTIONS[verb](meeting, personas.co_chair_iom)

    written = JournalEvent.objects.exclude(pk__in=before)
    assert [(event.verb, event.actor, event.object_id) for event in written] == [
        (f"meetings.{verb}", personas.co_chair_iom, str(meeting.pk))
    ]
