"""The meetings of a person as their calendar program reads them: those of the Network and of the entity's groups."""

from datetime import timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from core import clock, ical
from meetings import calendars
from meetings.enums import WITHOUT_DATE
from meetings.models import AgendaItem, CalendarFeed, Meeting
from members.models import User
from members.standing import standing_on
from workinggroups import calendars as of_groups
from workinggroups import queries as groups

REMEMBERED = timedelta(days=366)  # what was held longer ago leaves the calendar


def standing_feed(person: User) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(person=person, revoked_at__isnull=True).first()


def feed_of(token: str) -> CalendarFeed | None:
    """The address, where it still opens something: not revoked, of somebody who is of the Network today."""
    number = CalendarFeed.number_in(token)
    if number is None:
        return None
    found = CalendarFeed.objects.filter(pk=number, revoked_at__isnull=True, person__is_active=True)
    feed = found.select_related("person").first()
    return feed if feed and standing_on(feed.person, clock.today()).is_network else None


def calendar(person: User) -> bytes:
    """Everything convened since a year ago; what was called off says so, for programs that keep what they read."""
    standing, since = standing_on(person, clock.today()), clock.now() - REMEMBERED
    seen = Meeting.objects.announced() | Meeting.objects.filter(state__in=WITHOUT_DATE, convened_at__isnull=False)
    meetings = list(seen.filter(starts_at__gte=since).order_by("starts_at", "pk"))
    items: dict[int, list[AgendaItem]] = {}
    for item in AgendaItem.objects.filter(meeting__in=meetings).order_by("meeting", "order", "pk"):
        items.setdefault(item.meeting_id, []).append(item)
    with translation.override(person.language):
        appointments = [calendars.appointment(one, items.get(one.pk, [])) for one in meetings]
        for one in groups.meetings_of_entity(standing.entity, since):
            appointments.append(of_groups.appointment(one, settings.SITE_URL + one.group.get_absolute_url()))
        return ical.render_feed(appointments, _("Meetings of the Network"))
