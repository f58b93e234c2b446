"""The 23 objectives on the page of an entity: what it leads or contributes to in the plan in force."""

import pytest

from core import clock
from tests.factories import workplan as made
from workplan import queries
from workplan.models import Activity, WorkPlan
from workplan.serving import served_by


@pytest.fixture
def plan(personas):
    return made.in_execution(personas, year=clock.today().year, activities=2)


def page_of(entity, client):
    return client.get(entity.get_absolute_url()).content.decode()


def link_to(plan, number, entity):
    return f"{plan.get_absolute_url()}?objectif={number}&amp;entite={entity.slug}#activites"


@pytest.mark.parametrize("who", ["unicef", "unwomen"])
def test_objectives_that_the_entity_leads_or_contributes_to_lead_to_its_activities(personas, sign_in, plan, who):
    entity = getattr(personas, who)
    client = sign_in(personas.focal_a)

    page = page_of(entity, client)

    assert [link_to(plan, number, entity) in page for number in (1, 7, 13)] == [True, True, False]
    assert f"PTA {plan.year}" in page
    narrowed = client.get(plan.get_absolute_url(), {"objectif": 1, "entite": entity.slug})
    assert narrowed.context["shown_count"] == 2


def test_activity_at_rest_serves_no_objective(personas, sign_in, plan):
    Activity.objects.update(status="postponed")

    page = page_of(personas.unicef, sign_in(personas.focal_a))

    assert "Objectifs servis\xa0: 0 sur 23" in page


@pytest.mark.parametrize(
    ("years", "expected"), [([2025, 2026, 2028], 2026), ([2024, 2025, 2028], 2025), ([2027, 2028], 2027), ([], None)]
)
def test_plan_in_force_is_the_same_for_the_database(personas, years, expected):
    for year in years:
        made.validated(personas, year=year)

    plan, _served = served_by(personas.unicef, 2026)
    loaded = queries.plan_in_force(WorkPlan.objects.order_by("pk"), 2026)

    assert [row and row.year for row in (plan, loaded)] == [expected, expected]


def test_entity_without_activity_is_told_so_without_a_grid(personas, sign_in, plan):
    page = page_of(personas.unfpa, sign_in(personas.focal_a))

    assert ("Aucune activité de l’entité UNFPA" in page, "grid23" in page) == (True, False)


def test_without_a_plan_in_force_nothing_is_said(personas, sign_in):
    made.draft(personas, year=clock.today().year)

    assert "PTA" not in page_of(personas.unicef, sign_in(personas.focal_a)).partition("<main")[2]
