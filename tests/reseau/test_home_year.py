"""The line of the year on the home page: the meetings, and the deadlines that the records know."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from core import clock
from reports.models import YearlyReport
from reseau.home import home_page
from tests.factories import decisions as decided
from tests.factories import workplan as made


@pytest.fixture
def rows(personas):
    """``rows(day)``: what the table beside the line says on that day of 2026, by name."""

    def told(day=date(2026, 11, 24)):
        with clock.set_to(datetime(day.year, day.month, day.day, 10, tzinfo=UTC)):
            table = home_page(personas.focal_a)["year_line"].table
        return {str(what): (str(day_), str(state)) for day_, what, state in table.rows}

    return told


def named(rows, words):
    return next(said for name, said in rows.items() if words in name)


def test_updates_of_the_plan_are_due_at_the_end_of_each_quarter(personas, rows):
    plan = made.in_execution(personas)

    said = rows()

    days = [named(said, f">PTA T{quarter}<") for quarter in (1, 2, 3, 4)]
    assert days == [
        ("mardi 31 mars 2026", "passé"), ("mardi 30 juin 2026", "passé"), ("mercredi 30 septembre 2026", "passé"),
        ("jeudi 31 décembre 2026", "à venir"),
    ]  # fmt: skip
    assert plan.get_absolute_url() in next(iter(said))


def test_a_draft_awaits_no_update(personas, rows):
    made.draft(personas)

    assert [name for name in rows() if "PTA" in name] == []


def test_report_of_last_year_is_due_in_the_first_quarter(personas, rows):
    assert named(rows(date(2026, 2, 1)), ">Rapport 2025<") == ("mardi 31 mars 2026", "à venir")

    taken = datetime(2026, 1, 20, tzinfo=UTC)
    YearlyReport.objects.create(
        year=2025, state="assembled", snapshot_at=taken, snapshot_by=personas.secretariat, file="reports/x.pdf",
        sha256="0" * 64, size=1, file_taken_at=taken, assembled_at=taken,
    )  # fmt: skip

    assert named(rows(date(2026, 2, 1)), ">Rapport 2025<")[1] == "fait"


def test_consultation_and_call_under_way_stand_on_their_last_day(personas, rows):
    decided.in_consultation(personas, title="Calendrier des réunions")
    call = decided.in_call(personas, title="Grille")

    said = rows(clock.today())

    ends = timezone.localdate(call.call_deadline)
    assert call.get_absolute_url() in next(name for name in said if ">Grille<" in name)
    assert str(ends.day) in named(said, ">Grille<")[0]
    assert any(">Calendrier des réunions<" in name for name in said)
