"""States of the yearly report. Editing, consultation, adoption and transmission come with a later version."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReportState(TextChoices):
    COLLECTING = "collecting", _("in preparation")
    ASSEMBLED = "assembled", _("assembled")


# verb → (states it may start from, state it leads to)
REPORT_TRANSITIONS = {
    "order": ({ReportState.COLLECTING, ReportState.ASSEMBLED}, ReportState.COLLECTING),
    "assemble": ({ReportState.COLLECTING}, ReportState.ASSEMBLED),
}
