"""Reading yearly reports: the list, and one report with its job."""

from dataclasses import dataclass
from typing import Any

from core import clock, jobs
from core.enums import JobState
from core.models import Job
from members.standing import standing_of
from reports.actions import FIRST_YEAR, KIND
from reports.models import YearlyReport


def reports(user: Any) -> list[YearlyReport]:
    """Those this person may see, the newest year first; the current and the last year are there before any order."""
    known = {one.year: one for one in YearlyReport.objects.visible_to(user).light().order_by("-year", "pk")}
    year = clock.today().year
    for missing in (year, year - 1):
        known.setdefault(missing, YearlyReport(year=missing))
    return [known[key] for key in sorted(known, reverse=True)]


def report_of(user: Any, year: int) -> YearlyReport | None:
    """The report of one year, an unsaved one before its first order, ``None`` where there is none to see."""
    standing = standing_of(user)
    if not (standing.is_network or standing.is_administrator):
        return None
    found = YearlyReport.objects.visible_to(user).select_related("snapshot_by").filter(year=year).first()
    if found is None and FIRST_YEAR <= year <= clock.today().year:
        return YearlyReport(year=year)
    return found


@dataclass(frozen=True)
class Progress:
    """The order under way or the one that failed; ``job`` is ``None`` when neither."""

    job: Job | None

    @property
    def is_running(self) -> bool:
        return self.job is not None and not self.job.is_over

    @property
    def step(self) -> str:
        """What it is doing; nothing while it waits, whatever an earlier attempt said."""
        return self.job.step if self.job and self.job.state == JobState.RUNNING else ""

    @property
    def is_failed(self) -> bool:
        return self.job is not None and self.job.state == JobState.FAILED


def progress_of(report: YearlyReport) -> Progress:
    job = jobs.latest(KIND, report) if report.pk else None
    return Progress(job if job and job.state != JobState.DONE else None)
