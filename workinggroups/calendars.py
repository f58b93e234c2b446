"""What a calendar program is told of a meeting of a group (RFC 5545)."""

from core import ical
from workinggroups.models import GroupMeeting


def appointment(meeting: GroupMeeting, url: str) -> ical.Appointment:
    """
    Args:
        url: the whole address of the page of the group for this person.
    """
    return ical.Appointment(
        uid=meeting.uid, sequence=meeting.sequence, starts_at=meeting.starts_at, ends_at=meeting.ends_at,
        title=str(meeting.group), description=f"{meeting.agenda}\n\n{url}", location=meeting.location, url=url,
        is_off=meeting.called_off_at is not None,
    )  # fmt: skip
