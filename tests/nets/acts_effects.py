"""The actions on the effects of a decision and the languages of its text (:mod:`tests.nets.acts`)."""

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


def _translate(p):
    draft = made.draft(p)
    return lambda: made.translated(draft, p)


def _carry_out(p):
    decision = made.recorded(p)
    return lambda: actions.carried_out(decision, by=p.co_chair_iom)


ACTS = {
    "decisions.carried_out": _carry_out,
    "decisions.translate_text": _translate,
    "decisions.set_effects": _set,
    "decisions.review_decision": _review,
    "reports.take_extract": _take,
}
