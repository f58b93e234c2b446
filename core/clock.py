"""The one clock. Everything in the portal asks it for the time, so that a year can be replayed and tested.

Instants are timezone-aware and stored in UTC; days are days in Dakar (UTC+0 all year, no summer time).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_set_to: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """The present instant, or the one the clock was set to."""
    return _set_to.get() or timezone.now()


def today() -> date:
    """The present day in Dakar."""
    return timezone.localdate(now())


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Run the block as if it were ``moment``.

    Raises:
        ValueError: ``moment`` carries no time zone.
    """
    if timezone.is_naive(moment):
        raise ValueError("the clock is set to an aware instant only")
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)
