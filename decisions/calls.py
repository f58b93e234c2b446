"""When a call may end: what the rules of procedure and the calendar say of its deadline."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError
from core.templatetags.typography import deadline as said_deadline
from core.templatetags.typography import french_day
from decisions import deferral, procedure
from decisions.enums import Mode
from decisions.models import RulesOfProcedure
from frameworks import workdays

FARTHEST = timedelta(days=366)


class Passed(DomainError):
    """Nobody can answer until then."""

    field = "day"


class NotLater(DomainError):
    """More time ends after the time that was given."""

    field = "day"


class TooFar(DomainError):
    """Nobody waits for more than a year: the year was mistyped."""

    field = "day"


class TooShort(DomainError):
    """The rules of procedure give people more time (clause M-61: after consultation)."""

    field = "day"


class NotWorked(DomainError):
    """Nobody is at work on the day on which an answer would be due."""

    field = "day"


class NoSilence(DomainError):
    """The rules of procedure in force do not take silence for consent."""

    field = "mode"


class NoMeeting(DomainError):
    """What is called in session is decided at a meeting of the Network (clause M-61: after consultation)."""

    field = "day"


def check_deadline(rules: RulesOfProcedure, mode: Mode, deadline: datetime) -> None:
    """Refuse a deadline that the Network’s rules, the calendar or the clock do not allow for a call opened now.

    Raises:
        Passed: it is in the past.
        NoMeeting: positions in session, on a day for which no meeting was convened.
        NoSilence: a silence procedure, which the rules do not know.
        NotWorked: it falls on a day on which nobody works; the first one after it is named.
        TooShort: silence would last less than the rules ask for.
    """
    require_future(deadline)
    if mode == Mode.IN_SESSION:
        require_meeting(timezone.localdate(deadline))
        return
    if mode == Mode.SILENCE and rules.silence_days is None:
        raise NoSilence(_("The rules of procedure in force do not take silence for consent: ask for positions."))
    require_worked(deadline)
    if mode == Mode.SILENCE and rules.silence_days:
        soonest = silent_until(rules.silence_days)
        if deadline < soonest:
            said = {"days": procedure.working_days(rules.silence_days), "moment": said_deadline(soonest)}
            raise TooShort(_("The rules of procedure ask for %(days)s of silence: not before %(moment)s.") % said)


def require_meeting(day: date) -> None:
    """
    Raises:
        NoMeeting: none was convened for that day, or it was called off.
    """
    if not deferral.sits(day, day):
        said = _("No meeting is convened for %s: choose the day of one, or ask for positions in writing.")
        raise NoMeeting(said % french_day(day))


def silent_until(days: int) -> datetime:
    """So many working days after now, at the minute that it is now."""
    now, today = timezone.localtime(clock.now()), clock.today()
    day = workdays.calendar(today, today).after(today, days)
    return now.replace(year=day.year, month=day.month, day=day.day, second=0, microsecond=0)


def require_worked(moment: datetime) -> None:
    """
    Raises:
        NotWorked: it falls on a day on which nobody works; the first one after it is named.
    """
    if why := workdays.why_not(timezone.localdate(moment)):
        raise NotWorked(why)


def require_consulted(rules: RulesOfProcedure, opened_at: datetime, ends_at: datetime) -> None:
    """Working days after that of the opening; the last one counts to its end.

    Raises:
        TooShort: the consultation is shorter than the rules allow.
    """
    if not rules.consultation_days:
        return
    first, last = timezone.localdate(opened_at), timezone.localdate(ends_at)
    soonest = workdays.calendar(first, first).after(first, rules.consultation_days)
    if last < soonest:
        said = {"days": procedure.working_days(rules.consultation_days), "day": french_day(soonest)}
        raise TooShort(_("The rules of procedure ask for %(days)s of consultation: not before %(day)s.") % said)


def require_future(moment: datetime) -> None:
    """
    Raises:
        Passed: the moment has.
        TooFar: it is more than a year away.
    """
    if moment <= clock.now():
        raise Passed(_("This date has passed; choose a later one."))
    if moment - clock.now() > FARTHEST:
        raise TooFar(_("This date is more than a year away; check its year."))
