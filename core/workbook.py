"""Excel files: strings stay strings, whatever somebody typed; days are days and amounts are numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils import timezone

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Heading = tuple[str, int]  # words, width in characters
_AS_TYPED = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class Sheet:
    """One sheet: its headings and, under them, one cell a heading in each row; ``frozen`` columns stay in sight."""

    title: str
    headings: Sequence[Heading]
    rows: Iterable[Sequence[Any]]
    frozen: int = 1


def workbook(*sheets: Sheet) -> bytes:
    """The sheets as one file, each with a header that stays in sight and can be filtered by."""
    output = BytesIO()
    book = xlsxwriter.Workbook(output, _AS_TYPED)
    formats = {
        "heading": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        "instant": book.add_format({"num_format": "dd/mm/yyyy hh:mm", "valign": "top"}),
        "day": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "whole": book.add_format({"num_format": "#,##0", "valign": "top"}),
    }
    for sheet in sheets:
        _write(book.add_worksheet(sheet.title), sheet, formats)
    book.close()
    return output.getvalue()


def _write(page: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    for column, (words, width) in enumerate(sheet.headings):
        page.write_string(0, column, words, formats["heading"])
        page.set_column(column, column, width)
    line = 0
    for line, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            _write_cell(page, line, column, value, formats)
    page.set_landscape()
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)
    page.freeze_panes(1, sheet.frozen)
    page.autofilter(0, 0, max(1, line), len(sheet.headings) - 1)


def _write_cell(page: Any, line: int, column: int, value: Any, formats: dict[str, Any]) -> None:
    if isinstance(value, datetime):  # asked before date, which it is too
        page.write_datetime(line, column, timezone.make_naive(value), formats["instant"])
    elif isinstance(value, date):
        page.write_datetime(line, column, value, formats["day"])
    elif isinstance(value, int):
        page.write_number(line, column, value, formats["whole"])
    elif isinstance(value, Decimal):
        page.write_number(line, column, float(value))
    elif value:
        page.write_string(line, column, str(value).replace("\r\n", "\n"), formats["text"])
