"""Consensus after consultation (clause M-61): what may be said, when, by whom, and what it leads to."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from core import clock
from core.errors import DomainError, NotAllowedNow, StaleVersion
from core.models import JournalEvent, OutboxMail
from decisions import actions, queries, subjects
from decisions.actions import NoVoice, TextIsFrozen
from decisions.consensus import ObjectionStands
from decisions.enums import Capacity, DecisionState, Mode, Stance
from decisions.models import Decision, Position
from members.models import Membership
from tests.factories import decisions as made


def objecting(decision):
    return [word.entity for word in queries.last_words(decision).values() if word.stance == Stance.OBJECTS]


def test_propose_decision_writes_first_text_and_journal(personas):
    decision = made.draft(personas, text="Texte proposé.")

    assert decision.state == DecisionState.DRAFT
    assert [(text.number, text.text) for text in decision.texts.all()] == [(1, "Texte proposé.")]
    assert JournalEvent.objects.get(object_id=str(decision.pk)).verb == "decisions.propose_decision"


def test_consultation_is_told_to_those_who_speak_for_members_only(personas):
    decision = made.in_consultation(personas)

    told = set(OutboxMail.objects.filter(about_id=str(decision.pk)).values_list("to", flat=True))
    assert told == {
        "pointfocal.unicef@example.org",
        "pointfocal.onufemmes@example.org",
        "suppleant.unicef@example.org",
        "presidence.gt1@example.org",
        "secretariat@example.org",
    }


def test_revise_text_from_an_older_page_is_refused_and_changes_nothing(personas):
    decision = made.draft(personas)
    actions.revise_text(decision, title="Un", text="Deux", version=1, by=personas.focal_a)

    with pytest.raises(StaleVersion):
        actions.revise_text(decision, title="Autre", text="Autre", version=1, by=personas.secretariat)

    assert [text.text for text in decision.texts.order_by("number")] == ["Le Réseau adopte le cadrage.", "Deux"]


def test_revise_text_in_a_call_is_refused(personas):
    decision = made.in_call(personas)

    with pytest.raises(TextIsFrozen):
        actions.revise_text(decision, title="Un", text="Deux", version=1, by=personas.focal_a)


def test_frozen_text_is_refused_by_the_database(personas):
    text = made.in_call(personas).texts.get()
    text.text = "Autre chose"

    with pytest.raises(DatabaseError, match="is frozen"), transaction.atomic():
        text.save()


def test_position_event_is_refused_to_change_by_the_database(personas):
    decision = made.in_call(personas)
    actions.state_position(decision, stance=Stance.SUPPORTS, by=personas.focal_a)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Position.objects.update(stance=Stance.STANDS_ASIDE)


def test_last_word_of_an_entity_counts_and_the_first_stays_on_record(personas):
    decision = made.in_call(personas)
    actions.state_position(decision, stance=Stance.STANDS_ASIDE, by=personas.alternate_a)
    actions.state_position(decision, stance=Stance.SUPPORTS, by=personas.focal_a)

    word = queries.last_words(decision)[personas.unicef.pk]
    assert (word.stance, word.capacity) == (Stance.SUPPORTS, Capacity.PRINCIPAL)
    assert decision.positions.count() == 2


@pytest.mark.parametrize("name", ["no_entity", "partner", "rc_office", "administrator", "co_chair_iom"])
def test_position_of_a_person_without_voice_is_refused(personas, name):
    decision = made.in_call(personas)

    with pytest.raises(NoVoice):
        actions.state_position(decision, stance=Stance.SUPPORTS, by=getattr(personas, name))

    assert decision.positions.count() == 0


def test_position_of_an_entity_that_left_yesterday_is_refused(personas):
    decision = made.in_call(personas)
    yesterday = clock.today() - timedelta(days=1)
    Membership.objects.filter(entity=personas.unicef).update(ends_on=yesterday)

    with pytest.raises(NoVoice):
        actions.state_position(decision, stance=Stance.SUPPORTS, by=personas.focal_a)


@pytest.mark.parametrize("stance", [Stance.OBJECTS, Stance.CAN_LIVE_WITH])
def test_position_that_needs_a_reason_without_one_is_refused(personas, stance):
    decision = made.in_call(personas)

    with pytest.raises(DomainError):
        actions.state_position(decision, stance=stance, reason="  ", by=personas.focal_a)


def test_position_on_another_version_of_the_text_is_refused(personas):
    decision = made.in_call(personas)

    with pytest.raises(DomainError):
        actions.state_position(decision, stance=Stance.SUPPORTS, text_number=2, by=personas.focal_a)


def test_position_after_the_deadline_is_refused_but_an_objection_can_be_lifted(personas):
    decision = made.in_call(personas)
    actions.state_position(decision, stance=Stance.OBJECTS, reason="Pas chiffré", by=personas.focal_b)

    with clock.set_to(clock.now() + timedelta(days=6)):
        with pytest.raises(DomainError):
            actions.state_position(decision, stance=Stance.SUPPORTS, by=personas.focal_a)
        actions.state_position(decision, stance=Stance.LIFTS_OBJECTION, reason="Chiffré depuis", by=personas.focal_b)

    assert objecting(decision) == []


def test_consensus_while_an_objection_stands_is_refused_with_its_name(personas):
    decision = made.in_call(personas)
    actions.state_position(decision, stance=Stance.OBJECTS, reason="Pas chiffré", by=personas.focal_b)

    with pytest.raises(ObjectionStands, match="ONU-Femmes"):
        actions.note_consensus(decision, by=personas.co_chair_iom)

    assert Decision.objects.get().state == DecisionState.CALL


def test_consensus_in_writing_before_the_deadline_waits_for_those_who_have_not_spoken(personas):
    decision = made.in_call(personas)
    made.supported_by(decision, personas.members[:-1], personas.secretariat)

    with pytest.raises(DomainError):
        actions.note_consensus(decision, by=personas.co_chair_iom)

    made.supported_by(decision, personas.members[-1:], personas.secretariat)
    assert actions.note_consensus(decision, by=personas.co_chair_iom).state == DecisionState.RECORDED


def test_recorded_decisions_get_the_next_number_of_the_year(personas, settings):
    first, second = made.recorded(personas), made.recorded(personas)

    year = clock.today().year
    assert [first.reference, second.reference] == [f"RNUM-SN/{year}/D-001", f"RNUM-SN/{year}/D-002"]


def test_recorded_decision_calls_its_subject_once(personas, monkeypatch):
    heard = []
    subject = subjects.Subject("essai", "essai", on_adopted=lambda decision, by: heard.append((decision.number, by)))
    monkeypatch.setitem(subjects._subjects, "essai", subject)

    made.recorded(personas, subject_kind="essai")

    assert heard == [(1, personas.co_chair_iom)]


def test_failing_subject_leaves_the_decision_open(personas, monkeypatch):
    def refuse(decision, by):
        raise DomainError("non")

    monkeypatch.setitem(subjects._subjects, "essai", subjects.Subject("essai", "essai", on_adopted=refuse))
    decision = made.in_call(personas, mode=Mode.IN_SESSION, subject_kind="essai")

    with pytest.raises(DomainError):
        actions.note_consensus(decision, by=personas.co_chair_iom)

    decision.refresh_from_db()
    assert (decision.state, decision.number) == (DecisionState.CALL, None)


def test_reopened_consultation_keeps_positions_with_their_version(personas):
    decision = made.supported_by(made.in_call(personas), [personas.unicef], personas.secretariat)
    actions.state_position(decision, stance=Stance.OBJECTS, reason="Pas chiffré", by=personas.focal_b)

    later = clock.now() + timedelta(days=3)
    decision = actions.reopen_consultation(decision, reason="Chiffrer", ends_at=later, by=personas.co_chair_iom)
    actions.revise_text(decision, title="Cadrage", text="Chiffré.", version=decision.version, by=personas.focal_a)
    actions.open_call(decision, deadline=later, mode=Mode.WRITTEN, close_early=True, by=personas.co_chair_iom)

    assert [(row.text_number, row.stance) for row in decision.positions.order_by("pk")] == [
        (1, Stance.SUPPORTS), (1, Stance.OBJECTS),
    ]  # fmt: skip
    assert objecting(decision) == [personas.unwomen]
    assert personas.unicef in queries.silent_entities(decision, queries.last_words(decision))


def test_call_before_the_announced_end_of_the_consultation_is_refused_unless_meant(personas):
    decision, until = made.in_consultation(personas), made.soon(9)

    with pytest.raises(DomainError, match="annoncée jusqu’au"):
        actions.open_call(decision, deadline=until, mode=Mode.WRITTEN, by=personas.co_chair_iom)

    with clock.set_to(clock.now() + timedelta(days=6)):
        moved = actions.open_call(decision, deadline=until, mode=Mode.WRITTEN, by=personas.co_chair_iom)
    assert moved.state == DecisionState.CALL


def test_consensus_over_an_objection_is_refused_by_the_database(personas):
    decision = made.in_call(personas)
    actions.state_position(decision, stance=Stance.OBJECTS, reason="Pas chiffré", by=personas.focal_b)

    with pytest.raises(DatabaseError, match="an objection stands"), transaction.atomic():
        Decision.objects.update(
            state=DecisionState.CONSENSUS_NOTED, noted_at=clock.now(), noted_by=personas.co_chair_iom
        )


def test_another_text_under_a_call_is_refused_by_the_database(personas):
    decision = made.in_call(personas)

    with pytest.raises(DatabaseError, match="is frozen"), transaction.atomic():
        decision.texts.create(number=2, text="Autre", written_at=clock.now(), written_by=personas.secretariat)


def test_position_recorded_on_an_older_version_is_refused(personas):
    decision = made.in_call(personas)

    with pytest.raises(DomainError, match="version 1"):
        actions.record_position(
            decision, entity=personas.unfpa, stance=Stance.SUPPORTS, text_number=2, channel="in_session",
            by=personas.secretariat,
        )  # fmt: skip


def test_follow_up_from_an_older_page_is_refused_and_both_notes_stay_in_the_journal(personas):
    decision = made.recorded(personas)
    actions.follow_up(decision, state="in_progress", note="Commencé", version=decision.version, by=personas.secretariat)

    with pytest.raises(StaleVersion):
        actions.follow_up(decision, state="done", note="Fini", version=decision.version, by=personas.secretariat)

    assert [event.data["note"] for event in JournalEvent.objects.filter(verb="decisions.follow_up")] == ["Commencé"]


ACTS = {
    "open_consultation": lambda decision, by: actions.open_consultation(
        decision, ends_at=clock.now() + timedelta(days=1), by=by
    ),
    "open_call": lambda decision, by: actions.open_call(
        decision, deadline=clock.now() + timedelta(days=1), mode=Mode.IN_SESSION, close_early=True, by=by
    ),
    "reopen_consultation": lambda decision, by: actions.reopen_consultation(
        decision, reason="Repris", ends_at=clock.now() + timedelta(days=1), by=by
    ),
    "defer": lambda decision, by: actions.defer_decision(decision, reason="En réunion", by=by),
    "note_consensus": lambda decision, by: actions.note_consensus(decision, by=by),
    "withdraw": lambda decision, by: actions.withdraw_decision(decision, reason="Retiré", by=by),
}
MADE = {
    DecisionState.DRAFT: made.draft,
    DecisionState.CONSULTATION: made.in_consultation,
    DecisionState.CALL: made.heard_in_session,
    DecisionState.DEFERRED: made.deferred,
    DecisionState.REFERRED: made.referred,
    DecisionState.NO_CONSENSUS: made.without_consensus,
    DecisionState.RECORDED: made.recorded,
    DecisionState.WITHDRAWN: lambda personas: actions.withdraw_decision(
        made.draft(personas), reason="Retiré", by=personas.focal_a
    ),
}


@pytest.mark.parametrize("state", MADE)
@pytest.mark.parametrize("verb", ACTS)
def test_each_step_is_possible_from_the_states_of_the_table_only(personas, state, verb):
    decision = MADE[state](personas)
    sources, target = Decision.transitions[verb]
    events = JournalEvent.objects.filter(object_type="decisions.decision")
    before = events.count()

    if state in sources:
        moved = ACTS[verb](decision, personas.co_chair_iom)
        expected = DecisionState.RECORDED if verb == "note_consensus" else target
        assert moved.state == expected
        assert events.count() > before
    else:
        with pytest.raises(NotAllowedNow):
            ACTS[verb](decision, personas.co_chair_iom)
        decision.refresh_from_db()
        assert (decision.state, events.count()) == (state, before)


def test_history_of_a_day_tells_who_changed_its_mind(personas, sign_in):
    call = made.in_call(personas)
    for stance, by in (
        ("supports", personas.focal_a),
        ("supports", personas.focal_b),
        ("stands_aside", personas.focal_a),
    ):
        actions.state_position(call, stance=stance, by=by)

    page = sign_in(personas.rc_office).get(call.get_absolute_url()).text.replace("\xa0", " ")
    assert "Soutient : ONU-Femmes ; UNICEF : soutient, puis s’abstient" in page
