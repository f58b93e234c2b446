"""The actions of the nomination of a co-chair, ready to be carried out (:mod:`tests.nets.acts`)."""

from datetime import timedelta

from core import clock
from decisions import actions
from members.models import CoChairTerm
from tests.factories import nominations as made


def _open(p):
    CoChairTerm.objects.filter(entity=p.ohchr).update(ends_on=clock.today())
    days = {**made.term_to_come(), "closes_on": clock.today() + timedelta(days=5)}
    return lambda: actions.open_nomination(seat="rotating", **days, by=p.secretariat)


def _put(p):
    call = made.opened(p)
    return lambda: actions.put_forward(call, entity=p.unicef, person=p.focal_a, by=p.focal_a)


def _withdraw(p):
    candidacy = made.offered(p, made.opened(p))
    return lambda: actions.withdraw_candidacy(candidacy, by=p.focal_a)


def _propose(p):
    call = made.closed(p)
    words = {"candidacy": call.candidacies.get(), "title": "C", "text": "T", "entity": p.iom}
    return lambda: actions.propose_co_chair(call, **words, by=p.secretariat)


def _named(p):
    call = made.before_the_review(p)
    return lambda: actions.note_consensus(call.decision, by=p.co_chair_iom)


def _rework(p):
    call = made.proposed(p)
    actions.withdraw_decision(call.decision, reason="Autre", by=p.co_chair_iom)
    return lambda: actions.rework_nomination(call, by=p.secretariat)


def _give_up(p):
    call = made.opened(p)
    return lambda: actions.withdraw_nomination(call, reason="Trop tôt", by=p.secretariat)


def _sound(p):
    call = made.closed(p)
    return lambda: actions.open_sounding(call, closes_on=clock.today(), by=p.secretariat)


def _close(p):
    sounding = made.sounded(p)
    later = clock.now() + timedelta(days=8)

    def act():
        with clock.set_to(later):
            actions.close_sounding(sounding, by=None)

    return act


ACTS = {
    "decisions.open_sounding": _sound,
    "decisions.close_sounding": _close,
    "decisions.open_nomination": _open,
    "decisions.put_forward": _put,
    "decisions.withdraw_candidacy": _withdraw,
    "decisions.propose_co_chair": _propose,
    "decisions.co_chair_named": _named,
    "decisions.rework_nomination": _rework,
    "decisions.withdraw_nomination": _give_up,
}
