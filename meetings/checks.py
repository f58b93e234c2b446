"""What a page of checking shows, in one word that comes back with its button: nothing goes out unseen."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError, StaleVersion
from meetings.models import Meeting
from members.queries import network_people


class StaleCheck(StaleVersion):
    """What was checked is no longer what would go out."""

    def __init__(self, thing: Meeting) -> None:
        self.thing = thing
        DomainError.__init__(
            self, _("What you had checked has changed since. Nothing was sent: check again below, then send.")
        )


def agenda(meeting: Meeting) -> str:
    """The facts, the items and the recipients of a convocation or of a published agenda."""
    people = network_people(clock.today()).order_by("pk").values_list("pk", flat=True)
    return _word(meeting.version, meeting.sequence, _items(meeting), list(people))


def minutes(meeting: Meeting) -> str:
    """The minutes of each item and the attendance."""
    return _word(meeting.sheet_version, _items(meeting))


def _items(meeting: Meeting) -> list[Any]:
    return list(meeting.items.order_by("order", "pk").values_list("order", "pk", "version"))


def _word(*versions: Any) -> str:
    return sha256(repr(versions).encode()).hexdigest()[:20]


def require(standing: Callable[[Meeting], str], meeting: Meeting, seen: str | None) -> None:
    """Refuse to send what another tab or another person changed since it was shown.

    Args:
        standing: :func:`agenda` or :func:`minutes`.
        seen: the word of the page; ``None`` where nobody looked at one.

    Raises:
        StaleCheck: it is not the word of what would go out now.
    """
    if seen is not None and seen != standing(meeting):
        raise StaleCheck(meeting)
