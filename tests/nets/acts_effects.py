"""The actions about what a decision brings about, ready to be carried out (:mod:`tests.nets.acts`)."""

from decisions import actions
from reports import actions as reports
from tests.factories import decisions as made


def _set(p):
    replaced, draft = made.recorded(p), made.draft(p)
    return lambda: made.with_effects(draft, p, replaced=[replaced])


def _review(p):
    decision = made.recorded(p)
    given = {"note": "Toujours utile.", "review_on": None, "version": decision.version}
    return lambda: actions.review_decision(decision, **given, by=p.secretariat)


def _take(p):
    decision = made.recorded_without_extract(p)
    return lambda: reports.take_extract(decision, by=p.secretariat)


ACTS = {
    "decisions.set_effects": _set,
    "decisions.review_decision": _review,
    "reports.take_extract": _take,
}
