"""Answers to a convocation that calendar programs send by mail (clause M-43: who comes is known beforehand)."""

from hashlib import sha256

from django.db import transaction

from core import clock
from core.errors import DomainError
from meetings import emails, replies
from meetings.actions.presence import reply_to_convocation
from meetings.enums import ANNOUNCED, Answer, MeetingState, Received
from meetings.models import CalendarReply, Meeting
from members.models import User
from members.queries import signing_in_with
from members.standing import standing_on


@transaction.atomic
def receive_calendar_reply(raw: bytes) -> CalendarReply | None:
    """Take the answer that a mail carries, as :func:`reply_to_convocation` takes it from the page.

    Who is known and is not heard is told why by mail, once; a stranger is told nothing, and stands in the list of the
    secretariat. The mail of a person who speaks for no entity is noted there too.

    Args:
        raw: the message as it came.

    Returns:
        What was kept; ``None`` for a mail that answers no meeting of the Network, or that was taken before.
    """
    said, digest = replies.read(raw), sha256(raw).hexdigest()
    if said is None or CalendarReply.objects.filter(digest=digest).exists():
        return None
    meeting = Meeting.objects.filter(uid=said.uid).first()
    if meeting is None:
        return None
    person = _known(said.address)
    outcome = _take(meeting, person, said) if person else Received.STRANGER
    kept = CalendarReply.objects.create(
        digest=digest, meeting=meeting, person=person, sender="" if person else said.address[:254],
        received_at=clock.now(), answer=said.answer or "", outcome=outcome,
    )  # fmt: skip
    emails.tell_of_calendar_reply(kept)
    return kept


def _known(address: str) -> User | None:
    """Who is written to at this address, or signs in with it."""
    person = signing_in_with(address) or User.objects.filter(email__iexact=address).order_by("pk").first()
    return person if person and person.is_active else None


def _take(meeting: Meeting, person: User, said: replies.Said) -> Received:
    standing = standing_on(person, clock.today())
    if meeting.state != MeetingState.CONVENED:
        return Received.TOO_LATE if meeting.state in ANNOUNCED else Received.CALLED_OFF
    if said.sequence < meeting.sequence:
        return Received.OUTDATED
    if said.answer is None:
        return Received.UNCLEAR
    if standing.entity is None or standing.rank is None or not standing.is_member:
        return Received.NOTED
    return _reply(meeting, said.answer, said.note, person)


def _reply(meeting: Meeting, answer: Answer, note: str, person: User) -> Received:
    try:
        with transaction.atomic():
            reply_to_convocation(meeting, answer=answer, note=note, by_calendar=True, by=person)
    except DomainError:  # it was called off or begun in this very moment
        return Received.TOO_LATE
    return Received.TAKEN
