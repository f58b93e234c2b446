"""Replaying a year: each part turns into events, the events are carried out in the order things happened.

An event is an instant and an act; the clock is set to the instant while the act runs, so that the journal, the numbers
of the register and the mails are those of the day.
"""

from collections.abc import Iterator

from core import clock
from reseau.demo.replay import decisions, meetings, members, plan
from reseau.demo.replay.stage import Event, Stage
from reseau.demo.year import Year


def events_of(year: Year, stage: Stage) -> list[Event]:
    """All events of the year in the order they happened; those of one instant in the order of the parts."""
    found: list[Event] = []
    for part in (members, meetings, decisions, plan):
        found += part.events(year, stage)
    return sorted(found, key=lambda event: event.moment)


def replay(year: Year, stage: Stage) -> Iterator[Event]:
    """Carry the year out, one event at a time; the caller holds the transaction."""
    for event in events_of(year, stage):
        with clock.set_to(event.moment):
            event.act()
        yield event
