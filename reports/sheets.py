"""A printed sheet: a title, parts, paragraphs and tables of plain words. One shape for the PDF and for Word."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from core import components, word
from core.templatetags.typography import typo
from reports.tables import Column, Table

BREAK = SafeString("<br>")


@dataclass(frozen=True)
class PlainTable(Table):
    """Words only, so that what was kept as data comes back as it was."""

    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()

    @property
    def lines(self) -> list[list[tuple[Column, Any]]]:
        return [list(zip(self.columns, row, strict=True)) for row in self._broken]

    @property
    def shown(self) -> components.DataTable:
        """The same for a page of the portal."""
        columns = tuple(components.Column(column.label, column.kind) for column in self.columns)
        return components.DataTable(self.caption, columns, tuple(self._broken), hide_caption=True)

    @property
    def _broken(self) -> Iterator[tuple[SafeString, ...]]:
        """Lines of a cell stand one under the other."""
        for row in self.rows:
            yield tuple(format_html_join(BREAK, "{}", ((typo(line),) for line in cell.split("\n"))) for cell in row)


@dataclass(frozen=True)
class Part:
    """One heading and what stands under it; ``empty`` is said where there is nothing."""

    title: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[PlainTable, ...] = ()
    empty: str = ""

    @property
    def filled(self) -> list[PlainTable]:
        return [table for table in self.tables if table.rows]

    @property
    def has_several(self) -> bool:
        """Each table then needs a heading of its own."""
        return len(self.tables) > 1

    @property
    def words(self) -> tuple[str, ...]:
        return self.paragraphs if self.paragraphs or self.filled else (self.empty,)


@dataclass(frozen=True)
class Sheet:
    title: str
    lead: tuple[str, ...]
    parts: tuple[Part, ...]


def reach(email: str, phone: str) -> str:
    """How to write to and call somebody, one under the other; a number stays on its line."""
    return "\n".join(filter(None, [email, phone.replace(" ", "\N{NO-BREAK SPACE}")]))


def html(sheet: Sheet, *, taken_at: datetime, digest: str) -> str:
    """A complete document for the printing process."""
    return render_to_string("reports/pdf/sheet.html", {"sheet": sheet, "taken_at": taken_at, "digest": digest})


def docx(sheet: Sheet, *, taken_at: datetime) -> bytes:
    """The same for Word, with headings that make it navigable."""
    document: Any = word.new_document(sheet.title, taken_at)
    for line in sheet.lead:
        document.add_paragraph(word.clean(line))
    for part in sheet.parts:
        document.add_heading(word.clean(part.title), level=1)
        for line in part.words:
            document.add_paragraph(word.clean(line))
        for table in part.filled:
            if part.has_several:
                document.add_heading(word.clean(table.caption), level=2)
            word.add_table(document, [str(column.label) for column in table.columns], table.rows)
    return word.saved(document)
