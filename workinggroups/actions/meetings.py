"""Meetings of a group, and what happens where there are none (clause M-64)."""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import DomainError
from core.refusals import Refused, refusals_of
from core.transitions import check_version, lock, move
from members.models import User
from workinggroups import emails, queries
from workinggroups.enums import AT_WORK, GroupState
from workinggroups.models import GroupMeeting, GroupPaper, WorkingGroup

FACTS = ("starts_at", "duration_min", "place", "online_link", "agenda")
refusals = refusals_of({"group_meeting_has_a_place": "place"})


@transaction.atomic
def convene_group(group: WorkingGroup, *, by: User, **facts: Any) -> GroupMeeting:
    """Call those who sit in the group, and its guests, to a meeting; a dormant group is woken by it.

    Args:
        facts: ``starts_at``, ``duration_min``, ``agenda``, and ``place``, ``online_link`` or both.

    Raises:
        DomainError: the group is not at work.
        Refused: the moment has passed, or there is neither a place nor a link.
    """
    group = lock(group)
    check_convenable(group)
    _require_ahead(facts["starts_at"])
    if group.state == GroupState.DORMANT:
        group = move(group, "wake_group", by=by, awake_since=clock.today())
    if group.asked_on:
        group.asked_on = None
        group.save(update_fields=["asked_on"])
    meeting = GroupMeeting(group=group, **facts)
    with refusals(GroupMeeting):
        meeting.save(force_insert=True)
    journal.record("convene_group", group, by=by, data={"starts_at": meeting.starts_at.isoformat()})
    emails.convene(meeting)
    return meeting


def check_convenable(group: WorkingGroup) -> None:
    """Refuse as :func:`convene_group` does, before its form is shown."""
    if group.state not in AT_WORK:
        raise DomainError(_("A group meets once it is at work."))


@transaction.atomic
def change_group_meeting(meeting: GroupMeeting, *, version: int, by: User, **facts: Any) -> GroupMeeting:
    """Another hour, place or agenda; everybody who was convened is told, and their calendars follow.

    Raises:
        StaleVersion: somebody changed it meanwhile.
        DomainError: it has begun, was called off, or nothing is different.
        Refused: the new moment has passed, or there is neither a place nor a link.
    """
    meeting = _locked(meeting)
    check_changeable(meeting)
    check_version(meeting, version)
    _require_ahead(facts["starts_at"])
    changed = [name for name in FACTS if getattr(meeting, name) != facts[name]]
    if not changed:
        raise DomainError(_("Nothing has changed: nobody is told."))
    for name in changed:
        setattr(meeting, name, facts[name])
    meeting.version += 1
    meeting.sequence += 1
    with refusals(GroupMeeting):
        meeting.save()
    journal.record("change_group_meeting", meeting.group, by=by, data={"starts_at": meeting.starts_at.isoformat()})
    emails.tell_change(meeting)
    return meeting


def check_changeable(meeting: GroupMeeting) -> None:
    """Refuse as :func:`change_group_meeting` does, before its form is shown."""
    _require_on(meeting)
    if meeting.starts_at <= clock.now():
        raise DomainError(_("The meeting has begun: say what was said instead."))


@transaction.atomic
def call_off_group_meeting(meeting: GroupMeeting, *, reason: str, by: User) -> GroupMeeting:
    """It does not take place; everybody who was convened is told why.

    Raises:
        DomainError: it was called off already, or what was said in it is on record.
    """
    meeting = _locked(meeting)
    check_may_be_called_off(meeting)
    meeting.called_off_at, meeting.called_off_reason = clock.now(), reason
    meeting.sequence, meeting.version = meeting.sequence + 1, meeting.version + 1
    meeting.save()
    data = {"starts_at": meeting.starts_at.isoformat(), "reason": reason}
    journal.record("call_off_group_meeting", meeting.group, by=by, data=data)
    emails.tell_called_off(meeting)
    return meeting


def check_may_be_called_off(meeting: GroupMeeting) -> None:
    """Refuse as :func:`call_off_group_meeting` does, before its form is shown."""
    _require_on(meeting)
    if meeting.recorded_at:
        raise DomainError(_("What was said in this meeting is on record: it took place."))


@transaction.atomic
def minute_group_meeting(
    meeting: GroupMeeting, *, record: str, paper: GroupPaper | None = None, version: int, by: User
) -> GroupMeeting:
    """Write down what was said, for those who sit in the group; a paper of the group may hold more.

    Raises:
        StaleVersion: somebody wrote meanwhile.
        DomainError: it has not begun, or was called off.
        Refused: the paper is none of the group, or was removed.
    """
    meeting = _locked(meeting)
    check_minutable(meeting)
    check_version(meeting, version)
    if paper and not meeting.group.papers.standing().filter(pk=paper.pk).exists():
        raise Refused(_("This paper is no longer among those of the group."), "paper")
    meeting.record, meeting.paper = record, paper
    meeting.recorded_at = meeting.recorded_at or clock.now()
    meeting.version += 1
    meeting.save()
    data = {"starts_at": meeting.starts_at.isoformat(), "meeting": meeting.pk}
    journal.record("minute_group_meeting", meeting.group, by=by, data=data)
    return meeting


def check_minutable(meeting: GroupMeeting) -> None:
    """Refuse as :func:`minute_group_meeting` does, before its form is shown."""
    _require_on(meeting)
    if meeting.starts_at > clock.now():
        raise DomainError(_("The meeting has not begun."))


def _locked(meeting: GroupMeeting) -> GroupMeeting:
    """The group first, which is not closed meanwhile."""
    group = lock(meeting.group)
    meeting = lock(meeting)
    meeting.group = group
    return meeting


def _require_on(meeting: GroupMeeting) -> None:
    if meeting.called_off_at:
        raise DomainError(_("This meeting was called off."))


def _require_ahead(moment: datetime) -> None:
    if moment <= clock.now():
        raise Refused(_("This moment has passed."), "day")


# --- Where there are none ---------------------------------------------------------------------------------------------
def sleeps_on(group: WorkingGroup) -> date:
    """The day on which a group falls asleep whose chairs were asked, if nothing is convened by then."""
    asked: Any = group.asked_on
    return asked + timedelta(days=settings.GROUP_ANSWER_DAYS)  # type: ignore[no-any-return]


@transaction.atomic
def watch_group(group: WorkingGroup) -> WorkingGroup:
    """Ask the chairs of a group that has not met for the time of the setting; let it fall asleep if nothing comes."""
    group, today = lock(group), clock.today()
    if group.state != GroupState.ACTIVE or group.meetings.ahead().exists():
        return group
    since = queries.quiet_since(group)
    if group.asked_on is None and today - since > timedelta(days=settings.GROUP_QUIET_DAYS):
        group.asked_on = today
        group.save(update_fields=["asked_on"])
        journal.record("ask_chairs", group, by=None, data={"since": since.isoformat()})
        emails.ask_chairs(group, since, sleeps_on(group))
    elif group.asked_on and today > sleeps_on(group):
        move(group, "fall_asleep", by=None, data={"since": since.isoformat()}, asked_on=None)
        emails.tell_asleep(group, since)
    return group
