"""Who logs what the Network does with its partners. M-56 gives the task to the co-chairs; every entity has its own."""

from typing import Any

import rules

from members.rules import is_administrator, is_co_chair, is_network, is_secretariat
from members.standing import standing_of


@rules.predicate
def has_an_entity(user: Any) -> bool:
    """Speaks for a member or invitee today."""
    standing = standing_of(user)
    return standing.rank is not None and standing.is_member


@rules.predicate
def is_of_its_entity(user: Any, engagement: Any) -> bool:
    own = standing_of(user).entity
    return engagement is not None and own is not None and engagement.entity_id == own.pk


rules.add_perm("outreach.view_engagements", is_network | is_administrator)
rules.add_perm("outreach.record_engagement", has_an_entity | is_secretariat | is_co_chair)
# In the name of whichever entity it was; the others log their own.
rules.add_perm("outreach.record_for_any_entity", is_secretariat)
rules.add_perm("outreach.record_publication", is_secretariat | is_co_chair)
rules.add_perm("outreach.edit_engagement", is_secretariat | (has_an_entity & is_of_its_entity))
