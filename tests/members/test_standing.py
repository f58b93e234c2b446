"""What a person is on a day: ties begin and end with their days, both included."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from core import clock
from members.enums import Rank, Role, Seat
from members.models import User
from members.standing import Standing, look_up, standing_of, standing_on
from tests.factories.members import (
    CoChairTermFactory,
    FocalPointFactory,
    InstitutionalRoleFactory,
    MemberFactory,
    MembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 3, 1), date(2026, 8, 31)
DAY = timedelta(days=1)


@pytest.mark.parametrize(("day", "speaks"), [(FIRST - DAY, False), (FIRST, True), (LAST, True), (LAST + DAY, False)])
def test_focal_point_on_the_days_of_the_tie(day, speaks):
    tie = FocalPointFactory(starts_on=FIRST, ends_on=LAST)

    standing = standing_on(tie.person, day)

    assert standing.has_voice is speaks
    assert standing.entity == (tie.entity if speaks else None)
    assert standing.rank == (Rank.PRINCIPAL if speaks else None)


def test_focal_point_of_standing_invitee_has_no_voice():
    membership = MembershipFactory(invitee=True)
    tie = FocalPointFactory(entity=membership.entity)

    standing = standing_on(tie.person, clock.today())

    assert (standing.has_voice, standing.is_member, standing.is_network) == (False, True, True)


def test_focal_point_after_the_membership_has_ended():
    membership = MembershipFactory(starts_on=FIRST, ends_on=LAST)
    tie = FocalPointFactory(entity=membership.entity, starts_on=FIRST)

    standing = standing_on(tie.person, LAST + DAY)

    assert (standing.entity, standing.has_voice, standing.is_network) == (tie.entity, False, False)


def test_co_chair_without_focal_point_has_a_seat_and_no_voice():
    term = CoChairTermFactory(rotating=True)

    standing = standing_on(term.person, clock.today())

    assert (standing.seat, standing.entity, standing.rank) == (Seat.ROTATING, term.entity, None)
    assert (standing.has_voice, standing.is_co_chair, standing.is_network) == (False, True, True)


def test_own_entity_comes_before_the_one_chaired_for():
    term = CoChairTermFactory()
    tie = FocalPointFactory(entity=MemberFactory(), person=term.person)

    standing = standing_on(term.person, clock.today())

    assert (standing.entity, standing.seat_entity_id) == (tie.entity, term.entity.pk)


def test_seat_of_the_past_carries_no_entity():
    term = CoChairTermFactory(ends_on=clock.today() - DAY)

    assert standing_on(term.person, clock.today()).seat_entity_id is None


def test_roles_of_the_day_only():
    person = UserFactory()
    InstitutionalRoleFactory(person=person, administrator=True)
    InstitutionalRoleFactory(person=person, rc_office=True, ends_on=clock.today() - DAY)

    assert standing_on(person, clock.today()).roles == frozenset({Role.ADMINISTRATOR})


def test_administrator_alone_is_not_the_network():
    tie = InstitutionalRoleFactory(administrator=True)

    standing = standing_on(tie.person, clock.today())

    assert (standing.is_administrator, standing.is_network) == (True, False)


def test_visitor_is_nothing():
    assert standing_of(AnonymousUser()) == Standing(clock.today())


def test_standing_is_asked_once(django_assert_num_queries):
    person = FocalPointFactory().person

    with django_assert_num_queries(1):
        standing_of(person)
        standing_of(person)


def test_many_are_looked_up_at_once_as_each_would_be(personas, django_assert_num_queries):
    people = list(User.objects.order_by("pk"))
    each = [standing_of(User.objects.get(pk=person.pk)) for person in people]

    with django_assert_num_queries(1):
        look_up(people)
        assert [standing_of(person) for person in people] == each
