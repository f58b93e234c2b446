"""The agenda: written by the co-chairs and the secretariat (clause M-52), reordered without a mouse."""

from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from core import clock, journal
from core.checks import require_unchanged
from core.errors import DomainError
from core.transitions import check_version, lock
from decisions.enums import GIVEN_UP
from meetings import checks, emails
from meetings.enums import AGENDA_OPEN, MINUTES_OPEN, STANDING_KINDS, AgendaKind, Kind, MeetingState
from meetings.models import AgendaItem, Meeting
from members.models import Entity, User
from workinggroups.models import WorkingGroup


class AgendaClosed(DomainError):
    """The agenda no longer changes."""


class StandingItem(DomainError):
    """The mandate gives this item to every annual review (clauses M-70 to M-76)."""


def locked_meeting(meeting_id: int) -> Meeting:
    """The meeting's row guards its agenda and minutes: every write on them takes it first."""
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting_id)


def _open_agenda(meeting_id: int) -> Meeting:
    meeting = locked_meeting(meeting_id)
    check_agenda_open(meeting)
    return meeting


def check_agenda_open(meeting: Meeting) -> None:
    """Refuse once the meeting is over or called off."""
    if meeting.state not in AGENDA_OPEN:
        raise AgendaClosed(_("The meeting is “%s”: its agenda no longer changes.") % meeting.get_state_display())


@transaction.atomic
def add_agenda_item(
    meeting: Meeting,
    *,
    kind: str,
    title: str,
    lead_entity: Entity | None = None,
    duration_min: int = 15,
    group: WorkingGroup | None = None,
    by: User,
) -> AgendaItem:
    """Add an item at the end.

    Args:
        group: the working group that handed it to the Network.

    Raises:
        AgendaClosed: the meeting is over or called off.
    """
    meeting = _open_agenda(meeting.pk)
    last = meeting.items.aggregate(Max("order"))["order__max"] or 0
    item = AgendaItem.objects.create(
        meeting=meeting, order=last + 1, kind=kind, title=title, lead_entity=lead_entity, duration_min=duration_min,
        group=group,
    )  # fmt: skip
    journal.record("add_agenda_item", meeting, by=by, data=_told(item))
    return item


def put_before_closing(items: list[AgendaItem], item: AgendaItem) -> None:
    """What comes of itself, and was not placed by hand, stands before any other business.

    Args:
        items: the others of the agenda, in order.
    """
    if items and items[-1].kind == AgendaKind.AOB:
        renumber([*items[:-1], item, items[-1]])


@transaction.atomic
def edit_agenda_item(
    item: AgendaItem,
    *,
    kind: str,
    title: str,
    lead_entity: Entity | None = None,
    duration_min: int,
    version: int,
    by: User,
) -> AgendaItem:
    """Change an item; a standing item of the annual review keeps its kind.

    Raises:
        AgendaClosed: the meeting is over or called off.
        StandingItem: the kind of a standing item would change.
        StaleVersion: somebody saved the item meanwhile.
    """
    meeting = _open_agenda(item.meeting_id)
    item = lock(item)
    check_version(item, version)
    if kind != item.kind:
        _check_not_standing(meeting, item)
    item.kind, item.title, item.lead_entity, item.duration_min = kind, title, lead_entity, duration_min
    item.version += 1
    item.save(update_fields=["kind", "title", "lead_entity", "duration_min", "version"])
    journal.record("edit_agenda_item", meeting, by=by, data=_told(item))
    return item


@transaction.atomic
def move_agenda_item(item: AgendaItem, *, order: int, by: User) -> AgendaItem:
    """Give the item the number ``order``; the others make room. Numbers stay 1, 2, 3…

    Raises:
        AgendaClosed: the meeting is over or called off.
        Gone: the item was removed meanwhile.
    """
    meeting = _open_agenda(item.meeting_id)
    moved = lock(item)
    before, items = moved.order, list(meeting.items.order_by("order", "pk"))
    items.remove(moved)
    items.insert(max(0, min(order, len(items) + 1) - 1), moved)
    renumber(items)
    journal.record("move_agenda_item", meeting, by=by, data={**_told(moved), "moved": [before, moved.order]})
    return moved


@transaction.atomic
def remove_agenda_item(item: AgendaItem, *, by: User) -> Meeting:
    """Take an item out, and close the gap. A request for a meeting that it dealt with awaits an answer again.

    Raises:
        AgendaClosed: the meeting is over or called off.
        StandingItem: the mandate keeps it in the annual review.
        DomainError: something was written on it, or it is the last one of a convened meeting.
    """
    meeting = _open_agenda(item.meeting_id)
    item = lock(item)
    check_removable(meeting, item)
    data = _told(item)
    _reopen_requests(item, by)
    item.decisions.clear()
    item.delete()
    renumber(list(meeting.items.order_by("order", "pk")))
    journal.record("remove_agenda_item", meeting, by=by, data=data)
    return meeting


def check_removable(meeting: Meeting, item: AgendaItem) -> None:
    """Refuse what :func:`remove_agenda_item` refuses."""
    check_agenda_open(meeting)
    _check_not_standing(meeting, item)
    if item.minutes or item.decisions.exclude(state__in=GIVEN_UP).exists() or item.action_points.exists():
        raise DomainError(_("This item already carries minutes, a decision or an action: it stays."))
    if meeting.state != MeetingState.DRAFT and meeting.items.count() == 1:
        raise DomainError(_("A convened meeting keeps at least one item."))


def _reopen_requests(item: AgendaItem, by: User) -> None:
    for request in item.requests.select_for_update().order_by("pk"):
        request.answer = request.reason = ""
        request.meeting = request.item = request.answered_at = request.answered_by = None
        request.save(update_fields=["answer", "reason", "meeting", "item", "answered_at", "answered_by"])
        journal.record("reopen_meeting_request", request, by=by, data={"item": item.title, "meeting": item.meeting_id})


def _check_not_standing(meeting: Meeting, item: AgendaItem) -> None:
    if meeting.kind == Kind.ANNUAL_REVIEW and item.kind in STANDING_KINDS:
        raise StandingItem(_("The mandate gives “%s” to every annual review: this item stays.") % item.title)


def renumber(items: list[AgendaItem]) -> None:
    """The numbers 1, 2, 3… in that order."""
    for number, row in enumerate(items, start=1):
        row.order = number
    AgendaItem.objects.bulk_update(items, ["order"])


def _told(item: AgendaItem) -> dict[str, Any]:
    return {"order": item.order, "item": item.title, "kind": item.kind, "minutes": item.duration_min}


@transaction.atomic
def publish_agenda(meeting: Meeting, *, seen: str | None = None, by: User) -> Meeting:
    """The agenda is final: send it to those who were convened (clause M-52). Calendars receive it as an update.

    Args:
        seen: what the page of checking showed (:func:`meetings.checks.agenda`); ``None`` without such a page.

    Raises:
        DomainError: the meeting is not convened, or has no item.
        StaleCheck: what was checked has changed since.
    """
    meeting = locked_meeting(meeting.pk)
    if meeting.state != MeetingState.CONVENED:
        raise DomainError(_("Only the agenda of a convened meeting is published."))
    if not meeting.items.exists():
        raise DomainError(_("There is no item on the agenda yet."))
    require_unchanged(lambda: checks.agenda(meeting), seen)
    Meeting.objects.filter(pk=meeting.pk).update(
        agenda_published_at=clock.now(), agenda_published_by=by, sequence=F("sequence") + 1
    )
    meeting.refresh_from_db()
    journal.record("publish_agenda", meeting, by=by, data={"items": meeting.items.count()})
    emails.announce(meeting, emails.AGENDA)
    return meeting


def open_minutes(meeting_id: int) -> Meeting:
    """The meeting, locked, if its minutes may still be written.

    Raises:
        MinutesClosed: the meeting has not begun, or its minutes are approved.
    """
    meeting = locked_meeting(meeting_id)
    check_minutes_open(meeting)
    require_no_call(meeting)
    return meeting


def require_no_call(meeting: Meeting) -> None:
    """
    Raises:
        MinutesClosed: entities gave their positions on the minutes, or are asked to (clause M-61, ADR 25).
    """
    pending = meeting.approval_asked
    if pending and pending.frozen_at:
        raise MinutesClosed(
            _(
                "The Network is asked to approve these minutes as they stand (“%s”): withdraw the proposal, or take "
                "its text up again and write another version of it."
            )
            % pending
        )


def check_minutes_open(meeting: Meeting) -> None:
    """Refuse before the session, and once the minutes are approved."""
    if meeting.state not in MINUTES_OPEN:
        raise MinutesClosed(_("The meeting is “%s”: its minutes cannot be written.") % meeting.get_state_display())


class MinutesClosed(DomainError):
    """The minutes are not being written: not yet, or approved and frozen."""
