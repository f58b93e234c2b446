"""Who may do what to a decision. *When* is the transition table's and the actions' business."""

from typing import Any

import rules

from members.rules import has_voice, is_administrator, is_co_chair, is_network, is_rc_office, is_secretariat
from members.standing import standing_of


@rules.predicate
def is_of_proposing_entity(user: Any, decision: Any) -> bool:
    own = standing_of(user).entity
    return decision is not None and own is not None and decision.proposed_by_id == own.pk


@rules.predicate
def is_of_responsible_entity(user: Any, decision: Any) -> bool:
    own = standing_of(user).entity
    return decision is not None and own is not None and decision.responsible_id == own.pk


@rules.predicate
def is_of_entity_spoken_for(user: Any, record: Any) -> bool:
    own = standing_of(user).entity
    return record is not None and own is not None and record.position.entity_id == own.pk


@rules.predicate
def is_of_candidate_entity(user: Any, candidacy: Any) -> bool:
    standing = standing_of(user)
    own = standing.entity if standing.has_voice else None
    return candidacy is not None and own is not None and candidacy.entity_id == own.pk


rules.add_perm("decisions.view_register", is_network | is_administrator)
rules.add_perm("decisions.propose_decision", has_voice | is_secretariat | is_co_chair)
rules.add_perm("decisions.revise_text", is_of_proposing_entity | is_secretariat)
rules.add_perm("decisions.translate_text", is_of_proposing_entity | is_secretariat)
rules.add_perm("decisions.open_consultation", is_of_proposing_entity | is_secretariat | is_co_chair)
rules.add_perm("decisions.extend_consultation", is_of_proposing_entity | is_secretariat | is_co_chair)
rules.add_perm("decisions.add_comment", is_network)
rules.add_perm("decisions.answer_comment", is_of_proposing_entity | is_secretariat)
rules.add_perm("decisions.open_call", is_secretariat | is_co_chair)
rules.add_perm("decisions.extend_call", is_secretariat | is_co_chair)
rules.add_perm("decisions.reopen_consultation", is_secretariat | is_co_chair)
rules.add_perm("decisions.state_position", has_voice)
rules.add_perm("decisions.record_position", is_secretariat)
rules.add_perm("decisions.answer_position", has_voice & is_of_entity_spoken_for)
rules.add_perm("decisions.view_proof", is_secretariat | is_co_chair | is_of_entity_spoken_for)
rules.add_perm("decisions.note_consensus", is_co_chair)
rules.add_perm("decisions.facilitate", is_co_chair)
rules.add_perm("decisions.defer_decision", is_co_chair)
rules.add_perm("decisions.refer_decision", is_co_chair)
rules.add_perm("decisions.record_advice", is_co_chair | is_secretariat | is_rc_office)
rules.add_perm("decisions.close_without_consensus", is_co_chair)
rules.add_perm("decisions.withdraw_decision", is_of_proposing_entity | is_co_chair)
rules.add_perm("decisions.follow_up", is_of_responsible_entity | is_secretariat)
rules.add_perm("decisions.review_decision", is_of_responsible_entity | is_secretariat | is_co_chair)
rules.add_perm("decisions.view_nominations", is_network | is_administrator)
rules.add_perm("decisions.manage_nominations", is_secretariat | is_co_chair)
rules.add_perm("decisions.put_forward", has_voice | is_secretariat | is_co_chair)
rules.add_perm("decisions.open_sounding", is_secretariat | is_co_chair)
rules.add_perm("decisions.answer_sounding", has_voice)
rules.add_perm("decisions.withdraw_candidacy", is_of_candidate_entity | is_secretariat)
rules.add_perm("decisions.propose_membership", is_secretariat | is_co_chair)
rules.add_perm("decisions.view_procedure", is_network | is_administrator)
rules.add_perm("decisions.prepare_procedure", is_secretariat | is_co_chair)
