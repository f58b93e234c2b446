"""Celery tasks of meetings: each can be repeated, a mail with the same key is queued once."""

from celery import shared_task
from django.conf import settings
from django.db import transaction

from meetings import actions, cadence, emails, mailbox


@shared_task
def watch_cadence() -> None:
    """The Network has not met for long: those who run its meetings are reminded, once for each last meeting."""
    for last in cadence.grown_quiet(cadence.too_long_ago()):
        emails.remind_to_convene(last)


@shared_task
def read_mailbox() -> None:
    """The answers of calendar programs are taken, message by message; nothing where no mailbox is set."""
    if not settings.MAILBOX_URL:
        return
    for number, raw in mailbox.new_messages(settings.MAILBOX_URL):
        with transaction.atomic():
            actions.receive_calendar_reply(raw)
            mailbox.mark_read(settings.MAILBOX_URL, number)
