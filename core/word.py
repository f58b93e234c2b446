"""Word files: real heading styles, a header row that repeats, and nothing that Word could not open."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils import timezone
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt

from core.templatetags.typography import typo

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What XML cannot hold, and so Word cannot open.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def clean(text: str) -> str:
    """The words as they are printed."""
    return _UNPRINTABLE.sub("", typo(text))


def new_document(title: str, moment: datetime) -> Any:
    """An empty document with its title as first heading; every date inside the file is ``moment``."""
    document = Document()
    document.core_properties.title = clean(title)
    document.core_properties.author = settings.NETWORK_CODE
    day = timezone.make_naive(moment) if timezone.is_aware(moment) else moment
    document.core_properties.created = document.core_properties.modified = day
    document.sections[0].page_width, document.sections[0].page_height = Mm(210), Mm(297)
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Calibri", Pt(11)
    document.add_heading(clean(title), level=0)
    return document


def lay_across(document: Any) -> None:
    """The pages wider than high, for a table of many columns."""
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = max(page.page_width, page.page_height), min(page.page_width, page.page_height)


def add_table(document: Any, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table whose header repeats on each page."""
    table = document.add_table(rows=1, cols=len(headings), style="Light Grid Accent 1")
    for cell, words in zip(table.rows[0].cells, headings, strict=True):
        cell.text = clean(words)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = clean(words)


def saved(document: Any) -> bytes:
    output = BytesIO()
    document.save(output)
    return output.getvalue()
