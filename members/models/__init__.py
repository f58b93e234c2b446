"""People, entities, partners, and the dated ties between them."""

from members.models.dated import Dated, DatedQuerySet
from members.models.entities import ACRONYM_TAKEN, SLUG_TAKEN, Entity, EntityQuerySet, Membership
from members.models.imports import Import
from members.models.partners import PARTNER_TAKEN, Partner, PartnerContact, PartnerQuerySet
from members.models.people import EMAIL_TAKEN, Invitation, User, UserQuerySet, by_name, dictionary_order
from members.models.ties import CoChairTerm, Delegation, FocalPoint, InstitutionalRole

__all__ = [
    "ACRONYM_TAKEN",
    "EMAIL_TAKEN",
    "PARTNER_TAKEN",
    "SLUG_TAKEN",
    "CoChairTerm",
    "Dated",
    "DatedQuerySet",
    "Delegation",
    "Entity",
    "EntityQuerySet",
    "FocalPoint",
    "Import",
    "InstitutionalRole",
    "Invitation",
    "Membership",
    "Partner",
    "PartnerContact",
    "PartnerQuerySet",
    "User",
    "UserQuerySet",
    "by_name",
    "dictionary_order",
]
