"""Mails about a meeting: everything needed to come stands in the mail itself, beside a calendar object."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core import clock, outbox
from core.templatetags.typography import short_deadline
from meetings import calendars
from meetings.models import Meeting
from members.models import User
from members.queries import network_people

CONVOCATION, CHANGE, AGENDA = "convocation", "change", "agenda"
POSTPONEMENT, CANCELLATION, MINUTES = "postponement", "cancellation", "minutes"

# kind of mail → its subject line, in the reader's language
_SUBJECTS: dict[str, Callable[[], str]] = {
    CONVOCATION: lambda: _("Convocation: %(title)s, %(when)s — please confirm your attendance"),
    CHANGE: lambda: _("Changed: %(title)s, %(when)s"),
    AGENDA: lambda: _("Agenda: %(title)s, %(when)s"),
    POSTPONEMENT: lambda: _("Postponed: %(title)s"),
    CANCELLATION: lambda: _("Cancelled: %(title)s"),
    MINUTES: lambda: _("Minutes: %(title)s — your corrections are awaited"),
}
_TEMPLATES = {POSTPONEMENT: "called_off", CANCELLATION: "called_off", MINUTES: "minutes"}


def announce(meeting: Meeting, kind: str, *, changes: list[str] | None = None) -> int:
    """Write to each person of the Network, one mail each; returns how many."""
    people: list[User] = list(network_people(clock.today()))
    items = list(meeting.items.select_related("lead_entity").order_by("order", "pk"))
    for person in people:
        _write(meeting, kind, person, items, changes or [])
    return len(people)


def _write(meeting: Meeting, kind: str, person: User, items: list[Any], changes: list[str]) -> None:
    with translation.override(person.language):
        subject = _SUBJECTS[kind]() % {"title": meeting.title, "when": short_deadline(meeting.starts_at)}
        calendar = _calendar(meeting, kind, person, items)
    outbox.queue(
        outbox.Letter(
            kind=f"meetings.{kind}",
            to=person.email,
            recipient=person,
            language=person.language,
            subject=subject,
            template=f"meetings/mail/{_TEMPLATES.get(kind, 'convocation')}",
            context={
                "meeting": meeting,
                "items": items,
                "person": person,
                "may_reply": person.has_perm("meetings.reply_to_convocation", meeting),
                "kind": kind,
                "changes": changes,
                "url": settings.SITE_URL + meeting.get_absolute_url(),
                "reply_url": settings.SITE_URL + reverse("meetings:reply", args=[meeting.pk]),
                "minutes_url": settings.SITE_URL + reverse("meetings:minutes", args=[meeting.pk]),
            },
            dedupe_key=f"meeting-{meeting.uid}-{kind}-{meeting.sequence}-{person.pk}",
            thread=f"meeting-{meeting.uid}",
            calendar=calendar,
            about=meeting,
        )
    )


def _calendar(meeting: Meeting, kind: str, person: User, items: list[Any]) -> outbox.Calendar | None:
    if kind == MINUTES:
        return None
    method = "CANCEL" if kind in {POSTPONEMENT, CANCELLATION} else "REQUEST"
    return outbox.Calendar(calendars.render(meeting, method, items=items, attendee=person), method)
