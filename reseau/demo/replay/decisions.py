"""Decisions of a year file: proposed, consulted on, called on (:mod:`calls`), consensus noted, follow-up."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from core import clock
from decisions import actions
from decisions.enums import FollowUp
from outreach import actions as outreach
from outreach.enums import STATEMENT
from reseau.demo.decision_part import DecisionPart, MembershipPart, RulesPart, StatementPart
from reseau.demo.replay import calls, maintained
from reseau.demo.replay.members import add_entity, names_of_entities
from reseau.demo.replay.stage import Event, Stage, at
from reseau.demo.year import MeetingPart, Year
from workinggroups import actions as groups

FOLLOW_UPS = {
    "not_started": FollowUp.NOT_STARTED,
    "in_progress": FollowUp.IN_PROGRESS,
    "late": FollowUp.IN_PROGRESS,
    "done": FollowUp.DONE,
}


def events(year: Year, stage: Stage) -> list[Event]:
    meetings = {meeting.code: meeting for meeting in year.meetings}
    stage.plan_decision = year.work_plan.endorsing_decision
    for group in year.working_groups:
        stage.endorsed.setdefault(group.adopted_by or "", []).append(group.code)
    found: list[Event] = []
    for part in year.decisions:
        events_of_part = _events_of(year, stage, part, meetings.get(part.adopted_in or ""))
        found += [replace(event, about=f"decisions {part.code}") for event in events_of_part]
    statements = {part.code for part in year.decisions if part.type == STATEMENT and part.adopted_at}
    for row in year.statements:
        if row.decision in statements and row.published_at:
            found.append(Event(at(row.published_at, 18), _publish(stage, row), about=f"statements {row.decision}"))
    return found


def _publish(stage: Stage, row: StatementPart):
    """Where is not in the file: as the Network does it every time."""
    return lambda: outreach.record_publication(
        stage.decision(row.decision or ""), published_on=clock.today(), where="Communiqué de presse",
        by=stage.person(stage.secretary),
    )  # fmt: skip


def _events_of(year: Year, stage: Stage, part: DecisionPart, meeting: MeetingPart | None) -> list[Event]:
    opened = part.consultation_opened_at
    found = [Event(at(opened or year.meta.as_of, 9), _propose(stage, part))]
    closed = part.consultation_closed_at
    if opened is None or closed is None:
        return found
    ends = part.rounds[0].until if part.rounds else closed
    found.append(Event(at(opened, 9, 5), _consult(stage, part, calls.deadline(ends, meeting))))
    found += _consultation(stage, part)
    found += calls.events(stage, part, meeting, closed)
    found += maintained.fate(stage, part)
    if part.adopted_at:
        found.append(Event(_noting(part.adopted_at, meeting), _note(stage, part)))
        # Its execution is told when it is due, if that day has come.
        told = max(part.adopted_at, min(part.due_date or part.adopted_at, year.meta.as_of))
        found.append(Event(at(told, 17, 30), _follow_up(stage, part)))
    return found


def _consultation(stage: Stage, part: DecisionPart) -> list[Event]:
    """Comments of the morning are answered in the afternoon, and the next version is written in the evening."""
    found = []
    for place, row in enumerate(part.comments):
        found.append(Event(at(row.at, 10, place), _comment(stage, part, place)))
        if row.answered_at:
            found.append(Event(at(row.answered_at, 15, place), _answer(stage, part, place)))
    texts = [*(earlier.text_fr for earlier in part.earlier_texts), part.text_fr]
    for earlier, text in zip(part.earlier_texts, texts[1:], strict=True):
        found.append(Event(at(earlier.replaced_at, 17), _revise(stage, part, text, earlier.note_fr)))
    return found


def _comment(stage: Stage, part: DecisionPart, place: int):
    row = part.comments[place]

    def act():
        stage.comments[part.code, place] = actions.add_comment(
            stage.decisions[part.code], kind=row.kind, paragraph=row.paragraph, wording=row.wording_fr or "",
            text=row.comment_fr or "", by=stage.principal_of(row.entity),
        )  # fmt: skip

    return act


def _answer(stage: Stage, part: DecisionPart, place: int):
    row = part.comments[place]
    return lambda: actions.answer_comment(
        stage.comments[part.code, place], reply=row.reply or "", answer=row.answer_fr or "", version=1,
        by=stage.principal_of(part.proposed_by),
    )  # fmt: skip


def _revise(stage: Stage, part: DecisionPart, text: str, note: str):
    def act():
        decision = stage.decisions[part.code]
        decision.refresh_from_db()
        actions.revise_text(
            decision, title=part.title_fr, text=text, note=note, version=decision.version,
            by=stage.principal_of(part.proposed_by),
        )  # fmt: skip

    return act


def _noting(adopted: date, meeting: MeetingPart | None) -> datetime:
    if meeting and meeting.date == adopted:
        return at(meeting.date, meeting.end.hour, meeting.end.minute) - timedelta(minutes=10)
    return at(adopted, 16)


def _propose(stage: Stage, part: DecisionPart):
    def act():
        decision = _proposed(stage, part)
        if part.in_force_until or part.review_date or part.replaces or part.from_group:
            # What a group hands over comes without who carries it out, and until when.
            decision = actions.set_effects(
                decision, responsible=stage.entities[part.responsible] if part.responsible else None,
                due_on=part.due_date, in_force_from=None, in_force_until=part.in_force_until,
                review_on=part.review_date, replaced=[stage.decision(code) for code in part.replaces],
                version=decision.version, by=stage.principal_of(part.proposed_by),
            )  # fmt: skip
        stage.decisions[part.code] = decision

    return act


def _proposed(stage: Stage, part: DecisionPart) -> Any:
    if part.rules_of_procedure:
        return _propose_rules(stage, part, part.rules_of_procedure)
    if part.code in stage.endorsed:
        return _propose_groups(stage, part)
    if part.membership:
        return _propose_membership(stage, part, part.membership)
    if part.from_group:
        return groups.forward_text(
            stage.groups[part.from_group], title=part.title_fr, text=part.text_fr,
            entity=stage.entities[part.proposed_by], by=stage.principal_of(part.proposed_by),
        )  # fmt: skip
    return actions.propose_decision(
        title=part.title_fr,
        text=part.earlier_texts[0].text_fr if part.earlier_texts else part.text_fr,
        mode=calls.mode_of(part),
        subject_kind=part.type,
        subject_id=str(stage.plan.pk) if part.code == stage.plan_decision else "",
        proposed_by=stage.entities[part.proposed_by],
        responsible=stage.entities[part.responsible] if part.responsible else None,
        due_on=part.due_date,
        by=stage.principal_of(part.proposed_by),
    )


def _propose_rules(stage: Stage, part: DecisionPart, rules: RulesPart) -> Any:
    """The secretariat prepares the version, whose decision then goes the way of the others."""
    secretary = stage.person(stage.secretary)
    draft = actions.prepare_procedure(by=secretary)
    changed = rules.model_dump(exclude_none=True)
    draft = actions.edit_procedure(draft, **changed, version=draft.version, by=secretary)
    proposed = actions.propose_procedure(
        draft, title=part.title_fr, text=part.text_fr, mode=calls.mode_of(part),
        entity=stage.entities[part.proposed_by],
        responsible=stage.entities[part.responsible] if part.responsible else None, due_on=part.due_date,
        by=stage.principal_of(part.proposed_by),
    )  # fmt: skip
    return proposed.decision


def _propose_groups(stage: Stage, part: DecisionPart) -> Any:
    return groups.bring_before_network(
        [stage.groups[code] for code in stage.endorsed[part.code]], title=part.title_fr, text=part.text_fr,
        mode=calls.mode_of(part),
        responsible=stage.entities[part.responsible] if part.responsible else None, due_on=part.due_date,
        by=stage.principal_of(part.proposed_by),
    )  # fmt: skip


def _propose_membership(stage: Stage, part: DecisionPart, change: MembershipPart) -> Any:
    """The secretariat enters who is to be admitted; who leaves is there."""
    entity = stage.entities.get(change.entity) or add_entity(
        names_of_entities()[change.entity], stage.person(stage.secretary)
    )
    return actions.propose_membership_change(
        entity, change=change.change, day=change.day, title=part.title_fr, text=part.text_fr,
        proposed_by=stage.entities[part.proposed_by], by=stage.principal_of(part.proposed_by),
    ).decision  # fmt: skip


def _consult(stage: Stage, part: DecisionPart, ends_at: datetime):
    return lambda: actions.open_consultation(
        stage.decisions[part.code], ends_at=calls.worked(ends_at), by=stage.person(stage.secretary)
    )


def _note(stage, part):
    def act():
        decision = actions.note_consensus(stage.decisions[part.code], by=stage.person(stage.coordinator))
        stage.decisions[part.code] = decision

    return act


def _follow_up(stage, part: DecisionPart):
    return lambda: actions.follow_up(
        stage.decisions[part.code],
        version=stage.decisions[part.code].version,
        state=FOLLOW_UPS[part.follow_up_status],
        note=part.follow_up_note_fr or "",
        by=stage.principal_of(part.responsible) if part.responsible else stage.person(stage.secretary),
    )
