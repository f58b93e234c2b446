"""The actions about an objection that is maintained, ready to be carried out (:mod:`tests.nets.acts`)."""

from datetime import timedelta

from core import clock
from decisions import actions
from decisions.enums import Mode
from meetings import actions as meetings
from tests.factories import decisions as made
from tests.factories import meetings as met


def _facilitate(p):
    raised = made.objected(p).positions.get()
    return lambda: actions.facilitate(raised, text="Échange prévu.", by=p.co_chair_iom)


def _refer(p):
    decision = made.objected(p)
    return lambda: actions.refer_decision(decision, body="unct", question="Quel plancher ?", by=p.co_chair_iom)


def _advise(p):
    decision = made.referred(p)
    return lambda: actions.record_advice(decision, advice="Dix pour cent.", advised_on=clock.today(), by=p.rc_office)


def _defer(p):
    decision = made.objected(p)
    return lambda: actions.defer_decision(decision, reason="En réunion", by=p.co_chair_iom)


def _close(p):
    decision = made.objected(p)
    return lambda: actions.close_without_consensus(decision, reason="Sans accord", by=p.co_chair_iom)


def _table(p):
    meeting, decision = met.draft(p), made.in_call(p)
    return lambda: meetings.table_decision(meeting, decision, by=p.co_chair_iom)


def _untable(p):
    meeting, decision = met.draft(p), made.in_call(p)
    meetings.table_decision(meeting, decision, by=p.co_chair_iom)
    return lambda: meetings.untable_decision(decision, by=p.co_chair_iom)


def _begin(p):
    first = made.recorded(p)
    later = {"in_force_from": clock.today() + timedelta(days=1), "replaced": [first]}
    latest = made.with_effects(made.draft(p), p, **later)
    called = made.called(latest, p, mode=Mode.IN_SESSION)
    adopted = actions.note_consensus(made.supported_by(called, [p.unicef], p.secretariat), by=p.co_chair_iom)

    def act():
        with clock.set_to(clock.now() + timedelta(days=1)):
            actions.supersede(adopted, by=None)

    return act


ACTS = {
    "decisions.facilitate": _facilitate,
    "decisions.refer_decision": _refer,
    "decisions.record_advice": _advise,
    "decisions.defer_decision": _defer,
    "decisions.close_without_consensus": _close,
    "decisions.supersede": _begin,
    "meetings.table_decision": _table,
    "meetings.untable_decision": _untable,
}
