"""Calls of a year file: opened on a frozen text, answered by entities, broken off to write another version.

« silent » entities did not speak, « pending » ones have not spoken yet: neither leaves a row.
"""

from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from core.errors import DomainError
from decisions import actions, procedure
from decisions.calls import check_deadline
from decisions.enums import Channel, Mode, Stance
from decisions.tasks import REMINDED, watch_calls
from frameworks import workdays
from frameworks.actions import correct_calendar
from reseau.demo.decision_part import DecisionPart, Objection, PositionPart, RoundPart
from reseau.demo.replay import maintained
from reseau.demo.replay.mails import saved_mail
from reseau.demo.replay.stage import Event, Stage, at
from reseau.demo.year import MeetingPart

SAID = {
    "agree": Stance.SUPPORTS,
    "agree_with_comment": Stance.CAN_LIVE_WITH,
    "abstain": Stance.STANDS_ASIDE,
}
SILENCE = 5  # working days: the rules that the year adopts
ONE_DAY = timedelta(days=1)


def events(stage: Stage, part: DecisionPart, meeting: MeetingPart | None, closed: date) -> list[Event]:
    """Those of each round, then those of the call that ended as it was announced; none where nobody spoke."""
    found: list[Event] = []
    since = part.consultation_opened_at or closed
    rounds = len(part.rounds)
    for one, text in zip(part.rounds, part.earlier_texts[len(part.earlier_texts) - rounds :], strict=True):
        found += _round(stage, part, one, since)
        since = text.replaced_at + ONE_DAY
    said = [row for row in part.positions if row.at and row.position in SAID]
    days = [row.at for row in said if row.at] + [row.raised_at for row in part.objections if row.raised_at >= since]
    if days:
        ends_at = deadline(closed, meeting)
        called_on = _called_on(part, min(days), closed, since)
        found += [
            Event(at(called_on, 9, 25), _translate(stage, part, place)) for place in range(len(part.translations))
        ]
        found.append(Event(at(called_on, 9, 30), _call(stage, part, ends_at)))
        found += _reminders(part, ends_at)
    found += [Event(_during(row.at, meeting), _say(stage, part, row, meeting)) for row in said if row.at]
    for objection in part.objections:
        found += maintained.objection(stage, part, objection)
        if objection.withdrawn_at:
            found.append(Event(_during(objection.withdrawn_at, meeting), _lift(stage, part, objection)))
    return found


def _round(stage: Stage, part: DecisionPart, one: RoundPart, since: date) -> list[Event]:
    """Opened in writing, answered in part, and broken off in the afternoon."""
    days = [row.at for row in one.positions if row.at]
    days += [row.raised_at for row in part.objections if since <= row.raised_at <= one.reopened_at]
    called_on = _called_on(part, min(days), one.until, since)
    return [
        Event(at(called_on, 9, 30), _call(stage, part, deadline(one.until, None))),
        *(Event(at(row.at, 11), _say(stage, part, row, None)) for row in one.positions if row.at),
        Event(at(one.reopened_at, 16), _reopen(stage, part, one)),
    ]


def deadline(closed: date, meeting: MeetingPart | None) -> datetime:
    if meeting and meeting.date == closed:
        return at(closed, meeting.end.hour, meeting.end.minute)
    return at(closed, 17)


def worked(moment: datetime) -> datetime:
    """In a year that was moved, the last day may be a feast."""
    eve = moment.date() - ONE_DAY
    return moment + (workdays.calendar(eve, eve).after(eve, 1) - moment.date())


def mode_of(part: DecisionPart) -> Mode:
    """What the proposal announces; the call follows the rules of its day (:func:`_mode_of_call`)."""
    return Mode.IN_SESSION if part.consultation_mode == "in_session" else Mode.WRITTEN


def _mode_of_call(part: DecisionPart, ends_at: datetime) -> Mode:
    """In writing where the rules know no silence procedure yet, or leave it no time."""
    if mode_of(part) == Mode.IN_SESSION:
        return Mode.IN_SESSION
    try:
        check_deadline(procedure.in_force(clock.today()), Mode.SILENCE, ends_at)
    except DomainError:
        return Mode.WRITTEN
    return Mode.SILENCE


def _called_on(part: DecisionPart, first: date, closed: date, since: date) -> date:
    """On the day of the first word, or early enough that the silence lasts as long as the rules ask for."""
    if part.consultation_mode == "in_session":
        return first
    day = closed
    while workdays.calendar(day, day).after(day, SILENCE) > closed:
        day -= ONE_DAY
    return max(since, min(day, first))


def _during(day: date, meeting: MeetingPart | None) -> datetime:
    """What is said on the day of the meeting is said in the meeting, before it ends."""
    if meeting and meeting.date == day:
        return at(day, meeting.end.hour, meeting.end.minute) - timedelta(minutes=20)
    return at(day, 11)


def _translate(stage: Stage, part: DecisionPart, place: int):
    row = part.translations[place]
    return lambda: actions.translate_text(
        stage.decisions[part.code], language=row.language, title=row.title, words=row.text,
        text_number=len(part.earlier_texts) + 1, version=0, by=stage.principal_of(part.proposed_by),
    )  # fmt: skip


def _reminders(part: DecisionPart, ends_at: datetime) -> list[Event]:
    """To those who said nothing, as the portal does by itself."""
    if mode_of(part) == Mode.IN_SESSION:
        return []
    return [Event(ends_at - timedelta(hours=hours, minutes=-30), watch_calls) for hours in REMINDED]


def _call(stage: Stage, part: DecisionPart, ends_at: datetime):
    def act():
        by, day = stage.person(stage.secretary), ends_at.date()
        if mode_of(part) != Mode.IN_SESSION and not workdays.calendar(day, day).is_worked(day):
            # In a year that was moved, a call may end on a feast. It is worked there, so that the story holds.
            correct_calendar(day, is_free=False, by=by)
        mode = _mode_of_call(part, ends_at)
        actions.open_call(stage.decisions[part.code], deadline=ends_at, mode=mode, close_early=True, by=by)

    return act


def _reopen(stage: Stage, part: DecisionPart, one: RoundPart):
    """Until the call would have ended."""
    return lambda: actions.reopen_consultation(
        stage.decisions[part.code], reason=one.reason_fr, ends_at=worked(deadline(one.until, None)),
        by=stage.person(stage.secretary),
    )  # fmt: skip


def _say(stage: Stage, part: DecisionPart, row: PositionPart, meeting: MeetingPart | None):
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
        stage.decisions[part.code], stance=stance, reason=reason,
        by=stage.person(row.delegate) if row.delegate else stage.principal_of(row.entity),
    )  # fmt: skip


def _mail(row: PositionPart, part: DecisionPart) -> SimpleUploadedFile:
    """The message in which the entity said it."""
    said = f"Bonjour,\n\nNotre position : {row.comment_fr or 'nous soutenons le texte.'}\n\n{row.said_by}\n"
    sender = f"{row.said_by} <{row.entity.lower()}@example.org>"
    return saved_mail(f"Position {row.entity}", sender, f"RE: {part.title_fr}", said)


def _lift(stage: Stage, part: DecisionPart, objection: Objection):
    return lambda: actions.state_position(
        stage.decisions[part.code],
        stance=Stance.LIFTS_OBJECTION,
        reason=objection.resolution_fr or "",
        by=stage.principal_of(objection.entity),
    )
