"""Slow work: ordered in a transaction, rung by Celery after commit, claimed with a lease, told in one row.

An app declares what a kind of job does in its ``AppConfig.ready``::

    jobs.register("reports.render", render_report)

A handler takes the job and a ``report(percent, step)`` callback that also renews the lease, and returns a
:class:`JobOutput` or ``None``. It may run twice (a worker was killed): it must be repeatable.
"""

import hashlib
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from core import clock, journal
from core.enums import JobState
from core.errors import DomainError
from core.models import Job

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)
MAX_ATTEMPTS = 3


@dataclass(frozen=True)
class JobOutput:
    """A finished file: its name for the person who downloads it, and its bytes."""

    filename: str
    content: bytes


Report = Callable[[int, str], None]
Handler = Callable[[Job, Report], JobOutput | None]
_handlers: dict[str, Handler] = {}


def register(kind: str, handler: Handler) -> None:
    _handlers[kind] = handler


class AlreadyOrdered(DomainError):
    """The same work on the same thing is already under way."""


@transaction.atomic
def order_job(kind: str, subject: models.Model, *, by: Any, params: dict[str, Any] | None = None) -> Job:
    """Write the row and ring after commit.

    Raises:
        AlreadyOrdered: a job of this kind on this subject is waiting or running.
    """
    if kind not in _handlers:
        raise KeyError(f"no handler is registered for {kind}")
    try:
        with transaction.atomic():
            job = Job.objects.create(
                kind=kind,
                subject_type=subject._meta.label_lower,
                subject_id=str(subject.pk),
                params=params or {},
                ordered_by=by,
                ordered_at=clock.now(),
            )
    except IntegrityError as error:
        raise AlreadyOrdered(_("This is already being prepared; the page shows its progress.")) from error
    journal.record("order_job", job, by=by, data={"kind": kind, "subject": str(subject)})
    ring(job.pk)
    return job


@transaction.atomic
def retry_job(job: Job, *, by: Any) -> Job:
    """Start a failed job again.

    Raises:
        AlreadyOrdered: it is not in failure (any more).
    """
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.state != JobState.FAILED:
        raise AlreadyOrdered(_("This is already being prepared; the page shows its progress."))
    job.state, job.attempts, job.progress, job.error, job.finished_at = JobState.PENDING, 0, 0, "", None
    job.save(update_fields=["state", "attempts", "progress", "error", "finished_at"])
    journal.record("retry_job", job, by=by)
    ring(job.pk)
    return job


_is_silent: ContextVar[bool] = ContextVar("jobs_are_silent", default=False)


@contextmanager
def silent() -> Iterator[None]:
    """What is ordered inside is not rung for: the sweeper finds it within a minute, one after the other."""
    token = _is_silent.set(True)
    try:
        yield
    finally:
        _is_silent.reset(token)


def ring(job_id: int) -> None:
    """Call the worker after the commit, unless jobs are :func:`silent`."""
    if _is_silent.get():
        return
    from core.tasks import run_job  # noqa: PLC0415 - tasks import this module

    transaction.on_commit(lambda: _deliver(run_job, job_id))


def _deliver(task: Any, job_id: int) -> None:
    """A broker that is down must not fail the page: the sweeper rings again within a minute."""
    try:
        task.delay(job_id)
    except task.OperationalError:
        log.warning("broker unreachable, job %s waits for the sweeper", job_id)


@transaction.atomic
def claim(job_id: int) -> Job | None:
    """Take the job for one lease, or ``None`` when it is over or in other hands."""
    job = Job.objects.select_for_update(skip_locked=True).filter(pk=job_id).first()
    if job is None or job.is_over:
        return None
    if job.lease_until and job.lease_until > clock.now():
        return None
    if job.attempts >= MAX_ATTEMPTS:
        _fail(job, _("Three attempts were interrupted. You can start it again."))
        return None
    job.state, job.lease_until = JobState.RUNNING, clock.now() + LEASE
    job.attempts, job.claim = job.attempts + 1, job.claim + 1
    job.save(update_fields=["state", "attempts", "claim", "lease_until"])
    return job


def execute(job_id: int) -> None:
    """Run one job from claim to end. A duplicate delivery finds it over, or in other hands, and leaves."""
    job = claim(job_id)
    if job is None:
        return

    def report(percent: int, step: str) -> None:
        Job.objects.filter(pk=job.pk, state=JobState.RUNNING, claim=job.claim).update(
            progress=percent, step=step, lease_until=clock.now() + LEASE
        )

    try:
        output = _handlers[job.kind](job, report)
    except DomainError as refusal:
        end = partial(_fail, reason=str(refusal))
    except Exception:
        log.exception("job %s failed", job.pk)
        end = partial(_fail, reason=_("The work stopped on an unexpected error. You can start it again."))
    else:
        end = partial(_finish, output=output)
    _end(job, end)


@transaction.atomic
def _end(job: Job, write: Callable[[Job], None]) -> None:
    """Write the end, unless the lease was lost to a later claim."""
    row = Job.objects.select_for_update().get(pk=job.pk)
    if row.state == JobState.RUNNING and row.claim == job.claim:
        write(row)


def _finish(job: Job, output: JobOutput | None) -> None:
    if output:
        job.file.save(f"{job.pk}/{output.filename}", ContentFile(output.content), save=False)
        job.filename, job.sha256 = output.filename, hashlib.sha256(output.content).hexdigest()
    job.state, job.progress, job.lease_until, job.finished_at = JobState.DONE, 100, None, clock.now()
    job.save()
    journal.record("finish_job", job, by=None, data={"kind": job.kind, "sha256": job.sha256})


def _fail(job: Job, reason: str) -> None:
    job.state, job.error, job.lease_until, job.finished_at = JobState.FAILED, reason, None, clock.now()
    job.save(update_fields=["state", "error", "lease_until", "finished_at"])
    journal.record("fail_job", job, by=None, data={"kind": job.kind, "reason": reason})


def sweep() -> int:
    """Ring again for jobs that wait without a lease, or whose lease has run out. Returns how many."""
    stale = models.Q(state=JobState.PENDING) | models.Q(state=JobState.RUNNING, lease_until__lt=clock.now())
    waiting = list(Job.objects.filter(stale).order_by("pk").values_list("pk", flat=True))
    for job_id in waiting:
        ring(job_id)
    return len(waiting)


@dataclass(frozen=True)
class Progress:
    """The order under way or the one that failed, for a page; ``job`` is ``None`` when neither."""

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


def progress_of(kind: str, subject: models.Model) -> Progress:
    job = latest(kind, subject) if subject.pk else None
    return Progress(job if job and job.state != JobState.DONE else None)


def latest(kind: str, subject: models.Model) -> Job | None:
    """The last job of this kind on this subject."""
    return (
        Job.objects.filter(kind=kind, subject_type=subject._meta.label_lower, subject_id=str(subject.pk))
        .order_by("-pk")
        .first()
    )
