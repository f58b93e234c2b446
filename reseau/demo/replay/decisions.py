"""Decisions of a year file: consultation, positions, objections lifted, consensus noted, follow-up.

The file dates the consultation; the call on the frozen text is opened on the day of the first stated position.
« silent » entities did not speak, « pending » ones have not spoken yet: neither leaves a row.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from core.errors import DomainError
from decisions import actions, procedure
from decisions.calls import check_deadline
from decisions.enums import Channel, FollowUp, Mode, Stance
from decisions.tasks import REMINDED, watch_calls
from frameworks import workdays
from frameworks.actions import correct_calendar
from outreach import actions as outreach
from outreach.enums import STATEMENT
from reseau.demo.decision_part import (
    DecisionPart,
    MembershipPart,
    Objection,
    PositionPart,
    RulesPart,
    StatementPart,
)
from reseau.demo.replay import maintained
from reseau.demo.replay.mails import saved_mail
from reseau.demo.replay.members import add_entity, names_of_entities
from reseau.demo.replay.stage import Event, Stage, at
from reseau.demo.year import MeetingPart, Year
from workinggroups import actions as groups

SAID = {
    "agree": Stance.SUPPORTS,
    "agree_with_comment": Stance.CAN_LIVE_WITH,
    "abstain": Stance.STANDS_ASIDE,
}
SILENCE = 5  # working days: the rules that the year adopts
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
    if opened is None or part.consultation_closed_at is None:
        return found
    deadline = _deadline(part.consultation_closed_at, meeting)
    found.append(Event(at(opened, 9, 5), _consult(stage, part, deadline)))
    found += _consultation(stage, part)
    first = min([row.at for row in part.positions if row.at] + [row.raised_at for row in part.objections], default=None)
    if first is None:
        return found
    found += [
        Event(at(_called_on(part, first), 9, 25), _translate(stage, part, place))
        for place, _ in enumerate(part.translations)
    ]
    found.append(Event(at(_called_on(part, first), 9, 30), _call(stage, part, deadline)))
    found += _reminders(part, deadline)
    for row in part.positions:
        if row.position in SAID and row.at:
            found.append(Event(_during(row.at, meeting), _say(stage, part, row, meeting)))
    for objection in part.objections:
        found += maintained.objection(stage, part, objection)
        if objection.withdrawn_at:
            found.append(Event(_during(objection.withdrawn_at, meeting), _lift(stage, part, objection)))
    found += maintained.fate(stage, part)
    if part.adopted_at:
        found.append(Event(_noting(part.adopted_at, meeting), _note(stage, part)))
        # Its execution is told when it is due, if that day has come.
        told = max(part.adopted_at, min(part.due_date or part.adopted_at, year.meta.as_of))
        found.append(Event(at(told, 17, 30), _follow_up(stage, part)))
    return found


def _called_on(part: DecisionPart, first: date) -> date:
    """On the day of the first word, or early enough that the silence lasts as long as the rules ask for."""
    if part.consultation_mode == "in_session" or part.consultation_closed_at is None:
        return first
    day = part.consultation_closed_at
    while workdays.calendar(day, day).after(day, SILENCE) > part.consultation_closed_at:
        day -= timedelta(days=1)
    return max(part.consultation_opened_at or day, min(day, first))


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


def _translate(stage: Stage, part: DecisionPart, place: int):
    row = part.translations[place]
    return lambda: actions.translate_text(
        stage.decisions[part.code], language=row.language, title=row.title, words=row.text,
        text_number=len(part.earlier_texts) + 1, version=0, by=stage.principal_of(part.proposed_by),
    )  # fmt: skip


def _during(day: date, meeting: MeetingPart | None) -> datetime:
    """What is said on the day of the meeting is said in the meeting, before it ends."""
    if meeting and meeting.date == day:
        return at(day, meeting.end.hour, meeting.end.minute) - timedelta(minutes=20)
    return at(day, 11)


def _noting(adopted: date, meeting: MeetingPart | None) -> datetime:
    if meeting and meeting.date == adopted:
        return at(meeting.date, meeting.end.hour, meeting.end.minute) - timedelta(minutes=10)
    return at(adopted, 16)


def _deadline(closed: date, meeting: MeetingPart | None) -> datetime:
    if meeting and meeting.date == closed:
        return at(closed, meeting.end.hour, meeting.end.minute)
    return at(closed, 17)


def _propose(stage: Stage, part: DecisionPart):
    def act():
        decision = _proposed(stage, part)
        if part.in_force_until or part.review_date:
            decision = actions.set_effects(
                decision, responsible=decision.responsible, due_on=decision.due_on, in_force_from=None,
                in_force_until=part.in_force_until, review_on=part.review_date, replaced=(), version=decision.version,
                by=stage.principal_of(part.proposed_by),
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
    return actions.propose_decision(
        title=part.title_fr,
        text=part.earlier_texts[0].text_fr if part.earlier_texts else part.text_fr,
        mode=_mode(part),
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
        draft, title=part.title_fr, text=part.text_fr, mode=_mode(part), entity=stage.entities[part.proposed_by],
        responsible=stage.entities[part.responsible] if part.responsible else None, due_on=part.due_date,
        by=stage.principal_of(part.proposed_by),
    )  # fmt: skip
    return proposed.decision


def _propose_groups(stage: Stage, part: DecisionPart) -> Any:
    return groups.bring_before_network(
        [stage.groups[code] for code in stage.endorsed[part.code]], title=part.title_fr, text=part.text_fr,
        mode=_mode(part),
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


def _mode(part: DecisionPart) -> Mode:
    """What the proposal announces; the call follows the rules of its day (:func:`_mode_of_call`)."""
    return Mode.IN_SESSION if part.consultation_mode == "in_session" else Mode.WRITTEN


def _mode_of_call(part: DecisionPart, deadline: datetime) -> Mode:
    """In writing where the rules know no silence procedure yet, or leave it no time."""
    if _mode(part) == Mode.IN_SESSION:
        return Mode.IN_SESSION
    try:
        check_deadline(procedure.in_force(clock.today()), Mode.SILENCE, deadline)
    except DomainError:
        return Mode.WRITTEN
    return Mode.SILENCE


def _consult(stage, part, ends_at):
    def act():
        # In a year that was moved, the last day may be a feast.
        eve = ends_at.date() - timedelta(days=1)
        worked = workdays.calendar(eve, eve).after(eve, 1)
        until = ends_at + (worked - ends_at.date())
        actions.open_consultation(stage.decisions[part.code], ends_at=until, by=stage.person(stage.secretary))

    return act


def _reminders(part: DecisionPart, deadline: datetime) -> list[Event]:
    """To those who said nothing, as the portal does by itself."""
    if _mode(part) == Mode.IN_SESSION:
        return []
    return [Event(deadline - timedelta(hours=hours, minutes=-30), watch_calls) for hours in REMINDED]


def _call(stage, part, deadline):
    def act():
        by, day = stage.person(stage.secretary), deadline.date()
        if _mode(part) != Mode.IN_SESSION and not workdays.calendar(day, day).is_worked(day):
            # In a year that was moved, a call may end on a feast. It is worked there, so that the story holds.
            correct_calendar(day, is_free=False, by=by)
        mode = _mode_of_call(part, deadline)
        actions.open_call(stage.decisions[part.code], deadline=deadline, mode=mode, close_early=True, by=by)

    return act


def _say(stage, part: DecisionPart, row: PositionPart, meeting: MeetingPart | None):
    stance, reason = SAID[row.position], row.comment_fr or ""
    if meeting and meeting.date == row.at:
        return lambda: actions.record_position(
            stage.decisions[part.code],
            entity=stage.entities[row.entity],
            stance=stance,
            reason=reason,
            channel=Channel.IN_SESSION,
            by=stage.person(stage.secretary),
        )
    if row.said_by:
        return lambda: actions.record_position(
            stage.decisions[part.code], entity=stage.entities[row.entity], stance=stance, reason=reason,
            channel=Channel.EMAIL, said_by=row.said_by, proof=_mail(row, part), by=stage.person(stage.secretary),
        )  # fmt: skip
    return lambda: actions.state_position(
        stage.decisions[part.code], stance=stance, reason=reason, by=stage.principal_of(row.entity)
    )


def _mail(row: PositionPart, part: DecisionPart) -> SimpleUploadedFile:
    """The message in which the entity said it."""
    said = f"Bonjour,\n\nNotre position : {row.comment_fr or 'nous soutenons le texte.'}\n\n{row.said_by}\n"
    sender = f"{row.said_by} <{row.entity.lower()}@example.org>"
    return saved_mail(f"Position {row.entity}", sender, f"RE: {part.title_fr}", said)


def _lift(stage, part: DecisionPart, objection: Objection):
    return lambda: actions.state_position(
        stage.decisions[part.code],
        stance=Stance.LIFTS_OBJECTION,
        reason=objection.resolution_fr or "",
        by=stage.principal_of(objection.entity),
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
