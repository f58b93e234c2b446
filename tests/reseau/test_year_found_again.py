"""Every number and day of the demo year is found again on the pages of the portal."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest

from core import clock
from core.models import JournalEvent, OutboxMail
from decisions.enums import DecisionState, Stance
from decisions.models import Decision, Position
from meetings.models import ActionPoint, AgendaItem, Attendance, Meeting
from members.models import CoChairTerm, Delegation, Entity, FocalPoint, Membership, User
from reseau.demo.accounts import OF_THE_YEAR, OTHERS
from reseau.demo.seed import ISO_DATE, SAMPLE, load
from reseau.demo.year import not_yet_replayed
from tests.demo_year import evening_of
from tests.reseau import year_decisions, year_file, year_pages, year_partners
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
    heads = sum(row["role"] in ("resident_coordinator", "co_chair_representative") for row in raw["people"])
    speaking = sum(1 + bool(row["alternate"]) for row in raw["members"]) + heads
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
    adopted = Decision.objects.filter(state__in=(DecisionState.RECORDED, DecisionState.SUPERSEDED))
    assert adopted.count() == sum(row["status"] == "adopted" for row in rows)
    rounds = [*rows, *(earlier for row in rows for earlier in row.get("rounds", ()))]
    said = Counter(position["position"] for one in rounds for position in one["positions"])
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


@pytest.fixture(scope="module")
def lived(copy_of_the_year):
    with copy_of_the_year("read"), clock.set_to(evening_of(load(SAMPLE))):
        yield


@pytest.mark.drill
@pytest.mark.django_db
def test_every_number_of_the_year_is_found_again(raw, lived):
    _members(raw)
    _meetings(raw)
    _decisions(raw)
    _plan(raw)
    readers = year_pages.Readers()
    families = {**year_pages.FAMILIES, **year_decisions.FAMILIES, **year_partners.FAMILIES}
    shown = {name: show(readers) for name, show in families.items()}
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
    r"free_days\[\d+\]\.noted_at": "the page shows the days, not who wrote them",
    r"membership_list_versions\[\d+\]\.members": "the list itself is compared with the records where it is made",
    r"meetings\[\d+\]\.guests\[\d+\]\..+": "guests come with a later issue",
    r"decisions\[\d+\]\.rounds\[\d+\]\.until": "a call that was broken off: its deadline is void",
    r"decisions\[9\]\.in_force_until": "of a decision that was replaced before",
    r"decisions\[22\]\.consultation_closed_at": "of a decision that was withdrawn before its consultation would end",
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
    expected, escaped = said(raw), []
    parts = ("members", "free_days", "co_chair_terms", "meetings", "meeting_requests", "decisions")
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
