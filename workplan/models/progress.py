"""What is reported each quarter: where an activity stands, in words, in per cent, in values and in dollars.

Nothing here is ever changed or taken away (triggers refuse it): a correction is one more report of the same quarter.
"""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models import Entity, User
from workplan.enums import ActivityStatus, Quarter
from workplan.models.activity import Activity, BudgetLine, Indicator


class QuarterReport(models.Model):
    """One update of an activity for a quarter. What a contributing entity says counts until the lead has spoken."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="reports")
    quarter = models.PositiveSmallIntegerField(_("quarter"), choices=Quarter)
    status = models.CharField(_("status"), max_length=20, choices=ActivityStatus)
    progress_percent = models.PositiveSmallIntegerField(_("progress in per cent"))
    note = models.TextField(_("what was done"), blank=True)
    risk = models.TextField(_("risk or obstacle"), blank=True)
    entity = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="+")
    is_contribution = models.BooleanField(default=False)
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quarter__in=Quarter.values), name="quarter_report_1_to_4"),
            models.CheckConstraint(condition=Q(status__in=ActivityStatus.values), name="quarter_report_status_known"),
            models.CheckConstraint(condition=Q(progress_percent__lte=100), name="quarter_report_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.activity}, {self.get_quarter_display()}"

    @property
    def weight(self) -> tuple[int, bool, int]:
        """The heaviest report counts: that of the latest quarter, there the lead’s, there the last one."""
        return self.quarter, not self.is_contribution, self.pk


def counting(reports: Iterable[QuarterReport], up_to: int = Quarter.Q4) -> QuarterReport | None:
    """The report that says where the activity stands at the end of the quarter ``up_to``."""
    return max((row for row in reports if row.quarter <= up_to), key=lambda row: row.weight, default=None)


class QuarterValue(models.Model):
    """The value of an indicator at the end of the quarter of its report."""

    report = models.ForeignKey(QuarterReport, on_delete=models.PROTECT, related_name="values")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="values")
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "indicator"], name="quarter_value_once"),
            models.CheckConstraint(condition=Q(value__gte=0), name="quarter_value_from_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.report.get_quarter_display()}"


class QuarterAmount(models.Model):
    """What was mobilised and spent on a budget line from the start of the year to the quarter of its report."""

    report = models.ForeignKey(QuarterReport, on_delete=models.PROTECT, related_name="amounts")
    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="amounts")
    mobilised = models.PositiveIntegerField(_("mobilised (USD)"))
    spent = models.PositiveIntegerField(_("spent (USD)"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "line"], name="quarter_amount_once"),
            models.CheckConstraint(
                condition=Q(spent__lte=models.F("mobilised")), name="quarter_amount_spent_within_mobilised"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line}, {self.report.get_quarter_display()}"
