"""Who may do what to a working group. *When* is the transition table's and the actions' business."""

from typing import Any

import rules

from members.rules import has_voice, is_administrator, is_co_chair, is_network, is_rc_office, is_secretariat
from members.standing import standing_of


@rules.predicate
def is_of_proposing_entity(user: Any, group: Any) -> bool:
    own = standing_of(user).entity
    return group is not None and own is not None and group.proposed_by_id == own.pk


@rules.predicate
def is_of_its_entity(user: Any, seat: Any) -> bool:
    standing = standing_of(user)
    own = standing.entity if standing.has_voice else None
    return seat is not None and own is not None and seat.entity_id == own.pk


@rules.predicate
def sits_in_it(user: Any, group: Any) -> bool:
    """Speaks today for an entity that sits in the group."""
    standing = standing_of(user)
    if group is None or standing.entity is None or standing.rank is None or not standing.is_member:
        return False
    return bool(group.members.on(standing.day).filter(entity=standing.entity).exists())


@rules.predicate
def chairs_it(user: Any, group: Any) -> bool:
    """Chairs or co-chairs the group today."""
    if group is None or not user.is_authenticated:
        return False
    return bool(group.chairs.in_office(standing_of(user).day).filter(offer__person=user.pk).exists())


@rules.predicate
def speaks_for_its_seat(user: Any, offer: Any) -> bool:
    """Speaks today for the entity that made the offer."""
    standing = standing_of(user)
    own = standing.entity if standing.rank else None
    return offer is not None and own is not None and offer.seat.entity_id == own.pk


@rules.predicate
def is_the_chair(user: Any, chair: Any) -> bool:
    return chair is not None and chair.offer.person_id == user.pk


rules.add_perm("workinggroups.view_groups", is_network | is_administrator)
rules.add_perm("workinggroups.propose_group", has_voice | is_secretariat | is_co_chair)
rules.add_perm("workinggroups.edit_group", is_of_proposing_entity | is_secretariat | is_co_chair)
rules.add_perm("workinggroups.manage_groups", is_secretariat | is_co_chair)
rules.add_perm("workinggroups.bring_before_network", is_of_proposing_entity | is_secretariat | is_co_chair)
rules.add_perm("workinggroups.propose_terms", is_of_proposing_entity | is_secretariat | is_co_chair | chairs_it)
# The Resident Coordinator's office keeps the records of the UNCT.
rules.add_perm("workinggroups.record_unct_endorsement", is_secretariat | is_rc_office)
rules.add_perm("workinggroups.join_group", has_voice | is_secretariat)
rules.add_perm("workinggroups.seat_anybody", is_secretariat)
# Papers are for those who sit in the group, and for those who serve or chair the Network.
rules.add_perm("workinggroups.read_papers", is_secretariat | is_co_chair | sits_in_it)
rules.add_perm("workinggroups.keep_deliverables", is_secretariat | is_co_chair | sits_in_it)
rules.add_perm("workinggroups.convene_group", is_secretariat | is_co_chair | chairs_it)
rules.add_perm("workinggroups.forward_text", is_secretariat | is_co_chair | chairs_it)
rules.add_perm("workinggroups.minute_meeting", is_secretariat | is_co_chair | sits_in_it)
rules.add_perm("workinggroups.remove_paper", is_secretariat | is_co_chair | chairs_it)
rules.add_perm("workinggroups.invite_guests", is_secretariat | is_co_chair | chairs_it)
# Chairing is open to everybody who sits in the group (clause M-68); guests offer through their own link.
rules.add_perm("workinggroups.offer_to_chair", is_secretariat | sits_in_it)
rules.add_perm("workinggroups.withdraw_chair_offer", is_secretariat | speaks_for_its_seat)
rules.add_perm("workinggroups.end_chair", is_secretariat | is_co_chair | is_the_chair)
rules.add_perm("workinggroups.leave_group", is_of_its_entity | is_secretariat)
