"""Excel files that people fill in: a template with its columns, and reading it back cell by cell.

What is read is text; each column says with a form field what it takes, so that a cell is refused in the same words as
the field of a form. Nothing of a file is trusted: it is measured before it is opened, and formulas are not computed.
"""

import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from core.errors import DomainError
from core.forms import plain_errors
from core.templatetags.typography import number
from core.uploads import MB
from core.workbook import Sheet, workbook

MOST_ROWS = 5_000
MOST_LINES = 20_000  # with the empty ones between
MOST_FAULTS = 200
MOST_ENTRIES, MOST_BYTES, MOST_RATIO = 500, 30 * MB, 150  # of the archive that such a file is


class Unreadable(DomainError):
    """The file as a whole is not what is asked for."""

    field = "file"


@dataclass(frozen=True)
class Column:
    """One column: the key of its cells, the words of its heading, the field that takes them, and an example."""

    key: str
    heading: str | Promise
    field: forms.Field
    example: str = ""
    hint: str | Promise = ""


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell; ``column`` is empty where it is the whole line."""

    line: int
    column: str
    sentence: str

    def __str__(self) -> str:
        told = {"line": self.line, "column": self.column, "sentence": self.sentence}
        if not self.column:
            return _("Line %(line)s: %(sentence)s") % told
        return _("Line %(line)s, column %(column)s: %(sentence)s") % told


Line = tuple[int, list[str]]  # its number in the file, and one text for each column


class LookupField(forms.Field):
    """A word that names one of the things the portal knows, whatever its letter case and accents."""

    def __init__(self, known: Callable[[], Mapping[str, Any]], unknown: str | Promise, **options: Any) -> None:
        super().__init__(**options)
        self.known, self.unknown = known, unknown
        self._found: dict[str, Any] | None = None

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        if self._found is None:  # asked once for a whole file
            self._found = {plain(word): thing for word, thing in self.known().items()}
        try:
            return self._found[plain(value)]
        except KeyError:
            raise ValidationError(str(self.unknown) % value) from None


def plain(words: str) -> str:
    """For comparing: without accents, capitals and spare blanks."""
    flat = "".join(sign for sign in unicodedata.normalize("NFD", words) if not unicodedata.combining(sign))
    return " ".join(flat.casefold().replace("\u2019", "'").split())


def template(title: str, columns: Sequence[Column]) -> bytes:
    """An empty sheet with the headings, and one that says what each column takes."""
    headings = [(_starred(column), max(14, len(str(column.heading)) + 6)) for column in columns]
    explained = (
        (str(column.heading), _("yes") if column.field.required else _("no"), str(column.hint), column.example)
        for column in columns
    )
    about = [(_("Column"), 30), (_("Required"), 14), (_("What it takes"), 70), (_("Example"), 40)]
    return workbook(Sheet(title[:31], headings, ()), Sheet(_("How to fill it in"), about, explained))


def _starred(column: Column) -> str:
    return f"{column.heading} *" if column.field.required else str(column.heading)


def read(file: Any, columns: Sequence[Column]) -> tuple[list[Line], list[Fault]]:
    """The lines of the first sheet under its headings, which stand in any order, in French or English.

    Raises:
        Unreadable: it is no Excel file, is too large once unpacked, holds macros, or its headings are not those of the
            template.
    """
    try:
        _measure(file)
        file.seek(0)
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # a file says what it likes of its own size
        return _lines(sheet.iter_rows(), columns)
    except DomainError:
        raise
    except Exception as error:  # whatever a parser of somebody else makes of a broken file
        raise Unreadable(_("This file cannot be read as an Excel file: save it again as .xlsx.")) from error


def _measure(file: Any) -> None:
    """Before anything is unpacked: what the archive says of itself, and no more than that is ever unpacked."""
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    swollen = any(entry.file_size > MB and entry.file_size > MOST_RATIO * entry.compress_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_BYTES or swollen:
        raise Unreadable(_("This file is far too large once unpacked: copy its cells to the empty template."))
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(_("This file is protected by a password: save it without one."))
    if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
        raise Unreadable(_("This file holds macros: save it as .xlsx, without them."))


def _lines(rows: Iterable[Sequence[Any]], columns: Sequence[Column]) -> tuple[list[Line], list[Fault]]:
    places: list[int] = []
    lines: list[Line] = []
    faults: list[Fault] = []
    for at, row in enumerate(rows, start=1):
        if all(cell.value is None or str(cell.value).strip() == "" for cell in row):
            continue
        if not places:
            places = _places([_text(cell.value) for cell in row], columns)
            continue
        if len(lines) == MOST_ROWS or at > MOST_LINES:  # refused, and never left out unnoticed
            raise Unreadable(_("At most %s lines are taken at once: make several files.") % number(MOST_ROWS))
        cells = [row[place] if 0 <= place < len(row) else None for place in places]
        faults += [
            Fault(at, str(column.heading), sentence)
            for column, cell in zip(columns, cells, strict=True)
            if cell is not None and (sentence := _not_a_value(cell))
        ]
        lines.append((at, [_text(cell.value) if cell is not None else "" for cell in cells]))
    if not lines:
        raise Unreadable(_("There is no line under the headings."))
    return lines, faults


def _not_a_value(cell: Any) -> str:
    if getattr(cell, "data_type", "") == "f":
        return _("a formula is not taken; paste its value instead.")
    return _("this cell shows an error of Excel.") if getattr(cell, "data_type", "") == "e" else ""


def _places(found: list[str], columns: Sequence[Column]) -> list[int]:
    """Where in a row each column stands; -1 for one that was left out."""
    words = [plain(heading.rstrip(" *")) for heading in found]
    known: dict[str, int] = {}
    for index, column in enumerate(columns):
        for language in ("fr", "en"):
            with translation.override(language):
                known[plain(str(column.heading))] = index
    unknown = [heading for heading, word in zip(found, words, strict=True) if word and word not in known]
    if unknown:
        raise Unreadable(_("These headings are not in the template: %s. Take them out.") % ", ".join(unknown))
    places = [-1] * len(columns)
    for place, word in enumerate(words):
        if word and places[known[word]] >= 0:
            raise Unreadable(_("The heading “%s” stands twice.") % found[place])
        if word:
            places[known[word]] = place
    missing = [str(one.heading) for one, place in zip(columns, places, strict=True) if one.field.required and place < 0]
    if missing:
        raise Unreadable(_("These columns are missing: %s. Start from the template.") % ", ".join(missing))
    return places


def _text(value: Any) -> str:
    """A cell as it would be typed: days as 2026-01-31, whole numbers without decimals, no invisible signs."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "".join(sign for sign in str(value) if sign == "\n" or unicodedata.category(sign)[0] != "C").strip()


def clean(lines: Iterable[Line], columns: Sequence[Column]) -> tuple[list[dict[str, Any]], list[Fault]]:
    """Each line as a dictionary of clean values with its number under ``line``; the faulty ones are left out.

    Returns:
        The lines, and at most :data:`MOST_FAULTS` faults.
    """
    rows, faults = [], []
    for column in columns:
        column.field.error_messages.update(plain_errors(column.field))
    for at, cells in lines:
        row: dict[str, Any] = {"line": at}
        wrong = []
        for column, cell in zip(columns, cells, strict=True):
            try:
                row[column.key] = column.field.clean(cell)
            except ValidationError as error:
                wrong.append(Fault(at, str(column.heading), " ".join(error.messages)))
        faults += wrong
        if not wrong:
            rows.append(row)
        if len(faults) >= MOST_FAULTS:
            break
    return rows, faults[:MOST_FAULTS]
