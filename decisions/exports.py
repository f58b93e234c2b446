"""The register as an Excel file: strings stay strings, whatever somebody typed."""

from io import BytesIO
from typing import Any

import xlsxwriter
from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from core import clock
from decisions.models import Decision, DecisionText

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def register_filename() -> str:
    return f"{settings.NETWORK_CODE}_decisions_{clock.today():%Y-%m-%d}.xlsx"


def register_xlsx(decisions: QuerySet[Decision]) -> bytes:
    """One row a decision with the last version of its text, a frozen header, dates as dates."""
    last = DecisionText.objects.filter(decision=OuterRef("pk")).order_by("-number").values("text")[:1]
    rows: Any = decisions.annotate(text=Subquery(last))
    output = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(output, options)
    sheet = book.add_worksheet(_("Register"))
    bold, date = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    headings = [
        _("Number"),
        _("Title"),
        _("Text of the decision"),
        _("State"),
        _("Proposed by"),
        _("Adopted on"),
        _("In charge"),
        _("Due on"),
        _("Follow-up"),
    ]
    sheet.write_row(0, 0, headings, bold)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 2, 60)
    sheet.set_column(3, 8, 16)
    for row, decision in enumerate(rows, start=1):
        responsible = str(decision.responsible) if decision.responsible else ""
        cells = [
            decision.reference, decision.title, decision.text, decision.get_state_display(), str(decision.proposed_by),
        ]  # fmt: skip
        for column, value in enumerate(cells):
            sheet.write_string(row, column, value)
        if decision.recorded_at:
            sheet.write_datetime(row, 5, decision.recorded_at.replace(tzinfo=None), date)
        sheet.write_string(row, 6, responsible)
        if decision.due_on:
            sheet.write_datetime(row, 7, decision.due_on, date)
        sheet.write_string(row, 8, decision.get_follow_up_display() if decision.number else "")
    book.close()
    return output.getvalue()
