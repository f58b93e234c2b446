"""The yearly report of the Network to the regional Network (clauses M-78, M-79)."""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from decisions.models import Decision
from members.models import User
from members.standing import standing_of
from reports.enums import REPORT_TRANSITIONS, ReportState
from reports.snapshot import Snapshot, digest, from_data


class YearlyReportQuerySet(models.QuerySet["YearlyReport"]):
    def visible_to(self, user: Any) -> "YearlyReportQuerySet":
        """The Network and the RC office read it, in every state; an account without entity does not know it exists."""
        standing = standing_of(user)
        return self if standing.is_network or standing.is_administrator else self.none()

    def light(self) -> "YearlyReportQuerySet":
        """Without the snapshot, which no list or page needs."""
        return self.defer("snapshot")


class YearlyReport(models.Model):
    """One year: the snapshot of the records that was ordered last, and the file that was printed last.

    The file stays available while a newer snapshot is being printed; ``file_taken_at`` says of when it speaks.
    """

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    state = models.CharField(_("state"), max_length=20, choices=ReportState, default=ReportState.COLLECTING)
    snapshot = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    snapshot_at = models.DateTimeField(null=True)
    snapshot_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    file = models.FileField(upload_to="reports/", blank=True, max_length=200)
    filename = models.CharField(max_length=150, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(null=True)
    pages = models.PositiveSmallIntegerField(null=True)
    file_taken_at = models.DateTimeField(null=True)
    assembled_at = models.DateTimeField(null=True)
    adopting_decision = models.OneToOneField(
        Decision, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("adopted by decision")
    )

    objects = YearlyReportQuerySet.as_manager()
    transitions = REPORT_TRANSITIONS

    class Meta:
        verbose_name = _("yearly report")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="report_state_known"),
            models.CheckConstraint(condition=Q(year__gte=2018), name="report_year_since_compact"),
            models.CheckConstraint(
                condition=Q(snapshot_at__isnull=True, snapshot_by__isnull=True)
                | Q(snapshot_at__isnull=False, snapshot_by__isnull=False),
                name="report_snapshot_pair",
            ),
            models.CheckConstraint(
                condition=Q(
                    assembled_at__isnull=True, file="", sha256="", size__isnull=True, file_taken_at__isnull=True
                )
                | (
                    Q(assembled_at__isnull=False, size__isnull=False, file_taken_at__isnull=False)
                    & ~Q(file="")
                    & ~Q(sha256="")
                ),
                name="report_file_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.COLLECTING)
                | Q(snapshot_at__isnull=False, assembled_at__isnull=False)
                & Q(file_taken_at__isnull=False, file_taken_at=F("snapshot_at")),
                name="report_assembled_has_its_file",
            ),
            models.CheckConstraint(
                condition=Q(adopting_decision__isnull=True) ^ Q(state=ReportState.ADOPTED),
                name="report_adopted_by_a_decision",
            ),
        ]

    def __str__(self) -> str:
        return _gettext("Yearly report %(year)s") % {"year": self.year}

    def get_absolute_url(self) -> str:
        return reverse("reports:report_detail", args=[self.year])

    @property
    def content(self) -> Snapshot:
        """The snapshot in its own shape."""
        return from_data(Snapshot, self.snapshot)

    @property
    def digest(self) -> str:
        return digest(self.snapshot)

    @property
    def is_file_current(self) -> bool:
        return self.file_taken_at is not None and self.file_taken_at == self.snapshot_at
