"""Celery tasks of the list of members."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings

from core import clock
from members import actions, emails, queries
from members.enums import ImportState
from members.models import Import


@shared_task
def warn_of_ending_terms() -> None:
    """Told once, however often it is asked: a mail with the same key is queued once."""
    day = clock.today()
    for term in (
        queries.ending_terms(day, day + queries.SUCCESSION_NOTICE).select_related("person", "entity").order_by("pk")
    ):
        emails.warn_of_ending_term(term)


@shared_task
def forget_old_imports() -> None:
    """Files that were checked and that nobody entered: their lines are personal data."""
    last = clock.now() - timedelta(days=settings.RETENTION_IMPORT_DAYS)
    for checked in Import.objects.filter(state=ImportState.CHECKED, checked_at__lt=last).order_by("pk"):
        actions.give_up_import(checked, by=None)
