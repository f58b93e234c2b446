"""Every write on a yearly report. Clauses M-78 and M-79: the Network reports each year to the regional Network."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import clock, jobs, journal
from core.errors import DomainError
from core.models import Job
from core.transitions import lock, move, require_move
from decisions.actions import carried_out, propose_decision
from decisions.models import Decision
from members.models import Entity, User
from reports import adoption, collect, snapshot
from reports.enums import ADOPTION
from reports.models import YearlyReport
from reports.press import Printed

KIND = "reports.render_yearly"
# The Global Compact was adopted in December 2018: nothing to report on before.
FIRST_YEAR = 2018


class YearNotBegun(DomainError):
    """There is nothing to report on a year that has not begun."""


@transaction.atomic
def order_report(year: int, *, by: User) -> YearlyReport:
    """Take a snapshot of the year's records as they are now, and order its printing.

    Raises:
        YearNotBegun: the year is to come, or older than the Global Compact.
        AlreadyOrdered: it is being printed; the snapshot under way stays what it is.
        DomainError: the Network is asked to adopt it, or has done so.
    """
    if not FIRST_YEAR <= year <= clock.today().year:
        raise YearNotBegun(_("There is no yearly report to make for %(year)s.") % {"year": year})
    YearlyReport.objects.get_or_create(year=year)
    report = lock(YearlyReport.objects.get(year=year))
    require_move(report, "order")
    _require_not_asked(report)
    taken_at = clock.now()
    data = snapshot.to_json(collect.snapshot_of(year, taken_at))
    stamps = {"snapshot": data, "snapshot_at": taken_at, "snapshot_by": by}
    move(report, "order", by=by, data={"digest": snapshot.digest(data)}, **stamps)
    jobs.order_job(KIND, report, by=by)
    return report


@transaction.atomic
def propose_report(report: YearlyReport, *, title: str, text: str, entity: Entity | None, by: User) -> Decision:
    """Draft the decision by which the Network adopts the report as it was printed last.

    Raises:
        DomainError: it is not printed, or adopted; a decision on it is under way; or the person belongs to no entity.
    """
    report = lock(report)
    check_proposable(report)
    decision = propose_decision(
        title=title, text=text, subject_kind=ADOPTION, subject_id=str(report.pk), proposed_by=entity, by=by
    )
    journal.record("propose_report", report, by=by, data={"decision": decision.title})
    return decision


def check_proposable(report: YearlyReport) -> None:
    """Refuse as :func:`propose_report` does, before its form is shown."""
    require_move(report, "adopt_report")
    _require_not_asked(report)


def _require_not_asked(report: YearlyReport) -> None:
    if pending := adoption.under_way(report):
        raise DomainError(_("The Network is asked to adopt this report: “%s” is withdrawn first.") % pending.title)


@transaction.atomic
def report_adopted(decision: Decision, *, by: User) -> None:
    """Called by the decision that is being recorded: the report is the Network's, and no longer changes."""
    report = lock(YearlyReport.objects.get(pk=decision.subject_id))
    move(report, "adopt_report", by=by, adopting_decision=decision, data={"decision": decision.reference})
    carried_out(decision, by=by)


def filename_of(report: YearlyReport, suffix: str) -> str:
    """« RNUM-SN_rapport_annuel_2026_2027-02-03.pdf »: the day is that of the records."""
    day = timezone.localdate(report.snapshot_at)
    return f"{settings.NETWORK_CODE}_rapport_annuel_{report.year}_{day:%Y-%m-%d}.{suffix}"


@transaction.atomic
def retry_report(report: YearlyReport, *, by: User) -> Job:
    """Print again the snapshot whose printing failed.

    Raises:
        DomainError: nothing was ordered, or the last order has not failed.
    """
    report = lock(report)
    job = jobs.latest(KIND, report)
    if job is None:
        raise DomainError(_("Nothing has been ordered yet."))
    job = jobs.retry_job(job, by=by)
    journal.record("retry", report, by=by)
    return job


@transaction.atomic
def assemble_report(report: YearlyReport, *, printed: Printed, taken_at: datetime) -> YearlyReport:
    """Keep the printed file, unless a newer snapshot was ordered while it was being printed."""
    report = lock(report)
    if report.snapshot_at != taken_at or report.is_file_current:
        return report
    filename = filename_of(report, "pdf")
    report.file.save(f"{report.year}/{filename}", ContentFile(printed.content), save=False)
    sha256 = hashlib.sha256(printed.content).hexdigest()
    return move(
        report,
        "assemble",
        by=None,
        data={"sha256": sha256, "pages": printed.pages},
        file=report.file.name,
        filename=filename,
        sha256=sha256,
        size=len(printed.content),
        pages=printed.pages,
        file_taken_at=taken_at,
        assembled_at=clock.now(),
    )
