"""State machines are tables: verb → (states it may start from, state it leads to). See ADR 0002.

A model with states carries ``state`` and a class attribute ``transitions`` with such a table.
"""

from collections.abc import Mapping, Set
from typing import Any, TypeVar

from django.db import models

from core import journal
from core.errors import Gone, NotAllowedNow, StaleVersion

Transitions = Mapping[str, tuple[Set[str], str]]
T = TypeVar("T", bound=models.Model)


def lock(thing: T) -> T:
    """The row as it is now, locked until the end of the transaction (which must be open).

    Raises:
        Gone: somebody removed it meanwhile.
    """
    # By its meta: the person of a request is a lazy object, whose type is not the model.
    model: type[T] = thing._meta.model  # type: ignore[assignment]
    row = model._default_manager.select_for_update(of=("self",)).filter(pk=thing.pk).order_by("pk").first()
    if row is None:
        raise Gone
    return row


def can_move(thing: Any, verb: str) -> bool:
    """Whether the table lets ``verb`` start from the present state."""
    return thing.state in thing.transitions[verb][0]


def require_move(thing: Any, verb: str) -> None:
    """Refuse early, before the checks that only make sense in the right state.

    Raises:
        NotAllowedNow: the table has no such step from the present state.
    """
    if not can_move(thing, verb):
        raise NotAllowedNow(thing, verb, thing.get_state_display())


def move(thing: T, verb: str, *, by: Any, data: Mapping[str, Any] | None = None, **stamps: Any) -> T:
    """Take one step of the table: write the new state and its stamps, and the journal's line.

    Args:
        thing: a row locked by :func:`lock`.
        by: the person who acts; ``None`` for the clock.
        data: what else the journal should keep.
        stamps: fields that the new state requires (``adopted_at=…``).

    Raises:
        NotAllowedNow: the table has no such step from the present state.
    """
    state: Any = thing
    require_move(state, verb)
    before, state.state = state.state, state.transitions[verb][1]
    for name, value in stamps.items():
        setattr(thing, name, value)
    thing.save(update_fields=["state", *stamps])
    journal.record(verb, thing, by=by, data={"state": [before, state.state], **(data or {})})
    return thing


def check_version(thing: Any, version: int) -> None:
    """Refuse an edit that started from an older text.

    Raises:
        StaleVersion: ``version`` is not the row's own.
    """
    if thing.version != version:
        raise StaleVersion(thing)
