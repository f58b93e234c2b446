"""The list of members as an Excel file."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from core import clock
from core.workbook import Heading, Sheet, workbook
from members.models import Partner, User
from members.queries import DirectoryRow


def directory_filename() -> str:
    return f"{settings.NETWORK_CODE}_membres_{clock.today():%Y-%m-%d}.xlsx"


def directory_xlsx(rows: Iterable[DirectoryRow]) -> bytes:
    """One row an entity."""
    return workbook(Sheet(_("Members"), headings(), map(cells, rows)))


def headings() -> list[Heading]:
    named = [_("Head of entity"), _("Principal focal point"), _("Alternate focal point")]
    people = [(heading, 34) for name in named for heading in (name, _("E-mail"), _("Telephone"))]
    return [
        (_("Acronym"), 14), (_("Name"), 50), (_("Status"), 20), (_("Member since"), 14), *people,
        (_("Profile reviewed on"), 18), (_("Contacts confirmed on"), 18),
    ]  # fmt: skip


def cells(row: DirectoryRow) -> list[Any]:
    entity = row.entity
    people = [cell for person in (row.head, row.principal, row.alternate) for cell in person_cells(person)]
    status = str(row.kind.label) if row.kind else ""
    known = [entity.acronym, entity.name, status, row.since]
    return [*known, *people, entity.profile_reviewed_on, entity.details_confirmed_on]


def person_cells(person: User | None) -> list[str]:
    return [person.get_full_name(), person.email, person.phone] if person else ["", "", ""]


def partners_filename() -> str:
    return f"{settings.NETWORK_CODE}_partenaires_{clock.today():%Y-%m-%d}.xlsx"


def partners_xlsx(partners: Iterable[Partner]) -> bytes:
    """One row a partner and, on a second sheet, one a contact; :func:`members.queries.partners` gives them."""
    found: list[Any] = list(partners)
    about = [
        (_("Name"), 50), (_("Acronym"), 14), (_("Category"), 34), (_("Regions"), 30), (_("E-mail"), 34),
        (_("Website"), 34), (_("What it does"), 50), (_("Partner until"), 14),
    ]  # fmt: skip
    of_people = [(_("Partner"), 50), (_("Name"), 34), (_("Function"), 34), (_("E-mail"), 34), (_("Telephone"), 20)]
    contacts = [
        (partner.name, tie.person.get_full_name(), tie.person.title, tie.person.email, tie.person.phone)
        for partner in found
        for tie in partner.answering
    ]
    return workbook(Sheet(_("Partners"), about, map(_partner_cells, found)), Sheet(_("Contacts"), of_people, contacts))


def _partner_cells(partner: Partner) -> list[Any]:
    regions = ", ".join(region.name for region in partner.regions.all())
    known = [partner.name, partner.acronym, partner.category.title, regions, partner.email, partner.website]
    return [*known, partner.description, partner.ended_on]
