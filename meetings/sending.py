"""What the pages of checking show before a convocation, an agenda or minutes go out."""

from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.components import SummaryRow
from core.templatetags.typography import french_day, hours
from meetings import checks, guests, pages, queries, steps
from meetings.actions.meeting import NO_NEW_DATE
from meetings.enums import MeetingState, Mode
from meetings.models import Meeting
from members.queries import network_people


def what_goes_out(user: Any, meeting: Meeting) -> dict[str, Any]:
    """What the mail about a meeting tells, and how many people receive it. ``seen`` is read first: what changes while
    the rest is read makes it old, and is shown before anything is sent.
    """
    seen, items = checks.agenda(meeting), queries.agenda(meeting, user)
    return {
        "meeting": meeting,
        "seen": seen,
        "items": items,
        "budget": pages.budget(meeting, items),
        "facts": told(meeting),
        "people": network_people(clock.today()).count(),
        "guests": len(guests.to_tell(meeting, clock.today())),
    }


def convocation_check(user: Any, meeting: Meeting) -> dict[str, Any]:
    """« Vérifier avant envoi »: what will go out, and what a careful secretary would look at twice."""
    mail = what_goes_out(user, meeting)
    days = (meeting.day - clock.today()).days
    warnings = []
    asked = meeting.procedure.notice_days
    if 0 <= days < asked:
        warnings.append(
            ngettext("The notice is %(n)s day; ", "The notice is %(n)s days; ", days) % {"n": days}
            + _("the rules of procedure ask for %(n)s.") % {"n": asked}
        )
    if mail["budget"]["over"]:
        warnings.append(_("The items take %s more than the meeting lasts.") % mail["budget"]["over"])
    if meeting.chair is None:
        warnings.append(_("Nobody is named to chair the meeting yet."))
    if meeting.day.weekday() >= 5:
        warnings.append(_("The meeting falls on a weekend."))
    missing = what_is_missing(meeting, mail["items"])
    return {**mail, "labels": steps.PREPARATION, "missing": missing, "warnings": warnings}


def publication_check(user: Any, meeting: Meeting) -> dict[str, Any]:
    return {**what_goes_out(user, meeting), "may_send": meeting.state == MeetingState.CONVENED}


def circulation_check(user: Any, meeting: Meeting) -> dict[str, Any]:
    """The items with and without minutes, and who was there."""
    seen = checks.minutes(meeting)
    sheet = pages.attendance(list(queries.attendance(meeting)), queries.invited(meeting))
    return {"seen": seen, **pages.minutes_page(user, meeting), **sheet}


def what_is_missing(meeting: Meeting, items: list[Any]) -> list[str]:
    """What the action would refuse, said before anybody tries."""
    missing = [str(NO_NEW_DATE)] if meeting.awaits_date else []
    if not items:
        missing.append(_("Write the agenda before convening: people need to know why they come."))
    if meeting.mode != Mode.ONLINE and not meeting.venue:
        missing.append(_("Choose the place before convening: people need to know where to go."))
    if meeting.mode != Mode.IN_PERSON and not meeting.online_link:
        missing.append(_("Give the link to join online before convening."))
    if meeting.starts_at <= clock.now():
        missing.append(_("This date has passed; choose a later one."))
    return missing


def told(meeting: Meeting) -> list[SummaryRow]:
    """The facts that go out, each with its way to change it."""
    edit = reverse("meetings:meeting_edit", args=[meeting.pk])
    when = f"{french_day(meeting.starts_at)}, {hours(meeting.starts_at, meeting.ends_at)} ({_('Dakar time')})"
    when = _("Date to be set") if meeting.awaits_date else when
    rows = [
        SummaryRow(_("Title"), meeting.title, edit),
        SummaryRow(_("When"), capfirst(when), edit),
        SummaryRow(_("How people take part"), capfirst(str(meeting.get_mode_display())), edit),
    ]
    if meeting.mode != Mode.ONLINE:
        rows.append(SummaryRow(_("Place"), meeting.place or _("to be chosen"), edit))
    if meeting.mode != Mode.IN_PERSON:
        rows.append(SummaryRow(_("Link to join online"), meeting.online_link or _("to be given"), edit))
    rows.append(SummaryRow(_("Chaired by"), meeting.chair or _("to be named"), edit))
    if meeting.note:
        rows.append(SummaryRow(_("Note, on the meeting’s page only"), meeting.note, edit))
    return rows
