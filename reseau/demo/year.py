"""The shape of a year file, and what must hold inside it. A file that breaks either is refused whole.

Shapes are checked by pydantic here; references, orders of dates and totals in ``contradictions``. Both name the path of
the offending value (``decisions[3].positions[7].entity``). Amounts are whole US dollars.
"""

import datetime as dt
from typing import Any, Literal

from pydantic import Field, model_validator

from reseau.demo.decision_part import DecisionPart, StatementPart
from reseau.demo.group_part import GroupPart
from reseau.demo.part import Part
from reseau.demo.plan_part import Donor, PlanPart


class YearError(Exception):
    """The file cannot be replayed. ``problems`` are « path: reason » lines."""

    def __init__(self, problems: list[str]):
        self.problems = problems
        super().__init__("\n".join(problems))


class Meta(Part):
    as_of: dt.date
    network_year: int
    xof_per_usd: int = Field(gt=0)


class Member(Part):
    code: str
    entity: str
    status: Literal["member", "standing_invitee"]
    joined_at: dt.date
    profile_reviewed_at: dt.date
    confirmed_at: dt.date
    principal: str
    alternate: str | None
    fields_of_intervention_fr: str
    gcm_objectives: list[str]
    regions: list[str]


class Person(Part):
    code: str
    entity: str
    role: Literal["principal", "alternate", "co_chair_representative", "resident_coordinator", "incoming"]
    civility: str
    given_name: str
    family_name: str
    title_fr: str
    email: str
    phone: str
    languages: list[str]
    arrives_at: dt.date | None = None  # with the entity, unless it is said


class FreeDayPart(Part):
    """A day that the United Nations keep in Dakar, and the day on which the secretariat wrote it."""

    day: dt.date
    name_fr: str
    name_en: str
    noted_at: dt.date


class DelegationPart(Part):
    """By codes of people of one entity."""

    giver: str
    person: str
    start: dt.date
    end: dt.date
    given_at: dt.date
    reason_fr: str = ""


class SuccessionPart(Part):
    """By codes of people: who leaves after ``last_day``, and who takes over."""

    person: str
    successor: str
    last_day: dt.date
    handed_over_at: dt.date


class CandidatePart(Part):
    entity: str
    received_at: dt.date
    statement_fr: str = ""


class SoundingPart(Part):
    opened_at: dt.date
    closes_at: dt.date
    heard: list[str]
    counts: dict[str, dict[str, int]]  # candidate → preference → entities; who said what no file tells either

    @model_validator(mode="after")
    def _each_said_one_thing_of_each(self) -> "SoundingPart":
        for candidate, said in self.counts.items():
            if sum(said.values()) != len(self.heard):
                raise ValueError(f"{candidate}: not as many answers as entities heard")
        return self


class Term(Part):
    code: str
    seat: Literal["coordinator", "rotating"]
    entity: str | None
    person: str | None
    start: dt.date
    end: dt.date
    decision: str | None
    note_fr: str | None
    opened_at: dt.date | None = None
    closes_at: dt.date | None = None
    message_fr: str = ""
    candidates: list[CandidatePart] = []
    sounding: SoundingPart | None = None


class AttendanceRow(Part):
    entity: str
    person: str | None
    status: Literal["present", "apologies", "absent"]
    mode: Literal["in_person", "online"] | None


class Action(Part):
    code: str
    text_fr: str
    responsible: str
    due: dt.date
    status: Literal["done", "in_progress", "late", "open"]


class Item(Part):
    code: str
    order: int
    kind: str
    title_fr: str
    lead_entity: str
    duration_min: int = Field(gt=0)
    minutes_fr: str | None
    decisions: list[str]
    action_points: list[Action]


class MeetingPart(Part):
    code: str
    type: Literal["plenary", "ad_hoc", "annual_review", "partners"]
    title_fr: str
    date: dt.date
    start: dt.time
    end: dt.time
    mode: Literal["in_person", "online", "hybrid"]
    venue: Literal["IOM", "RCO"] | None
    room: str | None
    online_link: str | None
    status: Literal["held", "planned"]
    notice_sent_at: dt.date | None
    agenda_published_at: dt.date | None
    chair: str | None
    rapporteur: str | None
    minutes_circulated_at: dt.date | None
    minutes_adopted_in: str | None
    attendance: list[AttendanceRow]
    guests: list[dict[str, Any]] = []
    guest_partners: list[str] = []  # whose contacts are given a pass
    agenda: list[Item]
    note: str | None


class RequestPart(Part):
    code: str
    requested_by: str
    co_requested_by: list[str]
    requested_at: dt.date
    subject_fr: str
    answered_at: dt.date | None
    answer: Literal["accepted", "added_to_agenda", "declined"] | None
    meeting: str | None
    reason_fr: str | None


class ContactPart(Part):
    civility: str
    given_name: str
    family_name: str
    title_fr: str
    email: str


class Partner(Part):
    code: str
    category: str
    name_fr: str
    contact_email: str
    regions: list[str] = []
    contacts: list[ContactPart] = []


class EngagementPart(Part):
    code: str
    date: dt.date
    partner: str
    subject_fr: str
    by: str
    kind: Literal["meeting", "workshop", "visit", "exchange", "participation", "other"] = "other"
    account_fr: str = ""
    next_step_fr: str = ""
    next_step_due: dt.date | None = None
    next_step_done_at: dt.date | None = None


class ListVersionPart(Part):
    code: str
    date: dt.date
    shared_at: dt.date


class Year(Part):
    meta: Meta
    members: list[Member]
    people: list[Person]
    partners: list[Partner]
    free_days: list[FreeDayPart] = []
    delegations: list[DelegationPart] = []
    successions: list[SuccessionPart] = []
    co_chair_terms: list[Term]
    meetings: list[MeetingPart]
    meeting_requests: list[RequestPart]
    decisions: list[DecisionPart]
    statements: list[StatementPart] = []
    working_groups: list[GroupPart]
    donors: list[Donor]
    work_plan: PlanPart
    engagements: list[EngagementPart]
    membership_list_versions: list[ListVersionPart]


# Parts that an app of a later issue will replay: counted and named, so that nobody believes they are there.
NOT_YET = (
    "programmes", "statements", "news", "documents", "datasets", "trainings",
    "information_notes", "regional_exchanges", "unct_briefings", "advice_requests",
    "initiatives", "overlap_flags", "recommendations", "reports",
)  # fmt: skip


def not_yet_replayed(raw: dict[str, Any]) -> dict[str, int]:
    """Rows of each part that waits for its app, by name of the part."""
    guests = sum(len(meeting.get("guests") or []) for meeting in raw["meetings"])
    return {**{name: len(raw.get(name, [])) for name in NOT_YET}, "meetings.guests": guests}
