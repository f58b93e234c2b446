"""The actions of decisions on minutes and plans, and of groups at meetings (:mod:`tests.nets.acts`)."""

from core import clock
from decisions import actions as decisions
from decisions.enums import Mode
from meetings import actions as meetings
from outreach import actions as outreach
from reports import actions as reports
from tests.factories import decisions as decided
from tests.factories import groups as grouped
from tests.factories import meetings as met
from tests.factories import workplan as planned
from tests.factories import yearly as reported
from workplan import actions as workplan

WORDS = {"title": "Décision", "text": "Le Réseau décide."}


def _ask_for_approval(p):
    meeting = met.circulated(p)
    return lambda: meetings.propose_approval(meeting, **WORDS, entity=p.iom, by=p.secretariat)


def _note(decision, p):
    """The act by which it is adopted, and its subject follows."""
    call = decided.called(decision, p, mode=Mode.IN_SESSION)
    decided.supported_by(call, [p.unicef], p.secretariat)
    return lambda: decisions.note_consensus(call, by=p.co_chair_iom)


def _ask_for_revision(p):
    plan = planned.validated(p)
    return lambda: workplan.propose_revision(plan, **WORDS, entity=p.iom, by=p.secretariat)


def _hand_on_an_item(p):
    group = grouped.active(p)
    return lambda: meetings.forward_item(group, subject="Retours", entity=p.unicef, by=p.focal_a)


def _find(p):
    group, review = grouped.active(p), planned.held_review(p)
    return lambda: meetings.review_group(review, group, verdict="refocused", note="Recentré.", by=p.secretariat)


def _ask_for_adoption(p):
    report = reported.assembled(p)
    return lambda: reports.propose_report(report, **WORDS, entity=p.iom, by=p.secretariat)


def _publish(p):
    statement = decided.recorded(p, subject_kind="statement")
    given = {"published_on": clock.today(), "where": "Communiqué", "by": p.secretariat}
    return lambda: outreach.record_publication(statement, **given)


ACTS = {
    "outreach.statement_adopted": lambda p: _note(decided.draft(p, subject_kind="statement"), p),
    "outreach.record_publication": _publish,
    "reports.propose_report": _ask_for_adoption,
    "reports.report_adopted": lambda p: _note(_ask_for_adoption(p)(), p),
    "meetings.forward_item": _hand_on_an_item,
    "meetings.review_group": _find,
    "meetings.propose_approval": _ask_for_approval,
    "meetings.approval_adopted": lambda p: _note(_ask_for_approval(p)(), p),
    "workplan.propose_revision": _ask_for_revision,
    "workplan.revision_adopted": lambda p: _note(_ask_for_revision(p)(), p),
}
