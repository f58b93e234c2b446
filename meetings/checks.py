"""The words of the pages of checking (:mod:`core.checks`): what would go out about a meeting."""

from typing import Any

from core import clock
from core.checks import word
from meetings.models import Meeting
from members.queries import network_people


def agenda(meeting: Meeting) -> str:
    """The facts, the items and the recipients of a convocation or of a published agenda."""
    people = network_people(clock.today()).order_by("pk").values_list("pk", flat=True)
    guests = meeting.passes.standing(clock.today()).order_by("pk").values_list("pk", flat=True)
    return word(meeting.version, meeting.sequence, _items(meeting), list(people), list(guests))


def minutes(meeting: Meeting) -> str:
    """The minutes of each item and the attendance."""
    return word(meeting.sheet_version, _items(meeting))


def _items(meeting: Meeting) -> list[Any]:
    return list(meeting.items.order_by("order", "pk").values_list("order", "pk", "version"))
