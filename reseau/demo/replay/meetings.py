"""Meetings of a year file: from the request to approved minutes, with their attendance, decisions and actions."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from meetings import actions, guests
from meetings.actions import Presence
from meetings.enums import AgendaKind, RequestAnswer
from reseau.demo.replay.stage import Event, Stage, at
from reseau.demo.year import Action, Item, MeetingPart, RequestPart, Year

DONE_NOTE = "Fait, selon le compte rendu suivant."


def events(year: Year, stage: Stage) -> list[Event]:
    by_code = {meeting.code: meeting for meeting in year.meetings}
    found: list[Event] = []
    for part in year.meetings:
        told = [Event(at(_written_on(year, part), 8), _create(stage, part))]
        if part.guest_partners:
            told.append(Event(at(_written_on(year, part), 8, 30), _invite_guests(stage, part)))
        if part.notice_sent_at:
            told.append(Event(at(part.notice_sent_at, 9), _convene(stage, part)))
        if part.agenda_published_at:
            told.append(Event(at(part.agenda_published_at, 10), _publish(stage, part)))
        if part.status == "held":
            told += _held(stage, part, by_code, year.meta.as_of)
        found += [replace(event, about=f"meetings {part.code}") for event in told]
    for asked in year.meeting_requests:
        found.append(Event(at(asked.requested_at, 10), _request(stage, asked)))
        if asked.answered_at:
            found.append(Event(at(asked.answered_at, 10, 30), _answer(stage, asked)))
    return found


def _written_on(year: Year, part: MeetingPart) -> date:
    """The day its draft is written: that of the convocation, or of the answer that promised it."""
    promised = [
        asked.answered_at for asked in year.meeting_requests if asked.meeting == part.code and asked.answered_at
    ]
    return min([part.notice_sent_at or year.meta.as_of, *promised])


def _starts(part: MeetingPart) -> datetime:
    return at(part.date, part.start.hour, part.start.minute)


def _ends(part: MeetingPart) -> datetime:
    return at(part.date, part.end.hour, part.end.minute)


def _held(stage: Stage, part: MeetingPart, by_code: dict[str, MeetingPart], as_of: date) -> list[Event]:
    found = [
        Event(_starts(part), _open(stage, part)),
        Event(_starts(part) + timedelta(minutes=10), _attend(stage, part)),
        Event(_ends(part) - timedelta(minutes=5), _attach(stage, part)),
        Event(_ends(part), _end(stage, part)),
    ]
    for item in part.agenda:
        for action in item.action_points:
            found += _action(stage, part, item, action, as_of)
    if part.minutes_circulated_at:
        found.append(Event(at(part.minutes_circulated_at, 9), _write_minutes(stage, part)))
        found.append(Event(at(part.minutes_circulated_at, 10), _circulate(stage, part)))
    if part.minutes_adopted_in:
        later = by_code[part.minutes_adopted_in]
        found.append(Event(_starts(later) + timedelta(minutes=12), _approve(stage, part, later)))
    return found


def _action(stage: Stage, part: MeetingPart, item: Item, action: Action, as_of: date) -> list[Event]:
    made: dict[str, object] = {}

    def add():
        made["point"] = actions.add_action_point(
            _item(stage, part, item),
            text=action.text_fr,
            responsible=stage.entities[action.responsible],
            due_on=action.due,
            by=stage.person(part.rapporteur),
        )

    def start():
        actions.start_action_point(made["point"], by=stage.principal_of(action.responsible))

    def close():
        actions.close_action_point(made["point"], note=DONE_NOTE, by=stage.principal_of(action.responsible))

    found = [Event(_ends(part) - timedelta(minutes=3), add)]
    ends_on = max(part.date, min(action.due, as_of))
    if action.status == "done":
        found.append(Event(at(ends_on, 18), close))
    elif action.status in {"in_progress", "late"}:
        found.append(Event(at(min(part.date + timedelta(days=7), as_of), 18), start))
    return found


def _item(stage: Stage, part: MeetingPart, item: Item):
    return stage.meetings[part.code].items.get(order=item.order)


def _create(stage: Stage, part: MeetingPart):
    def act():
        by = stage.person(stage.secretary)
        meeting = actions.create_meeting(
            kind=part.type,
            title=part.title_fr,
            starts_at=_starts(part),
            ends_at=_ends(part),
            mode=part.mode,
            venue=(part.venue or "").lower(),
            room=part.room or "",
            online_link=part.online_link or "",
            chair=stage.person(part.chair) if part.chair else None,
            rapporteur=stage.person(part.rapporteur) if part.rapporteur else None,
            note=part.note or "",
            by=by,
        )
        stage.meetings[part.code] = meeting
        # The decision that is deferred puts its own item there.
        written = [item for item in part.agenda if item.kind != AgendaKind.CARRIED_OVER]
        for order, item in enumerate(sorted(written, key=lambda row: row.order), start=1):
            _write_item(stage, meeting, item, order, by)

    return act


def _write_item(stage, meeting, item: Item, order: int, by):
    """The items of the mandate are there from the start; the file gives them its own words."""
    lead, kind = stage.entities[item.lead_entity], AgendaKind(item.kind)
    standing = meeting.items.filter(kind=kind, order=order).first()
    if standing is None:
        actions.add_agenda_item(
            meeting, kind=kind, title=item.title_fr, lead_entity=lead, duration_min=item.duration_min, by=by
        )
        return
    actions.edit_agenda_item(
        standing,
        kind=kind,
        title=item.title_fr,
        lead_entity=lead,
        duration_min=item.duration_min,
        version=standing.version,
        by=by,
    )


def _convene(stage, part):
    return lambda: actions.convene_meeting(stage.meetings[part.code], by=stage.person(stage.coordinator))


def _invite_guests(stage, part):
    def act():
        partners = [stage.partners[code].pk for code in part.guest_partners]
        meeting = stage.meetings[part.code]
        contacts = guests.contacts_for(meeting).filter(partner__in=partners)
        actions.invite_guests(meeting, contacts=contacts, by=stage.person(stage.secretary))

    return act


def _publish(stage, part):
    return lambda: actions.publish_agenda(stage.meetings[part.code], by=stage.person(stage.secretary))


def _open(stage, part):
    return lambda: actions.open_session(stage.meetings[part.code], by=stage.person(stage.secretary))


def _end(stage, part):
    return lambda: actions.close_session(stage.meetings[part.code], by=stage.person(stage.secretary))


def _attend(stage, part: MeetingPart):
    def act():
        sheet = {
            stage.entities[row.entity]: Presence(
                row.status,
                row.mode or "",
                stage.person(row.person) if row.person and row.status == "present" else None,
            )
            for row in part.attendance
        }
        actions.record_attendance(stage.meetings[part.code], sheet=sheet, by=stage.person(stage.secretary))

    return act


def _attach(stage, part: MeetingPart):
    def act():
        for item in part.agenda:
            row = _item(stage, part, item)
            for code in item.decisions:
                # The one that validates the plan was placed there when it was adopted.
                if not row.decisions.filter(pk=stage.decision(code).pk).exists():
                    actions.attach_decision(row, decision=stage.decision(code), by=stage.person(stage.secretary))

    return act


def _write_minutes(stage, part: MeetingPart):
    def act():
        for item in part.agenda:
            row = _item(stage, part, item)
            if item.minutes_fr:
                actions.edit_minutes(
                    row, minutes=item.minutes_fr, version=row.version, by=stage.person(part.rapporteur)
                )

    return act


def _circulate(stage, part):
    return lambda: actions.circulate_minutes(stage.meetings[part.code], by=stage.person(stage.secretary))


def _approve(stage, part, later):
    return lambda: actions.approve_minutes(
        stage.meetings[part.code], approved_in=stage.meeting(later.code), by=stage.person(later.chair)
    )


def _request(stage, asked: RequestPart):
    def act():
        stage.requests[asked.code] = actions.request_meeting(
            requested_by=stage.entities[asked.requested_by],
            co_requested_by=[stage.entities[code] for code in asked.co_requested_by],
            subject=asked.subject_fr,
            by=stage.principal_of(asked.requested_by),
        )

    return act


def _answer(stage: Stage, asked: RequestPart):
    def act():
        meeting = stage.meetings[asked.meeting] if asked.meeting else None
        actions.answer_meeting_request(
            stage.requests[asked.code],
            answer=RequestAnswer(asked.answer or "declined"),
            meeting=meeting,
            # The file writes the whole agenda at once: the item of the entity that asked stands there already.
            item=meeting and meeting.items.filter(lead_entity=stage.entities[asked.requested_by]).first(),
            reason=asked.reason_fr or "",
            by=stage.person(stage.coordinator),
        )

    return act
