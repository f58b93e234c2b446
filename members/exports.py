"""The list of members as an Excel file: strings stay strings, whatever somebody typed."""

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from django.conf import settings
from django.utils.translation import gettext as _

from core import clock
from members.models import User
from members.queries import DirectoryRow

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def directory_filename() -> str:
    return f"{settings.NETWORK_CODE}_membres_{clock.today():%Y-%m-%d}.xlsx"


def directory_xlsx(rows: Iterable[DirectoryRow]) -> bytes:
    """One row an entity, a frozen header, dates as dates."""
    output = BytesIO()
    book = xlsxwriter.Workbook(output, OPTIONS)
    sheet = book.add_worksheet(_("Members"))
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    for column, (heading, width) in enumerate(headings()):
        sheet.write_string(0, column, heading, bold)
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 1)
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(cells(row)):
            if isinstance(value, date):
                sheet.write_datetime(line, column, value, day)
            elif value:
                sheet.write_string(line, column, value)
    book.close()
    return output.getvalue()


def headings() -> list[tuple[str, int]]:
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
