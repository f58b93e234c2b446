"""States of the yearly report, from the order of its printing to its adoption by the Network (clause M-78)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ADOPTION = "yearly_report"  # the kind of decision that adopts the report of a year


class ReportState(TextChoices):
    COLLECTING = "collecting", _("in preparation")
    ASSEMBLED = "assembled", _("assembled")
    ADOPTED = "adopted", pgettext_lazy("report", "adopted by the Network")


# verb → (states it may start from, state it leads to)
REPORT_TRANSITIONS = {
    "order": ({ReportState.COLLECTING, ReportState.ASSEMBLED}, ReportState.COLLECTING),
    "assemble": ({ReportState.COLLECTING}, ReportState.ASSEMBLED),
    "adopt_report": ({ReportState.ASSEMBLED}, ReportState.ADOPTED),
}
