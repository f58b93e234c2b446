"""What the page of a group says of its meetings, for those who read its papers and for its guests."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core import clock
from core.models import JournalEvent
from core.templatetags.typography import long_day
from members.models import User
from workinggroups.actions import sleeps_on
from workinggroups.enums import AT_WORK, GroupState
from workinggroups.models import GroupMeeting, WorkingGroup


@dataclass(frozen=True)
class Line:
    """One meeting, and the addresses of what this person may do about it."""

    meeting: GroupMeeting
    change_url: str = ""
    call_off_url: str = ""
    minute_url: str = ""
    written: str = ""


def meetings_part(user: User, group: WorkingGroup, events: list[JournalEvent]) -> dict[str, Any]:
    """Ahead, the next one first; past, the last one first, among them those that were called off.

    Args:
        events: the journal of the group, which says who wrote what was said.
    """
    if not user.has_perm("workinggroups.read_papers", group):
        return {"reads_meetings": False}
    convenes = not group.is_over and user.has_perm("workinggroups.convene_group", group)
    minutes = not group.is_over and user.has_perm("workinggroups.minute_meeting", group)
    ahead, past = _split(group)
    writers = _writers(events)
    return {
        "reads_meetings": bool(ahead or past) or group.state in AT_WORK,
        "meetings_ahead": [_ahead(one, convenes) for one in ahead],
        "meetings_past": [_past(one, convenes, minutes, writers.get(one.pk, "")) for one in past],
        "may_convene": convenes and group.state in AT_WORK,
        "sleeps_on": sleeps_on(group) if group.asked_on and group.state == GroupState.ACTIVE else None,
    }


def guest_part(group: WorkingGroup) -> dict[str, Any]:
    ahead, past = _split(group)
    return {
        "meetings_ahead": [Line(one) for one in ahead],
        "meetings_past": [Line(one) for one in past],
        "may_convene": False,
    }


def _split(group: WorkingGroup) -> tuple[list[GroupMeeting], list[GroupMeeting]]:
    found = list(group.meetings.in_order())
    for one in found:
        one.group = group
    now = clock.now()
    return [one for one in found if one.starts_at > now], [one for one in found if one.starts_at <= now][::-1]


def _ahead(one: GroupMeeting, convenes: bool) -> Line:
    if one.called_off_at or not convenes:
        return Line(one)
    return Line(one, change_url=one.url("meeting_change"), call_off_url=one.url("meeting_call_off"))


def _writers(events: list[JournalEvent]) -> dict[int, str]:
    """Number of the meeting → who wrote what was said, and who corrected it last."""
    written: dict[int, list[JournalEvent]] = {}
    for event in events:
        if event.verb == "workinggroups.minute_group_meeting":
            written.setdefault(event.data["meeting"], []).append(event)
    return {pk: _by(first, last[-1] if last else None) for pk, (first, *last) in written.items()}


def _by(first: JournalEvent, last: JournalEvent | None) -> str:
    named = {"first": first.actor, "day": long_day(first.at)}
    if last is None:
        return _("Written by %(first)s on %(day)s.") % named
    named |= {"last": last.actor, "then": long_day(last.at)}
    return _("Written by %(first)s on %(day)s, corrected by %(last)s on %(then)s.") % named


def _past(one: GroupMeeting, convenes: bool, minutes: bool, written: str) -> Line:
    if one.called_off_at:
        return Line(one)
    return Line(
        one,
        call_off_url=one.url("meeting_call_off") if convenes and not one.recorded_at else "",
        minute_url=one.url("meeting_minute") if minutes else "",
        written=written,
    )
