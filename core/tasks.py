"""Celery tasks of the ground floor: each takes ids, and calls one function that can be repeated."""

from celery import shared_task

from core import jobs, once, outbox


@shared_task
def run_job(job_id: int) -> None:
    jobs.execute(job_id)


@shared_task
def sweep_jobs() -> None:
    jobs.sweep()


@shared_task
def forget_old() -> None:
    """What is kept no longer than the retention of the settings."""
    outbox.forget_old()
    once.forget_old()


@shared_task
def sweep_outbox() -> None:
    outbox.deliver_due()
