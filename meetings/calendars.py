"""iCalendar objects (RFC 5545, 5546): one attendee each, times in UTC, the same UID for the life of the meeting."""

from datetime import UTC

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from core import clock
from meetings.enums import MeetingState
from meetings.models import AgendaItem, Meeting
from members.models import User


def render(
    meeting: Meeting, method: str, *, items: list[AgendaItem], attendee: User | None = None, page: str = ""
) -> bytes:
    """The calendar object for one person. ``method``: REQUEST, CANCEL, or PUBLISH for a download.

    Args:
        page: the path of the page of the meeting for this person; of its own one when empty.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Reseau migrations//Portail//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(
        _event(meeting, method, items, attendee, settings.SITE_URL + (page or meeting.get_absolute_url()))
    )
    return bytes(calendar.to_ical())


def _event(meeting: Meeting, method: str, items: list[AgendaItem], attendee: User | None, url: str) -> Event:
    event = Event()
    event.add("uid", str(meeting.uid))
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", clock.now().astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.ends_at.astimezone(UTC))
    event.add("summary", meeting.title)
    event.add("description", _description(meeting, items, url))
    event.add("location", location(meeting))
    event.add("url", url)
    off = method == "CANCEL" or meeting.state in {MeetingState.CANCELLED, MeetingState.POSTPONED}
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    organizer = vCalAddress(f"mailto:{settings.SECRETARIAT_EMAIL}")
    organizer.params["cn"] = vText(_("Secretariat of the Network"))
    event["organizer"] = organizer
    if attendee:
        event.add("attendee", _attendee(attendee), encode=False)
    return event


def _attendee(person: User) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    address.params["cn"] = vText(person.get_full_name())
    address.params["cutype"] = vText("INDIVIDUAL")
    address.params["role"] = vText("REQ-PARTICIPANT")
    address.params["partstat"] = vText("NEEDS-ACTION")
    address.params["rsvp"] = vText("TRUE")
    return address


def location(meeting: Meeting) -> str:
    """The place, the link, or both: some calendars show no description on a phone."""
    return " · ".join(filter(None, [meeting.place, meeting.online_link]))


def _description(meeting: Meeting, items: list[AgendaItem], url: str) -> str:
    lines = [_("Agenda:") if items else ""]
    lines += [f"{item.order}. {item.title} ({item.duration_min} min)" for item in items]
    if meeting.online_link:
        lines += ["", f"{_('Join online:')} {meeting.online_link}"]
    lines += ["", url]
    return "\n".join(lines).strip()
