"""The register of partners and those who answer for them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, journal
from core.refusals import Refused
from core.templatetags.typography import long_day
from core.transitions import check_version, lock
from frameworks.models import PartnerCategory
from members.actions.people import add_person
from members.actions.shared import changed_values, insert, update
from members.actions.ties import record_tie
from members.models import CoChairTerm, Delegation, FocalPoint, Partner, PartnerContact, User

PARTNER_FIELDS = frozenset({
    "name_fr", "name_en", "acronym", "category", "website", "email", "description", "ended_on",
})  # fmt: skip


@transaction.atomic
def add_partner(
    *,
    name_fr: str,
    category: PartnerCategory,
    name_en: str = "",
    acronym: str = "",
    website: str = "",
    email: str = "",
    description: str = "",
    regions: Iterable[Any] = (),
    by: User | None,
) -> Partner:
    """An organisation the Network works with, in one of the categories of the mandate (clauses M-17, M-35).

    Raises:
        Refused: a partner has this name already.
    """
    partner = Partner(
        name_fr=name_fr, name_en=name_en, acronym=acronym, category=category, website=website, email=email,
        description=description, created_at=clock.now(),
    )  # fmt: skip
    insert(partner)
    partner.regions.set(regions)
    journal.record("add_partner", partner, by=by, data={"category": category.slug})
    return partner


@transaction.atomic
def edit_partner(
    partner: Partner, *, version: int, by: User, regions: Iterable[Any] | None = None, **values: Any
) -> Partner:
    """Change the record. A list of regions that is not given stays as it is.

    Raises:
        StaleVersion: somebody changed it meanwhile.
        Refused: another partner has this name, or the last day is before somebody began to answer for it.
    """
    partner = lock(partner)
    check_version(partner, version)
    changed = changed_values(partner, values, PARTNER_FIELDS)
    _check_end(partner, changed.get("ended_on"))
    update(partner, changed)
    told = {**changed, **({"category": changed["category"].slug} if "category" in changed else {})}
    if regions is not None:
        partner.regions.set(regions)
        told["regions"] = [region.slug for region in regions]
    journal.record("edit_partner", partner, by=by, data=told)
    return partner


def _check_end(partner: Partner, last_day: date | None) -> None:
    later = partner.contacts.filter(starts_on__gt=last_day).order_by("starts_on").first() if last_day else None
    if later:
        said = {"person": later.person, "day": long_day(later.starts_on)}
        raise Refused(
            _("%(person)s answers for this partner since %(day)s: it is one at least until then.") % said, "ended_on"
        )


@transaction.atomic
def name_contact(
    partner: Partner, *, person: User, starts_on: date, ends_on: date | None = None, by: User | None
) -> PartnerContact:
    """The person answers for the partner. An account, if one is needed, comes with an invitation.

    Raises:
        Refused: the person speaks or chairs for an entity of the Network on one of these days, is a contact of this
            partner already, the partner is none any more, or the days are in disorder.
    """
    if partner.ended_on and partner.ended_on < starts_on:
        raise Refused(_("%s is no longer a partner on that day.") % partner, "starts_on")
    person = lock(person)
    for kind in (FocalPoint, Delegation, CoChairTerm):
        tie = kind.objects.between(starts_on, ends_on).filter(person=person).select_related("entity").first()
        if tie:
            sentence = _(
                "%(person)s speaks or chairs for %(entity)s: nobody is of the Network and of a partner at once."
            )
            raise Refused(sentence % {"person": person, "entity": tie.entity}, "person")
    return record_tie(
        "name_contact", PartnerContact(partner=partner, person=person, starts_on=starts_on, ends_on=ends_on), by
    )


@transaction.atomic
def add_contact(partner: Partner, *, starts_on: date, by: User, **details: Any) -> PartnerContact:
    """Somebody the Network did not know yet, who answers for the partner; ``details`` are those of a person.

    Raises:
        Refused: somebody has this address already, in whatever letter case.
    """
    person = add_person(**details, by=by)
    return name_contact(partner, person=person, starts_on=starts_on, by=by)
