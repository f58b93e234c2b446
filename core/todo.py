"""What awaits a person. Each app lists its own in ``todo.todo(user)``; the home page gathers them."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone


@dataclass(frozen=True)
class TodoItem:
    """One thing to do.

    Attributes:
        title: what to do, verb first.
        url: where to do it.
        why: one line of explanation; may be empty.
        due: the instant before which it is expected, if any.
        overdue: whether that instant has passed.
        tag: a short state to show when there is no due date (« corrections ouvertes »).
    """

    title: str
    url: str
    why: str = ""
    due: datetime | None = None
    overdue: bool = False
    tag: str = ""


def end_of_day(day: date) -> datetime:
    """When something is due that names no hour: the last minute of the day, which pages do not print."""
    return timezone.make_aware(datetime.combine(day, time(23, 59)))
