"""What each entity brought in a year is there for all members to see (clause M-59)."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core import clock
from decisions import actions as decisions
from decisions.models import Decision
from meetings import actions as meetings
from members.models import Membership
from tests.factories import decisions as decided
from tests.factories import meetings as met
from tests.factories import workplan as planned
from tests.factories.partners import EngagementFactory
from tests.reseau.reading import Reader

pytestmark = pytest.mark.django_db
YEAR = "2026"


def page_of(reader, entity, year=YEAR):
    return Reader(reader).open(reverse("entity_contribution", args=[entity.slug]) + f"?annee={year}")


def test_page_counts_and_lists_what_the_entity_did(personas):
    held = met.held(personas)
    sheet = {
        personas.unicef: meetings.Presence("present", "in_person"),
        personas.unwomen: meetings.Presence("apologies"),
    }
    meetings.record_attendance(held, sheet=sheet, by=personas.secretariat)
    call, other = decided.in_call(personas), decided.in_call(personas)
    decisions.state_position(call, stance="supports", by=personas.focal_a)
    EngagementFactory(entity=personas.unicef)

    page = page_of(personas.focal_b, personas.unicef)

    assert page.summary["Réunions suivies"] == "1 sur 1"
    assert page.summary["Positions données"] == "1 sur 2"
    assert page.summary["Engagements avec les partenaires"] == "1"
    assert [row["Présences"] for row in page.table("Présences")] == ["Présente"]
    assert {row["Dernière position"] for row in page.table("Dernière position")} == {
        "soutient",
        "N’a pas pris la parole",
    }
    assert other.title in page.main.text_content()
    assert page_of(personas.focal_b, personas.unwomen).summary["Réunions suivies"] == "0 sur 1"


def test_activities_that_the_entity_leads_or_contributes_to_are_counted_apart(personas):
    planned.in_execution(personas, year=clock.today().year, activities=2)

    page = page_of(personas.focal_b, personas.unicef)

    counted = [int(page.summary[name]) for name in ("Activités menées", "Activités auxquelles l’entité contribue")]
    assert sum(counted) == len(page.table("Avancement")) == 2


def test_call_of_the_first_moment_of_the_next_year_is_not_of_this_one(personas):
    decision = decided.in_call(personas)
    new_year = timezone.make_aware(datetime(2026, 1, 1))
    Decision.objects.filter(pk=decision.pk).update(call_opened_at=new_year, call_deadline=new_year + timedelta(days=9))

    given = [page_of(personas.focal_b, personas.unicef, year).summary["Positions données"] for year in ("2025", "2026")]
    assert given == ["0 sur 0", "0 sur 1"]


def test_what_happened_before_the_entity_joined_is_not_held_against_it(personas):
    met.held(personas)
    decided.in_call(personas)
    Membership.objects.filter(entity=personas.unicef).update(starts_on=clock.today() + timedelta(days=100))

    page = page_of(personas.focal_b, personas.unicef)

    assert (page.summary["Réunions suivies"], page.summary["Positions données"]) == ("0 sur 0", "0 sur 0")


def test_standing_invitee_is_not_expected_to_give_positions(personas):
    decided.in_call(personas)

    assert page_of(personas.focal_b, personas.rco).summary["Positions données"] == "0 sur 0"


@pytest.mark.parametrize("asked", ["", "abcd", "٢٠٢٦", "9999", "-1", "2026-13", "99999"])
def test_year_that_is_none_shows_this_one(personas, asked):
    assert page_of(personas.focal_a, personas.unicef, asked).title.endswith("2026")
