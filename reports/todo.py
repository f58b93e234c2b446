"""What awaits a person about the yearly report."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.todo import TodoItem
from members.standing import standing_of
from reports import queries
from reports.enums import ReportState
from reports.models import YearlyReport


def todo(user: Any) -> list[TodoItem]:
    """For the secretariat: the report of last year to order, or to start again."""
    if not standing_of(user).is_secretariat:
        return []
    today = clock.today()
    report = YearlyReport.objects.light().filter(year=today.year - 1).first()
    url = reverse("reports:report_detail", args=[today.year - 1])
    if report and report.state == ReportState.COLLECTING and queries.progress_of(report).is_failed:
        title = _("Start the yearly report %(year)s again") % {"year": report.year}
        return [TodoItem(title, url, _("Its printing failed; nothing was lost."), tag=_("failed"))]
    if report is None and today <= queries.due_on(today.year - 1):
        title = _("Order the yearly report %(year)s") % {"year": today.year - 1}
        why = _("The Network reports each year to the regional Network.")
        return [TodoItem(title, url, why, tag=_("first quarter"))]
    return []
