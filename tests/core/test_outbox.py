"""Mails leave through a table: a mail server that is down, or one bad mail, neither fails a page nor loses a letter."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

from core import clock, outbox
from core.enums import MailState
from core.models import OutboxMail
from decisions import emails
from tests.factories import decisions as decided

SELF = "tests.core.test_outbox"


class Refusing(BaseEmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError("refused")


class Choking(BaseEmailBackend):
    """Sends all but the mails to UNICEF."""

    def send_messages(self, messages):
        for message in messages:
            if "unicef" in message.to[0]:
                raise UnicodeError("what a surprise")
        mail.outbox += messages


@pytest.fixture
def letters(personas):
    """Two of the mails that announce a consultation; announcing it again adds none."""
    decision = decided.in_consultation(personas)
    OutboxMail.objects.exclude(to__startswith="pointfocal.").delete()
    emails.announce_consultation(decision)
    OutboxMail.objects.exclude(to__startswith="pointfocal.").delete()


def states():
    return list(OutboxMail.objects.order_by("pk").values_list("state", "attempts"))


def test_same_letter_queued_twice_leaves_once(letters):
    assert (OutboxMail.objects.count(), outbox.deliver_due(), len(mail.outbox)) == (2, 2, 2)
    assert outbox.deliver_due() == 0


def test_mails_of_a_replayed_past_left_on_their_day_and_reach_nobody(personas):
    now = clock.now()
    with outbox.replaying(texts_from=now - timedelta(days=30)):
        for days in (60, 10):
            with clock.set_to(now - timedelta(days=days)):
                emails.announce_consultation(decided.in_consultation(personas))

    rows = OutboxMail.objects.order_by("queued_at")
    old, recent = rows.first(), rows.last()
    assert set(states()) == {("sent", 1)}
    assert all(row.sent_at == row.queued_at for row in rows)
    assert bytes(old.message) == b""
    assert old.subject.startswith("[RNUM] Cadrage du PTA")
    assert outbox.text_of(recent)
    assert mail.outbox == []


def test_mail_server_down_keeps_the_mails_and_waits_longer_each_time(letters):
    assert outbox.deliver_due(f"{SELF}.Refusing") == 0
    assert states() == [(MailState.QUEUED, 1)] * 2
    assert outbox.deliver_due() == 0  # not due yet

    with clock.set_to(clock.now() + timedelta(minutes=3)):
        assert outbox.deliver_due() == 2


def test_one_mail_that_cannot_be_sent_does_not_hold_back_the_others(letters):
    assert outbox.deliver_due(f"{SELF}.Choking") == 1

    assert states() == [(MailState.QUEUED, 1), (MailState.SENT, 1)]
    assert OutboxMail.objects.get(state=MailState.QUEUED).last_error == "what a surprise"


def test_after_eight_attempts_the_failure_is_shown_and_nothing_is_tried_any_more(letters):
    for days in range(outbox.MAX_ATTEMPTS):
        with clock.set_to(clock.now() + timedelta(days=days)):
            outbox.deliver_due(f"{SELF}.Refusing")

    assert states() == [(MailState.FAILED, outbox.MAX_ATTEMPTS)] * 2
