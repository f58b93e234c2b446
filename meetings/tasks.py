"""Celery tasks of meetings: each can be repeated, a mail with the same key is queued once."""

from celery import shared_task

from meetings import cadence, emails


@shared_task
def watch_cadence() -> None:
    """The Network has not met for long: those who run its meetings are reminded, once for each last meeting."""
    for last in cadence.grown_quiet(cadence.too_long_ago()):
        emails.remind_to_convene(last)
