"""The ordinary meetings of a year, one a quarter (clause M-44): on which days they would fall, and which there are."""

from calendar import monthcalendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, QuerySet

from core import clock
from frameworks import workdays
from meetings.enums import Kind, MeetingState
from meetings.models import Meeting

QUARTERS = (1, 2, 3, 4)
LAST = -1  # of the month, among the days of that weekday


@dataclass(frozen=True)
class Rhythm:
    """« The second Tuesday of the second month of each quarter ».

    Attributes:
        month: of the quarter, 1 to 3.
        rank: 1 to 4, or :data:`LAST`.
        weekday: ISO, 1 for Monday.
    """

    month: int
    rank: int
    weekday: int


@dataclass(frozen=True)
class Slot:
    """A quarter's day by the rhythm; ``moved_from`` is the free day in whose place it stands."""

    quarter: int
    day: date
    moved_from: date | None = None


def slots(year: int, rhythm: Rhythm) -> list[Slot]:
    """One for each quarter; where nobody works on that day, the first working day after it, or the last one before it
    where the quarter is over by then.
    """
    calendar = workdays.calendar_of(year)
    found = []
    for quarter in QUARTERS:
        day = _day(year, 3 * (quarter - 1) + rhythm.month, rhythm)
        worked = _worked(calendar, day)
        found.append(Slot(quarter, worked, None if worked == day else day))
    return found


def _worked(calendar: workdays.WorkCalendar, day: date) -> date:
    if calendar.is_worked(day):
        return day
    later = calendar.after(day, 1)
    if quarter_of(later) == quarter_of(day):
        return later
    while not calendar.is_worked(day):
        day -= timedelta(days=1)
    return day


def _day(year: int, month: int, rhythm: Rhythm) -> date:
    days = [week[rhythm.weekday - 1] for week in monthcalendar(year, month) if week[rhythm.weekday - 1]]
    return date(year, month, days[rhythm.rank if rhythm.rank == LAST else rhythm.rank - 1])


def quarter_of(day: date) -> int:
    return (day.month + 2) // 3


def ordinary_meetings(year: int) -> dict[int, Meeting]:
    """The first of each quarter that has one, prepared or convened or held; an annual review is none."""
    known = Meeting.objects.filter(kind=Kind.PLENARY, starts_at__year=year).exclude(state=MeetingState.CANCELLED)
    return _by_quarter(known.order_by("starts_at", "pk"))


def _by_quarter(meetings: Iterable[Meeting]) -> dict[int, Meeting]:
    found: dict[int, Meeting] = {}
    for meeting in meetings:
        found.setdefault(quarter_of(meeting.day), meeting)
    return found


# What the whole Network meets for; ad hoc meetings and those with partners do not stand for one of them.
GATHERINGS = (Kind.PLENARY, Kind.ANNUAL_REVIEW)


def grown_quiet(before: Any) -> QuerySet[Meeting]:
    """The last gathering of the Network, where it began before that instant and no other is convened: one, or none."""
    gathered = Meeting.objects.filter(kind__in=GATHERINGS)
    ahead = gathered.filter(state__in=[MeetingState.CONVENED, MeetingState.IN_SESSION])
    last = gathered.over().order_by("-starts_at", "-pk").values("pk")[:1]
    return gathered.filter(~Exists(ahead), pk__in=last, starts_at__lt=before)


def too_long_ago() -> datetime:
    """A gathering that began before this is to be followed by another (clause M-44: as a rule every three months)."""
    return clock.now() - timedelta(days=settings.MEETING_REMINDER_DAYS)
