"""The shape of a year file, and what must hold inside it. A file that breaks either is refused whole.

Shapes are checked by pydantic; references, orders of dates and totals by :func:`contradictions`. Both name the path of
the offending value (``decisions[3].positions[7].entity``). Amounts are whole US dollars.
"""

from collections.abc import Iterator
from datetime import date, time
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

Quarter = Literal["T1", "T2", "T3", "T4"]


class YearError(Exception):
    """The file cannot be replayed. ``problems`` are « path: reason » lines."""

    def __init__(self, problems: list[str]):
        self.problems = problems
        super().__init__("\n".join(problems))


class Part(BaseModel):
    """Unknown keys are kept aside: a later version of the portal may know them."""

    model_config = ConfigDict(extra="ignore", strict=False, frozen=True)


class Meta(Part):
    as_of: date
    network_year: int
    xof_per_usd: int = Field(gt=0)


class Member(Part):
    code: str
    entity: str
    status: Literal["member", "standing_invitee"]
    joined_at: date
    profile_reviewed_at: date
    confirmed_at: date
    principal: str
    alternate: str | None
    fields_of_intervention_fr: str
    gcm_objectives: list[str]
    regions: list[str]


class Person(Part):
    code: str
    entity: str
    role: Literal["principal", "alternate", "co_chair_representative", "resident_coordinator"]
    civility: str
    given_name: str
    family_name: str
    title_fr: str
    email: str
    phone: str
    languages: list[str]


class Term(Part):
    code: str
    seat: Literal["coordinator", "rotating"]
    entity: str | None
    person: str | None
    start: date
    end: date
    decision: str | None
    note_fr: str | None


class AttendanceRow(Part):
    entity: str
    person: str | None
    status: Literal["present", "apologies", "absent"]
    mode: Literal["in_person", "online"] | None


class Action(Part):
    code: str
    text_fr: str
    responsible: str
    due: date
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
    date: date
    start: time
    end: time
    mode: Literal["in_person", "online", "hybrid"]
    venue: Literal["IOM", "RCO"] | None
    room: str | None
    online_link: str | None
    status: Literal["held", "planned"]
    notice_sent_at: date | None
    agenda_published_at: date | None
    chair: str | None
    rapporteur: str | None
    minutes_circulated_at: date | None
    minutes_adopted_in: str | None
    attendance: list[AttendanceRow]
    guests: list[dict[str, Any]] = []
    agenda: list[Item]
    note: str | None


class RequestPart(Part):
    code: str
    requested_by: str
    co_requested_by: list[str]
    requested_at: date
    subject_fr: str
    answered_at: date | None
    answer: Literal["accepted", "added_to_agenda", "declined"] | None
    meeting: str | None
    reason_fr: str | None


class PositionPart(Part):
    entity: str
    position: Literal["agree", "agree_with_comment", "silent", "abstain", "objection", "objection_withdrawn", "pending"]
    at: date | None
    comment_fr: str | None


class Objection(Part):
    entity: str
    raised_at: date
    reason_fr: str
    withdrawn_at: date | None
    resolution_fr: str | None


class DecisionPart(Part):
    code: str
    title_fr: str
    text_fr: str
    type: str
    consultation_mode: Literal["in_session", "silence_procedure"]
    proposed_by: str
    consultation_opened_at: date | None
    consultation_closed_at: date | None
    positions: list[PositionPart]
    objections: list[Objection]
    adopted_at: date | None
    adopted_in: str | None
    status: Literal["draft", "consultation_open", "adopted", "withdrawn"]
    responsible: str | None
    due_date: date | None
    follow_up_status: Literal["not_started", "in_progress", "done", "late"]
    follow_up_note_fr: str | None
    related: list[str]


class Donor(Part):
    code: str
    name_fr: str
    kind: str


class OutcomePart(Part):
    code: str
    number: int
    title_fr: str
    title_en: str
    agenda2063: list[str]
    unsdcf: list[str]


class Budget(Part):
    planned_usd: int = Field(ge=0)
    mobilized_usd: int = Field(ge=0)
    spent_usd: int = Field(ge=0)
    gap_usd: int = Field(ge=0)


class Funding(Part):
    donor: str
    amount_usd: int = Field(gt=0)


class IndicatorPart(Part):
    code: str
    label_fr: str
    unit: str
    baseline: float
    target: float
    progress: dict[Quarter, float]
    direction: Literal["up", "down"]
    means_of_verification_fr: str


class RightsCheck(Part):
    done: bool
    date: date | None
    by: str | None


class ActivityPart(Part):
    code: str
    outcome: str
    title_fr: str
    description_fr: str
    added_value_fr: str
    lead: str
    contributing: list[str]
    external_partners: list[str]
    regions: list[str]
    gcm_objectives: list[str]
    guiding_principles: list[str]
    sdg_targets: list[str]
    mpfa: list[str]
    ecowas: list[str]
    national_priorities: list[str]
    mandate_clauses: list[str]
    schedule: dict[Quarter, bool]
    status: Literal["not_started", "in_progress", "delayed", "completed", "postponed", "cancelled"]
    progress_pct: int = Field(ge=0, le=100)
    budget: Budget
    funding: list[Funding]
    indicators: list[IndicatorPart]
    rights_check: RightsCheck
    risk_fr: str | None


class PlanConsultationPart(Part):
    date: date
    with_fr: str
    partners: list[str]
    note_fr: str


class PlanVersionPart(Part):
    number: int
    date: date
    decision: str
    note_fr: str


class PlanPart(Part):
    code: str
    year: int
    title_fr: str
    endorsed_at: date
    endorsing_decision: str
    presented_at: date
    sent_to_rc_at: date
    acknowledged_by_rc_at: date
    consultations: list[PlanConsultationPart]
    versions: list[PlanVersionPart]
    outcomes: list[OutcomePart]
    activities: list[ActivityPart]
    totals: Budget
    xof_per_usd: int = Field(gt=0)


class Partner(Part):
    code: str
    category: str
    name_fr: str


class Year(Part):
    meta: Meta
    members: list[Member]
    people: list[Person]
    partners: list[Partner]
    co_chair_terms: list[Term]
    meetings: list[MeetingPart]
    meeting_requests: list[RequestPart]
    decisions: list[DecisionPart]
    donors: list[Donor]
    work_plan: PlanPart


# Parts that an app of a later issue will replay: counted and named, so that nobody believes they are there.
NOT_YET = (
    "partners", "programmes", "working_groups", "statements", "news", "documents", "datasets", "trainings",
    "information_notes", "regional_exchanges", "unct_briefings", "membership_list_versions", "advice_requests",
    "engagements", "initiatives", "overlap_flags", "recommendations", "reports",
)  # fmt: skip


def read_year(raw: dict[str, Any]) -> Year:
    """A checked year.

    Raises:
        YearError: names each offending path.
    """
    try:
        year = Year.model_validate(raw)
    except ValidationError as error:
        raise YearError([f"{_path(problem['loc'])}: {problem['msg']}" for problem in error.errors()]) from error
    problems = list(contradictions(year))
    if problems:
        raise YearError(problems)
    return year


def not_yet_replayed(raw: dict[str, Any]) -> dict[str, int]:
    """Rows of each part that waits for its app, by name of the part."""
    guests = sum(len(meeting.get("guests") or []) for meeting in raw["meetings"])
    return {**{name: len(raw.get(name, [])) for name in NOT_YET}, "meetings.guests": guests}


def _path(loc: tuple[Any, ...]) -> str:
    path = ""
    for step in loc:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else str(step)
    return path


def contradictions(year: Year) -> Iterator[str]:
    """« path: reason » for each reference, order or sum that does not hold."""
    yield from _doubles(year)
    yield from _references(year)
    yield from _dates(year)
    yield from _voices(year)
    yield from _sums(year)


def _doubles(year: Year) -> Iterator[str]:
    for name in ("members", "people", "meetings", "decisions", "donors", "co_chair_terms"):
        seen: set[str] = set()
        for index, row in enumerate(getattr(year, name)):
            if row.code in seen:
                yield f"{name}[{index}].code: {row.code} stands twice"
            seen.add(row.code)
    codes = [activity.code for activity in year.work_plan.activities]
    for index, code in enumerate(codes):
        if code in codes[:index]:
            yield f"work_plan.activities[{index}].code: {code} stands twice"


def _references(year: Year) -> Iterator[str]:
    entities = {row.entity for row in year.members}
    people = {row.code for row in year.people}
    meetings = {row.code for row in year.meetings}
    decisions = {row.code for row in year.decisions}
    checks: list[tuple[str, str | None, set[str]]] = []
    for i, member in enumerate(year.members):
        checks += [
            (f"members[{i}].principal", member.principal, people),
            (f"members[{i}].alternate", member.alternate, people),
        ]
    checks += [(f"people[{i}].entity", person.entity, entities) for i, person in enumerate(year.people)]
    for i, term in enumerate(year.co_chair_terms):
        checks += [
            (f"co_chair_terms[{i}].entity", term.entity, entities),
            (f"co_chair_terms[{i}].person", term.person, people),
            (f"co_chair_terms[{i}].decision", term.decision, decisions),
        ]
    checks += _meeting_references(year, entities, people, meetings, decisions)
    checks += _decision_references(year, entities, meetings)
    checks += _plan_references(year, entities, decisions)
    for path, value, known in checks:
        if value is not None and value not in known:
            yield f"{path}: {value} is not in the file"


def _meeting_references(
    year: Year, entities: set[str], people: set[str], meetings: set[str], decisions: set[str]
) -> list[tuple[str, str | None, set[str]]]:
    checks: list[tuple[str, str | None, set[str]]] = []
    for i, meeting in enumerate(year.meetings):
        at = f"meetings[{i}]"
        checks += [
            (f"{at}.chair", meeting.chair, people),
            (f"{at}.rapporteur", meeting.rapporteur, people),
            (f"{at}.minutes_adopted_in", meeting.minutes_adopted_in, meetings),
        ]
        for j, row in enumerate(meeting.attendance):
            checks += [
                (f"{at}.attendance[{j}].entity", row.entity, entities),
                (f"{at}.attendance[{j}].person", row.person, people),
            ]
        for j, item in enumerate(meeting.agenda):
            checks.append((f"{at}.agenda[{j}].lead_entity", item.lead_entity, entities))
            checks += [(f"{at}.agenda[{j}].decisions[{k}]", code, decisions) for k, code in enumerate(item.decisions)]
            checks += [
                (f"{at}.agenda[{j}].action_points[{k}].responsible", point.responsible, entities)
                for k, point in enumerate(item.action_points)
            ]
    for i, asked in enumerate(year.meeting_requests):
        checks += [
            (f"meeting_requests[{i}].requested_by", asked.requested_by, entities),
            (f"meeting_requests[{i}].meeting", asked.meeting, meetings),
        ]
        checks += [
            (f"meeting_requests[{i}].co_requested_by[{j}]", code, entities)
            for j, code in enumerate(asked.co_requested_by)
        ]
    return checks


def _decision_references(year: Year, entities: set[str], meetings: set[str]) -> list[tuple[str, str | None, set[str]]]:
    checks: list[tuple[str, str | None, set[str]]] = []
    for i, decision in enumerate(year.decisions):
        at = f"decisions[{i}]"
        checks += [
            (f"{at}.proposed_by", decision.proposed_by, entities),
            (f"{at}.responsible", decision.responsible, entities),
            (f"{at}.adopted_in", decision.adopted_in, meetings),
        ]
        checks += [(f"{at}.positions[{j}].entity", row.entity, entities) for j, row in enumerate(decision.positions)]
        checks += [(f"{at}.objections[{j}].entity", row.entity, entities) for j, row in enumerate(decision.objections)]
    return checks


def _plan_references(year: Year, entities: set[str], decisions: set[str]) -> list[tuple[str, str | None, set[str]]]:
    plan = year.work_plan
    outcomes, donors = {row.code for row in plan.outcomes}, {row.code for row in year.donors}
    partners = {row.code for row in year.partners}
    checks: list[tuple[str, str | None, set[str]]] = [
        ("work_plan.endorsing_decision", plan.endorsing_decision, decisions)
    ]
    checks += [(f"work_plan.versions[{i}].decision", row.decision, decisions) for i, row in enumerate(plan.versions)]
    for i, activity in enumerate(plan.activities):
        at = f"work_plan.activities[{i}]"
        checks += [
            (f"{at}.outcome", activity.outcome, outcomes),
            (f"{at}.lead", activity.lead, entities),
            (f"{at}.rights_check.by", activity.rights_check.by, entities),
        ]
        checks += [(f"{at}.contributing[{j}]", code, entities) for j, code in enumerate(activity.contributing)]
        checks += [
            (f"{at}.external_partners[{j}]", code, partners) for j, code in enumerate(activity.external_partners)
        ]
        checks += [(f"{at}.funding[{j}].donor", row.donor, donors) for j, row in enumerate(activity.funding)]
    return checks


def _dates(year: Year) -> Iterator[str]:
    as_of = year.meta.as_of
    for i, term in enumerate(year.co_chair_terms):
        if term.end < term.start:
            yield f"co_chair_terms[{i}].end: before its start"
        for j, other in enumerate(year.co_chair_terms[:i]):
            if other.seat == term.seat and other.start <= term.end and term.start <= other.end:
                yield f"co_chair_terms[{i}].start: overlaps co_chair_terms[{j}] on the same seat"
    for i, meeting in enumerate(year.meetings):
        at = f"meetings[{i}]"
        if meeting.end <= meeting.start:
            yield f"{at}.end: not after the start"
        if meeting.status == "held" and (meeting.date > as_of or meeting.notice_sent_at is None):
            yield f"{at}.status: a held meeting lies in the past and was convened"
        if meeting.notice_sent_at and meeting.notice_sent_at > meeting.date:
            yield f"{at}.notice_sent_at: after the meeting"
        if meeting.minutes_circulated_at and meeting.minutes_circulated_at < meeting.date:
            yield f"{at}.minutes_circulated_at: before the meeting"
    for i, decision in enumerate(year.decisions):
        opened, closed = decision.consultation_opened_at, decision.consultation_closed_at
        if opened and closed and closed < opened:
            yield f"decisions[{i}].consultation_closed_at: before the opening"
        if decision.adopted_at and opened and decision.adopted_at < opened:
            yield f"decisions[{i}].adopted_at: before the consultation was opened"


def _voices(year: Year) -> Iterator[str]:
    joined = {row.entity: row.joined_at for row in year.members if row.status == "member"}
    for i, decision in enumerate(year.decisions):
        at = f"decisions[{i}]"
        if (decision.status == "adopted") != (decision.adopted_at is not None):
            yield f"{at}.adopted_at: an adopted decision, and no other, has a date of adoption"
        seen: set[str] = set()
        for j, row in enumerate(decision.positions):
            if row.entity in seen:
                yield f"{at}.positions[{j}].entity: {row.entity} has one voice only"
            seen.add(row.entity)
            if row.at and (row.entity not in joined or joined[row.entity] > row.at):
                yield f"{at}.positions[{j}].entity: {row.entity} had no voice on {row.at}"
        for j, objection in enumerate(decision.objections):
            if decision.status == "adopted" and objection.withdrawn_at is None:
                yield f"{at}.objections[{j}].withdrawn_at: the decision was adopted while this objection stood"
            if objection.withdrawn_at and objection.withdrawn_at < objection.raised_at:
                yield f"{at}.objections[{j}].withdrawn_at: before it was raised"


def _sums(year: Year) -> Iterator[str]:
    plan = year.work_plan
    for i, activity in enumerate(plan.activities):
        budget, at = activity.budget, f"work_plan.activities[{i}]"
        if sum(row.amount_usd for row in activity.funding) != budget.mobilized_usd:
            yield f"{at}.budget.mobilized_usd: not the sum of its funding"
        if budget.planned_usd - budget.mobilized_usd != budget.gap_usd:
            yield f"{at}.budget.gap_usd: not what remains of the planned amount"
        if budget.spent_usd > budget.mobilized_usd:
            yield f"{at}.budget.spent_usd: more than was mobilised"
    for name in ("planned_usd", "mobilized_usd", "spent_usd", "gap_usd"):
        if sum(getattr(row.budget, name) for row in plan.activities) != getattr(plan.totals, name):
            yield f"work_plan.totals.{name}: not the sum of the activities"
