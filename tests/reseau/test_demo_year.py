"""The demo year: every number of the file is found again, and a file that contradicts itself is refused whole."""

import copy
import re
from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command

from core import clock
from core.models import JournalEvent, OutboxMail
from decisions.enums import DecisionState, Stance
from decisions.models import Decision, Position
from meetings.models import ActionPoint, AgendaItem, Attendance, Meeting
from members.models import CoChairTerm, Delegation, Entity, FocalPoint, Membership, User
from reseau.demo.accounts import OF_THE_YEAR, OTHERS
from reseau.demo.contradictions import read_year
from reseau.demo.seed import ISO_DATE, SAMPLE, load, seed, shifted, way
from reseau.demo.year import YearError, not_yet_replayed
from tests.demo_year import evening_of
from tests.reseau import year_file, year_pages, year_partners
from workplan import queries as workplan
from workplan.models import Activity, Indicator, QuarterValue, WorkPlan


@pytest.fixture
def raw():
    return load(SAMPLE)


def _contacts(raw):
    return [contact for row in raw["partners"] for contact in row.get("contacts", ())]


def _members(raw):
    assert Membership.objects.count() == len(raw["members"])
    assert User.objects.count() == len(raw["people"]) + len(OTHERS) + len(_contacts(raw))
    speaking = sum(1 + bool(row["alternate"]) for row in raw["members"])
    assert FocalPoint.objects.count() == speaking + len(raw["successions"])
    assert Delegation.objects.count() == len(raw["delegations"])
    assert Entity.objects.count() == len(raw["members"]) + sum("membership" in row for row in raw["decisions"])
    named = [term for term in raw["co_chair_terms"] if term["person"]]
    assert CoChairTerm.objects.count() == len(named)


def _meetings(raw):
    held = [row for row in raw["meetings"] if row["status"] == "held"]
    assert Meeting.objects.count() == len(raw["meetings"])
    assert AgendaItem.objects.count() == sum(len(row["agenda"]) for row in raw["meetings"])
    assert AgendaItem.objects.exclude(minutes="").count() == sum(len(row["agenda"]) for row in held)
    expected = Counter((line["status"], line["mode"] or "") for row in held for line in row["attendance"])
    assert Counter(Attendance.objects.values_list("status", "mode")) == expected
    points = [point for row in held for item in row["agenda"] for point in item["action_points"]]
    assert ActionPoint.objects.count() == len(points)
    assert ActionPoint.objects.filter(state="done").count() == sum(point["status"] == "done" for point in points)


def _decisions(raw):
    rows = raw["decisions"]
    assert Decision.objects.count() == len(rows)
    assert Decision.objects.filter(state=DecisionState.RECORDED).count() == sum(
        row["status"] == "adopted" for row in rows
    )
    said = Counter(position["position"] for row in rows for position in row["positions"])
    objections = [objection for row in rows for objection in row["objections"]]
    assert Counter(Position.objects.values_list("stance", flat=True)) == {
        Stance.SUPPORTS: said["agree"],
        Stance.CAN_LIVE_WITH: said["agree_with_comment"],
        Stance.STANDS_ASIDE: said["abstain"],
        Stance.OBJECTS: len(objections),
        Stance.LIFTS_OBJECTION: sum(bool(row["withdrawn_at"]) for row in objections),
    }


def _plan(raw):
    part, plan = raw["work_plan"], WorkPlan.objects.get()
    assert Activity.objects.count() == len(part["activities"])
    assert Indicator.objects.count() == sum(len(row["indicators"]) for row in part["activities"])
    totals = workplan.plan_totals(plan)
    named = {name: part["totals"][f"{name}_usd"] for name in ("planned", "mobilized", "spent", "gap")}
    assert (totals.planned, totals.mobilised, totals.spent, totals.gap) == tuple(named.values())
    states = Counter(Activity.objects.values_list("status", "progress_percent"))
    assert states == Counter((row["status"], row["progress_pct"]) for row in part["activities"])
    last = QuarterValue.objects.filter(report__quarter=4).values_list("indicator__code", "value")
    expected = {
        indicator["code"].partition("-")[2]: indicator["progress"]["T4"]
        for row in part["activities"]
        for indicator in row["indicators"]
    }
    assert {code: float(value) for code, value in last} == expected


def said(raw):
    """What the file says, family by family."""
    return {name: tell(raw) for name, tell in year_file.FAMILIES.items()}


def apart(shown, told, path="year"):
    """Where pages and file differ, and what each says."""
    if isinstance(shown, dict) and isinstance(told, dict):
        for key in shown.keys() | told.keys():
            yield from apart(shown.get(key), told.get(key), f"{path} / {key}")
    elif shown != told:
        yield path, shown, told


def _person(email):
    return User.objects.get(emailaddress__email=email)


@pytest.fixture
def lived(raw, copy_of_the_year):
    with copy_of_the_year("read"), clock.set_to(evening_of(raw)):
        yield


def test_every_number_of_the_year_is_found_again(raw, lived):
    _members(raw)
    _meetings(raw)
    _decisions(raw)
    _plan(raw)
    readers = year_pages.Readers()
    shown = {name: show(readers) for name, show in {**year_pages.FAMILIES, **year_partners.FAMILIES}.items()}
    assert list(apart(shown, said(raw))) == []
    assert not_yet_replayed(raw)["programmes"] == len(raw["programmes"])
    assert not OutboxMail.objects.filter(state="queued").exists()
    assert {_person(email).check_password("reseau-demo-2026") for email in [*OF_THE_YEAR, *OTHERS]} == {True}
    # The journal tells the story on its own days: the first act is the founding, not the day of the replay.
    assert str(JournalEvent.objects.earliest("at").at.date()) == min(row["joined_at"] for row in raw["members"])


# What these parts of the file hold and no page has to show.
NOT_SHOWN = {
    r"members\[\d+\]\.unct": "nobody asks",
    r"partners\[\d+\]\.fictional": "nobody asks",
    r"membership_list_versions\[\d+\]\.members": "the list itself is compared with the records where it is made",
    r"meetings\[\d+\]\.guests\[\d+\]\..+": "guests come with a later issue",
    r"working_groups\[\d+\]\.(meetings|chair_call|deliverables).*": "chairs, meetings and papers of groups come later",
    r"decisions\[\d+\]\.positions\[\d+\]\.at": "of a position that is an objection, whose own day is compared",
    r"work_plan\.activities\[\d+\]\.funding\[\d+\]\.amount_xof": "dollars at the rate of the plan, which is shown",
    r"work_plan\.versions\[0\]\.(date|number)": "the first version is the validation, whose day is compared",
}


def leaves(value, path):
    """(dictionary or list, key, path as it is written) of every number and date of a part of the file."""
    for key, inner in list(value.items() if isinstance(value, dict) else enumerate(value)):
        where = f"{path}[{key}]" if isinstance(value, list) else f"{path}.{key}"
        if isinstance(inner, dict | list):
            yield from leaves(inner, where)
        elif another(inner) is not None:
            yield value, key, where


def another(value):
    """A number, a day, a yes or no that is not this one; ``None`` for words."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str) and ISO_DATE.match(value):
        return (date.fromisoformat(value) + timedelta(days=1)).isoformat()
    return None


class Noting(dict):
    """A year that notes which of its parts are asked for."""

    def __init__(self, raw):
        super().__init__(raw)
        self.asked = set()

    def __getitem__(self, part):
        self.asked.add(part)
        return super().__getitem__(part)


def parts_of(tell, raw):
    """The parts of the file that a family is told from; another part changes nothing of it."""
    noting = Noting(raw)
    tell(noting)
    return noting.asked


def test_no_number_or_day_of_the_file_escapes_the_comparison(raw):
    expected, escaped, parts = said(raw), [], ("members", "co_chair_terms", "meetings", "meeting_requests", "decisions")
    told_from = {name: parts_of(tell, raw) for name, tell in year_file.FAMILIES.items()}
    for part in (*parts, "working_groups", "partners", "engagements", "membership_list_versions", "work_plan"):
        tells = [(year_file.FAMILIES[name], expected[name]) for name in told_from if part in told_from[name]]
        for place, key, path in leaves(raw[part], part):
            before, place[key] = place[key], another(place[key])
            if all(tell(raw) == words for tell, words in tells):
                escaped.append(path)
            place[key] = before

    assert [path for path in escaped if not any(re.fullmatch(known, path) for known in NOT_SHOWN)] == []
    assert [known for known in NOT_SHOWN if not any(re.fullmatch(known, path) for path in escaped)] == []


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
    "decisions[18].membership.entity": lambda raw: raw["decisions"][18]["membership"].update(entity="NASA"),
    "delegations[0].person": lambda raw: raw["delegations"][0].update(person="PER-NOBODY"),
    "successions[0].successor": lambda raw: raw["successions"][0].update(successor="PER-NOBODY"),
    "donors[0].kind": lambda raw: raw["donors"][0].update(kind="lottery"),
    "work_plan.activities[0].gcm_objectives[0]": lambda raw: raw["work_plan"]["activities"][0].update(
        gcm_objectives=["GCM-24"]
    ),
    "work_plan.activities[0].indicators": lambda raw: raw["work_plan"]["activities"][0].update(indicators=[]),
    "work_plan.totals.spent_xof": lambda raw: raw["work_plan"]["totals"].update(spent_xof=1),
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
