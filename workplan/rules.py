"""Who may do what to the plan. *When* is the transition table's and the actions' business."""

from typing import Any

import rules

from members.rules import has_voice, is_administrator, is_co_chair, is_network, is_rc_office, is_secretariat
from members.standing import standing_of


@rules.predicate
def is_of_lead_entity(user: Any, activity: Any) -> bool:
    """Speaks for the full member that leads the activity."""
    standing = standing_of(user)
    own = standing.entity
    return activity is not None and own is not None and standing.has_voice and activity.lead_id == own.pk


@rules.predicate
def is_of_contributing_entity(user: Any, activity: Any) -> bool:
    standing = standing_of(user)
    return activity is not None and standing.has_voice and standing.entity in activity.contributing.all()


is_in_charge_of_plan = is_secretariat | is_co_chair

rules.add_perm("workplan.view_plans", is_network | is_administrator)
rules.add_perm("workplan.create_plan", is_in_charge_of_plan)
rules.add_perm("workplan.edit_plan", is_in_charge_of_plan)
rules.add_perm("workplan.add_funder", is_in_charge_of_plan | has_voice)
rules.add_perm("workplan.add_activity", is_in_charge_of_plan | has_voice)
rules.add_perm("workplan.choose_lead", is_in_charge_of_plan)
rules.add_perm("workplan.edit_activity", is_in_charge_of_plan | is_of_lead_entity)
rules.add_perm("workplan.report_progress", is_secretariat | is_of_lead_entity | is_of_contributing_entity)
rules.add_perm("workplan.add_funding", is_secretariat | is_of_lead_entity)
rules.add_perm("workplan.record_rights_check", is_in_charge_of_plan)
rules.add_perm("workplan.record_consultation", is_in_charge_of_plan)
rules.add_perm("workplan.open_consultation", is_in_charge_of_plan)
rules.add_perm("workplan.rework", is_in_charge_of_plan)
rules.add_perm("workplan.table_at_review", is_in_charge_of_plan)
rules.add_perm("workplan.submit_for_validation", is_in_charge_of_plan)
rules.add_perm("workplan.sign_plan", is_co_chair)
# Clause M-54: communicating the plan is the co-chairs' duty; the secretariat sends it for them (M-77).
rules.add_perm("workplan.transmit", is_in_charge_of_plan)
rules.add_perm("workplan.acknowledge", is_rc_office)
rules.add_perm("workplan.start_execution", is_in_charge_of_plan)
rules.add_perm("workplan.record_revision", is_in_charge_of_plan)
rules.add_perm("workplan.propose_revision", is_in_charge_of_plan | has_voice)
rules.add_perm("workplan.review", is_in_charge_of_plan)
rules.add_perm("workplan.archive", is_in_charge_of_plan)
