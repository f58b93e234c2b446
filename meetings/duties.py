"""What meetings await of a person, for whoever succeeds them."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings import actions
from meetings.enums import AGENDA_OPEN, MINUTES_OPEN, PREPARING, ActionState
from meetings.models import ActionPoint, Meeting
from members.duties import Charge, Duty
from members.models import User


def _open_points(person: User) -> list[ActionPoint]:
    points = ActionPoint.objects.carried_by(person).exclude(state=ActionState.DONE)
    return list(points.select_related("agenda_item").order_by("due_on", "pk"))


def _points(person: User) -> Iterator[Duty]:
    for point in _open_points(person):
        yield Duty(f"point-{point.pk}-{point.version}", point.text, point.get_absolute_url(), point.due_on)


def _move_points(person: User, successor: User, *, by: User) -> None:
    for point in _open_points(person):
        actions.hand_over_action_point(point, successor=successor, by=by)


def _meetings(person: User) -> list[Meeting]:
    """Those whose minutes the person writes, and those to come that the person chairs."""
    writing = Q(rapporteur=person, state__in=AGENDA_OPEN | MINUTES_OPEN)
    presiding = Q(chair=person, state__in=PREPARING)
    return list(Meeting.objects.filter(writing | presiding).order_by("starts_at", "pk"))


def _offices(person: User) -> Iterator[Duty]:
    for meeting in _meetings(person):
        key, url = f"meeting-{meeting.pk}-{meeting.version}", meeting.get_absolute_url()
        if meeting.rapporteur_id == person.pk:
            yield Duty(f"{key}-rapporteur", _("Rapporteur: %s") % meeting.title, url, meeting.day)
        if meeting.chair_id == person.pk and meeting.state in PREPARING:
            stays = _("who presides is chosen on the page of the meeting")
            yield Duty(f"{key}-chair", _("Chair: %s") % meeting.title, url, meeting.day, stays)


def _move_offices(person: User, successor: User, *, by: User) -> None:
    for meeting in _meetings(person):
        if meeting.rapporteur_id == person.pk:
            actions.hand_over_minutes(meeting, successor=successor, by=by)


CHARGES = (
    Charge(
        gettext_lazy("Action points"), _points, ("meetings.ActionPoint.person", "meetings.ActionPoint.handed_to"),
        _move_points,
    ),
    Charge(
        gettext_lazy("Offices at meetings"), _offices, ("meetings.Meeting.rapporteur", "meetings.Meeting.chair"),
        _move_offices,
    ),
)  # fmt: skip
