"""Entities and what they say of themselves."""

from collections.abc import Iterable
from typing import Any

from django.core.files.base import File
from django.db import transaction

from core import clock, journal
from core.transitions import check_version, lock
from members.actions.shared import changed_values, insert, update
from members.models import Entity, User

ENTITY_FIELDS = frozenset({
    "acronym_fr", "acronym_en", "name_fr", "name_en", "website", "web_pages", "is_in_country_team",
    "fields_of_intervention",
})  # fmt: skip


@transaction.atomic
def add_entity(
    *,
    slug: str,
    acronym_fr: str,
    acronym_en: str,
    name_fr: str,
    name_en: str,
    website: str = "",
    is_in_country_team: bool = True,
    by: User | None,
) -> Entity:
    """An entity of the United Nations; it belongs to the Network once a membership is recorded.

    Raises:
        Refused: an entity already has this short address.
    """
    entity = Entity(
        slug=slug, acronym_fr=acronym_fr, acronym_en=acronym_en, name_fr=name_fr, name_en=name_en, website=website,
        is_in_country_team=is_in_country_team,
    )  # fmt: skip
    insert(entity)
    journal.record("add_entity", entity, by=by)
    return entity


@transaction.atomic
def edit_entity(
    entity: Entity,
    *,
    version: int,
    by: User | None,
    gcm_objectives: Iterable[Any] | None = None,
    regions: Iterable[Any] | None = None,
    **values: Any,
) -> Entity:
    """Change the profile, which is thereby reviewed today. Lists that are not given stay as they are.

    Raises:
        StaleVersion: somebody changed it meanwhile.
    """
    entity = lock(entity)
    check_version(entity, version)
    changed = changed_values(entity, values, ENTITY_FIELDS)
    update(entity, {**changed, "profile_reviewed_on": clock.today()})
    lists = {"gcm_objectives": gcm_objectives, "regions": regions}
    for name, things in lists.items():
        if things is not None:
            getattr(entity, name).set(things)
            changed[name] = [thing.slug for thing in things]
    journal.record("edit_entity", entity, by=by, data=changed)
    return entity


@transaction.atomic
def set_logo(entity: Entity, *, logo: File | None, by: User | None) -> Entity:
    """Show this picture beside the entity's name, or none any more; the former one is deleted with the transaction.

    Args:
        logo: drawn by :func:`core.uploads.small_picture`.
    """
    entity = lock(entity)
    storage, former = entity.logo.storage, entity.logo.name
    if logo is None:
        entity.logo = ""  # type: ignore[assignment]
    else:
        entity.logo.save(logo.name or "", logo, save=False)
    entity.save(update_fields=["logo"])
    journal.record("set_logo" if logo else "remove_logo", entity, by=by)
    if former:
        transaction.on_commit(lambda: storage.delete(former))
    return entity


@transaction.atomic
def confirm_details(entity: Entity, *, by: User | None) -> Entity:
    """Somebody of the entity says that its contacts are right as of today."""
    entity = lock(entity)
    entity.details_confirmed_on = clock.today()
    entity.save(update_fields=["details_confirmed_on"])
    journal.record("confirm_details", entity, by=by)
    return entity
