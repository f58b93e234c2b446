"""The mails that stand in the outbox, as a mail program reads them."""

from email import message_from_bytes
from email.policy import default

from core.models import OutboxMail


def last_mail():
    return read(OutboxMail.objects.latest("pk"))


def read(row):
    return message_from_bytes(bytes(row.message), policy=default)


def bodies(mail):
    """Text and HTML."""
    return [part.get_content() for part in mail.iter_parts()]
