"""The page on which the ordinary meetings of a year are planned: the rhythm, then the four days it gives."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core import clock
from core.templatetags.typography import french_day
from meetings import cadence, queries
from meetings.cadence_forms import RhythmForm

USUAL = {"rank": 2, "weekday": 2, "month": 2}  # the second Tuesday of the second month
IN_COMMON = ("mode", "venue", "venue_reason", "room", "online_link")
OCTOBER = 10  # from here on, one plans the year to come


def usual_rhythm() -> dict[str, int]:
    today = clock.today()
    return {"year": today.year + (today.month >= OCTOBER), **USUAL}


def proposed(asked: RhythmForm) -> tuple[dict[str, Any], dict[str, str]]:
    """What the form of the days begins with, and what is to be said under each: of a quarter that has its meeting, of
    a day that has passed or on which nobody works.
    """
    year = asked.cleaned_data["year"]
    taken = cadence.ordinary_meetings(year)
    days: dict[str, Any] = {}
    hints: dict[str, str] = {}
    for slot in cadence.slots(year, asked.rhythm()):
        name, meeting = f"q{slot.quarter}", taken.get(slot.quarter)
        if meeting:
            said = {"title": meeting, "day": french_day(meeting.starts_at)}
            hints[name] = _("Leave empty: “%(title)s” is prepared or held already (%(day)s).") % said
        elif slot.day <= clock.today():
            hints[name] = _("%s has passed: leave empty, or choose a day to come.") % french_day(slot.day)
        else:
            days[name] = slot.day
            hints[name] = french_day(slot.day)
            if slot.moved_from:
                moved = {"day": french_day(slot.day), "from": french_day(slot.moved_from)}
                hints[name] = _("%(day)s: nobody works on %(from)s.") % moved
    return {"year": year, **days, **_as_last_time()}, hints


def _as_last_time() -> dict[str, Any]:
    """Hours, place and link of the last ordinary meeting: they seldom change."""
    last = queries.last_ordinary()
    if last is None:
        return {}
    hours = {"start": timezone.localtime(last.starts_at).time(), "end": timezone.localtime(last.ends_at).time()}
    return {**hours, **{name: getattr(last, name) for name in IN_COMMON}}
