"""Every state of the plan × every step × every persona: carried out, refused now, or refused for good."""

from uuid import uuid4

import pytest
from django.urls import reverse

from core import clock
from tests import matrix
from tests.factories import workplan as made
from workplan.enums import PLAN_TRANSITIONS, PlanState

# The plan's one activity is UNICEF's (focal_a, alternate_a), with UN Women (focal_b) contributing.
GROUPS = {
    "officers": "secretariat co_chair_iom co_chair_ohchr",
    "co-chairs": "co_chair_iom co_chair_ohchr",
    "secretary": "secretariat",
    "rc-office": "rc_office",
    "lead": "focal_a alternate_a",
    "contributor": "focal_b",
    "other": "group_chair",
}
# « adopted »: tabled, and the Network has adopted the decision of validation; the signatures are missing.
TABLE = """
verb                   by           drafting  consultation  tabled_at_review  adopted  validated  transmitted_rc  acknowledged  in_execution  reviewed  archived
open_consultation      officers     yes       now           now               now      now        now             now           now           now       now
rework                 officers     now       yes           yes               now      now        now             now           now           now       now
table_at_review        officers     now       yes           now               now      now        now             now           now           now       now
submit_for_validation  officers     now       yes           yes               now      now        now             now           now           now       now
sign                   co-chairs    now       now           now               yes      now        now             now           now           now       now
transmit               officers     now       now           now               now      yes        now             now           now           now       now
acknowledge            rc-office    now       now           now               now      now        yes             now           now           now       now
start_execution        officers     now       now           now               now      now        now             yes           now           now       now
review                 officers     now       now           now               now      now        now             now           yes           now       now
archive                officers     now       now           now               now      now        now             now           now           yes       now
propose_revision       officers     now       now           now               now      yes        yes             yes           yes           now       now
propose_revision       lead         now       now           now               now      yes        yes             yes           yes           now       now
propose_revision       contributor  now       now           now               now      yes        yes             yes           yes           now       now
propose_revision       other        now       now           now               now      yes        yes             yes           yes           now       now
record_consultation    officers     yes       yes           yes               now      now        now             now           now           now       now
report_progress        secretary    now       now           now               now      yes        yes             yes           yes           now       now
report_progress        lead         now       now           now               now      yes        yes             yes           yes           now       now
report_progress        contributor  now       now           now               now      yes        yes             yes           yes           now       now
"""  # noqa: E501
MATRIX = matrix.read(TABLE, GROUPS)


def in_state(state, personas):
    """A plan of this year, and a review at which it can be tabled."""
    make = made.adopted if state == "adopted" else made.IN_STATE[PlanState(state)]
    plan = make(personas, year=clock.today().year)
    plan.refresh_from_db()
    return plan


def steps(plan, review, held):
    """verb → (address, what is posted)."""
    activity = plan.activities.get()
    reported = {"quarter": 1, "status": "in_progress", "progress_percent": 10, "version": activity.version}
    for line in activity.budget_lines.filter(funder__isnull=False):
        reported |= {f"mobilised_{line.pk}": line.mobilised, f"spent_{line.pk}": 0}
    proposed = {"title": "Validation", "text": "Le Réseau valide.", "mode": "in_session", "once": uuid4()}
    consulted = {"held_on": clock.today(), "with_whom": "Administrations", "note": "", "once": uuid4()}
    named = {
        "open_consultation": ("consultation_open", {}),
        "rework": ("plan_rework", {"reason": "À reprendre."}),
        "table_at_review": ("plan_table", {"meeting": review.pk}),
        "submit_for_validation": ("validation_propose", proposed),
        "sign": ("plan_sign", {}),
        "transmit": ("plan_transmit", {"note": ""}),
        "acknowledge": ("plan_acknowledge", {"note": ""}),
        "start_execution": ("execution_start", {}),
        "review": ("plan_review", {"meeting": held.pk}),
        "archive": ("plan_archive", {}),
        "propose_revision": ("revision_propose", {"title": "Révision", "text": "Report.", "once": uuid4()}),
        "record_consultation": ("consultation_add", consulted),
    }
    found = {
        verb: (reverse(f"workplan:{address}", args=[plan.year]), posted) for verb, (address, posted) in named.items()
    }
    found["report_progress"] = (reverse("workplan:progress_report", args=[plan.year, activity.code]), reported)
    return found


def test_the_table_holds_every_state_and_every_step():
    assert set(MATRIX) == {*PlanState.values, "adopted"}
    # Two signatures validate; that is not a step by itself.
    assert {verb for verb, _who in MATRIX["drafting"]} >= PLAN_TRANSITIONS.keys() - {"validate"} | {"sign"}


@pytest.mark.parametrize("state", MATRIX)
def test_each_step_by_each_persona(personas, state):
    plan = in_state(state, personas)
    review = plan.review or made.review(personas, year=plan.year - 1)
    held = plan.reviewed_in or made.held_review(personas, plan.year)
    found = matrix.asked(personas, plan, steps(plan, review, held))

    assert list(matrix.apart(found, MATRIX[state])) == []
