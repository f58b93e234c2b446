"""Every number of the report, computed from the snapshot alone. The method annex says in words what stands here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from reports.snapshot import (
    UNRECORDED,
    ActionPoint,
    Activity,
    CoChair,
    Decision,
    Indicator,
    Meeting,
    Member,
    Objection,
    Objective,
    Snapshot,
)

PRESENT, IN_PERSON = "present", "in_person"
NOT_ACTING = {"postponed", "cancelled"}
TROUBLED = ("delayed", "postponed", "cancelled")


def last_day(snapshot: Snapshot) -> date:
    """The end of the period: the last day of the year, or the day of the snapshot while the year runs."""
    return min(date(snapshot.year, 12, 31), timezone.localdate(snapshot.taken_at))


def is_whole_year(snapshot: Snapshot) -> bool:
    return last_day(snapshot) == date(snapshot.year, 12, 31)


def after_period(snapshot: Snapshot) -> date:
    """The day to mark on the line of the year: that of the records, or one past the year when it is over."""
    return last_day(snapshot) if not is_whole_year(snapshot) else date(snapshot.year + 1, 1, 1)


def co_chairs_at_end(snapshot: Snapshot) -> list[CoChair]:
    end = last_day(snapshot)
    return [one for one in snapshot.co_chairs if one.starts_on <= end and (one.ends_on is None or one.ends_on >= end)]


def share(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """Per cent, rounded where it is printed; ``None`` when there is nothing to divide by."""
    return Decimal(part) * 100 / Decimal(whole) if whole else None


def members_at_end(snapshot: Snapshot, kind: str = "member") -> list[Member]:
    end = last_day(snapshot)
    return [
        one for one in snapshot.members if one.kind == kind and one.since <= end and not (one.until and one.until < end)
    ]


@dataclass(frozen=True)
class Change:
    day: date
    entity: str
    joined: bool


def membership_changes(snapshot: Snapshot) -> list[Change]:
    """Who joined and who left in the year, in order of date."""
    joined = [Change(one.since, one.acronym, True) for one in snapshot.members if one.since.year == snapshot.year]
    left = [
        Change(one.until, one.acronym, False)
        for one in snapshot.members
        if one.until and one.until.year == snapshot.year
    ]
    return sorted(joined + left, key=lambda change: (change.day, change.entity))


def held(snapshot: Snapshot) -> list[Meeting]:
    return [meeting for meeting in snapshot.meetings if meeting.is_held]


def to_come(snapshot: Snapshot) -> list[Meeting]:
    return [meeting for meeting in snapshot.meetings if not meeting.is_held]


@dataclass(frozen=True)
class Turnout:
    """Who came to one meeting: entities, not persons."""

    meeting: Meeting
    present: int
    invited: int
    apologies: int

    @property
    def percent(self) -> Decimal | None:
        return share(self.present, self.invited)


def turnouts(snapshot: Snapshot) -> list[Turnout]:
    def count(meeting: Meeting, status: str) -> int:
        return sum(row.status == status for row in meeting.attendance)

    return [Turnout(one, count(one, PRESENT), len(one.attendance), count(one, "apologies")) for one in held(snapshot)]


def mean_turnout(snapshot: Snapshot) -> Decimal | None:
    """All presences of the year over all invitations of the year."""
    rows = turnouts(snapshot)
    return share(sum(row.present for row in rows), sum(row.invited for row in rows))


@dataclass(frozen=True)
class Attendance:
    entity: str
    present: int
    apologies: int
    absent: int
    unrecorded: int

    @property
    def meetings(self) -> int:
        return self.present + self.apologies + self.absent + self.unrecorded

    @property
    def percent(self) -> Decimal | None:
        return share(self.present, self.meetings)


def attendance_by_entity(snapshot: Snapshot) -> list[Attendance]:
    """Over the meetings of the year at which the entity was expected; the most present first."""
    counts: dict[str, dict[str, int]] = {}
    for meeting in held(snapshot):
        for row in meeting.attendance:
            counts.setdefault(row.entity, {}).setdefault(row.status, 0)
            counts[row.entity][row.status] += 1
    rows = [
        Attendance(
            name, found.get(PRESENT, 0), found.get("apologies", 0), found.get("absent", 0), found.get(UNRECORDED, 0)
        )
        for name, found in counts.items()
    ]
    return sorted(rows, key=lambda row: (-row.present, row.entity.lower()))


@dataclass(frozen=True)
class ObjectionCount:
    """Those on adopted decisions and on proposals under way: adopted ones alone are always lifted."""

    on_adopted: int
    on_open: int
    lifted: int

    @property
    def raised(self) -> int:
        return self.on_adopted + self.on_open


def objection_count(snapshot: Snapshot) -> ObjectionCount:
    adopted, under_way = objections(snapshot.decisions), objections(snapshot.open_decisions)
    lifted = sum(bool(one.lifted_on) for _decision, one in [*adopted, *under_way])
    return ObjectionCount(len(adopted), len(under_way), lifted)


def objections(decisions: Iterable[Decision]) -> list[tuple[Decision, Objection]]:
    return [(decision, one) for decision in decisions for one in decision.objections]


@dataclass(frozen=True)
class Budget:
    """Sums of several activities. In ``gap`` one activity's surplus fills no other's gap."""

    planned: Decimal
    mobilised: Decimal
    spent: Decimal
    gap: Decimal


def budget(activities: Iterable[Activity]) -> Budget:
    rows, none = list(activities), Decimal(0)
    return Budget(
        sum((one.planned for one in rows), none),
        sum((one.mobilised for one in rows), none),
        sum((one.spent for one in rows), none),
        sum((max(one.planned - one.mobilised, none) for one in rows), none),
    )


def progress(activities: Iterable[Activity]) -> Decimal | None:
    """The plain mean of the activities' own progress, cancelled ones left out, as on the page of the plan."""
    counted = [one.progress for one in activities if one.status != "cancelled"]
    return share(sum(counted), 100 * len(counted))


def all_activities(snapshot: Snapshot) -> list[Activity]:
    return snapshot.plan.activities if snapshot.plan else []


def indicators(activities: Iterable[Activity]) -> list[Indicator]:
    return [one for activity in activities for one in activity.indicators]


@dataclass(frozen=True)
class Coverage:
    """One objective of the Global Compact and the activities of the plan that serve it."""

    objective: Objective
    activities: tuple[Activity, ...]

    @property
    def acting(self) -> list[Activity]:
        return [one for one in self.activities if one.status not in NOT_ACTING]


def coverage(snapshot: Snapshot) -> list[Coverage]:
    return served(snapshot.objectives, all_activities(snapshot))


def served(objectives: Iterable[Objective], activities: Sequence[Activity]) -> list[Coverage]:
    return [
        Coverage(one, tuple(activity for activity in activities if one.number in activity.objectives))
        for one in objectives
    ]


def covered(rows: Iterable[Coverage]) -> int:
    """Objectives that at least one activity serves which was neither postponed nor cancelled."""
    return sum(bool(row.acting) for row in rows)


def overdue(snapshot: Snapshot) -> list[ActionPoint]:
    return [point for point in snapshot.action_points if point.is_overdue]


def open_objections(snapshot: Snapshot) -> list[tuple[Decision, Objection]]:
    return [(decision, one) for decision, one in objections(snapshot.open_decisions) if one.lifted_on is None]
