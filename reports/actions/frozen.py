"""Sheets that are taken from the records once and never change: handovers, dated lists, extracts of decisions."""

import hashlib
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core import clock, jobs, journal
from core.errors import DomainError
from core.models import Job
from core.templatetags.typography import long_day
from core.transitions import lock
from core.turns import take_turn
from decisions.models import Decision
from members.models import CoChairTerm, User
from reports import emails, extracts, handover, lists, snapshot
from reports.models import DecisionExtract, FrozenSheet, HandoverPack, MemberList
from reports.press import Printed

SHEET_JOB = "reports.render_sheet"
# A button pressed twice is one order.
SAME_ORDER = timedelta(minutes=1)
STILL_NEW = timedelta(days=7)


@transaction.atomic
def prepare_handover(term: CoChairTerm, *, by: User) -> HandoverPack:
    """Take down all that is open for who takes over the seat (clause M-47), and have it printed.

    What was taken less than a minute ago is not taken again.
    """
    term = lock(term)
    recent = HandoverPack.objects.filter(term=term, taken_at__gt=clock.now() - SAME_ORDER).order_by("-pk").first()
    if recent:
        return recent
    with translation.override("fr"):
        content = snapshot.to_json(handover.pack(term, clock.today()))
    made = HandoverPack.objects.create(term=term, **_taken(content, by))
    journal.record("prepare_handover", made, by=by, data={"digest": made.digest})
    jobs.order_job(SHEET_JOB, made, by=by)
    return made


@transaction.atomic
def freeze_member_list(*, by: User | None) -> MemberList:
    """Keep the list of members as it is now, under the next number of the year (clause M-57), and have it printed.

    What was taken less than a minute ago is not taken again.
    """
    year = clock.today().year
    take_turn("reports.member_list", year)
    last = MemberList.objects.light().latest_first().first()
    if last and last.taken_at > clock.now() - SAME_ORDER:
        return last
    with translation.override("fr"):
        content = snapshot.to_json(lists.taken(clock.today()))
    number = last.number + 1 if last and last.year == year else 1
    made = MemberList.objects.create(year=year, number=number, **_taken(content, by))
    journal.record("freeze_member_list", made, by=by, data={"digest": made.digest})
    jobs.order_job(SHEET_JOB, made, by=by)
    return made


@transaction.atomic
def take_extract(decision: Decision, *, by: User | None) -> DecisionExtract:
    """Keep what the register holds of a decision (clause M-61), and have it printed; taken once.

    Raises:
        DomainError: the decision has no number.
    """
    if not decision.number:
        raise DomainError(_("Only an adopted decision has an extract."))
    take_turn("reports.extract", decision.pk)
    taken = DecisionExtract.objects.filter(decision=decision).first()
    if taken:
        return taken
    with translation.override("fr"):
        content = snapshot.to_json(extracts.extract(decision))
    made = DecisionExtract.objects.create(decision=decision, **_taken(content, by))
    journal.record("take_extract", made, by=by, data={"digest": made.digest})
    jobs.order_job(SHEET_JOB, made, by=by)
    return made


def _taken(content: dict[str, Any], by: User | None) -> dict[str, Any]:
    return {"content": content, "digest": snapshot.digest(content), "taken_at": clock.now(), "taken_by": by}


@transaction.atomic
def attach_sheet_file(frozen: FrozenSheet, *, printed: Printed, by: User | None) -> FrozenSheet:
    """Keep the printed file; it is kept once, and the second printing of the same content is the same.

    The extract of a decision then leaves for those concerned, unless it was taken so long ago that it is no news.
    """
    frozen = lock(frozen)
    if frozen.file:
        return frozen
    frozen.file.save(frozen.filename("pdf"), ContentFile(printed.content), save=False)
    frozen.sha256 = hashlib.sha256(printed.content).hexdigest()
    frozen.size, frozen.pages = len(printed.content), printed.pages
    frozen.save(update_fields=["file", "sha256", "size", "pages"])
    journal.record("attach_sheet_file", frozen, by=by, data={"sha256": frozen.sha256})
    if isinstance(frozen, DecisionExtract) and clock.now() - frozen.taken_at < STILL_NEW:
        emails.send_extract(frozen, printed.content)
    return frozen


@transaction.atomic
def retry_sheet(frozen: FrozenSheet, *, by: User) -> Job:
    """Print again what failed.

    Raises:
        DomainError: it has not failed.
    """
    job = jobs.latest(SHEET_JOB, lock(frozen))
    if job is None:
        raise DomainError(_("Nothing has been ordered yet."))
    job = jobs.retry_job(job, by=by)
    journal.record("retry_sheet", frozen, by=by)
    return job


@transaction.atomic
def share_member_list(version: MemberList, *, by: User | None) -> MemberList:
    """Send the version to everybody of the Network (clause M-58); the mails that went out are its register of sends.

    Raises:
        DomainError: it was shared already, or a later version was.
    """
    version = lock(version)
    check_shareable(version)
    version.shared_at, version.shared_by = clock.now(), by
    version.save(update_fields=["shared_at", "shared_by"])
    journal.record("share_member_list", version, by=by)
    emails.share(version)
    return version


def check_shareable(version: MemberList) -> None:
    """Refuse as :func:`share_member_list` does, before its page of checking is shown."""
    if version.shared_at:
        day = long_day(timezone.localdate(version.shared_at))
        raise DomainError(_("This version was shared on %s already: freeze a new one.") % day)
    later = MemberList.objects.filter(taken_at__gt=version.taken_at, shared_at__isnull=False)
    if later.exists():
        raise DomainError(_("A later version was shared already: this one would mislead its readers."))
