"""Word files: real heading styles, a header row that repeats, and nothing that Word could not open."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt

from core.templatetags.typography import typo

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What XML cannot hold, and so Word cannot open.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def clean(text: str) -> str:
    """The words as they are printed."""
    return _UNPRINTABLE.sub("", typo(text.replace("\r\n", "\n")))


def new_document(title: str, moment: datetime) -> Any:
    """An empty document with its title as first heading; every date inside the file is ``moment``."""
    document = Document()
    document.core_properties.title = clean(title)
    document.core_properties.author = settings.NETWORK_CODE
    day = timezone.make_naive(moment) if timezone.is_aware(moment) else moment
    document.core_properties.created = document.core_properties.modified = day
    document.sections[0].page_width, document.sections[0].page_height = Mm(210), Mm(297)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "fr-FR" if get_language() == "fr" else "en-GB")
    document.styles["Normal"].element.get_or_add_rPr().append(language)
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Calibri", Pt(11)
    document.add_heading(clean(title), level=0)
    return document


def lay_across(document: Any) -> None:
    """The pages wider than high, for a table of many columns."""
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = max(page.page_width, page.page_height), min(page.page_width, page.page_height)


def add_table(document: Any, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Any:
    """A table whose header repeats on each page, and whose rows stay whole where they fit on one."""
    table = document.add_table(rows=1, cols=len(headings), style="Light Grid Accent 1")
    for cell, words in zip(table.rows[0].cells, headings, strict=True):
        cell.text = clean(words)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in rows:
        added = table.add_row()
        added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, words in zip(added.cells, row, strict=True):
            cell.text = clean(words)
    return table


def set_widths(table: Any, widths: Sequence[float]) -> None:
    """Columns as wide as that, in centimetres."""
    table.autofit = False
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)


def add_spans(cell: Any, spans: Iterable[tuple[str, str]]) -> None:
    """A paragraph in which what was added is underlined and what was removed is struck through."""
    paragraph = cell.add_paragraph()
    for kind, words in spans:
        run = paragraph.add_run(clean(words))
        run.font.underline, run.font.strike = kind == "added", kind == "removed"


def saved(document: Any) -> bytes:
    output = BytesIO()
    document.save(output)
    return output.getvalue()
