"""What was recorded by mistake is taken back before its first day or on the day it was recorded; later it is ended."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from core.errors import DomainError
from core.models import JournalEvent
from core.refusals import Refused
from members import actions
from members.models import CoChairTerm, FocalPoint, Membership
from tests.factories.members import (
    CoChairTermFactory,
    EntityFactory,
    FocalPointFactory,
    InstitutionalRoleFactory,
    MembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def by():
    return UserFactory(with_account=True)


def tomorrow():
    return clock.today() + DAY


def test_last_of_the_secretariat_leaves_after_a_successor_was_named(by):
    leaving = InstitutionalRoleFactory(role="secretariat", starts_on=clock.today() - 9 * DAY)

    with pytest.raises(Refused, match="prendra la suite"):
        actions.end_tie(leaving, ends_on=tomorrow(), by=by)

    actions.grant_role(UserFactory(), role="secretariat", starts_on=tomorrow() + DAY, by=by)
    assert actions.end_tie(leaving, ends_on=tomorrow(), by=by).ends_on == tomorrow()


@pytest.mark.parametrize("make", [MembershipFactory, FocalPointFactory, CoChairTermFactory, InstitutionalRoleFactory])
def test_tie_that_has_not_begun_is_removed_and_the_journal_keeps_it(make, by):
    tie = make(starts_on=tomorrow())

    actions.remove_tie(tie, by=by)

    event = JournalEvent.objects.get()
    assert not type(tie).objects.filter(pk=tie.pk).exists()
    assert (event.verb, event.data["starts_on"]) == ("members.remove_tie", tomorrow().isoformat())


def test_tie_recorded_today_is_removed_although_it_has_begun(by):
    tie = actions.record_membership(EntityFactory(), starts_on=clock.today() - 100 * DAY, by=by)

    actions.remove_tie(tie, by=by)

    assert not Membership.objects.exists()


def test_tie_recorded_yesterday_is_ended_and_not_removed(by):
    with clock.set_to(clock.now() - DAY):
        tie = actions.record_membership(EntityFactory(), starts_on=clock.today(), by=by)

    with pytest.raises(DomainError):
        actions.remove_tie(tie, by=by)

    assert Membership.objects.get() == tie


def test_seat_given_by_mistake_is_free_again(by):
    term = CoChairTermFactory(rotating=True, starts_on=tomorrow())

    actions.remove_tie(term, by=by)

    again = actions.record_co_chair_term(
        term.entity, seat="rotating", person=UserFactory(), starts_on=tomorrow(), by=by
    )
    assert CoChairTerm.objects.get() == again


def test_pages_offer_the_removal_of_what_may_be_removed(personas, sign_in):
    CoChairTerm.objects.filter(seat="rotating").update(ends_on=clock.today())
    coming = CoChairTermFactory(rotating=True, starts_on=tomorrow(), entity=personas.ohchr)
    tie = actions.name_focal_point(
        personas.unicef, person=UserFactory(), rank="head", starts_on=clock.today(), by=personas.secretariat
    )
    client = sign_in(personas.secretariat)

    seats = client.get(reverse("members:co_chairs")).content.decode()
    entity = client.get(personas.unicef.get_absolute_url()).content.decode()

    assert seats.count("/retirer/") == 1
    assert reverse("members:term_remove", args=[coming.pk]) in seats
    assert entity.count("/retirer/") == 1
    assert reverse("members:focal_point_remove", args=[tie.pk]) in entity
    assert "/retirer/" not in sign_in(personas.focal_a).get(personas.unicef.get_absolute_url()).content.decode()


def test_tie_is_removed_after_confirmation_only(personas, sign_in):
    tie = FocalPointFactory(entity=personas.unicef, head=True, starts_on=tomorrow())
    client, address = sign_in(personas.secretariat), reverse("members:focal_point_remove", args=[tie.pk])

    asked = client.get(address)
    assert FocalPoint.objects.filter(pk=tie.pk).exists()
    answer = client.post(address)

    assert str(tie.person) in asked.content.decode()
    assert answer["Location"] == personas.unicef.get_absolute_url()
    assert not FocalPoint.objects.filter(pk=tie.pk).exists()


def test_tie_that_has_begun_is_refused_in_a_sentence(personas, sign_in):
    tie = FocalPoint.objects.get(person=personas.focal_a)

    page = sign_in(personas.secretariat).post(reverse("members:focal_point_remove", args=[tie.pk]), follow=True)

    assert "Ceci a commencé" in page.content.decode()
    assert FocalPoint.objects.filter(pk=tie.pk).exists()
