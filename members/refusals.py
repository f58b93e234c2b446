"""The constraints of members that a person's own input can run into, and the field of a form each belongs to."""

from core.refusals import refusals_of
from members.models import EMAIL_TAKEN, SLUG_TAKEN

FIELDS = {
    "user_email_any_case": "email",
    "members_user_email_key": "email",
    "members_entity_slug_key": "slug",
    "entity_acronym_fr_once": "acronym_fr",
    "entity_acronym_en_once": "acronym_en",
    "membership_once": "starts_on",
    "membership_in_order": "ends_on",
    "focal_point_one_per_rank": "rank",
    "focal_point_one_per_person": "person",
    "focal_point_in_order": "ends_on",
    "co_chair_one_per_seat": "seat",
    "co_chair_one_per_person": "person",
    "co_chair_term_in_order": "ends_on",
    "delegation_in_order": "ends_on",
    "delegation_one_per_giver": "starts_on",
    "delegation_one_per_person": "person",
    "partner_name_once": "name_fr",
    "partner_contact_once": "person",
    "partner_contact_in_order": "ends_on",
    "role_once": "role",
    "role_in_order": "ends_on",
}
# PostgreSQL names the constraints of unique fields itself.
refusals = refusals_of(FIELDS, {"members_user_email_key": EMAIL_TAKEN, "members_entity_slug_key": SLUG_TAKEN})
