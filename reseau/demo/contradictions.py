"""Reading a year file: its shape by pydantic, then what must hold between its values. Each problem names its path."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from frameworks import models as frameworks
from meetings.enums import AgendaKind
from reseau.demo import decision_checks, group_checks
from reseau.demo.accounts import OF_THE_YEAR
from reseau.demo.checks import Check, each
from reseau.demo.plan_part import Budget
from reseau.demo.year import MeetingPart, Year, YearError
from workplan.enums import FunderKind

ENTITIES = Path(__file__).parent / "un_entities.json"
NATIONAL = "SN"  # among the regions of an activity: the whole country
AMOUNTS = ("planned", "mobilized", "spent", "gap")
# field of the file → the list its codes are of
LISTS: dict[str, Any] = {
    "regions": frameworks.Region,
    "gcm_objectives": frameworks.GcmObjective,
    "guiding_principles": frameworks.GuidingPrinciple,
    "sdg_targets": frameworks.SdgTarget,
    "mpfa": frameworks.MpfaItem,
    "ecowas": frameworks.EcowasInstrument,
    "national_priorities": frameworks.NationalPriority,
    "agenda2063": frameworks.Agenda2063Item,
    "categories": frameworks.PartnerCategory,
}


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


def _path(loc: tuple[Any, ...]) -> str:
    path = ""
    for step in loc:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else str(step)
    return path


def contradictions(year: Year) -> Iterator[str]:
    """« path: reason » for each reference, order or sum that does not hold."""
    yield from _doubles(year)
    yield from _known(year)
    yield from _references(year)
    yield from _dates(year)
    yield from decision_checks.dates(year)
    yield from decision_checks.voices(year)
    yield from group_checks.dates(year)
    yield from _sums(year)


def _doubles(year: Year) -> Iterator[str]:
    for name in (
        "members",
        "people",
        "meetings",
        "decisions",
        "donors",
        "co_chair_terms",
        "partners",
        "engagements",
        "working_groups",
    ):
        seen: set[str] = set()
        for index, row in enumerate(getattr(year, name)):
            if row.code in seen:
                yield f"{name}[{index}].code: {row.code} stands twice"
            seen.add(row.code)
    codes = [activity.code for activity in year.work_plan.activities]
    for index, code in enumerate(codes):
        if code in codes[:index]:
            yield f"work_plan.activities[{index}].code: {code} stands twice"


def _known(year: Year) -> Iterator[str]:
    """Codes of the portal's own lists: an unknown one would be dropped, or stop the replay half way."""
    codes = {name: _codes(model) for name, model in LISTS.items()}
    entities = {row["code"].lower() for row in json.loads(ENTITIES.read_text("utf-8"))}
    checks: list[Check] = []
    for i, member in enumerate(year.members):
        at = f"members[{i}]"
        checks.append((f"{at}.entity", member.entity, entities))
        checks += each(f"{at}.gcm_objectives", member.gcm_objectives, codes["gcm_objectives"])
        checks += each(f"{at}.regions", member.regions, codes["regions"])
    checks += _partner_codes(year, codes)
    for i, outcome in enumerate(year.work_plan.outcomes):
        at = f"work_plan.outcomes[{i}]"
        checks += each(f"{at}.agenda2063", outcome.agenda2063, codes["agenda2063"])
        checks += each(f"{at}.unsdcf", outcome.unsdcf, codes["national_priorities"])
    for i, activity in enumerate(year.work_plan.activities):
        at = f"work_plan.activities[{i}]"
        checks += each(f"{at}.regions", activity.regions, codes["regions"] | {NATIONAL.lower()})
        for name in LISTS.keys() - {"regions", "agenda2063", "categories"}:
            checks += each(f"{at}.{name}", getattr(activity, name), codes[name])
    kinds = {str(kind.value) for kind in AgendaKind}
    for i, meeting in enumerate(year.meetings):
        checks += [(f"meetings[{i}].agenda[{j}].kind", item.kind, kinds) for j, item in enumerate(meeting.agenda)]
    checks += decision_checks.codes(year, entities)
    checks += group_checks.codes(year, codes)
    checks += [(f"donors[{i}].kind", row.kind, set(FunderKind.values)) for i, row in enumerate(year.donors)]
    for path, value, known in checks:
        if str(value).lower() not in known:
            yield f"{path}: the portal does not know {value}"


def _partner_codes(year: Year, codes: dict[str, set[str]]) -> list[Check]:
    checks: list[Check] = []
    for i, partner in enumerate(year.partners):
        checks.append((f"partners[{i}].category", partner.category, codes["categories"]))
        checks += each(f"partners[{i}].regions", partner.regions, codes["regions"])
    return checks


def _codes(model: Any) -> set[str]:
    return set(model.objects.values_list("slug", flat=True))


def _references(year: Year) -> Iterator[str]:
    entities = {row.entity for row in year.members}
    people = {row.code for row in year.people}
    meetings = {row.code for row in year.meetings}
    decisions = {row.code for row in year.decisions}
    checks: list[Check] = []
    for i, member in enumerate(year.members):
        checks += [
            (f"members[{i}].principal", member.principal, people),
            (f"members[{i}].alternate", member.alternate, people),
        ]
    checks += [(f"people[{i}].entity", person.entity, entities) for i, person in enumerate(year.people)]
    checks += _tie_references(year, people)
    checks += [(f"people ({login})", code, people) for login, code in OF_THE_YEAR.items()]
    for i, term in enumerate(year.co_chair_terms):
        checks += [
            (f"co_chair_terms[{i}].entity", term.entity, entities),
            (f"co_chair_terms[{i}].person", term.person, people),
            (f"co_chair_terms[{i}].decision", term.decision, decisions),
        ]
        names = enumerate(candidate.entity for candidate in term.candidates)
        checks += [(f"co_chair_terms[{i}].candidates[{j}].entity", name, entities) for j, name in names]
        if term.sounding:
            checks += each(f"co_chair_terms[{i}].sounding.heard", term.sounding.heard, entities)
            checks += each(f"co_chair_terms[{i}].sounding.counts", list(term.sounding.counts), entities)
    checks += _meeting_references(year, entities, people, meetings, decisions)
    checks += decision_checks.references(year, entities, meetings)
    checks += _plan_references(year, entities, decisions)
    partners = {row.code for row in year.partners}
    checks += group_checks.references(year, entities, partners, decisions)
    for i, engagement in enumerate(year.engagements):
        checks.append((f"engagements[{i}].partner", engagement.partner, partners))
        checks.append((f"engagements[{i}].by", engagement.by, entities))
    for path, value, known in checks:
        if value is not None and value not in known:
            yield f"{path}: {value} is not in the file"


def _tie_references(year: Year, people: set[str]) -> list[Check]:
    checks: list[Check] = []
    for i, delegation in enumerate(year.delegations):
        checks += [
            (f"delegations[{i}].giver", delegation.giver, people),
            (f"delegations[{i}].person", delegation.person, people),
        ]
    for i, succession in enumerate(year.successions):
        checks += [
            (f"successions[{i}].person", succession.person, people),
            (f"successions[{i}].successor", succession.successor, people),
        ]
    return checks


def _meeting_references(
    year: Year, entities: set[str], people: set[str], meetings: set[str], decisions: set[str]
) -> list[Check]:
    checks: list[Check] = []
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


def _plan_references(year: Year, entities: set[str], decisions: set[str]) -> list[Check]:
    plan = year.work_plan
    outcomes, donors = {row.code for row in plan.outcomes}, {row.code for row in year.donors}
    partners = {row.code for row in year.partners}
    checks: list[Check] = [("work_plan.endorsing_decision", plan.endorsing_decision, decisions)]
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
    for i, term in enumerate(year.co_chair_terms):
        if term.end < term.start:
            yield f"co_chair_terms[{i}].end: before its start"
        for j, other in enumerate(year.co_chair_terms[:i]):
            if other.seat == term.seat and other.start <= term.end and term.start <= other.end:
                yield f"co_chair_terms[{i}].start: overlaps co_chair_terms[{j}] on the same seat"
    for i, meeting in enumerate(year.meetings):
        yield from _meeting_dates(f"meetings[{i}]", meeting, year)


def _meeting_dates(at: str, meeting: MeetingPart, year: Year) -> Iterator[str]:
    if meeting.end <= meeting.start:
        yield f"{at}.end: not after the start"
    if meeting.status == "held" and (meeting.date > year.meta.as_of or meeting.notice_sent_at is None):
        yield f"{at}.status: a held meeting lies in the past and was convened"
    if meeting.notice_sent_at and meeting.notice_sent_at > meeting.date:
        yield f"{at}.notice_sent_at: after the meeting"
    if meeting.minutes_circulated_at and meeting.minutes_circulated_at < meeting.date:
        yield f"{at}.minutes_circulated_at: before the meeting"


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
        yield from _in_xof(f"{at}.budget", budget, plan.xof_per_usd)
    for name in AMOUNTS:
        if sum(getattr(row.budget, f"{name}_usd") for row in plan.activities) != getattr(plan.totals, f"{name}_usd"):
            yield f"work_plan.totals.{name}_usd: not the sum of the activities"
    yield from _in_xof("work_plan.totals", plan.totals, plan.xof_per_usd)


def _in_xof(at: str, budget: Budget, rate: int) -> Iterator[str]:
    for name in AMOUNTS:
        if getattr(budget, f"{name}_usd") * rate != getattr(budget, f"{name}_xof"):
            yield f"{at}.{name}_xof: not {name}_usd at {rate} XOF for one USD"
