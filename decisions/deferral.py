"""Where a decision is taken in session, or a deferred one is taken up again. Meetings stand on an upper floor, which
says what it has and tables it.

# meetings/apps.py, in ready()
deferral.register(
    sits=deferred.sits, ahead=deferred.meetings_ahead, table=deferred.table, untable=deferred.untable
)
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

Choice = tuple[str, str]  # key of a meeting, its words


class _Agendas:
    """Set once by the floor of the meetings."""

    sits: Callable[[date, date], bool]
    ahead: Callable[[], list[Choice]]
    table: Callable[..., None]
    untable: Callable[..., None]


def register(
    *,
    sits: Callable[[date, date], bool],
    ahead: Callable[[], list[Choice]],
    table: Callable[..., None],
    untable: Callable[..., None],
) -> None:
    """
    Args:
        sits: whether a meeting of the Network was convened, and stands, for one of the days from the first to the last.
        ahead: the meetings on whose agenda a decision may be put, the soonest first.
        table: called as ``table(decision, key, by=person)`` in the transaction that defers the decision; with an empty
            key the decision waits for the next meeting that is prepared.
        untable: called as ``untable(decision, by=person)`` once the decision waits for no meeting any more.
    """
    _Agendas.sits, _Agendas.ahead = staticmethod(sits), staticmethod(ahead)
    _Agendas.table, _Agendas.untable = staticmethod(table), staticmethod(untable)


def sits(first: date, last: date) -> bool:
    return _Agendas.sits(first, last)


def meetings_ahead() -> list[Choice]:
    return _Agendas.ahead()


def meeting_in_words(key: str) -> str:
    """The meeting of that key, or the one that is still to be prepared, in the reader's language."""
    return dict(meetings_ahead()).get(key) or _("the next meeting that is prepared")


def table(decision: Any, key: str, *, by: Any) -> None:
    """Put the decision on the agenda of that meeting as an item carried over.

    Raises:
        DomainError: the meeting can no longer take it.
    """
    _Agendas.table(decision, key, by=by)


def untable(decision: Any, *, by: Any) -> None:
    """Take it off the agendas that are being prepared."""
    _Agendas.untable(decision, by=by)
