"""Lists of meetings and of action points, and what every page costs the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings import actions
from tests.factories import decisions as decide
from tests.factories import meetings as make
from tests.meetings.asking import address


def queries_of(client, url):
    client.get(url)  # what is asked once a process is not asked again
    with CaptureQueriesContext(connection) as seen:
        response = client.get(url)
    assert response.status_code == 200
    return len(seen)


def test_list_puts_what_comes_first_and_filters_what_was_held(personas, sign_in):
    soon = make.convened(personas, starts_at=make.at_ten(10))
    later = make.draft(personas, starts_at=make.at_ten(20))
    held = make.held(personas, starts_at=make.at_ten(30), title="Retrouvée")
    off = make.cancelled(personas, starts_at=make.at_ten(5))
    client = sign_in(personas.secretariat)

    page = client.get(address("meeting_list"))
    found = client.get(address("meeting_list"), {"q": "retrouv", "kind": "plenary", "year": held.day.year})
    odd = client.get(address("meeting_list"), {"year": "9" * 400, "kind": "x", "page": "abc"})

    assert list(page.context["upcoming"]) == [soon, later]
    assert list(page.context["page"]) == list(found.context["page"]) == [held]
    assert list(page.context["cancelled"]) == [off]
    assert odd.status_code == 200


PAGES = [
    ("meeting_list", "secretariat"), ("meeting_detail", "secretariat"), ("meeting_detail", "focal_a"),
    ("agenda", "secretariat"),
    ("attendance", "secretariat"), ("minutes", "focal_a"), ("deliveries", "secretariat"), ("reply", "focal_a"),
    ("meeting_convene", "secretariat"), ("agenda_publish", "secretariat"),
    ("minutes_circulate", "secretariat"), ("item_minutes", "secretariat"),
]  # fmt: skip


def three_times_as_much(personas, meeting):
    """Two more meetings like this one, and two more of everything on it."""
    for number in range(2):
        make.held(personas, starts_at=make.at_ten(40 + number))
        item = make.with_item(meeting, personas, f"Point {number}")
        if meeting.state != "convened":
            actions.attach_decision(item, decision=decide.recorded(personas), by=personas.secretariat)
            make.action_point(personas, meeting, text=f"Action {number}")
        actions.request_meeting(
            requested_by=personas.unfpa, co_requested_by=[personas.iom], subject=f"{number}", by=personas.group_chair
        )


def one_of_everything(personas, state):
    """A meeting in this state, another that was held, a request."""
    meeting = make.IN_STATE[state](personas)
    if state == "in_session":
        item = meeting.items.get()
        actions.attach_decision(item, decision=decide.recorded(personas), by=personas.secretariat)
        make.action_point(personas, meeting)
        sheet = {personas.unicef: actions.Presence("present", "online", personas.focal_a)}
        actions.record_attendance(meeting, sheet=sheet, by=personas.secretariat)
    actions.request_meeting(
        requested_by=personas.unicef, co_requested_by=[personas.iom], subject="Est", by=personas.focal_a
    )
    make.held(personas, starts_at=make.at_ten(30))
    return meeting


@pytest.mark.parametrize("state", ["convened", "in_session"])
def test_pages_take_the_same_few_queries_with_one_row_and_three(personas, sign_in, state):
    meeting = one_of_everything(personas, state)
    args = {"meeting_list": [], "item_minutes": [meeting.pk, meeting.items.get().pk]}

    def costs():
        return {
            (name, who): queries_of(sign_in(getattr(personas, who)), address(name, *args.get(name, [meeting.pk])))
            for name, who in PAGES
        }

    one = costs()
    three_times_as_much(personas, meeting)

    assert costs() == one
    assert {page: cost for page, cost in one.items() if cost > 12} == {}


def test_action_list_takes_the_same_few_queries_with_one_row_and_three(personas, sign_in):
    meeting = make.held(personas)
    make.action_point(personas, meeting, person=personas.focal_a)
    client, url = sign_in(personas.focal_a), reverse("actions:action_list")

    one = queries_of(client, url)
    for number in range(2):
        make.action_point(
            personas, make.held(personas, starts_at=make.at_ten(30 + number)), person=personas.alternate_a
        )
    three = queries_of(client, url)

    assert one == three
    assert one <= 12
