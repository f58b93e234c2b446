"""The address by which a calendar program reads the meetings of a person (RFC 5545, 7986)."""

from datetime import timedelta

import pytest
import vobject
from django.db import IntegrityError
from django.urls import reverse
from icalendar import Calendar

from core import clock
from core.errors import DomainError
from core.refusals import Refused
from meetings import actions
from meetings.models import CalendarFeed
from members.models import FocalPoint
from tests.factories import groups
from tests.factories import meetings as made

pytestmark = pytest.mark.django_db


def read(client, feed):
    response = client.get(feed.get_absolute_url())
    return response.status_code, b"".join(response.streaming_content) if response.streaming else b""


def events(client, feed):
    """Title → event of the calendar."""
    status, content = read(client, feed)
    assert status == 200
    return {str(event["summary"]): event for event in Calendar.from_ical(content).walk("VEVENT")}


@pytest.fixture
def feed(personas):
    return actions.open_feed(by=personas.focal_a)


def test_it_holds_what_was_convened_without_an_account(personas, feed, client):
    convened = made.convened(personas, title="Réunion de juillet")
    made.draft(personas, title="Projet")
    off = made.cancelled(personas, title="Réunion annulée")

    found = events(client, feed)

    assert set(found) == {"Réunion de juillet", "Réunion annulée"}
    assert found["Réunion de juillet"].decoded("dtstart") == convened.starts_at
    assert str(found["Réunion de juillet"]["uid"]) == str(convened.uid)
    assert (str(found["Réunion annulée"]["status"]), off.state) == ("CANCELLED", "cancelled")


def test_a_change_is_read_under_the_same_name_with_a_higher_sequence(personas, feed, client):
    meeting = made.convened(personas)
    (before,) = events(client, feed).values()
    later = meeting.starts_at + timedelta(days=1)
    facts = {name: getattr(meeting, name) for name in ("title", "mode", "venue", "room", "online_link", "version")}
    actions.edit_meeting(meeting, **facts, starts_at=later, ends_at=later + timedelta(hours=2), by=personas.secretariat)

    (after,) = events(client, feed).values()

    assert (after["uid"], after["sequence"] > before["sequence"]) == (before["uid"], True)
    assert after.decoded("dtstart") == later


def test_groups_in_which_the_entity_sits_are_in_it_and_others_are_not(personas, client):
    own, other = groups.active(personas), groups.active(personas)
    groups.seat(own, personas, entity=personas.unfpa)
    for group in (own, other):
        groups.meeting(group, personas)

    assert set(events(client, actions.open_feed(by=personas.group_chair))) == {str(own)}


def test_another_program_reads_it_too(personas, feed, client):
    made.convened(personas, title="Réunion ; avec, des signes \\ et un accent é")
    _status, content = read(client, feed)

    (calendar,) = vobject.readComponents(content.decode())
    (event,) = calendar.vevent_list

    assert event.summary.value == "Réunion ; avec, des signes \\ et un accent é"
    assert content.count(b"REFRESH-INTERVAL;VALUE=DURATION:PT4H") == 1
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_what_is_older_than_a_year_leaves_it(personas, feed, client):
    made.convened(personas)
    with clock.set_to(clock.now() + timedelta(days=500)):
        assert events(client, feed) == {}


# --- Who holds it ----------------------------------------------------------------------------------------------------
def test_revoked_it_opens_nothing_and_another_one_is_made(personas, feed, client):
    actions.revoke_feed(by=personas.focal_a)
    another = actions.open_feed(by=personas.focal_a)

    assert read(client, feed)[0] == 410
    assert read(client, another)[0] == 200
    assert another.get_absolute_url() != feed.get_absolute_url()


def test_an_address_that_the_portal_did_not_make_opens_nothing(personas, feed, client):
    address = feed.get_absolute_url()
    for wrong in (address.replace(feed.token, f"{feed.pk}:essai"), address.replace(feed.token, "essai")):
        assert client.get(wrong).status_code == 410


def test_who_has_left_reads_nothing_any_more(personas, feed, client):
    FocalPoint.objects.filter(person=personas.focal_a).update(ends_on=clock.today() - timedelta(days=1))
    assert read(client, feed)[0] == 410


def test_a_closed_account_reads_nothing_any_more(personas, feed, client):
    personas.focal_a.is_active = False
    personas.focal_a.save()
    assert read(client, feed)[0] == 410


def test_one_address_at_a_time(personas, feed):
    with pytest.raises(Refused, match="déjà une adresse"):
        actions.open_feed(by=personas.focal_a)
    with pytest.raises(IntegrityError, match="calendar_feed_once"):
        CalendarFeed.objects.create(person=personas.focal_a, opened_at=clock.now())


def test_without_one_there_is_none_to_revoke(personas):
    with pytest.raises(DomainError, match="pas d’adresse"):
        actions.revoke_feed(by=personas.focal_b)


def test_it_is_made_and_revoked_on_its_page(personas, sign_in):
    client, page = sign_in(personas.focal_b), reverse("meetings:feed_page")
    assert "Créer mon adresse" in client.get(page).content.decode()

    made_page = client.post(reverse("meetings:feed_open"), follow=True).content.decode()
    feed = CalendarFeed.objects.get(person=personas.focal_b)
    assert feed.get_absolute_url() in made_page

    client.post(reverse("meetings:feed_revoke"))
    assert feed.get_absolute_url() not in client.get(page).content.decode()
