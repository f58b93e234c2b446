"""What Celery runs: a stored snapshot becomes chapters, the chapters a document, the document a file."""

from datetime import timedelta
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from core import clock
from core.jobs import Report as Progress
from core.models import Job
from reports import actions, sheets
from reports.document import report_document
from reports.models import DecisionExtract, FrozenSheet, HandoverPack, MemberList, YearlyReport
from reports.press import OnPage, print_pdf

# Chapters are written in a second, pages take most of the time.
CHAPTERS_SHARE, PAGES_SHARE = 30, 60
EVERY = timedelta(seconds=1)
# what a job may be about → its model
SHEETS: dict[str, type[Any]] = {model._meta.label_lower: model for model in (DecisionExtract, HandoverPack, MemberList)}


def render_yearly(job: Job, progress: Progress) -> None:
    """Handler of ``reports.render_yearly``: prints the snapshot that was ordered. May run twice: same bytes."""
    report = YearlyReport.objects.get(pk=job.subject_id)
    taken_at = report.snapshot_at
    if taken_at is None:  # a job is only ordered with a snapshot
        raise ValueError("no snapshot was taken")
    with translation.override("fr"):
        content = report.content
        document = report_document(content, digest=report.digest, on_chapter=_chapter_by_chapter(progress))
        expected = 12 + sum(map(len, (content.members, content.decisions, content.meetings))) // 2
        printed = print_pdf(
            document, identifier=report.digest, moment=taken_at, on_page=page_by_page(progress, expected)
        )
    progress(95, _("Saving the file"))
    actions.assemble_report(report, printed=printed, taken_at=taken_at)


def render_sheet(job: Job, progress: Progress) -> None:
    """Handler of ``reports.render_sheet``: prints a frozen sheet. May run twice: same bytes."""
    frozen: FrozenSheet = SHEETS[job.subject_type].objects.get(pk=job.subject_id)
    with translation.override("fr"):
        progress(10, _("Writing the pages"))
        document = sheets.html(frozen.sheet, taken_at=frozen.taken_at, digest=frozen.digest)
        printed = print_pdf(
            document, identifier=frozen.digest, moment=frozen.taken_at, on_page=page_by_page(progress, expected=5)
        )
    progress(95, _("Saving the file"))
    actions.attach_sheet_file(frozen, printed=printed, by=None)


def _chapter_by_chapter(progress: Progress):
    def tell(number: int, total: int, title: str) -> None:
        progress(CHAPTERS_SHARE * number // total, _("Writing: %(chapter)s") % {"chapter": title})

    return tell


def page_by_page(progress: Progress, expected: int) -> OnPage:
    """Tells at most once a second; each telling also renews the lease of the job."""
    last = clock.now() - EVERY

    def tell(page: int) -> None:
        nonlocal last
        if clock.now() - last >= EVERY:
            last = clock.now()
            done = min(1.0, page / expected)
            progress(CHAPTERS_SHARE + int(PAGES_SHARE * done), _("Laying out page %(page)s") % {"page": page})

    return tell
