"""Mails leave through a table: written in the action's transaction, sent by a task, seen by the secretariat.

A mail is delivered at least once; a double is possible only when the machine stops between the server's « 250 » and
our commit, and then carries the same Message-ID.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, models, transaction
from django.template.loader import render_to_string
from django.utils import translation

from core import clock
from core.enums import MailState
from core.models import OutboxMail

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 8


@dataclass(frozen=True)
class Calendar:
    """An iCalendar object to carry: bytes and its METHOD (REQUEST, CANCEL), see RFC 5546."""

    content: bytes
    method: str


@dataclass(frozen=True)
class Letter:
    """One mail to one person.

    Attributes:
        kind: what it is (« meetings.convocation »); with ``template`` « meetings/mail/convocation ».
        template: path without suffix; ``.txt`` and ``.html`` are rendered from the same context.
        dedupe_key: the same key is never queued twice.
        about: the object it is about, for the delivery table on that object's page.
        thread: a stable name; mails of one thread are folded together by mail programs.
    """

    kind: str
    to: str
    subject: str
    template: str
    context: dict[str, Any]
    dedupe_key: str
    recipient: Any = None
    language: str = "fr"
    about: models.Model | None = None
    thread: str = ""
    calendar: Calendar | None = None
    attachments: Sequence[tuple[str, bytes, str]] = field(default_factory=tuple)


# Since when the texts of a past that is being replayed are kept; ``None`` in the present.
_texts_from: ContextVar[datetime | None] = ContextVar("texts_from", default=None)


@contextmanager
def replaying(*, texts_from: datetime) -> Iterator[None]:
    """What is queued inside left at its own instant, and nobody is written to.

    Of what is older than ``texts_from`` only to whom and when is kept, as of any mail after the retention.
    """
    token = _texts_from.set(texts_from)
    try:
        yield
    finally:
        _texts_from.reset(token)


def queue(letter: Letter) -> None:
    """Put one letter in the outbox, in the caller's transaction; nothing happens when its key is already there."""
    texts_from = _texts_from.get()
    about = (letter.kind, letter.to, letter.dedupe_key, letter.recipient, letter.about)
    if texts_from and clock.now() < texts_from:
        _insert(_row(_one_line(f"[RNUM] {letter.subject}"), b"", *about))
    else:
        _store(_build(letter), *about)


def _build(letter: Letter) -> EmailMultiAlternatives:
    with translation.override(letter.language):
        context = {**letter.context, "site_url": settings.SITE_URL, "subject": letter.subject}
        text = render_to_string(f"{letter.template}.txt", context)
        html = render_to_string(f"{letter.template}.html", context)
    host = settings.SECRETARIAT_EMAIL.rpartition("@")[2]
    headers = {"Auto-Submitted": "auto-generated", "Message-ID": f"<{letter.dedupe_key.replace(' ', '-')}@{host}>"}
    if letter.thread:
        headers["In-Reply-To"] = headers["References"] = f"<{letter.thread}@{host}>"
    message = EmailMultiAlternatives(
        _one_line(f"[RNUM] {letter.subject}"), text, settings.DEFAULT_FROM_EMAIL, [letter.to],
        reply_to=[settings.SECRETARIAT_EMAIL], headers=headers,
    )  # fmt: skip
    message.attach_alternative(html, "text/html")
    if letter.calendar:
        # Outlook shows Accept/Decline only for a REQUEST carried as an alternative part; others open the attachment.
        message.attach_alternative(letter.calendar.content.decode(), f"text/calendar; method={letter.calendar.method}")
        message.attach("invite.ics", letter.calendar.content, "application/ics")
    for name, content, mimetype in letter.attachments:
        message.attach(name, content, mimetype)
    return message


def _one_line(subject: str) -> str:
    return " ".join(subject.split())[:300]


def _store(message: EmailMessage, kind: str, to: str, key: str, recipient: Any, about: models.Model | None) -> None:
    # Folded before its first word, a subject would begin with a space in some mail programs.
    raw = message.message().as_bytes().replace(b"\nSubject: \n ", b"\nSubject: ", 1)
    _insert(_row(str(message.subject), raw, kind, to, key, recipient, about))


def _row(subject: str, raw: bytes, kind: str, to: str, key: str, recipient: Any, about: Any) -> OutboxMail:
    return OutboxMail(
        dedupe_key=key, kind=kind, to=to, recipient=recipient, subject=subject, message=raw,
        about_type=about._meta.label_lower if about else "", about_id=str(about.pk) if about else "",
        next_attempt_at=clock.now(), queued_at=clock.now(),
    )  # fmt: skip


def _insert(row: OutboxMail) -> None:
    is_past = _texts_from.get() is not None
    if is_past:
        row.state, row.sent_at, row.attempts = MailState.SENT, row.queued_at, 1
    OutboxMail.objects.bulk_create([row], ignore_conflicts=True)
    # A convocation queues fifty letters: one bell after the commit is enough.
    if not is_past and not any(ring is _ring for _, ring, *_ in connection.run_on_commit):
        transaction.on_commit(_ring)


def _ring() -> None:
    from core.tasks import sweep_outbox  # noqa: PLC0415 - tasks import this module

    try:
        sweep_outbox.delay()
    except sweep_outbox.OperationalError:
        log.warning("broker unreachable, the outbox waits for the sweeper")


class OutboxBackend(BaseEmailBackend):
    """Django's own mails (password reset, codes) take the same way, so that a mail server down is not a page down."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        with transaction.atomic():
            for message in email_messages:
                key = message.message()["Message-ID"].strip("<>")
                for to in message.recipients():
                    _store(message, "account", to, f"{key}:{to}"[:200], None, None)
        return len(email_messages)


class _Raw:
    """The stored bytes, with the two methods that Django's mail transports ask of a message."""

    def __init__(self, raw: bytes):
        self._raw = raw

    def as_bytes(self, unixfrom: bool = False, linesep: str = "\n") -> bytes:
        return self._raw.replace(b"\n", linesep.encode())

    def get_charset(self) -> None:
        return None


class _Stored(EmailMultiAlternatives):
    """A stored mail, given back to a mail transport as it was built."""

    def __init__(self, row: OutboxMail):
        super().__init__(row.subject, "", settings.DEFAULT_FROM_EMAIL, [row.to])
        self._raw = _Raw(bytes(row.message))

    def message(self, *args: Any, **kwargs: Any) -> Any:
        return self._raw


def forget_text_of(mails: models.QuerySet[OutboxMail], **values: Any) -> int:
    """Of a mail that has left only what was sent to whom, and when, is kept. Returns how many had a text."""
    return mails.exclude(state=MailState.QUEUED).exclude(message=b"").update(message=b"", **values)


def forget_texts_naming(words: str) -> int:
    """The texts, to whomever, in which these words stand. Returns how many went."""
    kept = OutboxMail.objects.exclude(state=MailState.QUEUED).exclude(message=b"").order_by("pk")
    naming = [mail.pk for mail in kept.iterator(chunk_size=100) if words in text_of(mail)]
    return forget_text_of(OutboxMail.objects.filter(pk__in=naming))


def forget_old() -> int:
    """The texts of mails that left longer ago than the retention."""
    last = clock.now() - timedelta(days=settings.RETENTION_MAIL_DAYS)
    return forget_text_of(OutboxMail.objects.filter(queued_at__lt=last))


def deliver_due(transport: str | None = None) -> int:
    """Send what is due, one row at a time, each in its own transaction. Returns how many were sent.

    Args:
        transport: path of a mail backend; the deployment's own when not given.
    """
    sent = 0
    mail_server = get_connection(transport or settings.OUTBOX_TRANSPORT)
    due = OutboxMail.objects.filter(state=MailState.QUEUED, next_attempt_at__lte=clock.now()).order_by("pk")
    for mail_id in list(due.values_list("pk", flat=True)[:500]):
        sent += _deliver(mail_id, mail_server)
    return sent


@transaction.atomic
def _deliver(mail_id: int, mail_server: Any) -> bool:
    row = OutboxMail.objects.select_for_update(skip_locked=True).filter(pk=mail_id, state=MailState.QUEUED).first()
    if row is None:
        return False
    row.attempts += 1
    try:
        mail_server.send_messages([_Stored(row)])
    except Exception as error:  # whatever is wrong with one mail, those behind it still leave
        log.warning("mail %s was not sent: %r", row.pk, error)
        row.last_error = (str(error) or repr(error))[:300]
        row.state = MailState.FAILED if row.attempts >= MAX_ATTEMPTS else MailState.QUEUED
        row.next_attempt_at = clock.now() + timedelta(minutes=2**row.attempts)
    else:
        row.state, row.sent_at = MailState.SENT, clock.now()
        row.last_error = ""
    row.save(update_fields=["attempts", "last_error", "state", "next_attempt_at", "sent_at"])
    return row.state == MailState.SENT


def deliveries(about: models.Model) -> models.QuerySet[OutboxMail]:
    """Mails about one object and their state, by recipient."""
    return (
        OutboxMail.objects.filter(about_type=about._meta.label_lower, about_id=str(about.pk))
        .select_related("recipient")
        .defer("message")
        .order_by("to", "pk")
    )


def text_of(mail: OutboxMail) -> str:
    """What the recipient reads: the plain part of the mail."""
    body = message_from_bytes(bytes(mail.message), policy=default).get_body(("plain",))
    return body.get_content() if body else ""
