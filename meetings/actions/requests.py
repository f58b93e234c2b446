"""Any member may ask for a meeting; the co-chairs answer (clause M-43)."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import DomainError
from core.transitions import lock
from meetings import emails
from meetings.actions.agenda import add_agenda_item, put_before_closing
from meetings.enums import AgendaKind, RequestAnswer
from meetings.models import AgendaItem, Meeting, MeetingRequest
from meetings.models.agenda import TITLE_LENGTH
from members.models import Entity, User
from workinggroups.enums import AT_WORK
from workinggroups.models import WorkingGroup


@transaction.atomic
def request_meeting(
    *, requested_by: Entity, co_requested_by: Iterable[Entity] = (), subject: str, by: User
) -> MeetingRequest:
    """Ask the co-chairs for a meeting on a subject, alone or together with others."""
    request = MeetingRequest.objects.create(
        requested_by=requested_by, subject=subject, requested_at=clock.now(), author=by
    )
    others = [entity for entity in co_requested_by if entity.pk != requested_by.pk]
    request.co_requested_by.set(others)
    entities = [requested_by.slug, *(entity.slug for entity in others)]
    journal.record("request_meeting", request, by=by, data={"entities": entities})
    return request


@transaction.atomic
def forward_item(group: WorkingGroup, *, subject: str, entity: Entity | None, by: User) -> MeetingRequest:
    """A working group asks that something stands on an agenda of the Network; the co-chairs answer as to any request.

    Args:
        entity: that of who speaks for the group.

    Raises:
        DomainError: the group is not at work, or the person belongs to no entity.
    """
    group = lock(group)
    check_at_work(group)
    if entity is None:
        raise DomainError(_("An item is asked for by an entity, and you belong to none today."))
    request = MeetingRequest.objects.create(
        requested_by=entity, group=group, subject=subject, requested_at=clock.now(), author=by
    )
    journal.record("forward_item", group, by=by, data={"subject": subject})
    return request


def check_at_work(group: WorkingGroup) -> None:
    """Refuse as :func:`forward_item` does, before its form is shown."""
    if group.state not in AT_WORK:
        raise DomainError(_("A group hands items to the Network while it is at work."))


@transaction.atomic
def answer_meeting_request(
    request: MeetingRequest,
    *,
    answer: str,
    meeting: Meeting | None = None,
    item: AgendaItem | None = None,
    reason: str = "",
    by: User,
) -> MeetingRequest:
    """Accept (naming the meeting), add to an agenda (naming the meeting), or decline with a reason.

    Args:
        item: the item of the agenda that deals with it already; without one, its subject becomes an item, before any
            other business.

    Raises:
        DomainError: it was answered before, the answer lacks its meeting or its reason, or the meeting is over.
    """
    request = _unanswered(request)
    given = RequestAnswer(answer)
    if given == RequestAnswer.DECLINED and not reason.strip():
        raise DomainError(_("Please say why the request is declined."))
    if given != RequestAnswer.DECLINED:
        meeting = _to_come(meeting)
        if given == RequestAnswer.ADDED_TO_AGENDA:
            request.item = _from_its_group(item, request) if item else _add_to_agenda(request, meeting, by)
    request.answer, request.reason = given, reason.strip()
    request.meeting = None if given == RequestAnswer.DECLINED else meeting
    request.answered_at, request.answered_by = clock.now(), by
    request.save(update_fields=["answer", "reason", "meeting", "item", "answered_at", "answered_by"])
    journal.record("answer_meeting_request", request, by=by, data={"answer": given.value, "reason": reason.strip()})
    emails.tell_of_answer(request)
    return request


@transaction.atomic
def withdraw_meeting_request(request: MeetingRequest, *, by: User) -> MeetingRequest:
    """Take back what one's entity asked for, before anybody answered; it stays in the list as withdrawn.

    Raises:
        DomainError: it was answered or withdrawn before.
    """
    request = _unanswered(request)
    request.answer = RequestAnswer.WITHDRAWN
    request.answered_at, request.answered_by = clock.now(), by
    request.save(update_fields=["answer", "answered_at", "answered_by"])
    journal.record("withdraw_meeting_request", request, by=by)
    return request


def _unanswered(request: MeetingRequest) -> MeetingRequest:
    request = lock(request)
    if request.answer == RequestAnswer.WITHDRAWN:
        raise DomainError(_("This request was withdrawn."))
    if request.answer:
        raise DomainError(_("This request was already answered."))
    return request


def _to_come(meeting: Meeting | None) -> Meeting:
    if meeting is None:
        raise DomainError(_("Please name the meeting that will deal with it."))
    if not Meeting.objects.to_come().filter(pk=meeting.pk).exists():
        raise DomainError(_("“%s” is not a meeting to come: choose another one.") % meeting)
    return meeting


def _from_its_group(item: AgendaItem, request: MeetingRequest) -> AgendaItem:
    """An item that stood there already says which group asked for it."""
    if request.group and item.group is None:
        item = lock(item)
        item.group = request.group
        item.save(update_fields=["group"])
    return item


def _add_to_agenda(request: MeetingRequest, meeting: Meeting, by: User) -> AgendaItem:
    title = Truncator(request.subject).chars(TITLE_LENGTH)
    kind, lead = AgendaKind.EMERGING_ISSUES, request.requested_by
    if request.group:
        kind = AgendaKind.WORKING_GROUPS
    others = list(meeting.items.order_by("order", "pk"))
    item = add_agenda_item(meeting, kind=kind, title=title, lead_entity=lead, group=request.group, by=by)
    put_before_closing(others, item)
    return item
