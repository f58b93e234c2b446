"""Mails about a meeting: everything needed to come stands in the mail itself, beside a calendar object."""

from collections.abc import Callable, Iterable
from typing import Any

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core import clock, outbox
from core.templatetags.typography import deadline, french_day, short_deadline
from meetings import calendars, guests
from meetings.enums import Received
from meetings.models import CalendarReply, GuestPass, Meeting, MeetingRequest
from members.emails import Sheet, send
from members.enums import Role
from members.models import User
from members.queries import co_chairs_on, contact_people, network_people, people_with_role
from members.standing import look_up

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
# A guest is not asked to confirm: nobody counts on their presence.
_TO_A_GUEST = {**_SUBJECTS, CONVOCATION: lambda: _("Invitation: %(title)s, %(when)s")}
_TEMPLATES = {POSTPONEMENT: "called_off", CANCELLATION: "called_off", MINUTES: "minutes"}


def announce(meeting: Meeting, kind: str, *, changes: list[str] | None = None) -> int:
    """Write to each person of the Network, one mail each; returns how many."""
    people: list[User] = list(network_people(clock.today()))
    look_up(people)  # what a person may answer is asked of each
    invited = [] if kind == MINUTES else guests.to_tell(meeting, clock.today())
    items = _items(meeting)
    for person in people:
        _write(meeting, kind, person, items, changes or [])
    for guest_pass in invited:
        _write(meeting, kind, guest_pass.contact.person, items, changes or [], guest_pass)
    return len(people) + len(invited)


def announce_to(passes: Iterable[GuestPass], meeting: Meeting, kind: str) -> None:
    """The same to these guests alone."""
    items = _items(meeting)
    for guest_pass in passes:
        _write(meeting, kind, guest_pass.contact.person, items, [], guest_pass)


def tell_revoked(guest_pass: GuestPass) -> None:
    """The guest is no longer expected, and knows whom to ask."""
    person, meeting = guest_pass.contact.person, guest_pass.meeting
    with translation.override(person.language):
        sheet = Sheet(
            subject=_("You are no longer invited: %s") % meeting.title,
            opening=_("The Network withdraws its invitation to this meeting; please take it out of your calendar."),
            facts=[(_("Meeting:"), meeting.title), (_("When:"), deadline(meeting.starts_at))],
            verb=_("Why this link opens nothing any more"),
            url=settings.SITE_URL + guest_pass.get_absolute_url(),
            closing=_("A question? Write to the secretariat:"),
        )
    send("meetings.pass_revoked", person.email, person, sheet, f"pass-revoked-{guest_pass.pk}", meeting)


def tell_of_answer(request: MeetingRequest) -> None:
    """To who asked and who speaks for the entity: what the co-chairs answered, and where it is dealt with."""
    told = dict.fromkeys([request.author, *contact_people(request.requested_by, clock.today())])
    for person in [one for one in told if one != request.answered_by]:
        with translation.override(person.language):
            meeting = request.meeting
            facts = [
                (_("Asked for:"), request.subject),
                *([(_("Working group:"), str(request.group))] if request.group else []),
                (_("Answer:"), capfirst(str(request.get_answer_display()))),
                *([(_("Meeting:"), f"{meeting.title}, {deadline(meeting.starts_at)}")] if meeting else []),
                *([(_("Reason:"), request.reason)] if request.reason else []),
            ]
            sheet = Sheet(
                subject=_("%(subject)s — %(answer)s")
                % {"subject": request.subject, "answer": request.get_answer_display()},
                opening=_("The co-chairs answered what was asked of them."),
                facts=facts,
                verb=_("Open the meetings of the Network"),
                url=settings.SITE_URL + reverse("meetings:meeting_list"),
                closing=_("A question? Write to the secretariat:"),
            )
        key = f"request-{request.pk}-{request.answered_at:%Y%m%d%H%M%S%f}-{person.pk}"
        send("meetings.request_answered", person.email, person, sheet, key, request)


def tell_of_calendar_reply(kept: CalendarReply) -> None:
    """To who answered by their calendar: that it is taken, or why it is not. Strangers are not written to."""
    person, meeting = kept.person, kept.meeting
    if person is None:
        return
    openings: dict[str, Callable[[], str]] = {
        Received.TAKEN: lambda: _("The answer of your calendar is taken for your entity."),
        Received.NOTED: lambda: _("You speak for no entity of the Network: the secretariat reads your answer."),
        Received.OUTDATED: lambda: _("The meeting has changed since this invitation: answer the last one."),
        Received.TOO_LATE: lambda: _("No answer is awaited any more: the meeting has begun or is over."),
        Received.CALLED_OFF: lambda: _("This meeting is called off: no answer is awaited."),
        Received.UNCLEAR: lambda: _("“Perhaps” is no answer for the portal: say yes or no once you know."),
    }
    with translation.override(person.language):
        facts = [(_("Meeting:"), meeting.title), (_("When:"), deadline(meeting.starts_at))]
        if kept.answer:
            facts.append((_("Answer:"), capfirst(str(kept.get_answer_display()))))
        sheet = Sheet(
            subject=_("Answer of your calendar: %(meeting)s — %(outcome)s")
            % {"meeting": meeting.title, "outcome": kept.get_outcome_display()},
            opening=openings[kept.outcome](),
            facts=facts,
            verb=_("Open the meeting"),
            url=settings.SITE_URL + meeting.get_absolute_url(),
            closing=_("There you say whether in the room or online, or who represents you. A question? Write to the "
                      "secretariat:"),
        )  # fmt: skip
    send("meetings.calendar_reply", person.email, person, sheet, f"calendar-reply-{kept.pk}", meeting)


def remind_to_convene(last: Meeting) -> None:
    """To the secretariat and the co-chairs: as a rule the Network meets every three months (clause M-44)."""
    day = clock.today()
    told = [*people_with_role(Role.SECRETARIAT, day), *(term.person for term in co_chairs_on(day))]
    for person in dict.fromkeys(told):
        with translation.override(person.language):
            sheet = Sheet(
                subject=_("The next meeting of the Network is to be convened"),
                opening=_("As a rule the Network meets every three months, and no meeting is convened yet."),
                facts=[
                    (_("Last meeting:"), f"{last.title}, {french_day(last.starts_at)}"),
                    (_("Three months later:"), french_day(last.day + relativedelta(months=3))),
                ],
                verb=_("Prepare or convene a meeting"),
                url=settings.SITE_URL + reverse("meetings:meeting_list"),
                closing=_("A question? Write to the secretariat:"),
            )
        send("meetings.cadence", person.email, person, sheet, f"cadence-{last.pk}-{person.pk}", last)


def _items(meeting: Meeting) -> list[Any]:
    return list(meeting.items.select_related("lead_entity", "group").order_by("order", "pk"))


def _write(
    meeting: Meeting, kind: str, person: User, items: list[Any], changes: list[str], guest_pass: GuestPass | None = None
) -> None:
    page = (guest_pass or meeting).get_absolute_url()
    with translation.override(person.language):
        subject = (_TO_A_GUEST if guest_pass else _SUBJECTS)[kind]() % {
            "title": meeting.title,
            "when": short_deadline(meeting.starts_at),
        }
        calendar = _calendar(meeting, kind, person, items, page)
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
                "may_reply": guest_pass is None and person.has_perm("meetings.reply_to_convocation", meeting),
                "guest_pass": guest_pass,
                "kind": kind,
                "changes": changes,
                "url": settings.SITE_URL + page,
                "reply_url": settings.SITE_URL + reverse("meetings:reply", args=[meeting.pk]),
                "minutes_url": settings.SITE_URL + reverse("meetings:minutes", args=[meeting.pk]),
            },
            dedupe_key=f"meeting-{meeting.uid}-{kind}-{meeting.sequence}-"
            + (f"pass-{guest_pass.pk}" if guest_pass else str(person.pk)),
            thread=f"meeting-{meeting.uid}",
            calendar=calendar,
            about=meeting,
        )
    )


def _calendar(meeting: Meeting, kind: str, person: User, items: list[Any], page: str) -> outbox.Calendar | None:
    if kind == MINUTES:
        return None
    method = "CANCEL" if kind in {POSTPONEMENT, CANCELLATION} else "REQUEST"
    return outbox.Calendar(calendars.render(meeting, method, items=items, attendee=person, page=page), method)
