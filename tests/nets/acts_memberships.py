"""The actions by which entities join and leave, ready to be carried out (:mod:`tests.nets.acts`)."""

from core import clock
from decisions import actions
from members import actions as members
from members.models import Membership
from tests.factories import memberships as made
from tests.factories.members import EntityFactory


def _propose(p):
    given = {"change": "admission", "day": clock.today(), **made.WORDS, "proposed_by": p.iom, "by": p.secretariat}
    entity = EntityFactory()
    return lambda: actions.propose_membership_change(entity, **given)


def _decided(p):
    decision = made.called(p).decision
    return lambda: actions.note_consensus(decision, by=p.co_chair_iom)


def _end(p):
    held = Membership.objects.get(entity=p.unfpa)
    return lambda: members.end_membership(held, ends_on=clock.today(), basis="D-001", by=p.secretariat)


ACTS = {
    "decisions.propose_membership_change": _propose,
    "decisions.membership_decided": _decided,
    "members.end_membership": _end,
}
