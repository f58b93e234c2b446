"""Every state of a decision × every step × every persona: carried out, refused now, or refused for good."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from core import clock
from decisions import actions
from decisions.enums import DECISION_TRANSITIONS, DecisionState, Mode, Stance
from decisions.models import Decision
from tests import matrix
from tests.factories import decisions as made

# The decision is UNICEF's proposal (focal_a, alternate_a). The secretariat's persona speaks for IOM, too.
GROUPS = {
    "unicef": "focal_a alternate_a",
    "secretary": "secretariat",
    "co-chairs": "co_chair_iom co_chair_ohchr",
    "voices": "focal_b group_chair",
    "invitee": "rc_office",
}
# « call » is one in session, which is not put off; « objection » is one in which an entity objects. A draft is seen by
# those who wrote it and the officers only.
TABLE = """
verb                    by        draft consultation call objection consensus_noted recorded withdrawn superseded
open_consultation       unicef    yes   now          now  now       now             now      now       now
open_consultation       secretary yes   now          now  now       now             now      now       now
open_consultation       co-chairs yes   now          now  now       now             now      now       now
extend_consultation     unicef    now   yes          now  now       now             now      now       now
extend_consultation     secretary now   yes          now  now       now             now      now       now
extend_consultation     co-chairs now   yes          now  now       now             now      now       now
revise_text             unicef    yes   yes          now  now       now             now      now       now
revise_text             secretary yes   yes          now  now       now             now      now       now
translate_text          unicef    yes   yes          now  now       now             now      now       now
translate_text          secretary yes   yes          now  now       now             now      now       now
add_comment             unicef    now   yes          now  now       now             now      now       now
add_comment             secretary now   yes          now  now       now             now      now       now
add_comment             co-chairs now   yes          now  now       now             now      now       now
add_comment             voices    no    yes          now  now       now             now      now       now
add_comment             invitee   no    yes          now  now       now             now      now       now
open_call               secretary now   yes          now  now       now             now      now       now
open_call               co-chairs now   yes          now  now       now             now      now       now
extend_call             secretary now   now          now  now       now             now      now       now
extend_call             co-chairs now   now          now  now       now             now      now       now
reopen_consultation     secretary now   now          yes  yes       now             now      now       now
reopen_consultation     co-chairs now   now          yes  yes       now             now      now       now
state_position          unicef    now   now          yes  yes       now             now      now       now
state_position          secretary now   now          yes  yes       now             now      now       now
state_position          voices    no    now          yes  yes       now             now      now       now
record_position         secretary now   now          yes  yes       now             now      now       now
note_consensus          co-chairs now   now          yes  now       now             now      now       now
defer                   co-chairs now   now          yes  yes       now             now      now       now
refer                   co-chairs now   now          now  yes       now             now      now       now
close_without_consensus co-chairs now   now          now  yes       now             now      now       now
withdraw                unicef    yes   yes          yes  yes       now             now      now       now
withdraw                co-chairs yes   yes          yes  yes       now             now      now       now
follow_up               secretary now   now          now  now       now             yes      now       yes
"""
# « deferred » and « referred » wait with an objection.
MAINTAINED = """
verb                     by         deferred  referred  no_consensus
open_consultation        unicef     now       now       now
open_consultation        secretary  now       now       now
open_consultation        co-chairs  now       now       now
extend_consultation      unicef     now       now       now
extend_consultation      secretary  now       now       now
extend_consultation      co-chairs  now       now       now
revise_text              unicef     now       now       now
revise_text              secretary  now       now       now
translate_text           unicef     now       now       now
translate_text           secretary  now       now       now
add_comment              unicef     now       now       now
add_comment              secretary  now       now       now
add_comment              co-chairs  now       now       now
add_comment              voices     now       now       now
add_comment              invitee    now       now       now
open_call                secretary  yes       yes       now
open_call                co-chairs  yes       yes       now
extend_call              secretary  now       now       now
extend_call              co-chairs  now       now       now
reopen_consultation      secretary  yes       yes       now
reopen_consultation      co-chairs  yes       yes       now
state_position           unicef     now       now       now
state_position           secretary  now       now       now
state_position           voices     now       now       now
record_position          secretary  now       now       now
note_consensus           co-chairs  now       now       now
defer                    co-chairs  yes       yes       now
refer                    co-chairs  yes       now       now
close_without_consensus  co-chairs  yes       yes       now
withdraw                 unicef     yes       yes       now
withdraw                 co-chairs  yes       yes       now
follow_up                secretary  now       now       now
"""
MATRIX = {**matrix.read(TABLE, GROUPS), **matrix.read(MAINTAINED, GROUPS)}
# What no person does by a button of its own.
BY_THE_PORTAL = {"record", "supersede"}
MORE = {"text_translate": ["en"]}  # what an address names beside the decision
TRANSLATED = {"title": "Framework", "words": "The Network adopts the framework.", "version": 0}
MADE = {
    "draft": made.draft, "consultation": made.in_consultation, "recorded": made.recorded, "deferred": made.deferred,
    "referred": made.referred, "no_consensus": made.without_consensus,
}  # fmt: skip


def in_state(state, personas):
    if state == DecisionState.WITHDRAWN:
        return actions.withdraw_decision(made.draft(personas), reason="Retiré", by=personas.focal_a)
    if state in {"call", "objection"}:
        decision = made.heard_in_session(personas)
        if state == "objection":
            actions.state_position(decision, stance=Stance.OBJECTS, reason="Pas chiffré", by=personas.focal_b)
        return decision
    if state == DecisionState.CONSENSUS_NOTED:  # lasts no longer than the act that numbers it
        decision = made.in_call(personas)
        return _put(decision, state=state, noted_at=clock.now(), noted_by=personas.co_chair_iom)
    if state == DecisionState.SUPERSEDED:
        replaced = made.recorded(personas)
        made.recorded(personas, replaced=[replaced])
        replaced.refresh_from_db()
        return replaced
    return MADE[state](personas)


def _put(decision, **fields):
    Decision.objects.filter(pk=decision.pk).update(**fields)
    decision.refresh_from_db()
    return decision


def steps(decision, personas):
    """verb → (address, what is posted)."""
    soon = {"day": clock.today() + timedelta(days=3), "hour": "17:00"}
    said = {"stance": Stance.SUPPORTS, "text_number": decision.texts.count(), "once": uuid4()}
    named = {
        "open_consultation": ("consultation_open", soon),
        "extend_consultation": ("consultation_extend", {**soon, "day": made.soon(9).date(), "reason": "Congés."}),
        "revise_text": ("text_revise", {"title": "Autre titre", "text": "Autre texte", "version": decision.version}),
        "translate_text": ("text_translate", {**TRANSLATED, "text_number": decision.texts.count()}),
        "add_comment": ("comment_add", {"text": "Vu.", "once": uuid4()}),
        "open_call": ("call_open", {**soon, "mode": Mode.IN_SESSION, "text_number": 1, "close_early": "on"}),
        "extend_call": ("call_extend", {**soon, "reason": "Congés."}),
        "reopen_consultation": ("consultation_reopen", {**soon, "reason": "À reprendre."}),
        "state_position": ("position_state", said),
        "record_position": ("position_record", {**said, "entity": personas.unfpa.pk, "channel": "in_session"}),
        "note_consensus": ("consensus_note", {}),
        "defer": ("decision_defer", {"reason": "En réunion.", "meeting": ""}),
        "refer": ("decision_refer", {"body": "rc", "question": "Quel plancher ?"}),
        "close_without_consensus": ("no_consensus_note", {"reason": "Deux tours.", "without_advice": "on"}),
        "withdraw": ("decision_withdraw", {"reason": "Retiré."}),
        "follow_up": ("follow_up", {"state": "in_progress", "note": "", "version": decision.version}),
    }
    return {
        verb: (reverse(f"decisions:{address}", args=[decision.pk, *MORE.get(address, ())]), posted)
        for verb, (address, posted) in named.items()
    }


def test_the_table_holds_every_state_and_every_step():
    assert set(MATRIX) == {*DecisionState.values, "objection"}
    assert {verb for verb, _who in MATRIX["draft"]} >= DECISION_TRANSITIONS.keys() - BY_THE_PORTAL


@pytest.mark.parametrize("state", MATRIX)
def test_each_step_by_each_persona(personas, state):
    decision = in_state(state, personas)
    found = matrix.asked(personas, decision, steps(decision, personas))

    assert list(matrix.apart(found, MATRIX[state])) == []
