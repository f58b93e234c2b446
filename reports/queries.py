"""Reading yearly reports: the list, and one report with its job."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core import clock, jobs
from core.charts import YearMark
from members.standing import standing_of
from reports.actions import FIRST_YEAR, KIND
from reports.enums import ReportState
from reports.models import YearlyReport


def reports(user: Any) -> list[YearlyReport]:
    """Those this person may see, the newest year first; the current and the last year are there before any order."""
    known = {one.year: one for one in YearlyReport.objects.visible_to(user).light().order_by("-year", "pk")}
    year = clock.today().year
    for missing in (year, year - 1):
        known.setdefault(missing, YearlyReport(year=missing))
    return [known[key] for key in sorted(known, reverse=True)]


def due_on(year: int) -> date:
    """The report of a year is awaited in the first quarter of the next one."""
    return date(year + 1, 3, 31)


def year_marks(day: date) -> list[YearMark]:
    """For the year line: the day by which the report of last year is awaited; done once it is printed."""
    year, due = day.year - 1, due_on(day.year - 1)
    done = due < day or YearlyReport.objects.filter(year=year).exclude(state=ReportState.COLLECTING).exists()
    return [
        YearMark(
            _("Report %(year)s") % {"year": year}, due, "deadline", done, YearlyReport(year=year).get_absolute_url()
        )
    ]


def report_of(user: Any, year: int) -> YearlyReport | None:
    """The report of one year, an unsaved one before its first order, ``None`` where there is none to see."""
    standing = standing_of(user)
    if not (standing.is_network or standing.is_administrator):
        return None
    found = (
        YearlyReport.objects.visible_to(user)
        .select_related("snapshot_by", "adopting_decision")
        .filter(year=year)
        .first()
    )
    if found is None and FIRST_YEAR <= year <= clock.today().year:
        return YearlyReport(year=year)
    return found


def progress_of(report: YearlyReport) -> jobs.Progress:
    return jobs.progress_of(KIND, report)
