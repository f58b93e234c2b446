"""iCalendar objects (RFC 5545, 5546): one event and one attendee each, times in UTC, one UID for its whole life."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from core import clock

REFRESHED_EVERY = timedelta(hours=4)


@dataclass(frozen=True)
class Appointment:
    """What a calendar holds of a meeting; ``sequence`` grows with each change that attendees are told of."""

    uid: UUID
    sequence: int
    starts_at: datetime
    ends_at: datetime
    title: str
    description: str
    location: str
    url: str
    is_off: bool = False


def render(appointment: Appointment, method: str, attendee: Any = None) -> bytes:
    """The calendar object for one person, in the active language.

    Args:
        method: REQUEST, CANCEL, or PUBLISH for a download.
        attendee: a person with ``email`` and ``get_full_name()``; nobody in a download.
    """
    calendar = _calendar(method)
    calendar.add_component(_event(appointment, method, attendee))
    return bytes(calendar.to_ical())


def render_feed(appointments: Iterable[Appointment], name: str) -> bytes:
    """A calendar that a program reads again by itself, every few hours (RFC 7986), in the active language."""
    calendar = _calendar("PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESHED_EVERY, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT4H")
    for appointment in appointments:
        calendar.add_component(_event(appointment, "PUBLISH", None))
    return bytes(calendar.to_ical())


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Reseau migrations//Portail//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _event(appointment: Appointment, method: str, attendee: Any) -> Event:
    event = Event()
    event.add("uid", str(appointment.uid))
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", clock.now().astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", appointment.starts_at.astimezone(UTC))
    event.add("dtend", appointment.ends_at.astimezone(UTC))
    event.add("summary", appointment.title)
    event.add("description", appointment.description)
    event.add("location", appointment.location)
    event.add("url", appointment.url)
    event.add("status", "CANCELLED" if method == "CANCEL" or appointment.is_off else "CONFIRMED")
    organizer = vCalAddress(f"mailto:{settings.SECRETARIAT_EMAIL}")
    organizer.params["cn"] = vText(_("Secretariat of the Network"))
    event["organizer"] = organizer
    if attendee:
        event.add("attendee", _attendee(attendee), encode=False)
    return event


def _attendee(person: Any) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    address.params["cn"] = vText(person.get_full_name())
    address.params["cutype"] = vText("INDIVIDUAL")
    address.params["role"] = vText("REQ-PARTICIPANT")
    address.params["partstat"] = vText("NEEDS-ACTION")
    address.params["rsvp"] = vText("TRUE")
    return address
