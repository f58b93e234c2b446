"""Sixty days before a co-chair term ends, those who prepare the nomination are told, once (clauses M-47, M-75)."""

from datetime import timedelta

import pytest

from core import clock, outbox
from core.models import OutboxMail
from members import queries
from members.models import CoChairTerm
from members.tasks import warn_of_ending_terms

pytestmark = pytest.mark.django_db


def warned():
    warn_of_ending_terms()
    return sorted(OutboxMail.objects.filter(kind="members.ending_term").values_list("to", flat=True))


@pytest.fixture
def term(personas):
    return CoChairTerm.objects.get(entity=personas.ohchr)


def ending_in(term, days):
    term.ends_on = clock.today() + timedelta(days=days)
    term.save()


def test_secretariat_and_co_chairs_are_told_once(personas, term):
    ending_in(term, queries.SUCCESSION_NOTICE.days)

    everybody = sorted(one.email for one in (personas.secretariat, personas.co_chair_iom, personas.co_chair_ohchr))
    assert warned() == everybody
    assert warned() == everybody
    text = outbox.text_of(OutboxMail.objects.get(kind="members.ending_term", to=personas.secretariat.email))
    for fact in (str(term.person), "Siège tournant", "/membres/copresidence/"):
        assert fact in text


def test_nobody_is_told_before_that(term):
    ending_in(term, queries.SUCCESSION_NOTICE.days + 1)

    assert warned() == []


def test_nobody_is_told_once_a_successor_is_named(personas, term):
    ending_in(term, 30)
    begins = term.ends_on + timedelta(days=1)
    CoChairTerm.objects.create(seat=term.seat, entity=personas.unicef, person=personas.focal_a, starts_on=begins)

    assert warned() == []


def test_seat_that_does_not_rotate_ends_without_a_warning(personas, term):
    ending_in(CoChairTerm.objects.get(entity=personas.iom), 30)

    assert term.person.email not in warned()
