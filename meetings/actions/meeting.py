"""A meeting from its first draft to its closing."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock, journal
from core.checks import require_unchanged
from core.errors import DomainError
from core.refusals import Refused, refusals_of
from core.templatetags.typography import french_day, hour
from core.transitions import check_version, lock, move, require_move
from core.turns import take_turn
from decisions import procedure
from meetings import checks, emails, queries
from meetings.actions.carried_over import table_waiting
from meetings.enums import PREPARING, AgendaKind, Kind, MeetingState, Mode, Venue
from meetings.models import AgendaItem, Meeting
from members.models import User


class NotReady(DomainError):
    """Something is missing before the meeting can be convened or opened."""


@dataclass(frozen=True)
class Facts:
    """What a form says of a meeting; the same for creating and editing."""

    kind: str
    title: str
    starts_at: datetime
    ends_at: datetime
    mode: str
    venue: str = ""
    venue_reason: str = ""
    room: str = ""
    online_link: str = ""
    chair: User | None = None
    rapporteur: User | None = None
    note: str = ""


# Kinds, titles and minutes of the items an annual review starts with (clauses M-70 to M-76).
_REVIEW_ITEMS: tuple[tuple[AgendaKind, Any, int], ...] = (
    (AgendaKind.OPENING, gettext_lazy("Opening and adoption of the agenda"), 15),
    (AgendaKind.PROGRESS, gettext_lazy("Progress of the Network around the PTA"), 50),
    (AgendaKind.COLLABORATION, gettext_lazy("Ways to improve collaboration"), 35),
    (AgendaKind.CHALLENGES, gettext_lazy("New challenges"), 40),
    (AgendaKind.CO_CHAIR, gettext_lazy("Nomination of the next co-chair"), 20),
    (AgendaKind.WORK_PLAN, gettext_lazy("Presentation of the updated work plan"), 50),
    (AgendaKind.AOB, gettext_lazy("Any other business and closing"), 10),
)
NO_NEW_DATE = gettext_lazy("The meeting is postponed: give it its new date before convening it again.")
# What people were told in the convocation: a change of any of these goes out to them again.
_TOLD = ("title", "starts_at", "ends_at", "mode", "venue", "room", "online_link")
_refusals = refusals_of({"meeting_one_review_a_year": "day"})


@transaction.atomic
def create_meeting(
    *,
    kind: str,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    mode: str,
    venue: str = "",
    venue_reason: str = "",
    room: str = "",
    online_link: str = "",
    chair: User | None = None,
    rapporteur: User | None = None,
    note: str = "",
    by: User,
) -> Meeting:
    """Write a draft; an annual review gets the items of the mandate at once (clauses M-69 to M-76).

    Decisions that were deferred and are on no agenda become items of this one.

    Raises:
        DomainError: the end is before the start, the place does not fit the mode, or the year has its annual review.
    """
    facts = Facts(
        kind, title, starts_at, ends_at, mode, venue, venue_reason, room, online_link, chair, rapporteur, note
    )
    _check_facts(facts)
    _check_only_review(facts)
    with _refusals(Meeting):
        meeting = Meeting.objects.create(
            **_values(facts), procedure=procedure.in_force(clock.today()), created_at=clock.now(), created_by=by
        )
    journal.record("create_meeting", meeting, by=by, data={"kind": kind, "starts_at": starts_at})
    if kind == Kind.ANNUAL_REVIEW:
        # The agenda is a document of the Network, written in its working language whoever opens the form.
        with translation.override("fr"):
            AgendaItem.objects.bulk_create(
                AgendaItem(meeting=meeting, order=order, kind=item_kind, title=str(words), duration_min=minutes)
                for order, (item_kind, words, minutes) in enumerate(_REVIEW_ITEMS, start=1)
            )
    table_waiting(meeting, by=by)
    return meeting


def _values(facts: Facts) -> dict[str, Any]:
    # asdict() would copy the persons; their rows are what the model wants.
    return {**asdict(facts), "chair": facts.chair, "rapporteur": facts.rapporteur}


def _check_facts(facts: Facts, *, announced: bool = False) -> None:
    if facts.ends_at <= facts.starts_at:
        raise DomainError(_("The meeting ends before it starts."))
    if facts.mode == Mode.ONLINE and facts.venue:
        raise DomainError(_("An online meeting has no place."))
    if facts.mode == Mode.IN_PERSON and facts.online_link:
        raise DomainError(_("A meeting in person has no link."))
    if facts.venue == Venue.ELSEWHERE and not (facts.venue_reason.strip() and facts.room.strip()):
        raise DomainError(
            _("The mandate gives two places, the IOM office and the RC office. Elsewhere: say where and why.")
        )
    if announced:
        _check_place(facts)


def _check_place(facts: Facts | Meeting) -> None:
    """Clause M-41: who is convened knows where to go, or which link to open."""
    if facts.mode != Mode.ONLINE and not facts.venue:
        raise NotReady(_("Choose the place before convening: people need to know where to go."))
    if facts.mode != Mode.IN_PERSON and not facts.online_link:
        raise NotReady(_("Give the link to join online before convening."))


def _check_only_review(facts: Facts, meeting: Meeting | None = None) -> None:
    """Clause M-69: the Network reviews its work once a year. The index of the database holds what two write at once."""
    if facts.kind != Kind.ANNUAL_REVIEW:
        return
    year = timezone.localdate(facts.starts_at).year
    reviews = Meeting.objects.filter(kind=Kind.ANNUAL_REVIEW, starts_at__year=year)
    reviews = reviews.exclude(state=MeetingState.CANCELLED)
    known = (reviews.exclude(pk=meeting.pk) if meeting else reviews).first()
    if known is not None:
        words = _("“%(title)s”, %(day)s, is already the annual review of %(year)s: the mandate has one a year.")
        raise Refused(words % {"title": known, "day": french_day(known.starts_at), "year": year}, "day")


@transaction.atomic
def edit_meeting(
    meeting: Meeting,
    *,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    mode: str,
    venue: str = "",
    venue_reason: str = "",
    room: str = "",
    online_link: str = "",
    chair: User | None = None,
    rapporteur: User | None = None,
    note: str = "",
    version: int,
    by: User,
) -> Meeting:
    """Change the facts. After the convocation, whatever people were told goes out again (iCalendar SEQUENCE + 1).

    The kind never changes: an annual review keeps the items of the mandate.

    Raises:
        StaleVersion: somebody saved another version meanwhile.
        DomainError: the meeting has begun or is called off, the facts do not fit together, or another annual review is
            of that year.
    """
    meeting = lock(meeting)
    check_preparing(meeting)
    check_version(meeting, version)
    facts = Facts(
        meeting.kind, title, starts_at, ends_at, mode, venue, venue_reason, room, online_link, chair, rapporteur, note
    )
    convened = meeting.state == MeetingState.CONVENED
    _check_facts(facts, announced=convened)
    _check_only_review(facts, meeting)
    before = {name: getattr(meeting, name) for name in _values(facts)}
    changed = [name for name, value in _values(facts).items() if value != before[name]]
    told = convened and any(name in changed for name in _TOLD)
    _check_still_ahead(facts.starts_at, moved=convened and "starts_at" in changed)
    for name in changed:
        setattr(meeting, name, getattr(facts, name))
    meeting.version += 1
    meeting.sequence += 1 if told else 0
    with _refusals(Meeting):
        meeting.save(update_fields=[*changed, "version", "sequence"])
    data = {name: [_plain(before[name]), _plain(getattr(meeting, name))] for name in changed}
    journal.record("edit_meeting", meeting, by=by, data=data)
    if told:
        emails.announce(meeting, emails.CHANGE, changes=[name for name in changed if name in _TOLD])
    return meeting


def check_preparing(meeting: Meeting) -> None:
    """Refuse once the meeting has begun or is called off."""
    if meeting.state not in PREPARING:
        raise DomainError(_("The meeting is “%s”: its facts no longer change.") % meeting.get_state_display())


def _check_still_ahead(starts_at: datetime, *, moved: bool = True) -> None:
    if moved and starts_at <= clock.now():
        raise NotReady(_("This date has passed; choose a later one."))


def _plain(value: Any) -> Any:
    return value if isinstance(value, datetime) else str(value or "")


@transaction.atomic
def convene_meeting(meeting: Meeting, *, seen: str | None = None, by: User) -> Meeting:
    """Write to everybody, with a calendar invitation (clause M-51), under the rules of procedure of today. Also brings
    back a postponed meeting.

    Args:
        seen: what the page of checking showed (:func:`meetings.checks.agenda`); ``None`` without such a page.

    Raises:
        NotReady: there is no agenda, no place or link, no new date after a postponement, or the date has passed.
        StaleCheck: what was checked has changed since.
    """
    meeting = lock(meeting)
    require_move(meeting, "convene")
    require_unchanged(lambda: checks.agenda(meeting), seen)
    if meeting.awaits_date:
        raise NotReady(NO_NEW_DATE)
    if not meeting.items.exists():
        raise NotReady(_("Write the agenda before convening: people need to know why they come."))
    _check_place(meeting)
    _check_still_ahead(meeting.starts_at)
    # A postponed meeting was withdrawn from the calendars: the next message must be newer than the withdrawal.
    again = meeting.convened_at is not None
    sequence = meeting.sequence + 1 if again else 0
    data = {"starts_at": meeting.starts_at, "again": again}
    move(
        meeting, "convene", by=by, data=data, convened_at=clock.now(), convened_by=by, called_off_reason="",
        sequence=sequence, procedure=procedure.in_force(clock.today()),
    )  # fmt: skip
    emails.announce(meeting, emails.CONVOCATION)
    return meeting


@transaction.atomic
def postpone_meeting(meeting: Meeting, *, reason: str, by: User) -> Meeting:
    """Take the meeting out of the calendars until it is convened again with a new date; the trace stays.

    Raises:
        DomainError: no reason is given.
    """
    meeting = lock(meeting)
    require_move(meeting, "postpone")
    _require_reason(reason)
    move(
        meeting, "postpone", by=by, data={"reason": reason}, postponed_at=clock.now(), postponed_by=by,
        postponed_from=meeting.starts_at, called_off_reason=reason.strip(), sequence=meeting.sequence + 1,
    )  # fmt: skip
    meeting.replies.all().delete()
    emails.announce(meeting, emails.POSTPONEMENT)
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, reason: str, by: User) -> Meeting:
    """Call the meeting off for good. Whoever was convened is told, and the meeting leaves their calendar.

    Deferred decisions on its agenda go to that of the next meeting, if there is one yet.

    Raises:
        DomainError: no reason is given.
    """
    take_turn("meetings.cancel", 0)  # two that are cancelled at once never wait for each other
    meeting = lock(meeting)
    require_move(meeting, "cancel")
    _require_reason(reason)
    was_convened = meeting.state == MeetingState.CONVENED
    move(
        meeting, "cancel", by=by, data={"reason": reason}, cancelled_at=clock.now(), cancelled_by=by,
        called_off_reason=reason.strip(), sequence=meeting.sequence + 1,
    )  # fmt: skip
    if was_convened:
        emails.announce(meeting, emails.CANCELLATION)
    table_waiting(queries.with_open_agenda(clock.now()).first(), by=by)
    return meeting


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise DomainError(_("Please say why: people planned their day around this meeting."))


@transaction.atomic
def open_session(meeting: Meeting, *, by: User) -> Meeting:
    """The meeting begins.

    Raises:
        NotReady: its day has not come, or nobody is named to chair it (clause M-53).
    """
    meeting = lock(meeting)
    require_move(meeting, "open_session")
    if clock.today() < meeting.day:
        raise NotReady(
            _("The meeting is convened for %s: its session opens on that day. To bring it forward, change its date.")
            % french_day(meeting.starts_at)
        )
    if meeting.chair is None:
        raise NotReady(_("Say who chairs the meeting before opening it."))
    return move(meeting, "open_session", by=by, data={"chair": str(meeting.chair)})


@transaction.atomic
def close_session(meeting: Meeting, *, by: User) -> Meeting:
    """The meeting was held.

    Raises:
        NotReady: the hour for which it was convened has not come.
    """
    meeting = lock(meeting)
    require_move(meeting, "close_session")
    if clock.now() < meeting.starts_at:
        words = _("The meeting is convened for %(day)s, %(hour)s: its session does not close before.")
        raise NotReady(words % {"day": french_day(meeting.starts_at), "hour": hour(meeting.starts_at)})
    return move(meeting, "close_session", by=by)


@transaction.atomic
def close_meeting(meeting: Meeting, *, by: User) -> Meeting:
    """The file of the meeting is complete: its minutes are approved and nothing is added any more."""
    return move(lock(meeting), "close", by=by)
