"""Celery tasks of the ground floor: each takes ids, and calls one function that can be repeated."""

from celery import shared_task

from core import jobs, outbox


@shared_task
def run_job(job_id: int) -> None:
    jobs.execute(job_id)


@shared_task
def sweep_jobs() -> None:
    jobs.sweep()


@shared_task
def sweep_outbox() -> None:
    outbox.deliver_due()
