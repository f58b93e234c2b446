"""Meetings in each state, made by the portal's own actions: what a factory builds is what the portal would.

A meeting is in the future; ``moved_to`` sets the clock to its own hours for the steps that happen then.
"""

from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core import clock
from meetings import actions
from meetings.enums import AgendaKind, Kind, Mode, Venue
from meetings.models import Meeting

DAKAR = ZoneInfo("Africa/Dakar")


def at_ten(days: int) -> datetime:
    """Ten o'clock in Dakar, so many days from today."""
    day = clock.today() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, 10, tzinfo=DAKAR)


def on_the_tenth(year: int, month: int) -> datetime:
    """Ten o'clock in Dakar, on the tenth of a month."""
    return datetime(year, month, 10, 10, tzinfo=DAKAR)


@contextmanager
def moved_to(meeting: Meeting, **after: int):
    """The clock stands at the beginning of the meeting, or so much later."""
    with clock.set_to(meeting.starts_at + timedelta(**after)):
        yield


def facts(**fields):
    start = fields.pop("starts_at", at_ten(21))
    return {
        "kind": Kind.PLENARY,
        "title": "Réunion ordinaire, premier trimestre",
        "starts_at": start,
        "ends_at": start + timedelta(hours=2),
        "mode": Mode.HYBRID,
        "venue": Venue.IOM,
        "room": "Salle Gorée",
        "online_link": "https://visio.example.org/t1",
        **fields,
    }


def edited(meeting: Meeting, **fields):
    """What an edited form of this meeting sends."""
    names = (
        "title", "starts_at", "ends_at", "mode", "venue", "venue_reason", "room", "online_link", "chair", "rapporteur",
    )  # fmt: skip
    return {**{name: getattr(meeting, name) for name in names}, "version": meeting.version, **fields}


def empty_draft(personas, **fields):
    given = facts(**{"chair": personas.co_chair_iom, **fields})
    return actions.create_meeting(**given, by=personas.secretariat)


def with_item(meeting, personas, title="Questions émergentes", **fields):
    return actions.add_agenda_item(
        meeting, **{"kind": AgendaKind.EMERGING_ISSUES, "title": title, **fields}, by=personas.secretariat
    )


def draft(personas, **fields):
    """A draft with one item, ready to be convened."""
    meeting = empty_draft(personas, **fields)
    if meeting.kind != Kind.ANNUAL_REVIEW:
        with_item(meeting, personas, lead_entity=personas.unicef)
    return meeting


def convened(personas, **fields):
    return actions.convene_meeting(draft(personas, **fields), by=personas.co_chair_iom)


def in_session(personas, **fields):
    meeting = convened(personas, **fields)
    with moved_to(meeting):
        return actions.open_session(meeting, by=personas.secretariat)


def held(personas, **fields):
    meeting = in_session(personas, **fields)
    sheet = {entity: actions.Presence("present", meeting_seat(meeting)) for entity in personas.members[:3]}
    sheet[personas.unwomen] = actions.Presence("apologies")
    with moved_to(meeting, hours=2):
        actions.record_attendance(meeting, sheet=sheet, by=personas.secretariat)
        return actions.close_session(meeting, by=personas.secretariat)


def meeting_seat(meeting):
    return "online" if meeting.mode == Mode.ONLINE else "in_person"


def circulated(personas, **fields):
    return circulate(held(personas, **fields), personas)


def circulate(meeting, personas):
    """The minutes of a meeting that was held are written and sent round."""
    with moved_to(meeting, days=5):
        for item in meeting.items.order_by("order", "pk"):
            actions.edit_minutes(
                item, minutes="Les membres prennent note.", version=item.version, by=personas.secretariat
            )
        return actions.circulate_minutes(meeting, by=personas.secretariat)


def approved(personas, **fields):
    return approve(circulated(personas, **fields), personas)


def approve(meeting, personas):
    with moved_to(meeting, days=20):
        return actions.approve_minutes(meeting, approved_in=None, by=personas.co_chair_ohchr)


def closed(personas, **fields):
    meeting = approved(personas, **fields)
    with moved_to(meeting, days=30):
        return actions.close_meeting(meeting, by=personas.secretariat)


def postponed(personas, **fields):
    return actions.postpone_meeting(convened(personas, **fields), reason="Visite officielle.", by=personas.secretariat)


def with_new_date(meeting, personas, days=40):
    """A postponed meeting, ready to be convened again."""
    given = edited(meeting, starts_at=at_ten(days), ends_at=at_ten(days) + timedelta(hours=2))
    return actions.edit_meeting(meeting, **given, by=personas.secretariat)


def cancelled(personas, **fields):
    return actions.cancel_meeting(convened(personas, **fields), reason="Ordre du jour traité.", by=personas.secretariat)


IN_STATE = {
    "draft": draft,
    "convened": convened,
    "in_session": in_session,
    "held": held,
    "minutes_circulated": circulated,
    "minutes_approved": approved,
    "closed": closed,
    "postponed": postponed,
    "cancelled": cancelled,
}


def action_point(personas, meeting=None, **fields):
    """Open, on an item of a meeting that was held; UNICEF is in charge."""
    meeting = meeting or held(personas)
    item = meeting.items.order_by("order", "pk").first()
    given = {"text": "Partager la cartographie", "responsible": personas.unicef, "due_on": meeting.day, **fields}
    return actions.add_action_point(item, **given, by=personas.secretariat)
