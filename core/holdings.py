"""What the ground floor keeps about people: their acts, the mails they were sent."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.journal import sentence
from core.models import Job, JournalEvent, OutboxMail
from core.personal import Holding


def _acts(person: Any) -> Iterator[tuple[Any, ...]]:
    for event in JournalEvent.objects.filter(actor=person).order_by("at", "pk"):
        yield event.at, sentence(event), event.object_label


def _mails(person: Any) -> Iterator[tuple[Any, ...]]:
    for mail in OutboxMail.objects.filter(recipient=person).order_by("queued_at", "pk").defer("message"):
        yield mail.queued_at, mail.subject, mail.to, mail.get_state_display()


def _jobs(person: Any) -> Iterator[tuple[Any, ...]]:
    for job in Job.objects.filter(ordered_by=person).order_by("ordered_at", "pk"):
        yield job.ordered_at, job.filename or str(job), job.get_state_display()


HOLDINGS = (
    Holding(_("Acts in the portal"), (_("When"), _("Act"), _("Object")), ("core.JournalEvent.actor",), _acts),
    Holding(
        _("Mails you were sent"), (_("When"), _("Subject"), _("To"), _("State")), ("core.OutboxMail.recipient",), _mails
    ),
    Holding(_("Files you ordered"), (_("When"), _("File"), _("State")), ("core.Job.ordered_by",), _jobs),
)
# A token of a form that was sent tells nothing that its act does not.
IN_JOURNAL = ("core.UsedToken.person",)
