"""Objections of a year file, what becomes of those that are maintained, and of a decision that is given up."""

from decisions import actions
from decisions.enums import Stance
from decisions.models import Position
from members.enums import Role
from members.queries import people_with_role
from reseau.demo.decision_part import DecisionPart, DeferralPart, EndingPart, NotePart, Objection, ReferralPart
from reseau.demo.replay.stage import Event, Stage, at


def objection(stage: Stage, part: DecisionPart, row: Objection) -> list[Event]:
    """It is raised in the morning; a co-chair writes down in the afternoon what was done about it."""
    raised: dict[str, Position] = {}

    def raise_it():
        raised["word"] = actions.state_position(
            stage.decisions[part.code], stance=Stance.OBJECTS, reason=row.reason_fr, alternative=row.alternative_fr,
            by=stage.principal_of(row.entity),
        )  # fmt: skip

    def write(note: NotePart):
        return lambda: actions.facilitate(raised["word"], text=note.text_fr, by=stage.person(stage.coordinator))

    notes = [Event(at(note.at, 15), write(note)) for note in row.notes]
    return [Event(at(row.raised_at, 9, 45), raise_it), *notes]


def fate(stage: Stage, part: DecisionPart) -> list[Event]:
    """Advice is asked for and given, then the decision goes to its meeting; or it is given up."""
    found = []
    if part.referral:
        found += [
            Event(at(part.referral.asked_at, 16), _refer(stage, part.code, part.referral)),
            Event(at(part.referral.advised_on, 10), _advise(stage, part.code, part.referral)),
        ]
    if part.deferral:
        found.append(Event(at(part.deferral.at, 16, 30), _defer(stage, part.code, part.deferral)))
    if part.ending:
        found.append(Event(at(part.ending.at, 16, 30), _end(stage, part, part.ending)))
    return found


def _refer(stage: Stage, code: str, row: ReferralPart):
    return lambda: actions.refer_decision(
        stage.decisions[code], body=row.body, question=row.question_fr, by=stage.person(stage.coordinator)
    )


def _advise(stage: Stage, code: str, row: ReferralPart):
    def act():
        (office, *_others) = people_with_role(Role.RC_OFFICE, row.advised_on)
        actions.record_advice(
            stage.decisions[code], advice=row.advice_fr, advised_on=row.advised_on, reference=row.reference,
            by=office,
        )  # fmt: skip

    return act


def _defer(stage: Stage, code: str, row: DeferralPart):
    return lambda: actions.defer_decision(
        stage.decisions[code], reason=row.reason_fr, meeting=str(stage.meetings[row.meeting].pk),
        by=stage.person(stage.coordinator),
    )  # fmt: skip


def _end(stage: Stage, part: DecisionPart, row: EndingPart):
    """By who proposed it, or by a co-chair who found no consensus."""
    if part.status == "withdrawn":
        return lambda: actions.withdraw_decision(
            stage.decisions[part.code], reason=row.reason_fr, by=stage.principal_of(part.proposed_by)
        )
    return lambda: actions.close_without_consensus(
        stage.decisions[part.code], reason=row.reason_fr, by=stage.person(stage.coordinator)
    )
