"""Replies to a convocation, and the attendance sheet."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock, journal
from core.errors import DomainError, StaleVersion
from core.transitions import lock
from meetings import enums
from meetings.actions.agenda import open_minutes
from meetings.enums import SEATS, Answer, MeetingState, Mode, SeatMode
from meetings.models import Attendance, Meeting, Reply
from members.enums import MembershipKind
from members.models import CoChairTerm, Delegation, Entity, FocalPoint, User
from members.standing import standing_on

ONE_NAME = gettext_lazy("Choose the person present or give another name, not both.")
ONLY_REPRESENTED = gettext_lazy("Choose “will be represented”, or leave this name out.")


@dataclass(frozen=True)
class Presence:
    """One line of the attendance sheet; ``mode`` and either ``person`` or ``stand_in`` only for those present."""

    status: str
    mode: str = ""
    person: User | None = None
    stand_in: str = ""


@transaction.atomic
def reply_to_convocation(
    meeting: Meeting, *, answer: str, mode: str = "", represented_by: str = "", note: str = "",
    by_calendar: bool = False, by: User,
) -> Reply:  # fmt: skip
    """Say for one's entity whether it will attend, and how. The last answer counts, the journal keeps every one.

    Args:
        by_calendar: given by a calendar program, which does not say whether in the room or online; where the entity
            said so before, that stands.

    Raises:
        DomainError: no answer is awaited, the person speaks for nobody, or the answer is incomplete.
    """
    meeting = lock(meeting)
    standing = standing_on(by, clock.today())
    if meeting.state != MeetingState.CONVENED:
        raise DomainError(_("The meeting is “%s”: no answer is awaited.") % meeting.get_state_display())
    if standing.entity is None or standing.rank is None or not standing.is_member:
        raise DomainError(_("You do not speak for an entity of the Network today."))
    given = Answer(answer)
    how = "" if given == Answer.NO else mode or _only_seat(meeting)
    if by_calendar and given != Answer.NO and not how:
        how = _said_before(meeting, standing.entity)
    _check_seat(meeting, how, needed=given != Answer.NO and not by_calendar)
    who = represented_by.strip()
    if given == Answer.REPRESENTED and not who:
        raise DomainError(_("Please say who will represent the entity."))
    if given != Answer.REPRESENTED and who:
        raise DomainError(ONLY_REPRESENTED)
    said = {"answer": given.value, "mode": how, "represented_by": who, "note": note.strip()}
    reply, _created = Reply.objects.update_or_create(
        meeting=meeting, entity=standing.entity, defaults={**said, "person": by, "at": clock.now()}
    )
    journal.record("reply_to_convocation", meeting, by=by, data={"entity": standing.entity.slug, **said})
    return reply


def _said_before(meeting: Meeting, entity: Entity) -> str:
    before = meeting.replies.filter(entity=entity).exclude(mode="").first()
    return before.mode if before and before.mode in SEATS[Mode(meeting.mode)] else ""


def _only_seat(meeting: Meeting) -> str:
    seats = SEATS[Mode(meeting.mode)]
    return seats[0] if len(seats) == 1 else ""


def _check_seat(meeting: Meeting, mode: str, *, needed: bool) -> None:
    if needed and not mode:
        raise DomainError(_("Please say whether in the room or online."))
    if mode and SeatMode(mode) not in SEATS[Mode(meeting.mode)]:
        raise DomainError(_("This meeting is “%s”: one cannot attend it that way.") % meeting.get_mode_display())


@transaction.atomic
def record_attendance(
    meeting: Meeting, *, sheet: Mapping[Entity, Presence], version: int | None = None, by: User
) -> list[Attendance]:
    """Write the whole sheet at once; entities that are not in it keep what was written.

    Args:
        version: ``sheet_version`` of the page that was filled; ``None`` to write over whatever is there.

    Raises:
        MinutesClosed: the meeting has not begun, or its minutes are approved.
        StaleVersion: somebody saved the sheet meanwhile.
        DomainError: an entity did not belong that day, a person is not its own, two names stand on its line, or a mode
            does not fit.
    """
    meeting = open_minutes(meeting.pk)
    if version is not None and version != meeting.sheet_version:
        raise StaleVersion(meeting)
    _check_sheet(meeting, sheet)
    for entity, line in sheet.items():
        Attendance.objects.update_or_create(
            meeting=meeting,
            entity=entity,
            defaults={"status": line.status, "mode": line.mode, "person": line.person, "stand_in": line.stand_in},
        )
    meeting.sheet_version += 1
    meeting.save(update_fields=["sheet_version"])
    kept = {entity.slug: line.mode or line.status for entity, line in sheet.items()}
    journal.record("record_attendance", meeting, by=by, data={"entities": len(sheet), "sheet": kept})
    return list(meeting.attendance.select_related("entity", "person").order_by("entity__acronym_fr", "pk"))


def _check_sheet(meeting: Meeting, sheet: Mapping[Entity, Presence]) -> None:
    belonging = set(Entity.objects.members_on(meeting.day, *MembershipKind).values_list("pk", flat=True))
    ties = _ties(meeting, sheet)
    for entity, line in sheet.items():
        present = enums.Presence(line.status) == enums.Presence.PRESENT
        if entity.pk not in belonging:
            raise DomainError(_("%s did not belong to the Network on the day of the meeting.") % entity)
        if not present and (line.mode or line.person or line.stand_in):
            raise DomainError(_("%s was not present: neither mode nor person is recorded.") % entity)
        _check_seat(meeting, line.mode, needed=present)
        if line.person and line.stand_in:
            raise DomainError(_("%(entity)s: %(error)s") % {"entity": entity, "error": ONE_NAME})
        if line.person and (entity.pk, line.person.pk) not in ties:
            raise DomainError(
                _("%(person)s does not speak for %(entity)s.") % {"person": line.person, "entity": entity}
            )


def _ties(meeting: Meeting, sheet: Mapping[Entity, Presence]) -> set[tuple[int, int]]:
    """Who speaks for whom on the day of the meeting: focal points, their delegates and co-chairs."""
    people = Q(person__in=[line.person.pk for line in sheet.values() if line.person])
    focal_points = FocalPoint.objects.on(meeting.day).filter(people).values_list("entity_id", "person_id")
    terms = CoChairTerm.objects.on(meeting.day).filter(people).values_list("entity_id", "person_id")
    delegates = Delegation.objects.in_force(meeting.day).filter(people).values_list("entity_id", "person_id")
    return {*focal_points, *delegates, *terms}
