"""Small named facts about a person, and the permissions of this app. Other apps combine the same facts."""

from typing import Any

import rules

from members.standing import standing_of


@rules.predicate
def is_secretariat(user: Any) -> bool:
    return standing_of(user).is_secretariat


@rules.predicate
def is_co_chair(user: Any) -> bool:
    return standing_of(user).is_co_chair


@rules.predicate
def is_rc_office(user: Any) -> bool:
    return standing_of(user).is_rc_office


@rules.predicate
def is_administrator(user: Any) -> bool:
    return standing_of(user).is_administrator


@rules.predicate
def is_network(user: Any) -> bool:
    """Focal points of members and invitees, co-chairs, secretariat, RC office."""
    return standing_of(user).is_network


@rules.predicate
def has_voice(user: Any) -> bool:
    """Speaks for a full member today."""
    return standing_of(user).has_voice


@rules.predicate
def speaks_for(user: Any, entity: Any) -> bool:
    """``entity`` is the one this person speaks for today."""
    own = standing_of(user).entity
    return own is not None and entity is not None and own.pk == entity.pk


@rules.predicate
def is_self(user: Any, person: Any) -> bool:
    return person is not None and user.pk == person.pk


@rules.predicate
def is_focal_point(user: Any) -> bool:
    """Speaks for a member or invitee in a rank of their own: what was delegated is not passed on."""
    standing = standing_of(user)
    return standing.rank is not None and standing.is_member and not standing.is_delegate


@rules.predicate
def is_giver(user: Any, delegation: Any) -> bool:
    return delegation is not None and delegation.giver_id == user.pk


rules.add_perm("members.view_directory", is_network | is_administrator)
rules.add_perm("members.edit_entity", is_secretariat | speaks_for)
rules.add_perm("members.edit_person", is_secretariat | is_self)
# The mandate has the co-chairs keep the list of members up to date (M-57); the secretariat does it for them.
rules.add_perm("members.manage_members", is_secretariat | is_co_chair)
# M-56: the co-chairs make the engagement with those outside easier; M-35: who they are.
rules.add_perm("members.manage_partners", is_secretariat | is_co_chair)
rules.add_perm("members.add_person", is_secretariat | is_administrator)
rules.add_perm("members.import_members", is_secretariat)
rules.add_perm("members.invite_person", is_secretariat | is_administrator)
rules.add_perm("members.grant_role", is_secretariat | is_administrator)
rules.add_perm("members.delegate_voice", is_focal_point)
# Who gave a delegation ends it; so do those who keep the list of members.
rules.add_perm("members.end_delegation", is_giver | is_secretariat | is_co_chair)
rules.add_perm("members.hand_over", is_secretariat)
rules.add_perm("members.deactivate_person", is_secretariat | is_administrator)
# The floors below know no roles, so their rights are given here.
rules.add_perm("core.view_journal", is_secretariat)
rules.add_perm("frameworks.manage_national_priorities", is_secretariat)
rules.add_perm("frameworks.manage_calendar", is_secretariat)
