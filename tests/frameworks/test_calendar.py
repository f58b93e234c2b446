"""Working days: what is computed for Senegal, and what the secretariat corrects."""

from datetime import date

import pytest
from django.urls import reverse

from core.models import JournalEvent
from frameworks import actions, workdays
from frameworks.enums import FreeDayKind

pytestmark = pytest.mark.django_db

EVE_OF_LABOUR_DAY = date(2026, 4, 30)  # a Thursday
LABOUR_DAY = date(2026, 5, 1)
MONDAY = date(2026, 5, 4)


def calendar():
    return workdays.calendar(EVE_OF_LABOUR_DAY, EVE_OF_LABOUR_DAY)


def free(day, by, kind=FreeDayKind.UNITED_NATIONS):
    return actions.correct_calendar(
        day, is_free=True, kind=kind, name_fr="Jour des Nations Unies", name_en="United Nations Day", by=by
    )


def test_feasts_of_senegal_and_weekends_are_not_counted():
    assert calendar().after(EVE_OF_LABOUR_DAY, 1) == MONDAY
    assert calendar().after(EVE_OF_LABOUR_DAY, 5) == date(2026, 5, 8)
    assert calendar().after(EVE_OF_LABOUR_DAY, 0) == EVE_OF_LABOUR_DAY


def test_day_kept_by_the_united_nations_is_not_counted_once_it_is_written(personas):
    free(MONDAY, personas.secretariat)

    assert calendar().after(EVE_OF_LABOUR_DAY, 1) == date(2026, 5, 5)
    written = next(feast for feast in calendar().feasts(2026) if feast.day == MONDAY)
    assert (written.name, written.kind) == ("Jour des Nations Unies", "un")


def test_feast_that_the_moon_moved_is_worked_and_the_new_day_free(personas):
    """The computed Tabaski of 27 May was kept on the 28th."""
    actions.correct_calendar(date(2026, 5, 27), is_free=False, by=personas.secretariat)
    free(date(2026, 5, 28), personas.secretariat, FreeDayKind.NATIONAL)

    assert calendar().after(date(2026, 5, 26), 1) == date(2026, 5, 27)
    assert calendar().after(date(2026, 5, 27), 1) == date(2026, 5, 29)


def test_weekend_stays_free_whatever_is_worked(personas):
    """The computed Independence Day of 2026 is a Saturday."""
    actions.correct_calendar(date(2026, 4, 4), is_free=False, by=personas.secretariat)

    assert not calendar().is_worked(date(2026, 4, 4))


def test_removed_correction_leaves_what_is_computed_and_its_trace(personas):
    row = free(MONDAY, personas.secretariat)

    actions.remove_correction(row, by=personas.secretariat)

    assert calendar().after(EVE_OF_LABOUR_DAY, 1) == MONDAY
    assert JournalEvent.objects.filter(
        verb="frameworks.remove_correction", data__name="Jour des Nations Unies"
    ).exists()


@pytest.mark.parametrize(
    ("day", "is_free", "why"),
    [(LABOUR_DAY, True, "Fête du Travail"), (MONDAY, False, "travaillé déjà")],
)
def test_correction_that_corrects_nothing_is_refused(personas, day, is_free, why):
    with pytest.raises(actions.DayMisplaced, match=why):
        actions.correct_calendar(day, is_free=is_free, name_fr="Fête", name_en="Feast", by=personas.secretariat)


def test_day_is_written_once(personas):
    free(MONDAY, personas.secretariat)

    with pytest.raises(actions.DayMisplaced, match="déjà"):
        free(MONDAY, personas.secretariat)


def test_form_keeps_what_was_typed_and_says_why_by_the_day(personas, sign_in):
    typed = {"day": "2026-05-01", "kind": "un", "name_fr": "Premier mai", "name_en": "May Day"}
    page = sign_in(personas.secretariat).get(reverse("calendar:free_day_add"))
    token = page.context["form"]["once"].value()

    answer = sign_in(personas.secretariat).post(reverse("calendar:free_day_add"), {**typed, "once": token})

    assert answer.status_code == 422
    assert "Fête du Travail" in answer.context["form"].errors["day"][0]
    assert "Premier mai" in answer.content.decode()


def test_page_reads_the_same_few_rows_whatever_the_year_holds(personas, client, django_assert_num_queries):
    for day in range(4, 9):
        free(date(2026, 5, day), personas.secretariat)

    with django_assert_num_queries(1):
        page = client.get(reverse("calendar:calendar_year", args=[2026]))

    assert "Tabaski" in page.content.decode()
    assert page.content.decode().count("Jour des Nations Unies") == 5
