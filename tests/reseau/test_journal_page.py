"""The journal as the secretariat reads it: every act in words, found by object, person, act and period."""

import json
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from core import clock, journal
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db
YEAR = timezone.datetime(2026, 3, 2, 9, 30, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def acts(personas):
    """Three acts of two people on two days about two things."""
    ada = UserFactory(given_name="Adélaïde", family_name="Ndour", email="ada@example.org")
    ben = UserFactory(given_name="Ben", family_name="Sall", email="ben@example.org")
    things = [personas.unicef, personas.unwomen]
    with clock.set_to(YEAR):
        journal.record("edit_entity", things[0], by=ada, data={"fields": ["website"]})
    with clock.set_to(YEAR.replace(month=5)):
        journal.record("confirm_details", things[0], by=ben)
        journal.record("confirm_details", things[1], by=ada)
    return things


@pytest.fixture
def read(acts, personas, sign_in):
    client = sign_in(personas.secretariat)

    def sentences(**asked):
        answer = client.get(reverse("journal"), asked)
        return [f"{row.sentence} / {row.event.object_label}" for row in answer.context["rows"]]

    return sentences


ADA_REVIEWED = "Adélaïde NDOUR a revu le profil / UNICEF"
BEN_CONFIRMED = "Ben SALL a confirmé les coordonnées / UNICEF"
ADA_CONFIRMED = "Adélaïde NDOUR a confirmé les coordonnées / ONU-Femmes"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"who": "ndour adelaide"}, [ADA_CONFIRMED, ADA_REVIEWED]),
        ({"who": "ben@example.org"}, [BEN_CONFIRMED]),
        ({"verb": "members.edit_entity"}, [ADA_REVIEWED]),
        ({"since": "2026-03-02", "until": "2026-03-02"}, [ADA_REVIEWED]),
        ({"since": "2026-03-03", "q": "onu-fem"}, [ADA_CONFIRMED]),
    ],
    ids=str,
)
def test_acts_are_found(read, asked, found):
    assert read(**asked) == found


def test_everything_about_one_thing_is_one_link_away(read, acts):
    assert read(thing=f"members.entity:{acts[0].pk}", since="2026-01-01") == [BEN_CONFIRMED, ADA_REVIEWED]


def test_thing_nobody_wrote_about_has_no_acts(read):
    assert read(thing="members.entity:0") == read(thing="nonsense") == []


def test_day_that_does_not_exist_is_refused_by_its_field(acts, personas, sign_in):
    answer = sign_in(personas.secretariat).get(reverse("journal"), {"since": "2026-13-45"})

    assert "Saisissez une date valide" in answer.content.decode()


def test_period_that_ends_before_it_begins_is_refused_by_its_field(acts, personas, sign_in):
    answer = sign_in(personas.secretariat).get(reverse("journal"), {"since": "2026-03-02", "until": "2026-03-01"})

    assert "Ce jour précède le premier" in answer.content.decode()


def test_filters_in_use_are_said_in_words(acts, personas, sign_in):
    asked = {"since": "2026-03-02", "verb": "members.edit_entity"}
    page = sign_in(personas.secretariat).get(reverse("journal"), asked).content.decode().replace("\xa0", " ")

    assert "Du : 02/03/2026" in page
    assert "Acte : … a revu le profil" in page


def test_file_holds_what_is_shown_with_what_changed(acts, personas, sign_in):
    client = sign_in(personas.secretariat)

    answer = client.get(reverse("journal_export"), {"verb": "members.edit_entity"})

    heading, row = openpyxl.load_workbook(BytesIO(answer.getvalue())).active.iter_rows(values_only=True)
    assert heading[0] == "Quand (heure de Dakar)"
    assert row[0] == YEAR.replace(tzinfo=None)
    assert row[1:5] == ("Adélaïde NDOUR", "ada@example.org", "Adélaïde NDOUR a revu le profil", "UNICEF")
    assert json.loads(row[7]) == {"fields": ["website"]}
