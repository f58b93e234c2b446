"""The open things that a successor takes over. Each app that keeps some registers how it finds and moves them.

# meetings/apps.py, in ready()
duties.register(*meetings.duties.CHARGES)
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from core.components import Text
from core.todo import TodoItem
from members.models import User


@dataclass(frozen=True)
class Duty:
    """One open thing; ``key`` changes with it. ``stays`` says why it does not change hands; empty for what does."""

    key: str
    label: Text
    url: str
    due: date | None = None
    stays: Text = ""


@dataclass(frozen=True)
class Charge:
    """One kind of duties.

    Attributes:
        title: what a person calls it.
        open_of: ``open_of(person)`` gives what is open, in order.
        links: the fields by which its rows name a person (« meetings.ActionPoint.person »).
        move: ``move(person, successor, by=…)`` hands over what does not stay, with a line in the journal for each;
            ``None`` where nothing ever moves.
    """

    title: Text
    open_of: Callable[[User], Iterable[Duty]]
    links: tuple[str, ...] = ()
    move: Callable[..., None] | None = None


_charges: list[Charge] = []


def register(*charges: Charge) -> None:
    _charges.extend(charges)


def charges() -> list[Charge]:
    return list(_charges)


def awaited(title: Text, todo: Callable[[Any], Iterable[TodoItem]]) -> Charge:
    """What is awaited of the entity, the seat or the office, whoever holds it: its successor finds it there."""

    def open_of(person: User) -> list[Duty]:
        stays = _("goes with the entity or the office")
        return [
            Duty(f"{item.url} {item.title}", item.title, item.url, item.due and localdate(item.due), stays)
            for item in todo(person)
        ]

    return Charge(title, open_of)
