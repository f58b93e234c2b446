"""Rows that carry the portal's memory and its slow work: journal, jobs, outbox, used form tokens."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.enums import JobState, MailState


class JournalEvent(models.Model):
    """One act. Triggers refuse UPDATE and DELETE (migration 0001): the journal is only ever added to."""

    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=80)
    object_type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=40)
    object_label = models.CharField(max_length=300)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    request_id = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [models.Index(fields=["object_type", "object_id", "at"], name="journal_object")]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_label}"


class Job(models.Model):
    """Slow work that was ordered. The row is the truth, the broker is only the bell (ADR 0007)."""

    kind = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=40)
    params = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.PENDING)
    progress = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.PositiveIntegerField(default=0)  # counts every claim; never set back, so an old worker is known
    lease_until = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    file = models.FileField(upload_to="jobs/", blank=True, max_length=200)
    filename = models.CharField(max_length=150, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="job_state_known"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="job_progress_percent"),
            models.CheckConstraint(
                condition=Q(state=JobState.RUNNING, lease_until__isnull=False)
                | (~Q(state=JobState.RUNNING) & Q(lease_until__isnull=True)),
                name="job_lease_while_running",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[JobState.DONE, JobState.FAILED], finished_at__isnull=False)
                | (Q(state__in=[JobState.PENDING, JobState.RUNNING]) & Q(finished_at__isnull=True)),
                name="job_finished_at_end",
            ),
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject_id"],
                condition=Q(state__in=[JobState.PENDING, JobState.RUNNING]),
                name="job_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return gettext("file no. %(number)s") % {"number": self.pk}

    @property
    def is_over(self) -> bool:
        return self.state in {JobState.DONE, JobState.FAILED}


class OutboxMail(models.Model):
    """One mail to one person, kept as the bytes that will be sent (RFC 5322)."""

    dedupe_key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    to = models.EmailField(_("recipient"))
    subject = models.CharField(_("subject"), max_length=300)
    about_type = models.CharField(max_length=80, blank=True)
    about_id = models.CharField(max_length=40, blank=True)
    message = models.BinaryField()
    state = models.CharField(max_length=10, choices=MailState, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    last_error = models.CharField(max_length=300, blank=True)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MailState.values), name="mail_state_known"),
            models.CheckConstraint(
                condition=Q(state=MailState.SENT, sent_at__isnull=False, sent_at__gte=F("queued_at"))
                | (~Q(state=MailState.SENT) & Q(sent_at__isnull=True)),
                name="mail_sent_at_when_sent",
            ),
        ]
        indexes = [models.Index(fields=["about_type", "about_id"], name="mail_about")]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"


class UsedToken(models.Model):
    """A creating form that was already carried out, and what it created (a double click finds it here)."""

    token = models.UUIDField(primary_key=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_type = models.CharField(max_length=80, blank=True)
    created_id = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.token)
