from datetime import timedelta

from core import clock
from core.charts import YearMark
from meetings import actions, queries
from meetings.todo import todo
from members.models import Membership
from tests.factories import meetings as make


def test_meetings_between_counts_days_of_dakar_and_leaves_out_drafts(personas):
    first = make.convened(personas, starts_at=make.at_ten(10))
    make.draft(personas, starts_at=make.at_ten(11))
    make.cancelled(personas, starts_at=make.at_ten(12))
    last = make.held(personas, starts_at=make.at_ten(13))
    make.convened(personas, starts_at=make.at_ten(14))

    assert list(queries.meetings_between(first.day, last.day)) == [first, last]
    assert list(queries.held_between(first.day, last.day)) == [last]


def test_year_marks_name_the_quarter_and_say_what_is_done(personas):
    meeting = make.held(personas, starts_at=make.at_ten(10))
    make.draft(personas, starts_at=make.at_ten(11))

    quarter = (meeting.day.month + 2) // 3
    marks = queries.year_marks(queries.announced_in(meeting.day.year), meeting.day.year)

    assert [(mark.date, mark.kind, mark.done, mark.url) for mark in marks] == [
        (meeting.day, "plenary", True, meeting.get_absolute_url())
    ]
    assert isinstance(marks[0], YearMark)
    assert marks[0].label[1:] == str(quarter)


def test_next_meeting_is_the_first_one_still_ahead(personas):
    make.draft(personas, starts_at=make.at_ten(2))
    second = make.convened(personas, starts_at=make.at_ten(20))
    first = make.convened(personas, starts_at=make.at_ten(10))

    meetings = queries.current(personas.focal_a, clock.today().year)
    found = queries.next_meeting(meetings)
    with make.moved_to(first, hours=3):
        after = queries.next_meeting(meetings)

    assert (found, after) == (first, second)
    assert queries.next_meeting(queries.current(personas.no_entity, clock.today().year)) is None


def test_two_ordinary_meetings_of_a_quarter_are_told_apart(personas):
    with clock.set_to(make.at_ten(0).replace(month=10, day=1)):
        first, second = (make.convened(personas, starts_at=make.at_ten(days)) for days in (10, 60))

    assert queries.short_names([first, second]) == ["T4", "T4 (2)"]


def test_meetings_held_count_those_present_against_all_who_were_invited(personas):
    """Four of six stand on the sheet; the two that were forgotten were invited all the same."""
    make.held(personas)

    (row,) = queries.past(personas.secretariat)

    assert (row.present_count, row.sheet_count, row.invited_count) == (3, 4, 6)


def test_invited_are_those_who_belonged_on_the_day(personas):
    """Who joins or leaves between two meetings is expected at one of them only."""
    before, after = (make.convened(personas, starts_at=make.at_ten(days)) for days in (10, 30))
    Membership.objects.filter(entity=personas.unfpa).update(ends_on=make.at_ten(20).date())

    found = queries.invited_on_their_day([before, after])

    assert set(found[before.pk]) - set(found[after.pk]) == {personas.unfpa}
    assert found[after.pk] == list(queries.invited(after))


def test_todo_of_a_focal_point_follows_the_meeting(personas):
    meeting = make.convened(personas)

    before = todo(personas.focal_a)
    actions.reply_to_convocation(meeting, answer="no", by=personas.alternate_a)

    assert [(item.url, item.due) for item in before] == [(f"/reunions/{meeting.pk}/repondre/", meeting.starts_at)]
    assert todo(personas.focal_a) == []
    assert todo(personas.no_entity) == todo(personas.administrator) == []


def test_todo_of_a_focal_point_asks_to_read_minutes_once(personas):
    meeting = make.circulated(personas)

    before = [item.url for item in todo(personas.focal_b)]
    actions.accept_minutes(meeting, by=personas.focal_b)

    assert before == [f"/reunions/{meeting.pk}/compte-rendu/"]
    assert todo(personas.focal_b) == []


def test_todo_shows_action_points_to_the_person_or_else_to_the_entity(personas):
    meeting = make.held(personas)
    make.action_point(personas, meeting)
    make.action_point(personas, meeting, text="À l’alternate", person=personas.alternate_a)

    with clock.set_to(meeting.starts_at + timedelta(days=3)):
        principal = todo(personas.focal_a)
        alternate = todo(personas.alternate_a)

    assert [(item.title.split(": ")[-1], item.overdue) for item in principal] == [("Partager la cartographie", True)]
    assert len(alternate) == 2


def test_todo_of_the_secretariat_from_draft_to_minutes(personas):
    # The secretariat's person also speaks for IOM: the convened meeting asks twice, to come and to publish the agenda.
    states = ("draft", "convened", "in_session", "held", "postponed")
    url = {state: make.IN_STATE[state](personas).get_absolute_url() for state in states}

    urls = [item.url for item in todo(personas.secretariat)]

    assert sorted(urls) == sorted(
        [
            url["draft"],
            url["convened"],
            url["convened"] + "repondre/",
            url["in_session"],  # to close
            url["in_session"] + "presences/",
            url["in_session"] + "compte-rendu/",
            url["held"] + "compte-rendu/",
            url["postponed"],
        ]
    )


def test_todo_of_a_co_chair_holds_the_session_and_the_minutes_not_circulated(personas):
    session, held = make.in_session(personas), make.held(personas)

    urls = [item.url for item in todo(personas.co_chair_ohchr)]

    assert urls == [session.get_absolute_url(), held.get_absolute_url() + "compte-rendu/"]


def test_todo_of_a_co_chair_offers_approval_once_a_later_meeting_has_begun(personas):
    meeting = make.circulated(personas)
    minutes = f"/reunions/{meeting.pk}/compte-rendu/"

    before = [item.url for item in todo(personas.co_chair_iom)]
    make.in_session(personas, starts_at=make.at_ten(40))
    after = [item.url for item in todo(personas.co_chair_iom)]

    assert minutes not in before
    assert minutes in after


def test_todo_takes_three_queries_at_most(personas, django_assert_max_num_queries):
    for state in ("draft", "convened", "held", "minutes_circulated"):
        make.IN_STATE[state](personas)
    make.action_point(personas)
    for user in (personas.focal_a, personas.secretariat, personas.co_chair_iom):
        todo(user)

        with django_assert_max_num_queries(3):
            todo(user)


def test_open_requests_await_the_co_chairs(personas):
    asked = actions.request_meeting(requested_by=personas.unicef, subject="Est", by=personas.focal_a)

    assert list(queries.open_requests()) == [asked]
    assert [item.url for item in todo(personas.co_chair_iom)] == [f"/reunions/demandes/{asked.pk}/repondre/"]
