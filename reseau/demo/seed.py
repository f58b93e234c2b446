"""Loading a year: checked whole, shifted to today, replayed in one transaction. A file that breaks leaves nothing."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from core import clock, jobs, outbox
from reseau.demo.accounts import open_demo_accounts
from reseau.demo.contradictions import read_year
from reseau.demo.replay import replay
from reseau.demo.replay.stage import Stage, at
from reseau.demo.year import YearError, not_yet_replayed

SAMPLE = Path(__file__).parent / "sample_year.json"
# Mails older than this are told of without their text: writing four thousand took half of the time.
TEXTS_KEPT = timedelta(days=45)
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
FRENCH_DAY = re.compile(rf"\b(?P<day>\d{{1,2}})(?:er)? (?P<month>{'|'.join(MONTHS)})(?: (?P<year>\d{{4}}))?\b")


@dataclass(frozen=True)
class Replayed:
    """What was done: number of events, and rows that wait for the app of a later issue, by part of the file."""

    events: int
    waiting: dict[str, int]


def load(path: Path) -> dict[str, Any]:
    """The raw file.

    Raises:
        YearError: not readable as a JSON object.
    """
    try:
        raw = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise YearError([f"{path.name}: {error}"]) from error
    if not isinstance(raw, dict):
        raise YearError([f"{path.name}: an object with lists is expected"])
    return raw


def seed(raw: dict[str, Any], *, as_of: date | None, keep_weekdays: bool = False) -> Replayed:
    """Replay the year so that its ``meta.as_of`` is ``as_of`` (``None`` keeps the dates), then open the demo accounts.

    Args:
        keep_weekdays: move by whole weeks, to the last same weekday: meetings stay on the days people meet.

    Raises:
        YearError: the file contradicts itself; each problem with its path.
    """
    year = read_year(raw)
    if as_of:
        year = read_year(shifted(raw, way(year.meta.as_of, as_of, keep_weekdays=keep_weekdays)))
    stage = Stage()
    with transaction.atomic():
        with outbox.replaying(texts_from=at(year.meta.as_of - TEXTS_KEPT, 0)), jobs.silent():
            events = sum(1 for _event in replay(year, stage))
        open_demo_accounts(stage.people, stage.partners)
    return Replayed(events, not_yet_replayed(raw))


def way(from_day: date, to_day: date, *, keep_weekdays: bool) -> timedelta:
    """How far the dates move; by whole weeks, to the last day of the same name, where weekdays are kept."""
    by = to_day - from_day
    return by - timedelta(days=by.days % 7) if keep_weekdays else by


def shifted(raw: dict[str, Any], by: timedelta) -> dict[str, Any]:
    """The same file with every ISO date moved, and with it each text that repeats the day (« le 10 décembre »).

    Years inside codes stay as they are, and so do days that are no date of the file (« le 18 décembre, journée
    internationale des migrants »).
    """
    return _moved(raw, by, {date.fromisoformat(day) for day in _iso_dates(raw)})


def _iso_dates(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _iso_dates(inner)
    elif isinstance(value, str) and ISO_DATE.match(value):
        yield value


def _moved(value: Any, by: timedelta, days: set[date]) -> Any:
    if isinstance(value, dict):
        return {key: _moved(inner, by, days) for key, inner in value.items()}
    if isinstance(value, list):
        return [_moved(inner, by, days) for inner in value]
    if not isinstance(value, str):
        return value
    if ISO_DATE.match(value):
        return (date.fromisoformat(value) + by).isoformat()
    return FRENCH_DAY.sub(lambda written: _moved_day(written, by, days), value)


def _moved_day(written: re.Match[str], by: timedelta, days: set[date]) -> str:
    number, month, year = int(written["day"]), MONTHS.index(written["month"]) + 1, written["year"]
    meant = [day for day in days if (day.day, day.month) == (number, month) and (not year or day.year == int(year))]
    if not meant:
        return written[0]
    day = max(meant) + by
    said = f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]}"
    return f"{said} {day.year}" if year else said


def today_or(day: date | None, *, keep_dates: bool) -> date | None:
    """The day that ``meta.as_of`` becomes; ``None`` when dates are kept."""
    return None if keep_dates else (day or clock.today())
