"""What is decided in session is decided at a meeting of the Network (clause M-61)."""

from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from core import clock
from decisions import actions
from decisions.calls import NoMeeting
from decisions.enums import Mode
from meetings import actions as meetings
from tests import sitting
from tests.factories import decisions as decided
from tests.factories import meetings as made

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_convened():
    with sitting.as_convened():
        yield


def call(decision, personas, deadline):
    return actions.open_call(
        decision, deadline=deadline, mode=Mode.IN_SESSION, close_early=True, by=personas.co_chair_iom
    )


def test_a_call_in_session_ends_on_the_day_of_a_meeting(personas):
    meeting, decision = made.convened(personas), decided.in_consultation(personas)
    with pytest.raises(NoMeeting, match="Aucune réunion n’est convoquée pour le"):
        call(decision, personas, meeting.ends_at + timedelta(days=1))
    assert call(decision, personas, meeting.ends_at).state == "call"


@pytest.mark.parametrize("state", [made.draft, made.cancelled, made.postponed])
def test_a_meeting_that_nobody_is_called_to_is_none(personas, state):
    day = state(personas).ends_at
    later = day if day > clock.now() else clock.now() + timedelta(hours=1)
    with pytest.raises(NoMeeting):
        call(decided.in_consultation(personas), personas, later)


def test_a_meeting_called_off_after_the_call_leaves_it_open(personas, sign_in):
    """Positions that were given stay; the page says what the co-chairs may do."""
    meeting = made.convened(personas)
    decision = call(decided.in_consultation(personas), personas, meeting.ends_at)
    hint = "La réunion où les positions devaient être données n’est plus convoquée"
    read = partial(sign_in(personas.focal_a).get, decision.get_absolute_url())
    assert hint not in read().content.decode()
    meetings.cancel_meeting(meeting, reason="Salle prise.", by=personas.co_chair_iom)
    decision.refresh_from_db()
    assert decision.state == "call"
    assert hint in read().content.decode()


def test_the_page_says_it_by_the_day_and_keeps_what_was_typed(personas, sign_in):
    decision = decided.in_consultation(personas)
    day = timezone.localdate() + timedelta(days=1)
    sent = {"mode": "in_session", "day": f"{day}", "hour": "17:00", "text_number": 1, "close_early": "on"}
    page = sign_in(personas.co_chair_iom).post(reverse("decisions:call_open", args=[decision.pk]), sent)
    form = page.context["call_form"]
    assert (page.status_code, list(form.errors)) == (422, ["day"])
    assert form["day"].value() == f"{day}"
