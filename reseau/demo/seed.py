"""Loading a year: checked whole, shifted to today, replayed in one transaction. A file that breaks leaves nothing."""

import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from core import clock, outbox
from reseau.demo.accounts import open_demo_accounts
from reseau.demo.contradictions import read_year
from reseau.demo.replay import replay
from reseau.demo.replay.stage import Stage
from reseau.demo.year import YearError, not_yet_replayed

SAMPLE = Path(__file__).parent / "sample_year.json"
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
NOWHERE = "django.core.mail.backends.dummy.EmailBackend"


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


def seed(raw: dict[str, Any], *, as_of: date | None) -> Replayed:
    """Replay the year so that its ``meta.as_of`` is ``as_of`` (``None`` keeps the dates), then open the demo accounts.

    Raises:
        YearError: the file contradicts itself; each problem with its path.
    """
    year = read_year(raw)
    if as_of:
        year = read_year(shifted(raw, as_of - year.meta.as_of))
    stage = Stage()
    with transaction.atomic():
        events = sum(1 for _event in replay(year, stage))
        open_demo_accounts(stage.people)
        send_into_the_void()
    return Replayed(events, not_yet_replayed(raw))


def shifted(value: Any, by: timedelta) -> Any:
    """The same file with every ISO date moved; years inside codes and texts stay as they are."""
    if isinstance(value, dict):
        return {key: shifted(inner, by) for key, inner in value.items()}
    if isinstance(value, list):
        return [shifted(inner, by) for inner in value]
    if isinstance(value, str) and ISO_DATE.match(value):
        return (date.fromisoformat(value) + by).isoformat()
    return value


def send_into_the_void() -> None:
    """The mails of the past year are marked as sent on their day; nobody real is written to."""
    while outbox.deliver_due(NOWHERE, on_their_day=True):
        pass


def today_or(day: date | None, *, keep_dates: bool) -> date | None:
    """The day that ``meta.as_of`` becomes; ``None`` when dates are kept."""
    return None if keep_dates else (day or clock.today())
