"""Reading a year file: its shape by pydantic, then what must hold between its values. Each problem names its path."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from decisions import subjects
from decisions.paragraphs import split
from frameworks import models as frameworks
from meetings.enums import AgendaKind
from reseau.demo.accounts import OF_THE_YEAR
from reseau.demo.decision_part import DecisionPart
from reseau.demo.plan_part import Budget
from reseau.demo.year import MeetingPart, Year, YearError
from workplan.enums import FunderKind

Check = tuple[str, str | None, set[str]]
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
    yield from _voices(year)
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
        checks += _each(f"{at}.gcm_objectives", member.gcm_objectives, codes["gcm_objectives"])
        checks += _each(f"{at}.regions", member.regions, codes["regions"])
    checks += _partner_codes(year, codes)
    for i, outcome in enumerate(year.work_plan.outcomes):
        at = f"work_plan.outcomes[{i}]"
        checks += _each(f"{at}.agenda2063", outcome.agenda2063, codes["agenda2063"])
        checks += _each(f"{at}.unsdcf", outcome.unsdcf, codes["national_priorities"])
    for i, activity in enumerate(year.work_plan.activities):
        at = f"work_plan.activities[{i}]"
        checks += _each(f"{at}.regions", activity.regions, codes["regions"] | {NATIONAL.lower()})
        for name in LISTS.keys() - {"regions", "agenda2063", "categories"}:
            checks += _each(f"{at}.{name}", getattr(activity, name), codes[name])
    kinds = {str(kind.value) for kind in AgendaKind}
    for i, meeting in enumerate(year.meetings):
        checks += [(f"meetings[{i}].agenda[{j}].kind", item.kind, kinds) for j, item in enumerate(meeting.agenda)]
    checks += _decision_codes(year, entities)
    checks += _group_codes(year, codes)
    checks += [(f"donors[{i}].kind", row.kind, set(FunderKind.values)) for i, row in enumerate(year.donors)]
    for path, value, known in checks:
        if str(value).lower() not in known:
            yield f"{path}: the portal does not know {value}"


def _decision_codes(year: Year, entities: set[str]) -> list[Check]:
    """A decision on a membership has its own subject, and an entity of the UN system."""
    kinds = {key for key, _label in subjects.choices(free_only=True)}
    return [
        (f"decisions[{i}].membership.entity", row.membership.entity, entities)
        if row.membership
        else (f"decisions[{i}].type", row.type, kinds)
        for i, row in enumerate(year.decisions)
    ]


def _group_codes(year: Year, codes: dict[str, set[str]]) -> list[Check]:
    checks: list[Check] = []
    for i, group in enumerate(year.working_groups):
        checks += _each(f"working_groups[{i}].gcm_objectives", group.gcm_objectives, codes["gcm_objectives"])
    return checks


def _partner_codes(year: Year, codes: dict[str, set[str]]) -> list[Check]:
    checks: list[Check] = []
    for i, partner in enumerate(year.partners):
        checks.append((f"partners[{i}].category", partner.category, codes["categories"]))
        checks += _each(f"partners[{i}].regions", partner.regions, codes["regions"])
    return checks


def _codes(model: Any) -> set[str]:
    return set(model.objects.values_list("slug", flat=True))


def _each(path: str, values: list[str], known: set[str]) -> list[Check]:
    return [(f"{path}[{i}]", value, known) for i, value in enumerate(values)]


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
            checks += _each(f"co_chair_terms[{i}].sounding.heard", term.sounding.heard, entities)
            checks += _each(f"co_chair_terms[{i}].sounding.counts", list(term.sounding.counts), entities)
    checks += _meeting_references(year, entities, people, meetings, decisions)
    checks += _decision_references(year, entities, meetings)
    checks += _plan_references(year, entities, decisions)
    partners = {row.code for row in year.partners}
    checks += _group_references(year, entities, partners, decisions)
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


def _group_references(year: Year, entities: set[str], partners: set[str], decisions: set[str]) -> list[Check]:
    checks: list[Check] = []
    for i, group in enumerate(year.working_groups):
        at = f"working_groups[{i}]"
        checks.append((f"{at}.adopted_by", group.adopted_by, decisions))
        checks += [(f"{at}.members[{j}]", code, entities) for j, code in enumerate(group.members)]
        checks += [(f"{at}.partners[{j}]", code, partners) for j, code in enumerate(group.partners)]
        checks += [(f"{at}.papers[{j}].by", paper.by, set(group.members)) for j, paper in enumerate(group.papers)]
        for j, chair in enumerate(group.chairs):
            checks.append((f"{at}.chairs[{j}].entity", chair.entity, set(group.members)))
            checks.append((f"{at}.chairs[{j}].partner", chair.partner, set(group.partners)))
        sitting = set(group.partners)
        checks += [(f"{at}.passes[{j}].partner", one.partner, sitting) for j, one in enumerate(group.passes)]
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


def _decision_references(year: Year, entities: set[str], meetings: set[str]) -> list[Check]:
    checks: list[Check] = []
    for i, decision in enumerate(year.decisions):
        at = f"decisions[{i}]"
        checks += [
            (f"{at}.proposed_by", decision.proposed_by, entities),
            (f"{at}.responsible", decision.responsible, entities),
            (f"{at}.adopted_in", decision.adopted_in, meetings),
            (f"{at}.deferral.meeting", decision.deferral.meeting if decision.deferral else None, meetings),
        ]
        checks += [(f"{at}.positions[{j}].entity", row.entity, entities) for j, row in enumerate(decision.positions)]
        checks += [(f"{at}.objections[{j}].entity", row.entity, entities) for j, row in enumerate(decision.objections)]
        checks += [(f"{at}.comments[{j}].entity", row.entity, entities) for j, row in enumerate(decision.comments)]
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
    for i, decision in enumerate(year.decisions):
        yield from _decision_dates(f"decisions[{i}]", decision)
        yield from _fate(f"decisions[{i}]", decision)


def _meeting_dates(at: str, meeting: MeetingPart, year: Year) -> Iterator[str]:
    if meeting.end <= meeting.start:
        yield f"{at}.end: not after the start"
    if meeting.status == "held" and (meeting.date > year.meta.as_of or meeting.notice_sent_at is None):
        yield f"{at}.status: a held meeting lies in the past and was convened"
    if meeting.notice_sent_at and meeting.notice_sent_at > meeting.date:
        yield f"{at}.notice_sent_at: after the meeting"
    if meeting.minutes_circulated_at and meeting.minutes_circulated_at < meeting.date:
        yield f"{at}.minutes_circulated_at: before the meeting"


def _decision_dates(at: str, decision: DecisionPart) -> Iterator[str]:
    opened, closed = decision.consultation_opened_at, decision.consultation_closed_at
    if opened and closed and closed < opened:
        yield f"{at}.consultation_closed_at: before the opening"
    if decision.adopted_at and opened and decision.adopted_at < opened:
        yield f"{at}.adopted_at: before the consultation was opened"
    if (decision.status == "adopted") != (decision.adopted_at is not None):
        yield f"{at}.adopted_at: an adopted decision, and no other, has a date of adoption"
    for i, row in enumerate(decision.comments):
        if (row.reply is None) != (row.answered_at is None):
            yield f"{at}.comments[{i}].answered_at: an answer, and nothing else, has a date"
        if row.answered_at and row.answered_at < row.at:
            yield f"{at}.comments[{i}].answered_at: before the comment"


def _fate(at: str, decision: DecisionPart) -> Iterator[str]:
    for i, translation in enumerate(decision.translations):
        if len(split(translation.text)) != len(split(decision.text_fr)):
            yield f"{at}.translations[{i}].text: not as many paragraphs as the text"
    if decision.deferral and decision.status != "consultation_open":
        yield f"{at}.deferral: what is decided waits for no meeting"
    if decision.referral and decision.referral.advised_on < decision.referral.asked_at:
        yield f"{at}.referral.advised_on: before it was asked for"


def _voices(year: Year) -> Iterator[str]:
    joined = {row.entity: row.joined_at for row in year.members if row.status == "member"}
    for i, decision in enumerate(year.decisions):
        seen: set[str] = set()
        for j, row in enumerate(decision.positions):
            path = f"decisions[{i}].positions[{j}].entity"
            if row.entity in seen:
                yield f"{path}: {row.entity} has one voice only"
            seen.add(row.entity)
            if row.at and (row.entity not in joined or joined[row.entity] > row.at):
                yield f"{path}: {row.entity} had no voice on {row.at}"
        yield from _objections(f"decisions[{i}]", decision)


def _objections(at: str, decision: DecisionPart) -> Iterator[str]:
    for j, objection in enumerate(decision.objections):
        if decision.status == "adopted" and objection.withdrawn_at is None:
            yield f"{at}.objections[{j}].withdrawn_at: the decision was adopted while this objection stood"
        for k, note in enumerate(objection.notes):
            if note.at < objection.raised_at:
                yield f"{at}.objections[{j}].notes[{k}].at: before the objection"
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
        yield from _in_xof(f"{at}.budget", budget, plan.xof_per_usd)
    for name in AMOUNTS:
        if sum(getattr(row.budget, f"{name}_usd") for row in plan.activities) != getattr(plan.totals, f"{name}_usd"):
            yield f"work_plan.totals.{name}_usd: not the sum of the activities"
    yield from _in_xof("work_plan.totals", plan.totals, plan.xof_per_usd)


def _in_xof(at: str, budget: Budget, rate: int) -> Iterator[str]:
    for name in AMOUNTS:
        if getattr(budget, f"{name}_usd") * rate != getattr(budget, f"{name}_xof"):
            yield f"{at}.{name}_xof: not {name}_usd at {rate} XOF for one USD"
