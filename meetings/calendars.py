"""What a calendar program is told of a meeting (RFC 5545, 5546)."""

from django.conf import settings
from django.utils.translation import gettext as _

from core import ical
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
    return ical.render(appointment(meeting, items, page), method, attendee)


def appointment(meeting: Meeting, items: list[AgendaItem], page: str = "") -> ical.Appointment:
    url = settings.SITE_URL + (page or meeting.get_absolute_url())
    return ical.Appointment(
        uid=meeting.uid,
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        title=meeting.title,
        description=_description(meeting, items, url),
        location=location(meeting),
        url=url,
        is_off=meeting.state in {MeetingState.CANCELLED, MeetingState.POSTPONED},
    )


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
