"""The actions on the rules of procedure, ready to be carried out (:mod:`tests.nets.acts`)."""

from decisions import actions as decisions
from decisions.enums import Mode
from tests.factories import decisions as decided
from tests.factories import procedure as ruled


def _edit(action, draft, *which, **values):
    return lambda: action(draft, *which, **values, version=draft.version)


def _adopt_procedure(p):
    decision = decided.called(ruled.proposed(p).decision, p, mode=Mode.IN_SESSION)
    decided.supported_by(decision, [p.unicef], p.secretariat)
    return lambda: decisions.note_consensus(decision, by=p.co_chair_iom)


def _rework_procedure(p):
    proposed = ruled.proposed(p)
    decisions.withdraw_decision(proposed.decision, reason="Revoir", by=p.co_chair_iom)
    return lambda: decisions.rework_procedure(proposed, by=p.secretariat)


ACTS = {
    "decisions.prepare_procedure": lambda p: lambda: decisions.prepare_procedure(by=p.secretariat),
    "decisions.edit_procedure": lambda p: _edit(
        decisions.edit_procedure, ruled.draft(p), silence_days=6, by=p.secretariat
    ),
    "decisions.edit_threshold": lambda p: _edit(
        decisions.edit_threshold, ruled.draft(p), "profiles_fresh", target=80, limit=60, by=p.secretariat
    ),
    "decisions.propose_procedure": lambda p: (lambda one: lambda: decisions.propose_procedure(
        one, title="T", text="T", entity=p.iom, by=p.secretariat))(ruled.draft(p)),
    "decisions.procedure_adopted": _adopt_procedure,
    "decisions.rework_procedure": _rework_procedure,
    "decisions.withdraw_procedure": lambda p: (
        lambda one: lambda: decisions.withdraw_procedure(one, by=p.secretariat))(ruled.draft(p)),
}  # fmt: skip
