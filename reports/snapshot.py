"""What a report says, as plain data: taken once from the records, kept as JSON, rendered any number of times.

These shapes know no model: :mod:`reports.collect` fills them, everything else in this app only reads them. Words that
the portal would translate (states, modes) are kept as they read on the day the snapshot was taken, beside their code.
"""

import hashlib
import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

SCHEMA = 1


@dataclass(frozen=True)
class Person:
    name: str
    title: str
    rank: str


@dataclass(frozen=True)
class Member:
    """An entity that belonged to the Network on at least one day of the year."""

    acronym: str
    name: str
    kind: str
    kind_label: str
    since: date
    until: date | None
    people: tuple[Person, ...]


@dataclass(frozen=True)
class CoChair:
    seat: str
    entity: str
    person: str
    title: str
    starts_on: date
    ends_on: date | None
    basis: str


UNRECORDED = "unrecorded"  # status of an entity that was invited and stands on no sheet


@dataclass(frozen=True)
class Presence:
    entity: str
    status: str
    status_label: str
    mode_label: str


@dataclass(frozen=True)
class AgendaPoint:
    position: int
    title: str
    kind_label: str
    lead: str
    minutes: int


@dataclass(frozen=True)
class Meeting:
    """A meeting of the year, held or not; ``kind`` is a key of the year line."""

    title: str
    short_title: str
    kind: str
    kind_label: str
    starts_at: datetime
    ends_at: datetime
    mode_label: str
    place: str
    state_label: str
    is_held: bool
    chair: str
    attendance: tuple[Presence, ...]
    agenda: tuple[AgendaPoint, ...]


@dataclass(frozen=True)
class ActionPoint:
    text: str
    meeting: str
    responsible: str
    due_on: date
    state_label: str
    is_done: bool
    is_overdue: bool


@dataclass(frozen=True)
class Stand:
    """The last word of an entity on a decision; ``stance`` is ``silent`` for those who said nothing."""

    entity: str
    stance: str
    reason: str


@dataclass(frozen=True)
class Objection:
    entity: str
    raised_on: date
    reason: str
    would_lift: str
    lifted_on: date | None
    how_lifted: str


@dataclass(frozen=True)
class Decision:
    """An adopted decision has a reference and a date; an open one has neither."""

    reference: str
    title: str
    text: str
    state_label: str
    mode_label: str
    proposed_by: str
    adopted_on: date | None
    deadline: datetime | None
    responsible: str
    due_on: date | None
    follow_up: str
    stands: tuple[Stand, ...]
    objections: tuple[Objection, ...]


@dataclass(frozen=True)
class Indicator:
    label: str
    unit: str
    baseline: Decimal | None
    target: Decimal | None
    result: Decimal | None
    result_quarter: str
    is_reached: bool


@dataclass(frozen=True)
class Activity:
    """One activity of the plan.

    Attributes:
        objectives: numbers of the GCM objectives it serves.
        progress: per cent, as its lead entity reported it.
        note: what the last quarterly report says was done.
    """

    code: str
    title: str
    description: str
    lead: str
    contributors: tuple[str, ...]
    regions: tuple[str, ...]
    quarters: tuple[str, ...]
    objectives: tuple[int, ...]
    status: str
    status_label: str
    progress: int
    planned: Decimal
    mobilised: Decimal
    spent: Decimal
    note: str
    risk: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True)
class Outcome:
    number: int
    title: str
    activities: tuple[Activity, ...]


@dataclass(frozen=True)
class Plan:
    title: str
    state_label: str
    currency: str
    validated_on: date | None
    validated_by: str
    transmitted_on: date | None
    acknowledged_on: date | None
    outcomes: tuple[Outcome, ...]

    @property
    def activities(self) -> list[Activity]:
        return [activity for outcome in self.outcomes for activity in outcome.activities]


@dataclass(frozen=True)
class Objective:
    """One of the 23 objectives of the Global Compact, with its round table of the review forum."""

    number: int
    label: str
    title: str
    round_table: int


@dataclass(frozen=True)
class Snapshot:
    """One year of the Network, as the records told it at ``taken_at``."""

    year: int
    taken_at: datetime
    network: str
    members: tuple[Member, ...]
    co_chairs: tuple[CoChair, ...]
    meetings: tuple[Meeting, ...]
    action_points: tuple[ActionPoint, ...]
    decisions: tuple[Decision, ...]
    open_decisions: tuple[Decision, ...]
    plan: Plan | None
    objectives: tuple[Objective, ...]


@dataclass(frozen=True)
class Signature:
    person: str
    entity: str
    seat: str
    signed_on: date


@dataclass(frozen=True)
class Serving:
    """The lines of one framework that an activity serves, by their marks or titles."""

    framework: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Funding:
    source: str
    planned: Decimal


@dataclass(frozen=True)
class Placing:
    """What only the plan itself says of an activity: with whom, from which funds, for which frameworks."""

    code: str
    partners: tuple[str, ...]
    funding: tuple[Funding, ...]
    serving: tuple[Serving, ...]


@dataclass(frozen=True)
class TransmittedPlan:
    """A plan as it left for the Resident Coordinator."""

    year: int
    taken_at: datetime
    network: str
    plan: Plan
    placings: tuple[Placing, ...]
    signatures: tuple[Signature, ...]
    objectives: tuple[Objective, ...]


S = TypeVar("S")


def to_data(thing: Any) -> Any:
    """JSON-able data of a snapshot or of any part of it."""
    if is_dataclass(thing):
        return {one.name: to_data(getattr(thing, one.name)) for one in fields(thing)}
    if isinstance(thing, tuple):
        return [to_data(one) for one in thing]
    if isinstance(thing, datetime | date):
        return thing.isoformat()
    return str(thing) if isinstance(thing, Decimal) else thing


def from_data(shape: type[S], data: Any) -> S:
    """The snapshot back from its data; equal to the one it was made from.

    Raises:
        KeyError: a field is missing: the data was written by another version of these shapes.
    """
    hints = get_type_hints(shape)
    return shape(**{one.name: _value(hints[one.name], data[one.name]) for one in fields(shape)})  # type: ignore[arg-type]


def _value(kind: Any, data: Any) -> Any:
    if get_origin(kind) in {Union, UnionType}:
        kind = next(one for one in get_args(kind) if one is not type(None))
        return None if data is None else _value(kind, data)
    if get_origin(kind) is tuple:
        return tuple(_value(get_args(kind)[0], one) for one in data)
    if is_dataclass(kind):
        return from_data(kind, data)  # type: ignore[arg-type]
    if kind in {datetime, date}:
        return kind.fromisoformat(data)
    return kind(data)


def to_json(snapshot: Any) -> dict[str, Any]:
    """What is kept in the database and served by the export."""
    return {"schema": SCHEMA, **to_data(snapshot)}


def digest(data: dict[str, Any]) -> str:
    """Fingerprint of the data alone: the same records give the same one, whatever the order of the keys."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
