"""Decisions that were deferred to a meeting: the floor below asks which meetings there are, and to table them."""

from datetime import date

from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError
from core.templatetags.typography import french_day
from decisions.models import Decision
from meetings import actions, queries
from meetings.models import Meeting
from members.models import User


class NotAhead(DomainError):
    """A deferred decision goes to a meeting whose agenda is still open."""

    field = "meeting"


def sits(first: date, last: date) -> bool:
    return Meeting.objects.announced().filter(starts_at__date__range=(first, last)).exists()


def meetings_ahead() -> list[tuple[str, str]]:
    """Key and words of each, the soonest first."""
    return [(str(one.pk), _words(one)) for one in queries.with_open_agenda(clock.now())]


def _words(meeting: Meeting) -> str:
    return _("%(title)s, %(day)s") % {"title": meeting.title, "day": french_day(meeting.starts_at)}


def table(decision: Decision, key: str, *, by: User) -> None:
    """Put the decision on the agenda of that meeting, and of no other. Without any ahead it waits for the next one.

    Raises:
        NotAhead: the meeting is over or was called off meanwhile, or none was chosen though there is one.
    """
    ahead = {str(one.pk): one for one in queries.with_open_agenda(clock.now())}
    if key in ahead:
        actions.table_decision(ahead[key], decision, by=by)
    elif key or ahead:
        raise NotAhead(_("Choose a meeting whose agenda is still open."))


def untable(decision: Decision, *, by: User) -> None:
    """Take it off every agenda that is being prepared."""
    actions.untable_decision(decision, by=by)
