"""The answer of a calendar program, taken out of the mail that carries it (RFC 5545, 5546)."""

import logging
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from typing import Any
from uuid import UUID

from icalendar import Calendar

from meetings.enums import Answer

log = logging.getLogger(__name__)
LARGEST = 1024 * 1024  # bytes of a message; an answer holds a few hundred
_ANSWERS = {"ACCEPTED": Answer.YES, "DECLINED": Answer.NO}


@dataclass(frozen=True)
class Said:
    """Who answered for which appointment, and what.

    Attributes:
        address: who sent the mail, which is whom the answer names, in small letters.
        sequence: of the invitation that was answered.
        answer: ``None`` for « perhaps », or anything else that is neither yes nor no.
    """

    uid: UUID
    sequence: int
    address: str
    answer: Answer | None
    note: str


def read(raw: bytes) -> Said | None:
    """What the mail answers; ``None`` for any other mail, or one that speaks for somebody who did not send it.

    Nothing in it is trusted: a mail that cannot be read is none.
    """
    if len(raw) > LARGEST:
        return None
    try:
        return _said(message_from_bytes(raw, policy=default))
    except Exception as error:  # parsers of what strangers send raise whatever they like
        log.warning("a mail of %s bytes is no answer that can be read (%s)", len(raw), type(error).__name__)
        return None


def _said(message: Any) -> Said | None:
    part = next(filter(_is_reply, message.walk()), None)
    if part is None:
        return None
    event = next(iter(Calendar.from_ical(_words(part)).walk("VEVENT")), None)
    attendees = [] if event is None else event.get("attendee", [])
    if not isinstance(attendees, list):
        attendees = [attendees]
    sender = parseaddr(str(message["From"]))[1].lower()
    own = [one for one in attendees if str(one).lower().removeprefix("mailto:") == sender]
    if event is None or not sender or len(own) != 1:
        return None
    status = str(own[0].params.get("partstat", "")).upper()
    note = " ".join(str(event.get("comment", "")).split())[:300]
    return Said(UUID(str(event["uid"])), int(event.get("sequence", 0)), sender, _ANSWERS.get(status), note)


def _is_reply(part: EmailMessage) -> bool:
    if part.get_content_type() != "text/calendar":
        return False
    return str(part.get_param("method", "")).upper() == "REPLY" or "METHOD:REPLY" in _words(part).upper()


def _words(part: Any) -> str:
    """In UTF-8, which is that of a calendar whose mail does not say it (RFC 5545, 3.1.4)."""
    return str(part.get_payload(decode=True).decode(part.get_content_charset() or "utf-8", "replace"))
