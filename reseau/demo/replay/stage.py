"""What the events share: who is who, by the codes of the file."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from decisions.models import Comment, Decision, Nomination
from meetings.models import Meeting, MeetingRequest
from members.models import Entity, Partner, User
from outreach.models import Engagement
from reports.models import MemberList
from workinggroups.models import Deliverable, WorkingGroup
from workplan.models import Activity, WorkPlan


@dataclass(frozen=True)
class Event:
    """One thing that happened: when, the act that replays it, and what it is about (« decisions DEC-2026-03 »)."""

    moment: datetime
    act: Callable[[], Any]
    about: str = ""


@dataclass
class Stage:
    """Rows made so far, by code of the file."""

    entities: dict[str, Entity] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    principals: dict[str, str] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    comments: dict[tuple[str, int], Comment] = field(default_factory=dict)  # decision, place in its list
    meetings: dict[str, Meeting] = field(default_factory=dict)
    requests: dict[str, MeetingRequest] = field(default_factory=dict)
    activities: dict[str, Activity] = field(default_factory=dict)
    nominations: dict[str, Nomination] = field(default_factory=dict)
    groups: dict[str, WorkingGroup] = field(default_factory=dict)
    deliverables: dict[str, Deliverable] = field(default_factory=dict)
    endorsed: dict[str, list[str]] = field(default_factory=dict)  # decision → the groups it endorses
    partners: dict[str, Partner] = field(default_factory=dict)
    engagements: dict[str, Engagement] = field(default_factory=dict)
    lists: dict[str, MemberList] = field(default_factory=dict)
    plan: WorkPlan = field(default_factory=WorkPlan)
    plan_decision: str = ""

    # Who acts when the file does not say: its secretary, its two co-chairs, the RC office.
    secretary: str = "PER-IOM-S"
    coordinator: str = "PER-IOM-COM"
    rotating: str = "PER-OHCHR-REP"
    rc_office: str = "PER-RCO-T"

    def person(self, code: str | None) -> User:
        return self.people[code or self.secretary]

    def meeting(self, code: str) -> Meeting:
        """The row as it is now: an act on another thing may ask for its state."""
        return Meeting.objects.get(pk=self.meetings[code].pk)

    def decision(self, code: str) -> Decision:
        return Decision.objects.get(pk=self.decisions[code].pk)

    def principal_of(self, entity: str) -> User:
        return self.people[self.principals[entity]]


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """That day in Dakar, at that hour."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))
