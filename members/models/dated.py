"""What holds from one day to another. A tie ends on its last day, inclusive; an open one has no end."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _


class DatedQuerySet(models.QuerySet[Any]):
    """Rows with ``starts_on`` and ``ends_on`` (inclusive, open when null)."""

    def on(self, day: Any) -> "DatedQuerySet":
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def between(self, first: Any, last: Any) -> "DatedQuerySet":
        """Those that cover one of the days from ``first`` to ``last`` (open when null)."""
        begun = self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=first))
        return begun.filter(starts_on__lte=last) if last else begun


class Dated(models.Model):
    """A tie that holds from one day to another, both included."""

    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    def holds_on(self, day: Any) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


def never_two(name: str, *keys: str, message: Any) -> ExclusionConstraint:
    """No two rows with the same ``keys`` cover one day."""
    period = DateRange("starts_on", "ends_on", RangeBoundary(inclusive_lower=True, inclusive_upper=True))
    same = [(key, RangeOperators.EQUAL) for key in keys]
    return ExclusionConstraint(
        name=name, expressions=[(period, RangeOperators.OVERLAPS), *same], violation_error_message=message
    )


def in_order(name: str) -> models.CheckConstraint:
    """The last day is not before the first."""
    return models.CheckConstraint(
        condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
        name=name,
        violation_error_message=_("The last day is before the first one."),
    )
