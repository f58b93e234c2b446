"""Working days in Dakar: Monday to Friday, without the feasts that Senegal and the United Nations keep.

The feasts of Senegal are computed (library ``holidays``; those of the moon are estimates), and the secretariat
corrects them in :class:`frameworks.models.CalendarDay`. Those of the United Nations are all the secretariat's to
write: each duty station chooses its own.

    calendar = workdays.calendar(first, last)  # one query
    calendar.after(today, 5)
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import holidays
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from core.prepared import prepared
from core.templatetags.typography import french_day
from frameworks.enums import FreeDayKind
from frameworks.models import CalendarDay

FRIDAY = 5  # ISO weekday
LONGEST = 60  # working days that anybody counts
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Feast:
    """A day on which nobody works; ``correction`` is the row by which the secretariat wrote it, if any."""

    day: date
    name: str
    kind: FreeDayKind
    correction: CalendarDay | None = None

    @property
    def is_on_weekend(self) -> bool:
        return self.day.isoweekday() > FRIDAY


@dataclass(frozen=True)
class WorkCalendar:
    """The corrections that were read, over what is computed; asks the database no more."""

    corrections: dict[date, CalendarDay]

    def is_worked(self, day: date) -> bool:
        corrected = self.corrections.get(day)
        if corrected is not None:
            return not corrected.is_free and day.isoweekday() <= FRIDAY
        return day.isoweekday() <= FRIDAY and day not in _computed(day.year)

    def after(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``; ``day`` itself is not counted, and is returned for nought."""
        while count > 0:
            day += ONE_DAY
            count -= self.is_worked(day)
        return day

    def feasts(self, year: int) -> list[Feast]:
        """The days of the year that are free, in order; a feast that is worked is not among them."""
        found = {day: Feast(day, name, FreeDayKind.NATIONAL) for day, name in _named(year).items()}
        for day, row in self.corrections.items():
            found.pop(day, None)
            if row.is_free and day.year == year:
                found[day] = Feast(day, row.name, FreeDayKind(row.kind), row)
        return sorted(found.values(), key=lambda feast: feast.day)

    def worked_after_all(self, year: int) -> list[CalendarDay]:
        """Corrections that say a computed feast is worked, in order."""
        rows = [row for day, row in self.corrections.items() if day.year == year and not row.is_free]
        return sorted(rows, key=lambda row: row.day)


def calendar(first: date, last: date) -> WorkCalendar:
    """The calendar of these days and of what may be counted from them."""
    until = last + timedelta(days=LONGEST * 2)
    return WorkCalendar({row.day: row for row in _corrections(first=first, last=until)})


def why_not(day: date) -> str:
    """A sentence that names the first working day after one on which nobody works; empty for a working day."""
    known = calendar(day, day)
    if known.is_worked(day):
        return ""
    said = {"day": french_day(day), "next": french_day(known.after(day, 1))}
    return _("%(day)s is no working day: choose %(next)s, or a later one.") % said


def calendar_of(year: int) -> WorkCalendar:
    return calendar(date(year, 1, 1), date(year, 12, 31))


def computed_feast(day: date) -> str:
    """The name of the feast that is computed for this day, whatever was corrected; empty when there is none."""
    return _named(day.year).get(day, "")


@prepared
def _corrections(first: Any, last: Any) -> QuerySet[CalendarDay]:
    return CalendarDay.objects.filter(day__gte=first, day__lte=last).order_by("day")


def _named(year: int) -> dict[date, str]:
    return _computed(year, "en_US" if translation.get_language() == "en" else "fr_SN")


@cache
def _computed(year: int, language: str = "fr_SN") -> dict[date, str]:
    feasts = holidays.country_holidays("SN", years=year, language=language)
    return {day: name.replace("'", "’") for day, name in feasts.items()}
