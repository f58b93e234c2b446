from datetime import timedelta

import pytest

from core import clock
from members import queries
from members.models import CoChairTerm, Entity
from members.todo import todo
from tests.factories.members import FocalPointFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def names(people):
    return {person.email.split("@")[0] for person in people}


def test_entities_with_voice_are_full_members_of_the_day(personas):
    MembershipFactory(starts_on=clock.today() + timedelta(days=1))

    assert set(queries.entities_with_voice(clock.today())) == set(personas.members)


def test_network_people_are_focal_points_and_co_chairs(personas):
    closed = FocalPointFactory(entity=personas.unwomen, alternate=True).person
    closed.is_active = False
    closed.save(update_fields=["is_active"])
    FocalPointFactory(entity=MembershipFactory(ends_on=clock.today() - timedelta(days=1)).entity)

    assert names(queries.network_people(clock.today())) == {
        "pointfocal.unicef", "pointfocal.onufemmes", "suppleant.unicef", "presidence.gt1", "secretariat",
        "copresidence.oim", "copresidence.hcdh", "bcr",
    }  # fmt: skip


def test_voices_leave_out_invitees_and_co_chairs_without_entity(personas):
    assert names(queries.voices_on(clock.today())) == {
        "pointfocal.unicef", "pointfocal.onufemmes", "suppleant.unicef", "presidence.gt1", "secretariat",
    }  # fmt: skip


def test_contact_people_of_an_entity(personas):
    assert names(queries.contact_people(personas.unicef, clock.today())) == {"pointfocal.unicef", "suppleant.unicef"}


def test_co_chairs_in_the_order_of_their_seats(personas):
    terms = queries.co_chairs_on(clock.today())

    assert [term.person for term in terms] == [personas.co_chair_iom, personas.co_chair_ohchr]


def test_entities_sort_as_in_a_dictionary():
    for acronym in ["Zeta", "État", "eta", "Alpha"]:
        MembershipFactory(entity__acronym_fr=acronym)

    assert [entity.acronym_fr for entity in Entity.objects.by_acronym()] == ["Alpha", "eta", "État", "Zeta"]


# --- To do ----------------------------------------------------------------------------------------------------------
def test_secretariat_is_told_who_lacks_a_principal(personas):
    FocalPointFactory(entity=personas.iom)

    items = todo(personas.secretariat)

    urls = [item.url for item in items if "copresidence" not in item.url]
    assert urls == [personas.ohchr.get_absolute_url(), personas.iom.get_absolute_url()]


def test_secretariat_is_told_of_the_succession(personas):
    ends_on = clock.today() + timedelta(days=38)
    CoChairTerm.objects.filter(seat="rotating").update(ends_on=ends_on)

    items = [item for item in todo(personas.secretariat) if item.due]

    assert [(item.url, item.due.date()) for item in items] == [("/membres/copresidence/", ends_on)]


@pytest.mark.parametrize(("age", "asked"), [(None, True), (92, False), (93, True)])
def test_focal_point_confirms_contacts_after_the_set_time(personas, age, asked):
    day = None if age is None else clock.today() - timedelta(days=age)
    Entity.objects.filter(slug="unicef").update(details_confirmed_on=day)

    items = todo(personas.focal_a)

    assert [item.url for item in items] == ([personas.unicef.get_absolute_url()] if asked else [])


def test_account_without_entity_has_nothing_to_do(personas):
    assert todo(UserFactory()) == []


def test_todo_costs_one_query_beyond_the_standing(personas, django_assert_num_queries):
    with django_assert_num_queries(2):
        todo(personas.secretariat)
