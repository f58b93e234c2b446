"""A prepared query finds what its query set finds, each time with other values, and is compiled once."""

import pytest
from django.db.models import Count, Exists, OuterRef, Q

from core.prepared import prepared
from frameworks.models import NationalPriority
from members.models import Entity, FocalPoint
from tests.factories.frameworks import NationalPriorityFactory

pytestmark = pytest.mark.django_db


def test_finds_what_the_query_set_finds(personas):
    def build(entity):
        ties = FocalPoint.objects.filter(entity=entity)
        return ties.select_related("person", "entity").annotate(n=Count("entity__focal_points")).order_by("pk")

    find = prepared(build)
    for entity in (personas.unicef, personas.iom, personas.unfpa):
        plain = list(build(entity.pk))
        found = find(entity=entity.pk)
        assert found == plain
        assert [(row.person, row.entity, row.n, row.rank) for row in found] == [
            (row.person, row.entity, row.n, row.rank) for row in plain
        ]


def test_related_rows_come_with_it(personas, django_assert_num_queries):
    find = prepared(lambda entity: FocalPoint.objects.filter(entity=entity).select_related("person").order_by("pk"))
    with django_assert_num_queries(1):
        assert {str(row.person) for row in find(entity=personas.unicef.pk)} != set()


def test_is_compiled_once_for_each_form(personas):
    built = []

    @prepared
    def find(is_reversed, slug):
        built.append(is_reversed)
        return Entity.objects.filter(slug=slug).order_by("-pk" if is_reversed else "pk")

    for _ in range(3):
        assert find(True, slug="unicef") == find(False, slug="unicef") == [personas.unicef]
    assert built == [True, False]


def test_list_of_keys(personas):
    find = prepared(lambda chosen: Entity.objects.filter(pk__in=chosen.keys).order_by("pk"))
    assert find(chosen=[personas.unicef.pk, personas.iom.pk]) == sorted(
        [personas.unicef, personas.iom], key=lambda row: row.pk
    )
    assert find(chosen=[]) == []


def test_none_equals_nothing(personas):
    find = prepared(lambda person: FocalPoint.objects.filter(ends_on=person).order_by("pk"))
    assert FocalPoint.objects.filter(ends_on=None).exists()
    assert find(person=None) == []


def test_value_inside_a_subquery_and_an_alternative(personas):
    @prepared
    def find(slug, entity):
        ties = FocalPoint.objects.filter(entity=OuterRef("pk"), entity__slug=slug)
        return Entity.objects.annotate(spoken=Exists(ties)).filter(Q(spoken=True) | Q(pk=entity)).order_by("pk")

    found = {row.slug: row.spoken for row in find(slug="unicef", entity=personas.iom.pk)}
    assert found == {"unicef": True, personas.iom.slug: False}


def test_nothing_to_ask_asks_nothing(personas, django_assert_num_queries):
    find = prepared(lambda slug: Entity.objects.none().order_by("pk"))
    with django_assert_num_queries(0):
        assert find(slug="unicef") == []


def test_values_pass_the_converters_of_their_fields():
    NationalPriorityFactory(slug="a")
    (plain,) = NationalPriority.objects.filter(slug="a")
    (found,) = prepared(lambda slug: NationalPriority.objects.filter(slug=slug).order_by("pk"))(slug="a")
    assert found.__dict__.keys() == plain.__dict__.keys()
    assert {name: value for name, value in found.__dict__.items() if name != "_state"} == {
        name: value for name, value in plain.__dict__.items() if name != "_state"
    }


def test_without_an_order_is_refused(personas):
    find = prepared(lambda slug: FocalPoint.objects.filter(entity__slug=slug).order_by())
    with pytest.raises(ValueError, match="order"):
        find(slug="unicef")


def test_a_value_that_is_missing_is_refused(personas):
    find = prepared(lambda slug="", other="": Entity.objects.filter(slug=slug).order_by("pk"))
    find(slug="unicef")
    with pytest.raises(KeyError):
        find(other="unicef")
