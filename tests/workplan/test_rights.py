"""Who sees which plan and who may take which step: the whole matrix state × step × persona."""

import pytest

from tests.factories import workplan as made
from workplan.enums import PlanState
from workplan.models import WorkPlan
from workplan.pages.plan import plan_steps
from workplan.queries import pending_validation, signatures_of

IN_CHARGE = {"secretariat", "co_chair_iom", "co_chair_ohchr"}
NETWORK = IN_CHARGE | {"focal_a", "focal_b", "alternate_a", "group_chair", "rc_office"}
# state → what is offered on the plan's page, and to whom
OFFERED = {
    PlanState.DRAFTING: {"may_open": IN_CHARGE},
    PlanState.CONSULTATION: {"table_form": IN_CHARGE, "validation_form": IN_CHARGE, "rework_form": IN_CHARGE},
    PlanState.TABLED: {"validation_form": IN_CHARGE, "rework_form": IN_CHARGE},
    PlanState.VALIDATED: {"transmit_form": IN_CHARGE},
    PlanState.TRANSMITTED: {"acknowledge_form": {"rc_office"}},
    PlanState.ACKNOWLEDGED: {"may_start": IN_CHARGE},
    PlanState.IN_EXECUTION: {"may_review": IN_CHARGE},
    PlanState.REVIEWED: {"may_archive": IN_CHARGE},
    PlanState.ARCHIVED: {},
}


def offered(personas, plan):
    """What each persona is offered, by step."""
    found = {}
    for name, user in personas.all.items():
        for step, is_offered in plan_steps(user, plan, pending_validation(plan), signatures_of(plan)).items():
            if is_offered:
                found.setdefault(step, set()).add(name)
    return found


@pytest.mark.parametrize("state", list(PlanState))
def test_steps_offered_are_those_of_the_table_to_whom_they_belong(personas, state):
    plan = made.IN_STATE[state](personas)

    assert offered(personas, plan) == OFFERED[state]


def test_signature_is_offered_to_the_seats_that_have_not_signed(personas):
    plan = made.adopted(personas)

    assert offered(personas, plan) == {"may_sign": {"co_chair_iom", "co_chair_ohchr"}}


@pytest.mark.parametrize("state", [PlanState.DRAFTING, PlanState.CONSULTATION, PlanState.IN_EXECUTION])
def test_plan_is_seen_by_the_network_and_its_draft_not_by_the_administrator(personas, state):
    made.IN_STATE[state](personas)

    seen = {name for name, user in personas.all.items() if WorkPlan.objects.visible_to(user).exists()}

    assert seen == (NETWORK if state == PlanState.DRAFTING else NETWORK | {"administrator"})


def test_view_permission_is_given_to_whom_sees_plans(personas):
    may = {name for name, user in personas.all.items() if user.has_perm("workplan.view_plans")}

    assert may == NETWORK | {"administrator"}


@pytest.mark.parametrize(
    ("permission", "who"),
    [
        ("edit_activity", IN_CHARGE | {"focal_a", "alternate_a"}),
        ("report_progress", {"secretariat", "focal_a", "alternate_a", "focal_b"}),
        ("add_funding", {"secretariat", "focal_a", "alternate_a"}),
        ("record_rights_check", IN_CHARGE),
    ],
)
def test_activity_belongs_to_its_lead_and_is_reported_on_by_those_who_contribute(personas, permission, who):
    activity = made.draft(personas).activities.get()

    may = {name for name, user in personas.all.items() if user.has_perm(f"workplan.{permission}", activity)}

    assert may == who


def test_rc_office_writes_nothing_but_its_acknowledgement(personas):
    plan = made.draft(personas)
    activity = plan.activities.get()
    names = [
        "create_plan", "edit_plan", "add_activity", "add_funder", "edit_activity", "report_progress", "add_funding",
        "record_consultation", "open_consultation", "transmit", "sign_plan", "archive",
    ]  # fmt: skip

    assert [name for name in names if personas.rc_office.has_perm(f"workplan.{name}", activity)] == []
    assert personas.rc_office.has_perm("workplan.acknowledge", plan) is True
