"""A whole decision in whatever order, with several entities and the clock moving (clause M-61).

Never adopted with a standing objection, never two outcomes, closed for good, each state with its line in the journal,
each mail with its cause. Drafters, voices, co-chairs and days come in random order through the portal's own actions;
what they refuse changes nothing. What holds is read from the rows one by one, and in no query of ours.
"""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from core import clock
from core.errors import DomainError
from core.models import JournalEvent, OutboxMail
from decisions import actions
from decisions.enums import Asks, Body, Channel, DecisionState, Mode, Reply, Stance
from decisions.models import Comment, Decision, DecisionText, Facilitation, OnBehalf, Position, Referral
from decisions.tasks import watch_calls
from members import actions as members
from members.models import Membership
from tests.factories import decisions as made
from tests.factories import procedure as ruled
from tests.personas import create_personas

pytestmark = [pytest.mark.django_db, pytest.mark.drill]
EXAMPLES, STEPS = 72, 100  # at most; a run may stop earlier
TUESDAY = timezone.make_aware(datetime(2026, 10, 6, 9))
CLOSED = {DecisionState.RECORDED, DecisionState.WITHDRAWN, DecisionState.NO_CONSENSUS}
ENDS = {"decisions.record", "decisions.withdraw", "decisions.close_without_consensus"}
VOICES = ("focal_a", "focal_b", "alternate_a", "group_chair", "secretariat")
# what told somebody → the acts of which one must have come before
CAUSES = {
    "consultation": {"open_consultation"},
    "call": {"open_call"},
    "extension": {"extend_call"},
    "longer_consultation": {"extend_consultation"},
    "reopening": {"reopen_consultation"},
    "objection": {"state_position"},
    "on_behalf": {"state_position"},
    "contest": {"contest_position"},
    "adoption": {"record"},
    "silence_result": {"record"},
    "facilitation": {"facilitate"},
    "deferral": {"defer"},
    "referral": {"refer"},
    "advice": {"record_advice"},
    "no_consensus": {"close_without_consensus"},
    "withdrawal": {"withdraw"},
    "other_chair": {"note_consensus_first"},
    "reminder": {"open_call"},
    "call_ended": {"open_call"},
}

voices = st.sampled_from(VOICES)
chairs = st.sampled_from(["co_chair_iom", "co_chair_ohchr", "secretariat", "focal_a"])
stances = st.sampled_from(list(Stance))
modes = st.sampled_from(list(Mode))
soon = st.integers(-1, 10)


class OneDecision(RuleBasedStateMachine):
    """One transaction, taken back at the end."""

    steps = 0
    outcomes = Counter()

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.now, self.turn = TUESDAY, 0

    def teardown(self):
        if self.turn:
            OneDecision.outcomes[self.state] += 1
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize(
        both=st.booleans(),
        text=st.sampled_from(["Un.\nDeux.\nTrois.", "Un seul paragraphe."]),
        mode=st.sampled_from([None, *Mode]),
        fate=st.sampled_from(["", "", "given_up", "without_consensus", "adopted"]),
    )
    def it_is_proposed(self, both, text, mode, fate):
        """And brought to a call, most of the time: what matters comes then."""
        self.fate = getattr(OneDecision, fate) if fate else None
        self.personas = create_personas()
        with clock.set_to(TUESDAY - timedelta(days=30)):
            ruled.adopted(self.personas, silence_days=2, both_chairs_note=both)
        with clock.set_to(self.now):
            self.decision = made.draft(self.personas, text=text)
            if mode:
                self.decision = made.called(self.decision, self.personas, mode=mode)
        self.closed_as, self.known = None, self.rows()

    @property
    def state(self):
        return Decision.objects.get(pk=self.decision.pk).state

    def rows(self):
        kinds = (DecisionText, Comment, Position, Referral)
        own = [list(kind.objects.filter(decision=self.decision.pk).order_by("pk").values_list()) for kind in kinds]
        notes = Facilitation.objects.filter(objection__decision=self.decision.pk).order_by("pk")
        own.append(list(notes.values_list()))
        records = OnBehalf.objects.filter(position__decision=self.decision.pk).order_by("pk")
        return [list(Decision.objects.filter(pk=self.decision.pk).values_list()), *own, list(records.values_list())]

    def act(self, action, *args, **values):
        """In some walks, what is tried later on comes after an end that chance alone seldom brings."""
        if self.fate and self.turn > 10:
            fate, self.fate = self.fate, None
            fate(self)
        self.carry_out(action, *args, **values)

    def given_up(self):
        self.carry_out(actions.withdraw_decision, self.decision, reason="Caduc.", by=self.personas.co_chair_iom)

    def called_in_a_meeting(self):
        called = {"deadline": self.until(1), "mode": Mode.IN_SESSION, "close_early": True, "leave_unanswered": True}
        self.carry_out(actions.open_call, self.decision, **called, by=self.personas.co_chair_iom)

    def without_consensus(self):
        """In a meeting an objection is said and maintained."""
        self.called_in_a_meeting()
        said = {"stance": Stance.OBJECTS, "reason": "Non."}
        self.carry_out(actions.state_position, self.decision, **said, by=self.personas.focal_b)
        given = {"reason": "Sans accord.", "by": self.personas.co_chair_iom}
        self.carry_out(actions.close_without_consensus, self.decision, **given)

    def adopted(self):
        """In a meeting everybody supports it, and both co-chairs note it."""
        opened = {"ends_at": self.until(1), "by": self.personas.co_chair_iom}
        self.carry_out(actions.open_consultation, self.decision, **opened)
        self.called_in_a_meeting()
        supports = {"stance": Stance.SUPPORTS, "reason": "Vu."}
        for who in VOICES:
            self.carry_out(actions.state_position, self.decision, **supports, by=self.person(who))
        heard = {"channel": Channel.IN_SESSION, "by": self.personas.secretariat}
        for slug in ("ohchr", "unfpa"):
            entity = getattr(self.personas, slug)
            self.carry_out(actions.record_position, self.decision, entity=entity, **supports, **heard)
        for chair in ("co_chair_iom", "co_chair_ohchr"):
            self.carry_out(actions.note_consensus, self.decision, by=self.person(chair))

    def carry_out(self, action, *args, **values):
        """With its line in the journal, or refused in words with nothing changed."""
        before, rows, state = JournalEvent.objects.count(), self.known, self.state
        with clock.set_to(self.now):
            try:
                action(*args, **values)
            except DomainError:
                assert self.rows() == rows
                return
        self.known = self.rows()
        lines = JournalEvent.objects.order_by("pk")[before:]
        assert lines
        if self.state != state:
            moves = [
                line.data["state"] for line in lines if line.object_id == str(self.decision.pk) and "state" in line.data
            ]
            assert (moves[0][0], moves[-1][1]) == (state, self.state)

    def person(self, who):
        return getattr(self.personas, who)

    def until(self, days):
        return self.now + timedelta(days=days)

    # --- What may happen ------------------------------------------------------------------------------------------
    @rule(days=soon, by=chairs)
    def consultation_is_opened(self, days, by):
        self.act(actions.open_consultation, self.decision, ends_at=self.until(days), by=self.person(by))

    @rule(by=voices, kind=st.sampled_from(list(Asks)), paragraph=st.integers(1, 4))
    def somebody_comments(self, by, kind, paragraph):
        said = {"kind": kind, "paragraph": paragraph, "wording": "Autrement.", "text": "Parce que."}
        self.act(actions.add_comment, self.decision, **said, by=self.person(by))

    @rule(reply=st.sampled_from([Reply.ACCEPTED, Reply.ADAPTED, Reply.DECLINED]))
    def a_comment_is_answered(self, reply):
        comment = Comment.objects.filter(decision=self.decision.pk).order_by("answered_at", "pk").last()
        if comment:
            given = {"reply": reply, "answer": "Vu.", "version": comment.version}
            self.act(actions.answer_comment, comment, **given, by=self.personas.focal_a)

    @rule(words=st.sampled_from(["Un.\nDeux.", "Autre texte.", "Un.\nDeux.\nTrois.\nQuatre."]))
    def text_is_revised(self, words):
        present = Decision.objects.get(pk=self.decision.pk)
        given = {"title": present.title, "text": words, "version": present.version}
        self.act(actions.revise_text, present, **given, by=self.personas.focal_a)

    @rule(days=soon, mode=modes, early=st.booleans(), by=chairs)
    def call_is_opened(self, days, mode, early, by):
        given = {"deadline": self.until(days), "mode": mode, "close_early": early, "leave_unanswered": early}
        self.act(actions.open_call, self.decision, **given, by=self.person(by))

    @rule(days=soon, by=chairs)
    def more_time_is_given(self, days, by):
        """One of the two is refused: a decision is in a consultation or in a call."""
        given = {"reason": "Fêtes.", "by": self.person(by)}
        self.act(actions.extend_consultation, self.decision, ends_at=self.until(days), **given)
        self.act(actions.extend_call, self.decision, deadline=self.until(days), **given)

    @rule(by=voices, stance=stances)
    def somebody_speaks(self, by, stance):
        said = {"stance": stance, "reason": "Parce que.", "alternative": "Autrement."}
        self.act(actions.state_position, self.decision, **said, by=self.person(by))

    @precondition(lambda self: self.turn > 15)  # a decision has a life before
    @rule(stance=stances)
    def everybody_supports_but_one_and_a_co_chair_closes(self, stance):
        """Rare by chance alone: in a meeting all have spoken, and one of them otherwise."""
        self.call_is_opened(1, Mode.IN_SESSION, True, "co_chair_iom")
        for who in VOICES:
            said = stance if who == "focal_b" else Stance.SUPPORTS
            self.act(actions.state_position, self.decision, stance=said, reason="Vu.", by=self.person(who))
        self.somebody_is_recorded("ohchr", Stance.SUPPORTS)
        self.a_co_chair_notes_the_consensus("co_chair_ohchr")
        self.a_co_chair_notes_the_consensus("co_chair_iom")

    @rule(entity=st.sampled_from(["ohchr", "unfpa", "unwomen"]), stance=stances)
    def somebody_is_recorded(self, entity, stance):
        said = {"entity": getattr(self.personas, entity), "stance": stance, "reason": "Dit en séance."}
        self.act(
            actions.record_position, self.decision, **said, channel=Channel.IN_SESSION, by=self.personas.secretariat
        )

    @rule(confirms=st.booleans())
    def a_recorded_position_is_answered(self, confirms):
        record = OnBehalf.objects.filter(position__decision=self.decision.pk).order_by("pk").last()
        speaker = {"unwomen": "focal_b", "unfpa": "group_chair"}.get(record.position.entity.slug) if record else None
        if speaker and confirms:
            self.act(actions.confirm_position, record, by=self.person(speaker))
        elif speaker:
            self.act(actions.contest_position, record, reason="Non.", by=self.person(speaker))

    @rule(days=soon, by=chairs)
    def consultation_is_reopened(self, days, by):
        given = {"reason": "Objection.", "ends_at": self.until(days), "by": self.person(by)}
        self.act(actions.reopen_consultation, self.decision, **given)

    @rule(by=st.sampled_from(["co_chair_iom", "co_chair_ohchr"]))
    def a_co_chair_notes_the_consensus(self, by):
        self.act(actions.note_consensus, self.decision, by=self.person(by))

    def objection(self):
        """The last word by which somebody objected, standing or not."""
        return Position.objects.filter(decision=self.decision.pk, stance=Stance.OBJECTS).order_by("pk").last()

    @rule(by=st.sampled_from(["co_chair_iom", "co_chair_ohchr"]))
    def an_objection_is_facilitated(self, by):
        if raised := self.objection():
            self.act(actions.facilitate, raised, text="Échange prévu.", by=self.person(by))

    @precondition(lambda self: self.turn % 4 == 1)
    @rule(by=st.sampled_from(["co_chair_iom", "co_chair_ohchr"]))
    def it_is_deferred(self, by):
        self.act(actions.defer_decision, self.decision, reason="En réunion.", by=self.person(by))

    @precondition(lambda self: self.turn % 4 == 3)
    @rule(body=st.sampled_from(list(Body)))
    def it_is_referred(self, body):
        given = {"body": body, "question": "Quel plancher ?"}
        self.act(actions.refer_decision, self.decision, **given, by=self.personas.co_chair_iom)

    @rule(days=st.integers(-2, 1))
    def advice_is_recorded(self, days):
        given = {"advice": "Dix pour cent.", "advised_on": timezone.localdate(self.until(days))}
        self.act(actions.record_advice, self.decision, **given, by=self.personas.rc_office)

    @precondition(lambda self: self.turn % 6 == 5)
    @rule(by=st.sampled_from(["co_chair_iom", "co_chair_ohchr"]))
    def it_is_closed_without_consensus(self, by):
        """Rare by chance alone: in a meeting an objection is said and maintained."""
        self.call_is_opened(1, Mode.IN_SESSION, True, "co_chair_iom")
        said = {"stance": Stance.OBJECTS, "reason": "Non."}
        self.act(actions.state_position, self.decision, **said, by=self.personas.focal_b)
        self.act(actions.close_without_consensus, self.decision, reason="Sans accord.", by=self.person(by))

    @precondition(lambda self: self.turn % 11 == 10)  # rare, or little else would be lived
    @rule(by=st.sampled_from(["focal_a", "co_chair_iom"]))
    def it_is_withdrawn(self, by):
        self.act(actions.withdraw_decision, self.decision, reason="Caduc.", by=self.person(by))

    @precondition(lambda self: self.turn % 5 == 0)
    @rule(entity=st.sampled_from(["unwomen", "unfpa", "ohchr"]))
    def an_entity_leaves(self, entity):
        periods = Membership.objects.filter(entity=getattr(self.personas, entity), ends_on=None)
        for period in periods.order_by("pk"):
            self.act(members.end_membership, period, ends_on=timezone.localdate(self.now), by=self.personas.secretariat)

    @rule(hours=st.sampled_from([1, 5, 24, 72, 150]))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)
        with clock.set_to(self.now):
            watch_calls()

    # --- What always holds ----------------------------------------------------------------------------------------
    @invariant()
    def is_counted(self):
        OneDecision.steps += 1
        self.turn += 1

    def last_words(self, until):
        """entity → what it said last, without what it contested before that moment."""
        words = {}
        for word in Position.objects.filter(decision=self.decision.pk, at__lte=until).order_by("pk"):
            record = OnBehalf.objects.filter(pk=word.pk).first()
            is_contested = record and record.state == "contested" and record.answered_at <= until
            if not is_contested:
                words[word.entity_id] = word
        return words

    @invariant()
    def nothing_is_adopted_over_an_objection_or_unheard(self):
        present = Decision.objects.get(pk=self.decision.pk)
        if present.noted_at is None:
            assert present.state != DecisionState.RECORDED
            return
        frozen = DecisionText.objects.filter(decision=present).order_by("number").last()
        words = self.last_words(present.noted_at)
        assert frozen.frozen_at
        assert not present.procedure.both_chairs_note or present.first_noted_by_id not in {None, present.noted_by_id}
        assert Stance.OBJECTS not in {word.stance for word in words.values()}
        heard = {entity for entity, word in words.items() if word.text_number == frozen.number}
        day = timezone.localdate(present.noted_at)
        periods = Membership.objects.filter(kind="member").order_by("pk")
        entitled = {
            one.entity_id for one in periods if one.starts_on <= day and (not one.ends_on or day <= one.ends_on)
        }
        is_over = present.noted_at >= present.call_deadline
        assert heard or (present.mode == Mode.SILENCE and is_over)
        assert present.mode == Mode.IN_SESSION or is_over or entitled <= heard

    @invariant()
    def what_is_closed_stays_so_with_one_outcome(self):
        if self.state not in CLOSED:
            assert self.closed_as is None
            return
        verbs = JournalEvent.objects.filter(object_id=str(self.decision.pk), object_type="decisions.decision")
        ends = [verb for verb in verbs.values_list("verb", flat=True) if verb in ENDS]
        assert len(ends) == 1
        rows = self.known[:-1]  # an entity may contest what was recorded for it afterwards: it is marked, and no more
        self.closed_as = self.closed_as or rows
        assert rows == self.closed_as

    @invariant()
    def every_mail_has_its_cause(self):
        lines = JournalEvent.objects.filter(object_id=str(self.decision.pk)).order_by("pk")
        done = {line.verb.partition(".")[2] for line in lines}
        done |= (
            {"contest_position"} if JournalEvent.objects.filter(verb="decisions.contest_position").exists() else set()
        )
        mails = OutboxMail.objects.filter(about_type="decisions.decision", about_id=str(self.decision.pk))
        for kind, to in mails.order_by("pk").values_list("kind", "to"):
            assert CAUSES[kind.partition(".")[2]] & done, (kind, to)

    @invariant()
    def nobody_is_written_to_twice_about_the_same(self):
        mails = OutboxMail.objects.filter(about_id=str(self.decision.pk), kind="decisions.call_ended")
        deadlines = {line.data.get("until") for line in JournalEvent.objects.filter(verb="decisions.extend_call")}
        calls = JournalEvent.objects.filter(verb="decisions.open_call", object_id=str(self.decision.pk)).count()
        assert mails.count() <= 2 * (calls + len(deadlines))


def test_five_thousand_steps_of_a_decision(db):
    run_state_machine_as_test(
        OneDecision,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, database=None, print_blob=False,
            suppress_health_check=list(HealthCheck), phases=[Phase.generate],
        ),
    )  # fmt: skip
    assert OneDecision.steps >= 5_000
    # The walk went everywhere that matters.
    assert OneDecision.outcomes[DecisionState.RECORDED] >= 5, OneDecision.outcomes
    for state in (DecisionState.WITHDRAWN, DecisionState.NO_CONSENSUS):
        assert OneDecision.outcomes[state] >= 1, OneDecision.outcomes
