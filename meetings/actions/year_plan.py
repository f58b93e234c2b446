"""The ordinary meetings of a year, prepared at once (clause M-44: as a rule every three months)."""

from collections.abc import Mapping
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import clock
from core.errors import DomainError
from core.refusals import Refused
from core.templatetags.typography import french_day
from core.turns import take_turn
from frameworks import workdays
from meetings import cadence
from meetings.actions.meeting import create_meeting
from meetings.enums import Kind
from meetings.models import Meeting
from members.models import User


@transaction.atomic
def plan_year(
    *,
    year: int,
    days: Mapping[int, date],
    start: time,
    end: time,
    mode: str,
    venue: str = "",
    venue_reason: str = "",
    room: str = "",
    online_link: str = "",
    by: User,
) -> list[Meeting]:
    """Prepare the ordinary meeting of each quarter that is given a day: drafts, which nobody is told of yet.

    Args:
        days: quarter, 1 to 4 → its day.

    Raises:
        Refused: by ``q1`` to ``q4``: the day lies in another quarter or in the past, nobody works on it, or the
            quarter has its ordinary meeting already.
        DomainError: no day is given, or as :func:`meetings.actions.create_meeting`.
    """
    take_turn("ordinary-meetings", year)
    if not days:
        raise DomainError(_("Give at least one quarter its day."))
    taken = cadence.ordinary_meetings(year)
    for quarter, day in days.items():
        _check_day(year, quarter, day, taken.get(quarter))
    return [
        create_meeting(
            kind=Kind.PLENARY,
            title=_title(year, quarter),
            starts_at=timezone.make_aware(datetime.combine(day, start)),
            ends_at=timezone.make_aware(datetime.combine(day, end)),
            mode=mode,
            venue=venue,
            venue_reason=venue_reason,
            room=room,
            online_link=online_link,
            by=by,
        )
        for quarter, day in sorted(days.items())
    ]


def _check_day(year: int, quarter: int, day: date, taken: Meeting | None) -> None:
    field = f"q{quarter}"
    if taken:
        said = {"title": taken, "day": french_day(taken.starts_at)}
        raise Refused(_("This quarter has its ordinary meeting already: “%(title)s”, %(day)s.") % said, field)
    if (day.year, cadence.quarter_of(day)) != (year, quarter):
        raise Refused(_("This day is not in that quarter of %s.") % year, field)
    if day <= clock.today():
        raise Refused(_("This day has passed: choose one to come."), field)
    if why := workdays.why_not(day):
        raise Refused(why, field)


def _title(year: int, quarter: int) -> str:
    """In the working language of the Network, whoever opens the form."""
    with translation.override("fr"):
        names = {
            1: pgettext("quarter", "first"),
            2: pgettext("quarter", "second"),
            3: pgettext("quarter", "third"),
            4: pgettext("quarter", "fourth"),
        }
        return _("Ordinary meeting, %(quarter)s quarter %(year)s") % {"quarter": names[quarter], "year": year}
