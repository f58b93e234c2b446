"""What is reported each quarter: where an activity stands, in words, in per cent and in values."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models import Entity, User
from workplan.enums import ActivityStatus, Quarter
from workplan.models.activity import Activity, Indicator


class QuarterValue(models.Model):
    """The value of an indicator at the end of a quarter; a correction replaces it, the journal keeps both."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="values")
    quarter = models.PositiveSmallIntegerField(_("quarter"), choices=Quarter)
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "quarter"], name="quarter_value_once"),
            models.CheckConstraint(condition=Q(quarter__in=Quarter.values), name="quarter_value_1_to_4"),
            models.CheckConstraint(condition=Q(value__gte=0), name="quarter_value_from_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.get_quarter_display()}"


class QuarterReport(models.Model):
    """The update of an activity for a quarter, by the entity that reported it last."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="reports")
    quarter = models.PositiveSmallIntegerField(_("quarter"), choices=Quarter)
    status = models.CharField(_("status"), max_length=20, choices=ActivityStatus)
    progress_percent = models.PositiveSmallIntegerField(_("progress in per cent"))
    note = models.TextField(_("what was done"), blank=True)
    entity = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "quarter"], name="quarter_report_once"),
            models.CheckConstraint(condition=Q(quarter__in=Quarter.values), name="quarter_report_1_to_4"),
            models.CheckConstraint(condition=Q(status__in=ActivityStatus.values), name="quarter_report_status_known"),
            models.CheckConstraint(condition=Q(progress_percent__lte=100), name="quarter_report_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.activity}, {self.get_quarter_display()}"
