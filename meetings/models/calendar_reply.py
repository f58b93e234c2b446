"""What calendar programs answered by mail, and how far the mailbox was read."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.enums import Answer, Received
from meetings.models.meeting import Meeting
from members.models import User


class CalendarReply(models.Model):
    """One answer (RFC 5546, ``METHOD:REPLY``), whatever became of it: nothing that was sent disappears.

    Attributes:
        digest: SHA-256 of the message in hexadecimal; the same one is taken once.
        sender: the address it came from, kept where nobody of the portal is known by it.
        answer: what it said; empty for one that says neither yes nor no.
    """

    digest = models.CharField(max_length=64, unique=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="calendar_replies")
    person = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="calendar_replies")
    sender = models.CharField(max_length=254, blank=True)
    received_at = models.DateTimeField()
    answer = models.CharField(max_length=20, choices=Answer, blank=True)
    outcome = models.CharField(max_length=20, choices=Received)

    class Meta:
        verbose_name = _("answer of a calendar")
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Received.values), name="calendar_reply_outcome_known"),
            models.CheckConstraint(condition=Q(answer__in=["", *Answer.values]), name="calendar_reply_answer_known"),
            models.CheckConstraint(
                condition=Q(person__isnull=True, outcome=Received.STRANGER) & ~Q(sender="")
                | Q(person__isnull=False, sender="") & ~Q(outcome=Received.STRANGER),
                name="calendar_reply_of_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class MailboxMark(models.Model):
    """Up to which message a mailbox was read; its messages are numbered anew when ``validity`` changes (RFC 3501)."""

    mailbox = models.CharField(max_length=200, unique=True)
    validity = models.BigIntegerField()
    last_uid = models.BigIntegerField()

    class Meta:
        verbose_name = _("mark in a mailbox")

    def __str__(self) -> str:
        return self.mailbox
