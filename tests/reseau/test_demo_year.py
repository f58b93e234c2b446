"""The demo year: it moves to another day whole, and a file that contradicts itself is refused whole."""

import copy
from datetime import date, datetime, time, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from core import clock
from frameworks.models import CalendarDay
from members.models import Entity, User
from reseau.demo.contradictions import read_year
from reseau.demo.seed import SAMPLE, load, seed, shifted, way
from reseau.demo.year import YearError
from tests import sitting


@pytest.fixture
def raw():
    return load(SAMPLE)


def _broken(raw, change):
    wrong = copy.deepcopy(raw)
    change(wrong)
    return wrong


WRONG = {
    "members[0].principal": lambda raw: raw["members"][0].update(principal="PER-NOBODY"),
    "meetings[1].date": lambda raw: raw["meetings"][1].update(date="2026-13-45"),
    "meetings[2].agenda[0].duration_min": lambda raw: raw["meetings"][2]["agenda"][0].update(duration_min=-5),
    "decisions[3].positions[7].entity": lambda raw: raw["decisions"][3]["positions"][7].update(entity="IOM"),
    "decisions[2].objections[0].withdrawn_at": lambda raw: raw["decisions"][2]["objections"][0].update(
        withdrawn_at=None
    ),
    "work_plan.activities[4].budget.gap_usd": lambda raw: raw["work_plan"]["activities"][4]["budget"].update(gap_usd=1),
    "members[1].regions[0]": lambda raw: raw["members"][1].update(regions=["SN-XX"]),
    "meetings[0].agenda[1].kind": lambda raw: raw["meetings"][0]["agenda"][1].update(kind="party"),
    "decisions[0].type": lambda raw: raw["decisions"][0].update(type="dance"),
    "decisions[2].objections[0].alternative_fr": lambda raw: raw["decisions"][2]["objections"][0].update(
        alternative_fr=""
    ),
    "decisions[5].rounds[0].reopened_at": lambda raw: raw["decisions"][5]["rounds"][0].update(reopened_at="2026-03-20"),
    "decisions[5].rounds[0].positions[0].at": lambda raw: raw["decisions"][5]["rounds"][0]["positions"][0].update(
        at="2026-03-19"
    ),
    "decisions[5].rounds": lambda raw: raw["decisions"][5].update(earlier_texts=[]),
    "decisions[16].positions[12].delegate": lambda raw: raw["decisions"][16]["positions"][12].update(
        delegate="PER-UNFPA-S"
    ),
    "decisions[21].replaces[0]": lambda raw: raw["decisions"][21].update(replaces=["DEC-2026-20"]),
    "decisions[21].type": lambda raw: raw["decisions"][21].update(type="coordination"),
    "decisions[22].ending": lambda raw: raw["decisions"][22].pop("ending"),
    "decisions[23].objections": lambda raw: raw["decisions"][23].update(objections=[]),
    "working_groups[2].unct_returns[0].returned_at": lambda raw: raw["working_groups"][2]["unct_returns"][0].update(
        returned_at="2026-05-25"
    ),
    "working_groups[4].closing.at": lambda raw: raw["working_groups"][4]["closing"].update(at="2026-10-20"),
    "working_groups[5].asleep.at": lambda raw: raw["working_groups"][5]["asleep"].update(at="2026-09-30"),
    "decisions[18].membership.entity": lambda raw: raw["decisions"][18]["membership"].update(entity="NASA"),
    "decisions[19].comments[0].answered_at": lambda raw: raw["decisions"][19]["comments"][0].update(reply=None),
    "decisions[19].comments[1].entity": lambda raw: raw["decisions"][19]["comments"][1].update(entity="NASA"),
    "decisions[10].translations[0].text": lambda raw: raw["decisions"][10]["translations"][0].update(text="One.\nTwo."),
    "decisions[10].translations[0].language": lambda raw: raw["decisions"][10]["translations"][0].update(language="fr"),
    "delegations[0].person": lambda raw: raw["delegations"][0].update(person="PER-NOBODY"),
    "successions[0].successor": lambda raw: raw["successions"][0].update(successor="PER-NOBODY"),
    "donors[0].kind": lambda raw: raw["donors"][0].update(kind="lottery"),
    "work_plan.activities[0].gcm_objectives[0]": lambda raw: raw["work_plan"]["activities"][0].update(
        gcm_objectives=["GCM-24"]
    ),
    "work_plan.activities[0].indicators": lambda raw: raw["work_plan"]["activities"][0].update(indicators=[]),
    "work_plan.totals.spent_xof": lambda raw: raw["work_plan"]["totals"].update(spent_xof=1),
    "co_chair_terms[5].sounding": lambda raw: raw["co_chair_terms"][5]["sounding"]["heard"].pop(),
    "co_chair_terms[2].start": lambda raw: raw["co_chair_terms"][2].update(start="2025-12-01"),
}


@pytest.mark.parametrize("path", WRONG)
def test_year_that_contradicts_itself_is_refused_whole_with_the_path(raw, db, path):
    with pytest.raises(YearError) as refusal:
        seed(_broken(raw, WRONG[path]), as_of=None)

    assert next(problem.partition(": ")[0] for problem in refusal.value.problems) == path
    assert (User.objects.count(), Entity.objects.count()) == (0, 0)


def test_act_that_the_portal_refuses_is_named_with_its_day_and_nothing_stays(raw, db):
    wrong = _broken(raw, lambda year: year["meetings"][0].update(chair=None))

    with pytest.raises(YearError, match=rf"meetings {raw['meetings'][0]['code']}, .*: .*préside"):
        seed(wrong, as_of=None)

    assert (User.objects.count(), Entity.objects.count()) == (0, 0)


def test_shifted_year_moves_every_date_and_nothing_else(raw, db):
    moved = shifted(raw, timedelta(days=7))

    assert moved["meta"]["as_of"] == "2026-11-30"
    assert moved["work_plan"]["title_fr"] == raw["work_plan"]["title_fr"]
    assert read_year(moved).meetings[1].date - read_year(raw).meetings[1].date == timedelta(days=7)


@pytest.mark.drill  # a year each
@pytest.mark.parametrize("weeks", [2, 4, 27])
def test_a_year_that_was_moved_onto_feasts_is_lived_all_the_same(raw, db, weeks):
    """Calls that end on Easter Monday, on Christmas and New Year, on a feast that follows the moon."""
    day = date.fromisoformat(raw["meta"]["as_of"]) + timedelta(weeks=weeks)
    with sitting.as_convened(), clock.set_to(timezone.make_aware(datetime.combine(day, time(23, 59)))):
        seed(raw, as_of=day)
    assert CalendarDay.objects.filter(is_free=False).exists()


def test_shifted_texts_name_the_days_that_moved_and_keep_those_of_the_calendar():
    year = {
        "meetings": [{"date": "2026-07-30"}, {"date": "2026-12-25"}],
        "note": "Réunion du 30 juillet 2026, suites le 25 décembre, Journée des migrants le 18 décembre.",
    }

    assert shifted(year, timedelta(days=7))["note"] == (
        "Réunion du 6 août 2026, suites le 1er janvier, Journée des migrants le 18 décembre."
    )


@pytest.mark.parametrize(("days", "weeks"), [(0, 0), (9, 1), (6, 0), (14, 2), (-1, -1)])
def test_demo_keeps_the_weekdays_of_the_year(days, weeks):
    monday = date(2026, 11, 23)

    assert way(monday, monday + timedelta(days=days), keep_weekdays=True) == timedelta(weeks=weeks)
    assert way(monday, monday + timedelta(days=days), keep_weekdays=False) == timedelta(days=days)


def test_seed_demo_without_debug_is_refused(db, settings):
    settings.DEBUG = False

    with pytest.raises(CommandError, match="public password"):
        call_command("seed_demo")


def test_seed_demo_in_a_portal_with_people_is_refused(personas, settings):
    settings.DEBUG = True

    with pytest.raises(CommandError, match="empty one"):
        call_command("seed_demo")
