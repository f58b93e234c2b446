"""Whatever happens in whatever order: one voice for an entity, one holder of a seat, no right after its end, and nobody
of the Network and of a partner at once.

Members, focal points, delegations, terms, contacts and days come in random order through the portal's own actions; what
they refuse changes nothing. After each step the standing of everybody is compared with what the dated rows say, read
one by one and in no SQL of ours.
"""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from core import clock
from core.errors import DomainError
from core.models import JournalEvent
from members import actions
from members.enums import MembershipKind, Rank, Seat
from members.models import CoChairTerm, Delegation, FocalPoint, InstitutionalRole, Membership, PartnerContact
from members.standing import standing_on
from tests.factories.members import EntityFactory, UserFactory
from tests.factories.partners import PartnerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.drill]
ENTITIES, PEOPLE, SPAN = 3, 5, 40  # few, so that they meet
EXAMPLES, STEPS = 65, 45  # at most; a run may stop earlier
DAY = timedelta(days=1)

entities = st.integers(0, ENTITIES - 1)
people = st.integers(0, PEOPLE - 1)
days = st.integers(0, SPAN)
lengths = st.one_of(st.none(), st.integers(-1, SPAN))
ranks = st.sampled_from(list(Rank))
kinds = st.sampled_from(list(MembershipKind))
seats = st.sampled_from(list(Seat))
TIES = [Membership, FocalPoint, Delegation, CoChairTerm, PartnerContact]


class Network(RuleBasedStateMachine):
    """One transaction, taken back at the end."""

    steps = 0

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.entities = [EntityFactory() for _ in range(ENTITIES)]
        self.people = [UserFactory() for _ in range(PEOPLE)]
        self.partner, self.by = PartnerFactory(), UserFactory()
        self.first = self.today = date(2026, 3, 2)

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def day(self, offset):
        return self.first + offset * DAY

    def period(self, offset, length):
        start = self.day(offset)
        return {"starts_on": start, "ends_on": None if length is None else start + length * DAY}

    def act(self, action, *args, **values):
        """Carried out with its line in the journal, or refused in words with nothing changed."""
        before, rows = JournalEvent.objects.count(), self.rows()
        with clock.set_to(clock.timezone.make_aware(clock.datetime.combine(self.today, clock.datetime.min.time()))):
            try:
                action(*args, **values, by=self.by)
            except DomainError:
                assert self.rows() == rows
                return
        assert JournalEvent.objects.count() > before

    def rows(self):
        kinds = (Membership, FocalPoint, Delegation, CoChairTerm, InstitutionalRole, PartnerContact)
        return [list(kind.objects.order_by("pk").values_list()) for kind in kinds]

    @initialize()
    def network_is_founded(self):
        """Each entity belongs and has its principal, so that there is something to delegate and to hand over."""
        for entity, person in zip(self.entities, self.people, strict=False):
            self.act(actions.record_membership, entity, starts_on=self.first)
            self.act(actions.name_focal_point, entity, person=person, rank=Rank.PRINCIPAL, starts_on=self.first)

    # --- What may happen ------------------------------------------------------------------------------------------
    @rule(entity=entities, kind=kinds, start=days, length=lengths)
    def joins(self, entity, kind, start, length):
        self.act(actions.record_membership, self.entities[entity], kind=kind, **self.period(start, length))

    @rule(entity=entities, person=people, rank=ranks, start=days, length=lengths)
    def is_named(self, entity, person, rank, start, length):
        named = {"person": self.people[person], "rank": rank}
        self.act(actions.name_focal_point, self.entities[entity], **named, **self.period(start, length))

    @rule(giver=people, person=people, wait=st.integers(-1, 5), length=st.integers(-1, 20))
    def delegates(self, giver, person, wait, length):
        period = self.period((self.today - self.first).days + wait, length)
        self.act(actions.delegate_voice, self.people[giver], person=self.people[person], **period)

    @rule(entity=entities, person=people, seat=seats, start=days, length=lengths)
    def chairs(self, entity, person, seat, start, length):
        held = {"person": self.people[person], "seat": seat}
        self.act(actions.record_co_chair_term, self.entities[entity], **held, **self.period(start, length))

    @rule(person=people, start=days, length=lengths)
    def answers_for_a_partner(self, person, start, length):
        self.act(actions.name_contact, self.partner, person=self.people[person], **self.period(start, length))

    @rule(kind=st.sampled_from(TIES), place=st.integers(0, 9), last=days)
    def ends(self, kind, place, last):
        ties = list(kind.objects.order_by("pk"))
        if ties:
            self.act(actions.end_tie, ties[place % len(ties)], ends_on=self.day(last))

    @rule(kind=st.sampled_from(TIES), place=st.integers(0, 9))
    def is_taken_back(self, kind, place):
        ties = list(kind.objects.order_by("pk"))
        if ties:
            self.act(actions.remove_tie, ties[place % len(ties)])

    @rule(person=people, successor=people, last=days, seat=st.booleans())
    def succeeds(self, person, successor, last, seat):
        given = {"successor": self.people[successor], "last_day": self.day(last), "seat": seat}
        self.act(actions.hand_over, self.people[person], **given)

    @rule(count=st.integers(1, 10))
    def days_pass(self, count):
        self.today = min(self.today + count * DAY, self.day(SPAN))

    # --- What always holds ----------------------------------------------------------------------------------------
    @invariant()
    def is_counted(self):
        Network.steps += 1

    @invariant()
    def standings_are_what_the_rows_say(self):
        ties = {kind: list(kind.objects.order_by("pk")) for kind in TIES}
        for day in (self.today, self.today + 3 * DAY, self.today + 10 * DAY):
            held = {kind: [tie for tie in found if tie.holds_on(day)] for kind, found in ties.items()}
            self.nobody_is_two(held)
            for person in self.people:
                standing = standing_on(person, day)
                said = (standing.entity and standing.entity.pk, standing.rank, standing.has_voice, standing.is_co_chair)
                assert said == told(person, held)

    def nobody_is_two(self, held):
        for keys in (
            [tie.seat for tie in held[CoChairTerm]],
            [tie.person_id for tie in held[CoChairTerm]],
            [tie.person_id for tie in held[FocalPoint]],
            [(tie.entity_id, tie.rank) for tie in held[FocalPoint]],
            [tie.entity_id for tie in held[Membership]],
        ):
            assert len(keys) == len(set(keys))
        of_the_network = {tie.person_id for kind in (FocalPoint, Delegation, CoChairTerm) for tie in held[kind]}
        assert of_the_network.isdisjoint(tie.person_id for tie in held[PartnerContact])


def told(person, held):
    """Entity, rank, voice and seat of a person, from the ties that hold on the day."""

    def of(kind, who):
        return next((tie for tie in held[kind] if tie.person_id == who), None)

    given, own, term = (of(kind, person.pk) for kind in (Delegation, FocalPoint, CoChairTerm))
    lent = given and of(FocalPoint, given.giver_id)
    tie = lent if lent and lent.entity_id == given.entity_id else own
    entity = tie.entity_id if tie else term.entity_id if term else None
    kinds = [one.kind for one in held[Membership] if one.entity_id == entity]
    return entity, Rank(tie.rank) if tie else None, bool(tie) and kinds == [MembershipKind.MEMBER], term is not None


def test_two_thousand_steps_of_a_network(db):
    run_state_machine_as_test(
        Network,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, database=None, print_blob=False,
            suppress_health_check=list(HealthCheck), phases=[Phase.generate],
        ),
    )  # fmt: skip
    assert Network.steps >= 2_000
