"""The list of members as an Excel file."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from core import clock
from core.workbook import Heading, Sheet, workbook
from members.models import User
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
