"""The ordinary meetings of a year, planned at once (clause M-44)."""

from datetime import date, time, timedelta
from itertools import product
from uuid import uuid4

import pytest
from dateutil.relativedelta import relativedelta
from django.urls import reverse
from django.utils import timezone

from core import clock
from core.errors import DomainError
from core.models import OutboxMail
from core.refusals import Refused
from frameworks import workdays
from frameworks.actions import correct_calendar
from meetings import actions, cadence, todo
from meetings.cadence import LAST, Rhythm, Slot
from meetings.models import Meeting
from meetings.tasks import watch_cadence
from tests.factories import meetings as made

pytestmark = pytest.mark.django_db
FACTS = {"start": time(10), "end": time(12), "mode": "in_person", "venue": "iom"}
DAYS = {1: date(2027, 2, 9), 2: date(2027, 5, 11), 3: date(2027, 8, 10), 4: date(2027, 11, 9)}


def plan(personas, days, **facts):
    return actions.plan_year(year=2027, days=days, **{**FACTS, **facts}, by=personas.secretariat)


# --- On which days ---------------------------------------------------------------------------------------------------
def test_the_second_tuesday_of_the_second_month():
    assert [slot.day for slot in cadence.slots(2027, Rhythm(month=2, rank=2, weekday=2))] == list(DAYS.values())


def test_the_last_monday_of_the_third_month_moves_where_nobody_works():
    """29 March 2027 is Easter Monday."""
    first, *others = cadence.slots(2027, Rhythm(month=3, rank=LAST, weekday=1))
    assert first == Slot(1, date(2027, 3, 30), moved_from=date(2027, 3, 29))
    assert [slot.day for slot in others] == [date(2027, 6, 28), date(2027, 9, 27), date(2027, 12, 27)]


@pytest.mark.parametrize("rank", [1, 2, 3, 4, LAST])
@pytest.mark.parametrize("weekday", [1, 2, 3, 4, 5])
def test_every_rhythm_gives_each_quarter_a_day_of_its_own_that_is_worked(rank, weekday):
    for year, month in product((2026, 2027, 2028), (1, 2, 3)):
        calendar = workdays.calendar_of(year)
        found = cadence.slots(year, Rhythm(month, rank, weekday))
        assert [cadence.quarter_of(slot.day) for slot in found] == [1, 2, 3, 4]
        assert all(calendar.is_worked(slot.day) for slot in found)
        assert all(slot.day.isoweekday() == weekday for slot in found if not slot.moved_from)


def test_a_day_moves_back_where_the_quarter_is_over_by_the_next_one(personas):
    """The last Wednesday of June 2027 is the 30th."""
    named = {"name_fr": "Jour chômé", "name_en": "Day off"}
    correct_calendar(date(2027, 6, 30), is_free=True, **named, by=personas.secretariat)
    _first, second, *_others = cadence.slots(2027, Rhythm(month=3, rank=LAST, weekday=3))
    assert second == Slot(2, date(2027, 6, 29), moved_from=date(2027, 6, 30))


# --- Prepared at once ------------------------------------------------------------------------------------------------
def test_four_drafts_of_which_nobody_is_told(personas):
    planned = plan(personas, DAYS)

    assert [timezone.localtime(one.starts_at).date() for one in planned] == list(DAYS.values())
    assert planned[0].title == "Réunion ordinaire, premier trimestre 2027"
    assert {(one.kind, one.state, one.venue) for one in planned} == {("plenary", "draft", "iom")}
    assert not OutboxMail.objects.exists()


@pytest.mark.parametrize(
    ("quarter", "day", "sentence"),
    [
        (2, date(2027, 2, 9), "n’est pas dans ce trimestre de 2027"),
        (1, date(2028, 2, 8), "n’est pas dans ce trimestre de 2027"),
        (1, date(2027, 3, 6), "n’est pas ouvré.*lundi 8 mars 2027"),
    ],
)
def test_a_day_that_does_not_do_is_told_by_its_field_and_nothing_is_written(personas, quarter, day, sentence):
    with pytest.raises(Refused, match=sentence) as refused:
        plan(personas, {**DAYS, quarter: day})

    assert refused.value.field == f"q{quarter}"
    assert not Meeting.objects.exists()


def test_a_day_gone_by_is_refused(personas):
    with pytest.raises(Refused, match="passé"):
        actions.plan_year(year=2026, days={2: date(2026, 5, 12)}, **FACTS, by=personas.secretariat)


def test_a_quarter_has_one_ordinary_meeting_unless_it_was_called_off(personas):
    first = plan(personas, {1: DAYS[1]})[0]
    with pytest.raises(Refused, match="déjà sa réunion ordinaire") as refused:
        plan(personas, {1: date(2027, 3, 16), 2: DAYS[2]})
    assert refused.value.field == "q1"

    actions.cancel_meeting(first, reason="Reprise au trimestre suivant.", by=personas.co_chair_iom)
    assert len(plan(personas, {1: date(2027, 3, 16), 2: DAYS[2]})) == 2


def test_without_a_day_there_is_nothing_to_prepare(personas):
    with pytest.raises(DomainError, match="au moins un trimestre"):
        plan(personas, {})


# --- The Network has not met for long --------------------------------------------------------------------------------
@pytest.fixture
def last(personas):
    """An ordinary meeting that was held; the mails about it are forgotten."""
    meeting = made.held(personas)
    OutboxMail.objects.all().delete()
    return meeting


def after(last, days):
    return clock.set_to(last.starts_at + timedelta(days=days, hours=1))


def asks_to_convene(person):
    return [item for item in todo.todo(person) if item.title == "Convoquer la prochaine réunion du Réseau"]


@pytest.mark.parametrize(("days", "is_told"), [(75, False), (76, True)])
def test_who_runs_the_meetings_is_reminded_from_the_seventy_sixth_day(personas, last, days, is_told):
    with after(last, days):
        watch_cadence()
        watch_cadence()
        asked = {name for name, person in personas.all.items() if asks_to_convene(person)}

    runs = {"secretariat", "co_chair_iom", "co_chair_ohchr"}
    assert asked == (runs if is_told else set())
    mails = OutboxMail.objects.filter(kind="meetings.cadence").values_list("to", flat=True)
    assert sorted(mails) == (sorted(getattr(personas, name).email for name in runs) if is_told else [])


def test_the_reminder_is_due_three_months_after(personas, last):
    with after(last, 80):
        (item,) = asks_to_convene(personas.secretariat)
        assert (item.due, item.overdue) == (last.starts_at + relativedelta(months=3), False)
    with after(last, 100):
        (item,) = asks_to_convene(personas.secretariat)
        assert item.overdue


@pytest.mark.parametrize(("kind", "reminds"), [("plenary", False), ("annual_review", False), ("ad_hoc", True)])
def test_a_meeting_that_is_convened_ends_the_reminder_and_an_ad_hoc_one_does_not(personas, last, kind, reminds):
    with after(last, 80):
        starts_at = clock.now() + timedelta(days=20)
        made.convened(personas, kind=kind, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))
        OutboxMail.objects.all().delete()
        watch_cadence()

        assert bool(asks_to_convene(personas.secretariat)) == reminds
        assert OutboxMail.objects.exists() == reminds


# --- The page --------------------------------------------------------------------------------------------------------
RHYTHM = {"year": 2027, "rank": 2, "weekday": 2, "month": 2}
ADDRESS = reverse("meetings:year_plan")
POSTED = {"year": 2027, **{f"q{quarter}": f"{day}" for quarter, day in DAYS.items()}, "start": "10:00", "end": "12:00",
          "mode": "in_person", "venue": "iom", "room": "", "venue_reason": "", "online_link": ""}  # fmt: skip


def test_the_page_shows_the_days_before_anything_is_written(personas, sign_in):
    page = sign_in(personas.secretariat).get(ADDRESS, RHYTHM)

    assert [page.context["form"][f"q{quarter}"].value() for quarter in DAYS] == list(DAYS.values())
    assert "mardi 9 février 2027" in page.content.decode()
    assert not Meeting.objects.exists()


def test_hours_and_place_are_those_of_the_last_meeting(personas, sign_in):
    last = made.held(personas)
    form = sign_in(personas.secretariat).get(ADDRESS, RHYTHM).context["form"]

    assert form["start"].value() == timezone.localtime(last.starts_at).time()
    assert form["venue"].value() == last.venue


def test_a_quarter_that_has_its_meeting_is_left_empty_and_says_so(personas, sign_in):
    plan(personas, {2: DAYS[2]})
    form = sign_in(personas.co_chair_iom).get(ADDRESS, RHYTHM).context["form"]

    assert form["q2"].value() is None
    assert "Réunion ordinaire, deuxième trimestre 2027" in form.fields["q2"].help_text


def test_sent_twice_it_prepares_the_year_once(personas, sign_in):
    client, posted = sign_in(personas.secretariat), {**POSTED, "once": str(uuid4())}

    pages = [client.post(ADDRESS, posted, follow=True) for _ in range(2)]

    assert Meeting.objects.count() == 4
    for page in pages:
        assert "4 réunions sont en préparation" in page.content.decode()


def test_what_is_refused_is_kept(personas, sign_in):
    sent = {**POSTED, "q1": "2027-03-06", "room": "Salle Gorée", "once": str(uuid4())}
    page = sign_in(personas.secretariat).post(ADDRESS, sent)

    form = page.context["form"]
    assert (page.status_code, list(form.errors)) == (422, ["q1"])
    assert (form["room"].value(), form["q4"].value()) == ("Salle Gorée", "2027-11-09")


@pytest.mark.parametrize("asked", [{"year": "9"}, {"year": "abc"}, {"year": 2027, "rank": 7}])
def test_a_rhythm_that_is_none_is_told_by_its_field(personas, sign_in, asked):
    page = sign_in(personas.secretariat).get(ADDRESS, {**RHYTHM, **asked})

    assert page.status_code == 200
    assert page.context["asked"].errors
    assert page.context["form"] is None
