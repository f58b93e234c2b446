"""The database refuses what must never be, whatever code writes it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from members.models import CoChairTerm, FocalPoint, InstitutionalRole, Membership, User
from tests.factories.members import (
    CoChairTermFactory,
    EntityFactory,
    FocalPointFactory,
    InstitutionalRoleFactory,
    MemberFactory,
    MembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
JANUARY, JUNE, JULY, DECEMBER = date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1), date(2026, 12, 31)


def refused(name, create):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        create()
    assert caught.value.__cause__.diag.constraint_name == name


def test_seat_held_twice_on_one_day():
    CoChairTermFactory(seat="rotating", starts_on=JANUARY, ends_on=JUNE)

    refused("co_chair_one_per_seat", lambda: CoChairTermFactory(seat="rotating", starts_on=JUNE, ends_on=DECEMBER))


def test_seat_handed_over_the_next_day():
    CoChairTermFactory(seat="rotating", starts_on=JANUARY, ends_on=JUNE)

    CoChairTermFactory(seat="rotating", starts_on=JULY, ends_on=DECEMBER)

    assert CoChairTerm.objects.count() == 2


def test_both_seats_held_by_one_person():
    term = CoChairTermFactory(seat="rotating")

    refused("co_chair_one_per_person", lambda: CoChairTermFactory(seat="coordinator", person=term.person))


def test_open_membership_recorded_again():
    membership = MembershipFactory(starts_on=JANUARY, ends_on=None)

    refused("membership_once", lambda: MembershipFactory(entity=membership.entity, starts_on=DECEMBER, invitee=True))


def test_rank_held_by_two_people():
    tie = FocalPointFactory()

    refused("focal_point_one_per_rank", lambda: FocalPointFactory(entity=tie.entity))


def test_person_speaking_for_two_entities():
    tie = FocalPointFactory()

    refused("focal_point_one_per_person", lambda: FocalPointFactory(entity=MemberFactory(), person=tie.person))


def test_role_held_twice():
    tie = InstitutionalRoleFactory()

    refused("role_once", lambda: InstitutionalRoleFactory(person=tie.person))


@pytest.mark.parametrize(
    ("name", "factory"),
    [
        ("membership_in_order", MembershipFactory),
        ("focal_point_in_order", FocalPointFactory),
        ("role_in_order", InstitutionalRoleFactory),
        ("co_chair_term_in_order", CoChairTermFactory),
    ],
)
def test_tie_that_ends_before_it_begins(name, factory):
    refused(name, lambda: factory(starts_on=JULY, ends_on=JUNE))


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("membership_kind_known", lambda: Membership.objects.create(entity=EntityFactory(), kind="x", starts_on=JUNE)),
        (
            "focal_point_rank_known",
            lambda: FocalPoint.objects.create(entity=EntityFactory(), person=UserFactory(), rank="x", starts_on=JUNE),
        ),
        ("role_known", lambda: InstitutionalRole.objects.create(person=UserFactory(), role="x", starts_on=JUNE)),
        (
            "co_chair_seat_known",
            lambda: CoChairTerm.objects.create(entity=EntityFactory(), person=UserFactory(), seat="x", starts_on=JUNE),
        ),
        ("user_language_known", lambda: UserFactory(language="de")),
    ],
)
def test_choice_outside_its_list(name, write):
    refused(name, write)


def test_address_taken_in_other_capitals():
    User.objects.create(email="awa@example.org", given_name="Awa", family_name="Ndiaye")

    refused(
        "user_email_any_case",
        lambda: User.objects.create(email="AWA@example.org", given_name="Awa", family_name="Sarr"),
    )
