"""Excel files as people fill them in."""

from io import BytesIO

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from members.imports import IMPORTERS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PERSON = {"given_name": "Awa", "family_name": "Sarr", "email": "awa.sarr@example.org"}


def a_book(headings, *rows):
    """A file with these headings and rows of cells."""
    book = openpyxl.Workbook()
    for row in (headings, *rows):
        book.active.append(list(row))
    content = BytesIO()
    book.save(content)
    return SimpleUploadedFile("membres.xlsx", content.getvalue(), XLSX)


def a_file(kind, *rows):
    """A file of this kind: a row is a dictionary by the keys of the columns."""
    columns = IMPORTERS[kind].columns()
    headings = [str(column.heading) for column in columns]
    return a_book(headings, *([row.get(column.key) for column in columns] for row in rows))


def people(count):
    return [{**PERSON, "family_name": f"Sarr {n}", "email": f"p{n}@example.org"} for n in range(count)]
