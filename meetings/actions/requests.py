"""Any member may ask for a meeting; the co-chairs answer (clause M-43)."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import DomainError
from core.transitions import lock
from meetings.enums import RequestAnswer
from meetings.models import Meeting, MeetingRequest
from members.models import Entity, User


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
def answer_meeting_request(
    request: MeetingRequest, *, answer: str, meeting: Meeting | None = None, reason: str = "", by: User
) -> MeetingRequest:
    """Accept (naming the meeting), add to an agenda (naming the meeting), or decline with a reason.

    Raises:
        DomainError: it was answered before, or the answer lacks its meeting or its reason.
    """
    request = lock(request)
    given = RequestAnswer(answer)
    if request.answer:
        raise DomainError(_("This request was already answered."))
    if given == RequestAnswer.DECLINED and not reason.strip():
        raise DomainError(_("Please say why the request is declined."))
    if given != RequestAnswer.DECLINED and meeting is None:
        raise DomainError(_("Please name the meeting that will deal with it."))
    request.answer, request.reason = given, reason.strip()
    request.meeting = None if given == RequestAnswer.DECLINED else meeting
    request.answered_at, request.answered_by = clock.now(), by
    request.save(update_fields=["answer", "reason", "meeting", "answered_at", "answered_by"])
    journal.record("answer_meeting_request", request, by=by, data={"answer": given.value, "reason": reason.strip()})
    return request
