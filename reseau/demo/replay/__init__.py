"""Replaying a year: each part turns into events, the events are carried out in the order things happened.

An event is an instant and an act; the clock is set to the instant while the act runs, so that the journal, the numbers
of the register and the mails are those of the day.
"""

from collections.abc import Iterator
from dataclasses import replace

from core import clock
from core.errors import DomainError
from reseau.demo.replay import decisions, groups, lists, meetings, members, nominations, partners, plan
from reseau.demo.replay.stage import Event, Stage
from reseau.demo.year import Year, YearError


def events_of(year: Year, stage: Stage) -> list[Event]:
    """All events of the year in the order they happened; those of one instant in the order of the parts."""
    found: list[Event] = []
    for part in (members, partners, groups, meetings, decisions, nominations, plan, lists):
        name = part.__name__.rpartition(".")[2]
        found += [replace(event, about=event.about or name) for event in part.events(year, stage)]
    return sorted(found, key=lambda event: event.moment)


def replay(year: Year, stage: Stage) -> Iterator[Event]:
    """Carry the year out, one event at a time; the caller holds the transaction. What today still brings is left out.

    Raises:
        YearError: the portal refuses one of the acts; names it and its instant.
    """
    now = clock.now()
    for event in events_of(year, stage):
        if event.moment > now and event.moment.date() == now.date():
            continue
        with clock.set_to(event.moment):
            try:
                event.act()
            except DomainError as refusal:
                raise YearError([f"{event.about}, {event.moment:%Y-%m-%d %H:%M}: {refusal}"]) from refusal
        yield event
