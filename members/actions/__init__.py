"""Every write about people and entities that means something. The database refuses overlaps, here they get words."""

from members.actions.entities import add_entity, confirm_details, edit_entity, set_logo
from members.actions.imports import Faulty, carry_out_import, check_import, give_up_import
from members.actions.invitations import InvitationClosed, accept_invitation, invite_person, revoke_invitation
from members.actions.partners import add_contact, add_partner, edit_partner, name_contact
from members.actions.people import (
    add_person,
    anonymise_person,
    deactivate_person,
    edit_person,
    reactivate_person,
)
from members.actions.succession import hand_over
from members.actions.ties import (
    delegate_voice,
    end_membership,
    end_tie,
    grant_role,
    name_focal_point,
    record_co_chair_term,
    record_membership,
    remove_tie,
)

__all__ = [
    "Faulty",
    "InvitationClosed",
    "accept_invitation",
    "add_contact",
    "add_entity",
    "add_partner",
    "add_person",
    "anonymise_person",
    "carry_out_import",
    "check_import",
    "confirm_details",
    "deactivate_person",
    "delegate_voice",
    "edit_entity",
    "edit_partner",
    "edit_person",
    "end_membership",
    "end_tie",
    "give_up_import",
    "grant_role",
    "hand_over",
    "invite_person",
    "name_contact",
    "name_focal_point",
    "reactivate_person",
    "record_co_chair_term",
    "record_membership",
    "remove_tie",
    "revoke_invitation",
    "set_logo",
]
