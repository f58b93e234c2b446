"""The minutes: written item by item, circulated, corrected, approved in a later meeting and frozen from then on."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock, journal
from core.checks import require_unchanged
from core.errors import DomainError
from core.refusals import Refused
from core.transitions import check_version, lock, move, require_move
from decisions.models import Decision
from meetings import checks, emails, queries
from meetings.actions.agenda import MinutesClosed, locked_meeting, open_minutes, require_no_call
from meetings.enums import AGENDA_OPEN, ANNOUNCED, MINUTES_OPEN, MeetingState, RemarkAnswer
from meetings.models import AgendaItem, Meeting, Remark
from members.models import Entity, User
from members.standing import standing_on


@transaction.atomic
def edit_minutes(item: AgendaItem, *, minutes: str, version: int, by: User) -> AgendaItem:
    """Write the minutes of one item (light Markdown).

    Raises:
        MinutesClosed: the meeting has not begun, or its minutes are approved.
        StaleVersion: somebody saved the item meanwhile.
    """
    meeting = open_minutes(item.meeting_id)
    item = lock(item)
    check_version(item, version)
    before, item.minutes = item.minutes, minutes.strip()
    item.version += 1
    item.save(update_fields=["minutes", "version"])
    data = {"item": item.title, "order": item.order, "text": [before, item.minutes]}
    journal.record("edit_minutes", meeting, by=by, data=data)
    return item


@transaction.atomic
def hand_over_minutes(meeting: Meeting, *, successor: User, by: User) -> Meeting:
    """Somebody else is the rapporteur from now on. Nobody is written to: people were told a date, a place, an agenda.

    Raises:
        MinutesClosed: the minutes are approved, or the meeting is called off.
    """
    meeting = lock(meeting)
    if meeting.state not in AGENDA_OPEN | MINUTES_OPEN:
        raise MinutesClosed(_("The meeting is “%s”: its minutes cannot be written.") % meeting.get_state_display())
    before, meeting.rapporteur = meeting.rapporteur, successor
    meeting.version += 1
    meeting.save(update_fields=["rapporteur", "version"])
    journal.record("hand_over_minutes", meeting, by=by, data={"person": [str(before), str(successor)]})
    return meeting


@transaction.atomic
def attach_decision(item: AgendaItem, *, decision: Decision, by: User) -> AgendaItem:
    """Say that this decision was discussed or taken under this item.

    One that the meeting keeps changes item: what was written under the wrong one is put right without leaving it.

    Raises:
        MinutesClosed: the meeting has not begun, or its minutes are approved.
        DomainError: it is already attached to an item of this meeting, or another meeting adopted it.
    """
    decision = lock(decision)  # before the meeting, as the act that notes it takes them
    meeting = open_minutes(item.meeting_id)
    item = lock(item)
    before = decision.agenda_items.filter(meeting=meeting).first()
    if before and (before == item or not meeting.keeps(decision)):
        raise DomainError(_("“%s” is already attached to an item of this meeting.") % decision)
    if queries.adopted_elsewhere(meeting).filter(pk=decision.pk).exists():
        other = Meeting.objects.filter(items__decisions=decision).order_by("starts_at", "pk").first()
        words = {"decision": decision, "meeting": other}
        raise DomainError(_("“%(decision)s” is in the minutes of “%(meeting)s”: it was not adopted here.") % words)
    item.decisions.add(decision)
    if before:
        before.decisions.remove(decision)
    data = {"item": item.title, "order": item.order, "decision": str(decision)}
    journal.record("attach_decision", meeting, by=by, data=data)
    return item


@transaction.atomic
def detach_decision(item: AgendaItem, *, decision: Decision, by: User) -> AgendaItem:
    """Undo an attachment made by mistake; the decision itself is not touched.

    Raises:
        MinutesClosed: the meeting has not begun, or its minutes are approved.
        DomainError: it is not attached to this item, or was noted at the meeting, which keeps it (clause M-55).
    """
    decision = lock(decision)
    meeting = open_minutes(item.meeting_id)
    if not item.decisions.filter(pk=decision.pk).exists():
        raise DomainError(_("“%s” is not attached to this item.") % decision)
    if meeting.keeps(decision):
        raise DomainError(_("“%s” was noted at this meeting or since: it stays in its minutes.") % decision)
    item.decisions.remove(decision)
    data = {"item": item.title, "order": item.order, "decision": str(decision)}
    journal.record("detach_decision", meeting, by=by, data=data)
    return item


@transaction.atomic
def circulate_minutes(meeting: Meeting, *, seen: str | None = None, by: User) -> Meeting:
    """Send the minutes round for corrections (clause M-77).

    Args:
        seen: what the page of checking showed (:func:`meetings.checks.minutes`); ``None`` without such a page.

    Raises:
        DomainError: not one item has minutes, or nobody wrote down who was there.
        StaleCheck: what was checked has changed since.
    """
    meeting = lock(meeting)
    require_move(meeting, "circulate_minutes")
    require_unchanged(lambda: checks.minutes(meeting), seen)
    if not meeting.items.exclude(minutes="").exists():
        raise DomainError(_("Write the minutes of at least one item before circulating them."))
    if not meeting.attendance.exists():
        raise DomainError(_("Record the attendance before circulating the minutes."))
    move(
        meeting, "circulate_minutes", by=by, minutes_circulated_at=clock.now(), minutes_circulated_by=by,
        data={"items": meeting.items.exclude(minutes="").count()},
    )  # fmt: skip
    emails.announce(meeting, emails.MINUTES)
    return meeting


@transaction.atomic
def add_remark(item: AgendaItem, *, text: str, by: User) -> Remark:
    """Ask for a correction of one item, for one's entity, while the minutes circulate.

    It withdraws what the entity may have said before: that nothing is to be corrected.

    Raises:
        DomainError: the minutes do not circulate, the text is empty, or the person speaks for nobody.
    """
    meeting, entity = _reader(item.meeting_id, by)
    if not text.strip():
        raise DomainError(_("Please write the correction you ask for."))
    withdrawn, _rows = Remark.objects.filter(meeting=meeting, item=None, entity=entity).delete()
    remark = Remark.objects.create(
        meeting=meeting, item=item, entity=entity, author=by, at=clock.now(), text=text.strip()
    )
    data = {"entity": entity.slug, "item": item.title, "text": text.strip(), "withdraws": bool(withdrawn)}
    journal.record("add_remark", meeting, by=by, data=data)
    return remark


@transaction.atomic
def answer_remark(remark: Remark, *, answer: str, reason: str = "", version: int, by: User) -> Remark:
    """Say what came of a correction: made, or not kept and why. The last answer replaces the earlier one.

    Raises:
        StaleVersion: somebody answered it meanwhile.
        DomainError: the minutes do not circulate, nothing was asked for, the reason is missing, or the text was not
            corrected since.
    """
    meeting = _in_circulation(remark.meeting_id)
    remark = lock(remark)
    given = RemarkAnswer(answer)
    if remark.item is None:
        raise DomainError(_("No correction is asked for here."))
    check_version(remark, version)
    if given == RemarkAnswer.NOT_KEPT and not reason.strip():
        raise DomainError(_("Please say why the correction is not kept."))
    if given == RemarkAnswer.CORRECTED and not _was_corrected(remark, remark.item):
        raise Refused(
            _("The minutes have not changed since the request: write the correction under the item first."), "answer"
        )
    remark.answer, remark.reason = given, reason.strip()
    remark.answered_at, remark.answered_by = clock.now(), by
    remark.version += 1
    remark.save(update_fields=["answer", "reason", "answered_at", "answered_by", "version"])
    data = {
        "entity": remark.entity.slug, "item": remark.item.title, "answer": given.value, "reason": reason.strip(),
    }  # fmt: skip
    journal.record("answer_remark", meeting, by=by, data=data)
    return remark


# What corrects the minutes beside the text of the item: the attendance, the decisions, what was undertaken.
_CORRECTING = {
    f"meetings.{verb}"
    for verb in (
        "record_attendance", "attach_decision", "detach_decision", "add_action_point", "edit_action_point",
        "remove_action_point",
    )
}  # fmt: skip


def _was_corrected(remark: Remark, item: AgendaItem) -> bool:
    """Whether the journal knows of other minutes since the correction was asked for."""
    events = [event for thing in (remark.meeting, *item.action_points.all()) for event in journal.history(thing)]
    asked = {"entity": remark.entity.slug, "item": item.title, "text": remark.text}
    requests = [one for one in events if one.verb == "meetings.add_remark" and one.data.items() >= asked.items()]
    since = [event for event in events if event.pk > min((one.pk for one in requests), default=0)]
    texts = [
        one.data["text"] for one in since if one.verb == "meetings.edit_minutes" and one.data["order"] == item.order
    ]
    return any(event.verb in _CORRECTING for event in since) or (bool(texts) and texts[0][0] != item.minutes)


@transaction.atomic
def accept_minutes(meeting: Meeting, *, by: User) -> Remark:
    """Say for one's entity that nothing is to be corrected. Saying it twice is saying it once.

    Raises:
        DomainError: the minutes do not circulate, a correction of the entity awaits its answer, or the person speaks
            for nobody.
    """
    meeting, entity = _reader(meeting.pk, by)
    if meeting.remarks.unanswered().filter(entity=entity).exists():
        raise DomainError(_("A correction that your entity asked for is not answered yet: it comes first."))
    remark, created = Remark.objects.get_or_create(
        meeting=meeting, item=None, entity=entity, defaults={"author": by, "at": clock.now()}
    )
    if created:
        journal.record("accept_minutes", meeting, by=by, data={"entity": entity.slug})
    return remark


def _in_circulation(meeting_id: int) -> Meeting:
    meeting = locked_meeting(meeting_id)
    check_circulating(meeting)
    return meeting


def check_circulating(meeting: Meeting) -> None:
    """Refuse before the minutes circulate, and once they are approved."""
    if meeting.state != MeetingState.MINUTES_CIRCULATED:
        raise DomainError(_("The minutes are not in circulation: no correction is awaited."))


def _reader(meeting_id: int, by: User) -> tuple[Meeting, Entity]:
    meeting = _in_circulation(meeting_id)
    require_no_call(meeting)
    standing = standing_on(by, clock.today())
    if standing.entity is None or standing.rank is None or not standing.is_member:
        raise DomainError(_("You do not speak for an entity of the Network today."))
    return meeting, standing.entity


def require_answered(meeting: Meeting) -> None:
    """
    Raises:
        DomainError: a correction awaits its answer.
    """
    awaiting = meeting.remarks.unanswered().count()
    if awaiting:
        raise DomainError(
            ngettext(
                "%(n)s correction awaits its answer: the minutes are approved afterwards.",
                "%(n)s corrections await their answers: the minutes are approved afterwards.",
                awaiting,
            )
            % {"n": awaiting}
        )


@transaction.atomic
def approve_minutes(
    meeting: Meeting, *, approved_in: Meeting | None, decision: Decision | None = None, by: User
) -> Meeting:
    """Freeze the minutes, in a later meeting, by a decision of the Network or, without either, in writing.

    Args:
        decision: one that is being recorded.

    Raises:
        DomainError: a correction is not answered yet, the meeting named is not a later one that has begun, or the
            Network is asked to decide on them.
    """
    meeting = lock(meeting)
    require_move(meeting, "approve_minutes")
    pending = None if decision else meeting.approval_asked
    if pending:
        raise DomainError(_("The Network is asked to approve these minutes: “%s” comes first.") % pending.title)
    require_answered(meeting)
    if approved_in is not None:
        if approved_in.pk == meeting.pk or approved_in.starts_at <= meeting.starts_at:
            raise DomainError(_("Minutes are approved in a later meeting."))
        if approved_in.state not in ANNOUNCED or approved_in.starts_at > clock.now():
            raise DomainError(_("“%s” has not begun: nothing was approved there yet.") % approved_in)
    return move(
        meeting, "approve_minutes", by=by, minutes_approved_at=clock.now(), minutes_approved_by=by,
        minutes_approved_in=approved_in, approving_decision=decision,
        data={"in": str(approved_in or (decision and decision.reference) or "")},
    )  # fmt: skip
