"""Where a deferred decision is taken up again. Meetings stand on an upper floor, which says what it has and tables it.

# meetings/apps.py, in ready()
deferral.register(ahead=deferred.meetings_ahead, table=deferred.table)
"""

from collections.abc import Callable
from typing import Any

Choice = tuple[str, str]  # key of a meeting, its words


class _Agendas:
    """Set once by the floor of the meetings."""

    ahead: Callable[[], list[Choice]]
    table: Callable[..., str]
    untable: Callable[..., None]


def register(*, ahead: Callable[[], list[Choice]], table: Callable[..., str], untable: Callable[..., None]) -> None:
    """
    Args:
        ahead: the meetings on whose agenda a decision may be put, the soonest first.
        table: called as ``table(decision, key, by=person)`` in the transaction that defers the decision, tells the
            words of the meeting; with an empty key the decision waits for the next meeting that is prepared.
        untable: called as ``untable(decision, by=person)`` once the decision waits for no meeting any more.
    """
    _Agendas.ahead, _Agendas.table = staticmethod(ahead), staticmethod(table)
    _Agendas.untable = staticmethod(untable)


def meetings_ahead() -> list[Choice]:
    return _Agendas.ahead()


def table(decision: Any, key: str, *, by: Any) -> str:
    """Put the decision on the agenda of that meeting as an item carried over; its words, or none while it waits.

    Raises:
        DomainError: the meeting can no longer take it.
    """
    return _Agendas.table(decision, key, by=by)


def untable(decision: Any, *, by: Any) -> None:
    """Take it off the agendas that are being prepared."""
    _Agendas.untable(decision, by=by)
