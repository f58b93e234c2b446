"""The actions about what is recorded for an entity, ready to be carried out (:mod:`tests.nets.acts`)."""

from decisions import actions
from tests.factories import decisions as made


def _record(p):
    call = made.in_call(p)
    return lambda: actions.record_position(
        call, entity=p.unicef, stance="supports", channel="in_session", by=p.secretariat
    )


def _confirm(p):
    record = made.heard_by_mail(made.in_call(p), p.unicef, p.secretariat)
    return lambda: actions.confirm_position(record, by=p.focal_a)


def _contest(p):
    record = made.heard_by_mail(made.in_call(p), p.unicef, p.secretariat)
    return lambda: actions.contest_position(record, reason="Non consultés.", by=p.focal_a)


ACTS = {
    "decisions.record_position": _record,
    "decisions.confirm_position": _confirm,
    "decisions.contest_position": _contest,
}
