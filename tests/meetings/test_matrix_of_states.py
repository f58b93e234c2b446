"""Every state of a meeting × every step × every persona: carried out, refused now, or refused for good."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from core import clock
from meetings import actions, checks
from meetings.enums import MEETING_TRANSITIONS, MeetingState
from tests import matrix
from tests.factories import meetings as made

# UNICEF (focal_a, alternate_a), UN Women (focal_b, here the rapporteur), UNFPA (group_chair) and IOM (the secretariat)
# are members with a focal point; the Resident Coordinator's office is invited.
GROUPS = {
    "officers": "secretariat co_chair_iom co_chair_ohchr",
    "co-chairs": "co_chair_iom co_chair_ohchr",
    "secretary": "secretariat",
    "rapporteur": "focal_b",
    "voices": "focal_a alternate_a focal_b group_chair rc_office",
}
# Who may not see a draft does not find it: « no », whatever the right.
TABLE = """
verb               by          draft  convened  in_session  held  minutes_circulated  minutes_approved  closed  postponed  cancelled
convene            officers    yes    now       now         now   now                 now               now     yes        now
postpone           officers    now    yes       now         now   now                 now               now     now        now
cancel             officers    yes    yes       now         now   now                 now               now     yes        now
open_session       officers    now    yes       now         now   now                 now               now     now        now
close_session      officers    now    now       yes         now   now                 now               now     now        now
circulate_minutes  secretary   now    now       now         yes   now                 now               now     now        now
circulate_minutes  rapporteur  no     now       now         yes   now                 now               now     now        now
approve_minutes    co-chairs   now    now       now         now   yes                 now               now     now        now
close              officers    now    now       now         now   now                 yes               now     now        now
publish_agenda     officers    now    yes       now         now   now                 now               now     now        now
reply              secretary   now    yes       now         now   now                 now               now     now        now
reply              voices      no     yes       now         now   now                 now               now     now        now
accept_minutes     secretary   now    now       now         now   yes                 now               now     now        now
accept_minutes     voices      no     now       now         now   yes                 now               now     now        now
"""  # noqa: E501
MATRIX = matrix.read(TABLE, GROUPS)
CHECKED = {"once": str(uuid4())}  # and what was seen, in the test
# verb → (address, what is posted)
STEPS = {
    "convene": ("meeting_convene", CHECKED),
    "postpone": ("meeting_postpone", {"reason": "Visite officielle."}),
    "cancel": ("meeting_cancel", {"reason": "Sans objet."}),
    "open_session": ("session_open", {}),
    "close_session": ("session_close", {}),
    "circulate_minutes": ("minutes_circulate", CHECKED),
    "approve_minutes": ("minutes_approve", {"approved_in": ""}),
    "close": ("meeting_close", {}),
    "publish_agenda": ("agenda_publish", CHECKED),
    "reply": ("reply", {"answer": "yes", "mode": "online"}),
    "accept_minutes": ("minutes_accept", {}),
}


def in_state(state, personas):
    """A meeting in this state, of which everything that the next step needs is there."""
    meeting = made.IN_STATE[state](personas, rapporteur=personas.focal_b)
    if state == MeetingState.HELD:
        item = meeting.items.get()
        actions.edit_minutes(item, minutes="Les membres prennent note.", version=item.version, by=personas.secretariat)
    return made.with_new_date(meeting, personas) if state == MeetingState.POSTPONED else meeting


def test_the_table_holds_every_state_and_every_step():
    assert set(MATRIX) == set(MeetingState.values)
    assert STEPS.keys() >= MEETING_TRANSITIONS.keys()
    assert {verb for verb, _who in MATRIX["draft"]} == STEPS.keys()


@pytest.mark.parametrize("state", MATRIX)
def test_each_step_by_each_persona(personas, state):
    meeting = in_state(state, personas)
    seen = {"convene": checks.agenda, "publish_agenda": checks.agenda, "circulate_minutes": checks.minutes}
    verbs = {
        verb: (
            reverse(f"meetings:{address}", args=[meeting.pk]),
            {**posted, "seen": seen[verb](meeting)} if verb in seen else posted,
        )
        for verb, (address, posted) in STEPS.items()
    }

    def at(verb):
        """A session opens on its day and closes after its hour."""
        early = state == MeetingState.CONVENED and verb == "open_session"
        at = meeting.starts_at - timedelta(hours=1) if early else clock.now()
        return clock.set_to(meeting.starts_at if state == MeetingState.IN_SESSION else at)

    assert list(matrix.apart(matrix.asked(personas, meeting, verbs, at), MATRIX[state])) == []
