"""Reads the mailbox to which calendar programs answer (RFC 3501); its messages are left as they are."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import SplitResult, unquote, urlsplit

from django.db import transaction
from imap_tools import AND, BaseMailBox, MailBox, MailBoxUnencrypted, U

from core.transitions import lock
from meetings.models import MailboxMark

log = logging.getLogger(__name__)
TIMEOUT = 30.0  # seconds, for each answer of the server
AT_ONCE = 200  # messages; those after them are read the next time


def new_messages(address: str) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of each message that came since the last one marked, the oldest first.

    The first time, or when the server numbers its messages anew, nothing that is there already is read.

    Args:
        address: « imaps://user:password@host:993/INBOX », its parts percent-encoded; ``imap://`` without encryption.
    """
    with _opened(urlsplit(address)) as box:
        name = _name(address)
        state = box.folder.status(options=["UIDVALIDITY", "UIDNEXT"])
        mark = MailboxMark.objects.filter(mailbox=name).first()
        if mark is None or mark.validity != state["UIDVALIDITY"]:
            begun = {"validity": state["UIDVALIDITY"], "last_uid": state["UIDNEXT"] - 1}
            MailboxMark.objects.update_or_create(mailbox=name, defaults=begun)
            log.info("reading %s from its message %s on", name, state["UIDNEXT"])
            return
        if state["UIDNEXT"] <= mark.last_uid + 1:
            return
        asked = AND(uid=U(str(mark.last_uid + 1), "*"))
        for message in box.fetch(asked, mark_seen=False, limit=AT_ONCE, bulk=20):
            number = int(message.uid or 0)
            if number > mark.last_uid:  # a range up to the last one always holds the last one
                yield number, message.obj.as_bytes()


@transaction.atomic
def mark_read(address: str, number: int) -> None:
    """That message need not be read again; what it led to stands in the same transaction."""
    mark = lock(MailboxMark.objects.get(mailbox=_name(address)))
    mark.last_uid = max(mark.last_uid, number)
    mark.save(update_fields=["last_uid"])


def _name(address: str) -> str:
    """The mailbox without its password."""
    parts = urlsplit(address)
    return f"{unquote(parts.username or '')}@{parts.hostname}/{_folder(parts)}"[:200]


def _folder(parts: SplitResult) -> str:
    return unquote(parts.path.strip("/")) or "INBOX"


@contextmanager
def _opened(parts: SplitResult) -> Iterator[BaseMailBox]:
    kind, usual = (MailBox, 993) if parts.scheme == "imaps" else (MailBoxUnencrypted, 143)
    box = kind(parts.hostname or "", port=parts.port or usual, timeout=TIMEOUT)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    # Not every server takes the second way, and the first one knows no accents.
    login = box.login if (user + password).isascii() else box.login_utf8
    with login(user, password, _folder(parts)) as opened:
        yield opened
