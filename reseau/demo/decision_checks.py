"""What must hold inside the decisions of a year file, and between them and the rest of it."""

from collections.abc import Iterator

from decisions import subjects
from decisions.paragraphs import split
from reseau.demo.checks import Check, each
from reseau.demo.decision_part import DecisionPart, PositionPart
from reseau.demo.year import Year
from workinggroups.enums import TEXT_OF_A_GROUP

GIVEN_UP = ("withdrawn", "no_consensus")


def codes(year: Year, entities: set[str]) -> list[Check]:
    """A decision on a membership, or from a working group, has its own subject; who joins is of the UN system."""
    kinds = {key for key, _label in subjects.choices(free_only=True)}
    return [
        (f"decisions[{i}].membership.entity", row.membership.entity, entities)
        if row.membership
        else (f"decisions[{i}].type", row.type, {TEXT_OF_A_GROUP} if row.from_group else kinds)
        for i, row in enumerate(year.decisions)
    ]


def references(year: Year, entities: set[str], meetings: set[str]) -> list[Check]:
    checks: list[Check] = []
    decisions, groups = {row.code for row in year.decisions}, {row.code for row in year.working_groups}
    people = {row.code for row in year.people}
    for i, decision in enumerate(year.decisions):
        at = f"decisions[{i}]"
        checks += [
            (f"{at}.proposed_by", decision.proposed_by, entities),
            (f"{at}.responsible", decision.responsible, entities),
            (f"{at}.adopted_in", decision.adopted_in, meetings),
            (f"{at}.deferral.meeting", decision.deferral.meeting if decision.deferral else None, meetings),
            (f"{at}.from_group", decision.from_group, groups),
        ]
        checks += each(f"{at}.replaces", decision.replaces, decisions)
        checks += [(f"{at}.positions[{j}].entity", row.entity, entities) for j, row in enumerate(decision.positions)]
        checks += [(f"{at}.positions[{j}].delegate", row.delegate, people) for j, row in enumerate(decision.positions)]
        checks += [(f"{at}.objections[{j}].entity", row.entity, entities) for j, row in enumerate(decision.objections)]
        for j, earlier in enumerate(decision.rounds):
            checks += each(f"{at}.rounds[{j}].positions", [row.entity for row in earlier.positions], entities)
        checks += [(f"{at}.comments[{j}].entity", row.entity, entities) for j, row in enumerate(decision.comments)]
    return checks


def dates(year: Year) -> Iterator[str]:
    adopted = {row.code: row.adopted_at for row in year.decisions}
    for i, decision in enumerate(year.decisions):
        at = f"decisions[{i}]"
        yield from _own_dates(at, decision)
        yield from _fate(at, decision)
        yield from _rounds(at, decision)
        for j, code in enumerate(decision.replaces):
            day = adopted.get(code)
            if day is None or day > (decision.consultation_opened_at or day):
                yield f"{at}.replaces[{j}]: {code} was not adopted when this one was proposed"


def _own_dates(at: str, decision: DecisionPart) -> Iterator[str]:
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
    if (decision.status in GIVEN_UP) != (decision.ending is not None):
        yield f"{at}.ending: a decision that was given up, and no other, says when and why"


def _rounds(at: str, decision: DecisionPart) -> Iterator[str]:
    """A call that was broken off is followed by another version, written after it and before the next word."""
    if len(decision.rounds) > len(decision.earlier_texts):
        yield f"{at}.rounds: each is on a version of the text that another one replaced"
        return
    called_on = decision.earlier_texts[len(decision.earlier_texts) - len(decision.rounds) :]
    for j, (earlier, text) in enumerate(zip(decision.rounds, called_on, strict=True)):
        if not earlier.reopened_at <= text.replaced_at <= earlier.until:
            yield f"{at}.rounds[{j}].reopened_at: not followed by a version, before the call would have ended"
        for k, row in enumerate(earlier.positions):
            if row.at is None or row.at > earlier.reopened_at:
                yield f"{at}.rounds[{j}].positions[{k}].at: after the consultation was reopened"


def voices(year: Year) -> Iterator[str]:
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
            if row.delegate and not _is_delegate(year, row):
                yield f"decisions[{i}].positions[{j}].delegate: {row.delegate} had no delegation of {row.entity} then"
        yield from _objections(f"decisions[{i}]", decision)


def _is_delegate(year: Year, row: PositionPart) -> bool:
    """Whether somebody of the entity had delegated to this person on the day of the position."""
    givers = {person.code for person in year.people if person.entity == row.entity}
    days = [(one.start, one.end) for one in year.delegations if one.person == row.delegate and one.giver in givers]
    return row.at is not None and any(start <= row.at <= end for start, end in days)


def _objections(at: str, decision: DecisionPart) -> Iterator[str]:
    if decision.status == "no_consensus" and all(objection.withdrawn_at for objection in decision.objections):
        yield f"{at}.objections: without one that stands there is a consensus"
    for j, objection in enumerate(decision.objections):
        if decision.status == "adopted" and objection.withdrawn_at is None:
            yield f"{at}.objections[{j}].withdrawn_at: the decision was adopted while this objection stood"
        for k, note in enumerate(objection.notes):
            if note.at < objection.raised_at:
                yield f"{at}.objections[{j}].notes[{k}].at: before the objection"
        if objection.withdrawn_at and objection.withdrawn_at < objection.raised_at:
            yield f"{at}.objections[{j}].withdrawn_at: before it was raised"
