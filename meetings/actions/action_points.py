"""Action points: who undertook what, until when, and what came of it."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import DomainError
from core.refusals import Refused
from core.transitions import check_version, lock, move, require_move
from meetings.actions.agenda import check_minutes_open, open_minutes
from meetings.enums import ActionState
from meetings.models import ActionPoint, AgendaItem, Meeting
from members.models import Entity, User
from members.standing import standing_on


@transaction.atomic
def add_action_point(
    item: AgendaItem, *, text: str, responsible: Entity, person: User | None = None, due_on: date, by: User
) -> ActionPoint:
    """Write down what an entity undertook under this item.

    Raises:
        MinutesClosed: the meeting has not begun, or its minutes are approved.
        DomainError: it would be due before the meeting, or the person belongs to another entity.
    """
    meeting = open_minutes(item.meeting_id)
    item = lock(item)
    _check_due(due_on, meeting.day)
    _check_person(person, responsible)
    point = ActionPoint.objects.create(
        agenda_item=item, text=text, responsible=responsible, person=person, due_on=due_on, created_at=clock.now(),
        created_by=by,
    )  # fmt: skip
    data = {"entity": responsible.slug, "due_on": due_on, "item": item.title}
    journal.record("add_action_point", point, by=by, data=data)
    return point


@transaction.atomic
def edit_action_point(
    point: ActionPoint,
    *,
    text: str,
    responsible: Entity,
    person: User | None = None,
    due_on: date,
    version: int,
    by: User,
) -> ActionPoint:
    """Correct an action point that is not done yet; the journal keeps what it said before.

    Raises:
        MinutesClosed: the minutes that hold it are approved.
        StaleVersion: somebody saved it meanwhile.
        DomainError: it is done, was removed, would be due before its meeting, or the person belongs to another entity.
    """
    meeting, point = _open_point(point)
    check_version(point, version)
    _check_due(due_on, meeting.day)
    if (person, responsible) != (point.person, point.responsible):  # who was right then may have left since
        _check_person(person, responsible)
    before = {"text": point.text, "entity": point.responsible.slug, "due_on": point.due_on}
    if person != point.person:
        point.handed_to = None
    point.text, point.responsible, point.person, point.due_on = text, responsible, person, due_on
    point.version += 1
    point.save(update_fields=["text", "responsible", "person", "handed_to", "due_on", "version"])
    after = {"text": text, "entity": responsible.slug, "due_on": due_on}
    journal.record("edit_action_point", point, by=by, data={"before": before, "after": after, **after})
    return point


@transaction.atomic
def hand_over_action_point(point: ActionPoint, *, successor: User, by: User) -> ActionPoint:
    """Somebody else carries it from now on. The minutes go on naming whom they named.

    Raises:
        NotAllowedNow: it is done.
    """
    point = lock(point)
    require_move(point, "close_action_point")
    before = point.carrier
    point.handed_to, point.version = successor, point.version + 1
    point.save(update_fields=["handed_to", "version"])
    journal.record("hand_over_action_point", point, by=by, data={"person": [str(before), str(successor)]})
    return point


@transaction.atomic
def remove_action_point(point: ActionPoint, *, by: User) -> Meeting:
    """Take out an action point that was entered by mistake; the journal keeps its words.

    Raises:
        MinutesClosed: the minutes that hold it are approved.
        DomainError: it is done, or was removed before.
    """
    meeting, point = _open_point(point)
    data = {"point": point.pk, "text": point.text, "entity": point.responsible.slug, "due_on": point.due_on}
    point.delete()
    journal.record("remove_action_point", meeting, by=by, data=data)
    return meeting


def _open_point(point: ActionPoint) -> tuple[Meeting, ActionPoint]:
    """The meeting and the point, both locked, while what was agreed may still be corrected."""
    meeting = open_minutes(point.agenda_item.meeting_id)
    point = lock(point)
    check_point_open(meeting, point)
    return meeting, point


def check_point_open(meeting: Meeting, point: ActionPoint) -> None:
    """Refuse once it is done, or frozen with its minutes."""
    check_minutes_open(meeting)
    if point.state == ActionState.DONE:
        raise DomainError(_("This action is done: it no longer changes."))


def _check_due(due_on: date, held_on: date) -> None:
    if due_on < held_on:
        raise DomainError(_("An action is due on the day of the meeting or later."))


@transaction.atomic
def start_action_point(point: ActionPoint, *, by: User) -> ActionPoint:
    """Work on it has begun."""
    return move(lock(point), "start_action_point", by=by)


@transaction.atomic
def close_action_point(point: ActionPoint, *, note: str, by: User) -> ActionPoint:
    """It is done; the note says what was done.

    Raises:
        DomainError: the note is empty.
    """
    point = lock(point)
    require_move(point, "close_action_point")
    if not note.strip():
        raise DomainError(_("Please say what was done: it is shown to the Network."))
    note = note.strip()
    data = {"note": note}
    return move(point, "close_action_point", by=by, data=data, done_at=clock.now(), done_by=by, done_note=note)


def _check_person(person: User | None, responsible: Entity) -> None:
    if person is not None and standing_on(person, clock.today()).entity != responsible:
        names = {"person": person, "entity": responsible.acronym}
        raise Refused(
            _("%(person)s does not speak for %(entity)s: choose somebody of the entity in charge.") % names, "person"
        )
