"""What the pages show to one person. A button is there when the transition table and the permission both allow it."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import journal
from core.charts import Figure, year_line
from core.components import Column, DataTable, SummaryRow
from core.enums import MailState
from core.models import JournalEvent, OutboxMail
from core.richtext import to_html
from core.templatetags.typography import ABSENT, hour, long_day, short_deadline
from core.transitions import can_move
from decisions.procedure_pages import link as procedure_link
from decisions.queries import sees
from meetings import approvals, group_pages, queries
from meetings import steps as possible
from meetings.enums import ANNOUNCED, MINUTES_OPEN, OVER, Answer, Kind, MeetingState, Presence
from meetings.models import ActionPoint, Attendance, Meeting, MeetingRequest
from meetings.sheets import answer_in_words, answered
from members.standing import standing_of


def year_figure(day: date) -> Figure:
    """The line of the year in which ``day`` is: its announced meetings, with the mark of ``day``."""
    marks = queries.year_marks(queries.announced_in(day.year), day.year)
    return year_line(marks, day.replace(month=1, day=1), day.replace(month=12, day=31), day)


def meeting_page(user: Any, meeting: Meeting) -> dict[str, Any]:
    """Everything on the meeting's page; at most seven queries beside the person's own."""
    items = queries.agenda(meeting, user)
    invited = queries.invited(meeting) if meeting.state in ANNOUNCED else []
    sheet = list(queries.attendance(meeting)) if meeting.state in MINUTES_OPEN | OVER else []
    awaits_sheet = meeting.state in MINUTES_OPEN and not sheet
    replies = invited if meeting.state == MeetingState.CONVENED or awaits_sheet else []
    return {
        "meeting": meeting,
        "facts": facts(meeting),
        "items": items,
        "budget": budget(meeting, items),
        "steps": possible.steps(user, meeting),
        "ways_out": possible.ways_out(user, meeting),
        "reply": own_reply(user, replies),
        "may_reply": meeting.state == MeetingState.CONVENED
        and not meeting.is_past
        and user.has_perm("meetings.reply_to_convocation", meeting),
        "asked": _shown(user, meeting.approval_asked),
        "reads_minutes": meeting.state == MeetingState.MINUTES_CIRCULATED
        and not _is_frozen(meeting)
        and user.has_perm("meetings.add_remark", meeting),
        "has_minutes": meeting.state in OVER or any(item.minutes for item in items),
        "replies": reply_groups(replies),
        "notes": reply_notes(replies) if user.has_perm("meetings.read_reply_notes", meeting) else [],
        "reply_counts": reply_counts(replies),
        **attendance(sheet, invited),
        "decisions": [decision for item in items for decision in item.carried],
        "points": point_rows(user, items),
        "shows_link": meeting.online_link and meeting.state not in OVER and not meeting.called_off_reason,
        "history": history(meeting),
    }


def _is_frozen(meeting: Meeting) -> bool:
    return meeting.approval_asked is not None and meeting.approval_asked.frozen_at is not None


def _shown(user: Any, asked: Any) -> Any:
    return asked if asked and sees(user, asked) else None


# Told on the page by what they left behind; the journal keeps each of them. An attached decision may still be a draft
# that not everybody may see.
_SMALL_STEPS = {
    "add_agenda_item",
    "edit_agenda_item",
    "move_agenda_item",
    "edit_minutes",
    "reply_to_convocation",
    "attach_decision",
    "detach_decision",
}


def history(meeting: Meeting) -> list[tuple[Any, str]]:
    """The life of the meeting in sentences, without the strokes of the pen, but for those after the circulation."""
    small = {f"meetings.{verb}" for verb in _SMALL_STEPS}
    read = meeting.minutes_circulated_at

    def is_told(event: JournalEvent) -> bool:
        return event.verb not in small or bool(event.verb == "meetings.edit_minutes" and read and event.at > read)

    return [(event.at, journal.sentence(event)) for event in journal.history(meeting) if is_told(event)]


def point_rows(user: Any, items: list[Any]) -> list[dict[str, Any]]:
    return [point_row(user, point, item.meeting) for item in items for point in item.points]


def point_row(user: Any, point: ActionPoint, meeting: Meeting) -> dict[str, Any]:
    """An action point with what this person may do to it now."""
    return {
        "point": point,
        "may_edit": meeting.state in MINUTES_OPEN
        and can_move(point, "close_action_point")
        and user.has_perm("meetings.add_action_point", meeting),
        "may_start": can_move(point, "start_action_point") and user.has_perm("meetings.start_action_point", point),
        "may_close": can_move(point, "close_action_point") and user.has_perm("meetings.close_action_point", point),
    }


def request_rows(user: Any, requests: Iterable[MeetingRequest]) -> list[dict[str, Any]]:
    """Requests for a meeting with what this person may do; a meeting in preparation is named, and opens to few."""
    runs = user.has_perm("meetings.answer_meeting_request")
    return [
        {
            "asked": asked,
            "opens": asked.meeting is not None and (runs or asked.meeting.convened_at is not None),
            "may_answer": runs and not asked.answer,
            "may_withdraw": not asked.answer and user.has_perm("meetings.withdraw_meeting_request", asked),
        }
        for asked in requests
    ]


def facts(meeting: Meeting) -> list[SummaryRow]:
    """The lines of the summary; those that are not known yet are left out."""
    rows = [SummaryRow(_("Kind"), capfirst(str(meeting.get_kind_display())))]
    if meeting.chair:
        rows.append(SummaryRow(_("Chaired by"), meeting.chair))
    if meeting.rapporteur:
        rows.append(SummaryRow(_("Rapporteur"), meeting.rapporteur))
    for label, moment in (
        (_("Convened"), meeting.convened_at),
        (_("Agenda published"), meeting.agenda_published_at),
        (_("Minutes circulated"), meeting.minutes_circulated_at),
        (_("Minutes approved"), meeting.minutes_approved_at),
    ):
        if moment:
            rows.append(SummaryRow(label, long_day(moment)))
    rows += _approved_by(meeting)
    if meeting.kind == Kind.ANNUAL_REVIEW and meeting.state in {MeetingState.IN_SESSION, *OVER}:
        rows.append(SummaryRow(_("Working groups"), group_pages.link(meeting)))
    if meeting.venue_reason:
        rows.append(SummaryRow(_("Why elsewhere"), meeting.venue_reason))
    rows.append(SummaryRow(_("Under the rules of procedure"), procedure_link(meeting.procedure)))
    return rows


def _approved_by(meeting: Meeting) -> list[SummaryRow]:
    if meeting.minutes_approved_in:
        return [SummaryRow(_("Approved in"), meeting.minutes_approved_in)]
    decision = meeting.approving_decision
    return [SummaryRow(_("Approved by decision"), approvals.link(decision))] if decision else []


def duration(minutes: int) -> str:
    """« 3 h 40 », « 45 min »."""
    full, rest = divmod(minutes, 60)
    if not full:
        return f"{rest}\u00a0min"
    return f"{full}\u00a0h\u00a0{rest:02}" if rest else f"{full}\u00a0h"


def budget(meeting: Meeting, items: list[Any]) -> dict[str, Any]:
    """The time the items take against the length of the meeting."""
    planned, length = sum(item.duration_min for item in items), int(meeting.length / timedelta(minutes=1))
    return {
        "planned": duration(planned),
        "length": duration(length),
        "over": duration(planned - length) if planned > length else "",
        "left": duration(length - planned) if planned < length else "",
    }


# --- Replies and attendance by name ----------------------------------------------------------------------------------
def own_reply(user: Any, replies: list[Any]) -> Any:
    own = standing_of(user).entity
    row = next((row for row in replies if own and row.pk == own.pk and row.given_answer), None)
    return {"acronym": row.acronym, "answer": Answer(row.given_answer).label} if row else None


def answers_of(meeting: Meeting, entity: Any) -> list[dict[str, str]]:
    """What an entity answered to the present convocation, the last answer first: who said what when, and the note."""
    verb, since = "meetings.reply_to_convocation", meeting.convened_at
    said = [
        event
        for event in journal.history(meeting)
        if event.verb == verb and event.data["entity"] == entity.slug and since and event.at >= since
    ]
    return [
        {
            "sentence": _("Answer of %(person)s on %(day)s at %(hour)s: %(answer)s")
            % {
                "person": event.actor,
                "day": long_day(event.at),
                "hour": hour(event.at),
                "answer": answer_in_words(*(event.data.get(key) for key in ("answer", "mode", "represented_by"))),
            },
            "note": event.data.get("note", ""),
        }
        for event in reversed(said)
    ]


def calendar_replies(meeting: Meeting) -> DataTable | None:
    """What calendar programs answered by mail, the last one first; ``None`` where nothing came."""
    found = list(meeting.calendar_replies.select_related("person").order_by("-received_at", "-pk")[:200])
    if not found:
        return None
    columns = (Column(_("Sender"), "head"), Column(_("Answer")), Column(_("What became of it")), Column(_("When")))
    rows = tuple(
        (
            str(one.person) if one.person else _("unknown: %s") % one.sender,
            capfirst(str(one.get_answer_display())) if one.answer else ABSENT,
            capfirst(str(one.get_outcome_display())),
            short_deadline(one.received_at),
        )
        for one in found
    )
    return DataTable(_("Answers that came from calendars"), columns, rows, hide_caption=True)


def reply_groups(replies: list[Any]) -> list[dict[str, Any]]:
    """Who comes, who is represented, who does not, who has not said: by name."""
    groups: list[dict[str, Any]] = []
    for answer in Answer:
        rows = [row for row in replies if row.given_answer == answer]
        if rows:
            groups.append({"label": capfirst(str(answer.label)), "names": [_reply_name(row) for row in rows]})
    silent = [row.acronym for row in replies if not row.given_answer]
    if silent:
        groups.append({"label": _("Have not answered yet"), "names": silent, "silent": True})
    return [{"silent": False, **group} for group in groups]


def _reply_name(row: Any) -> str:
    more = [row.given_represented_by, _("online") if row.given_mode == "online" else ""]
    words = ", ".join(filter(None, more))
    return f"{row.acronym} ({words})" if words else row.acronym


def reply_notes(replies: list[Any]) -> list[dict[str, str]]:
    """What entities wrote to the secretariat with their answer."""
    return [
        {"entity": row.acronym, "answer": answered(row), "note": row.given_note} for row in replies if row.given_note
    ]


def reply_counts(replies: list[Any]) -> str:
    answered = sum(1 for row in replies if row.given_answer)
    return ngettext(
        "%(answered)s entity of %(all)s has answered.", "%(answered)s entities of %(all)s have answered.", answered
    ) % {"answered": answered, "all": len(replies)}


def attendance(sheet: list[Any], invited: list[Any]) -> dict[str, Any]:
    """In the room, online, apologies, absent, not recorded: by name, and in a sentence against all who were invited."""
    labels = (
        ("in_person", _("In the room")),
        ("online", _("Online")),
        (Presence.APOLOGIES.value, _("Apologies")),
        (Presence.ABSENT.value, _("Absent")),
        ("", _("Not recorded")),
    )
    missing = [Attendance(entity=entity) for entity in queries.unrecorded(invited, sheet)]
    rows = [*sheet, *missing]
    groups = [(label, [row for row in rows if (row.mode or row.status) == key]) for key, label in labels]
    return {
        "attendance": [{"label": label, "rows": found} for label, found in groups if found],
        "attendance_counts": _attendance_counts(sheet, len(rows), len(missing)),
    }


def _attendance_counts(sheet: list[Any], invited: int, missing: int) -> str:
    present = sum(1 for row in sheet if row.status == Presence.PRESENT)
    words = ngettext("%(present)s entity present of %(all)s.", "%(present)s entities present of %(all)s.", present)
    said = words % {"present": present, "all": invited}
    more = ngettext("%(n)s not recorded.", "%(n)s not recorded.", missing) % {"n": missing}
    return f"{said} {more}" if missing else said


# --- Mails and minutes -----------------------------------------------------------------------------------------------
def mail_counts(mails: QuerySet[OutboxMail]) -> list[tuple[OutboxMail, int]]:
    """How many mails are in each state; those of which there is none are left out."""
    found = dict(mails.order_by().values_list("state").annotate(n=Count("pk")))
    return [(OutboxMail(state=state), found[state]) for state in MailState.values if state in found]


def minutes_page(user: Any, meeting: Meeting) -> dict[str, Any]:
    items = queries.agenda(meeting, user)
    remarks = list(queries.remarks(meeting))
    own = standing_of(user).entity
    circulated = meeting.state == MeetingState.MINUTES_CIRCULATED
    read_by = [row.entity.acronym for row in remarks if row.item_id is None]
    return {
        "meeting": meeting,
        "rows": [
            {
                "item": item,
                "html": to_html(item.minutes) if item.minutes else "",
                "remarks": [row for row in remarks if row.item_id == item.pk],
            }
            for item in items
        ],
        "asked": _shown(user, meeting.approval_asked),
        "may_write": meeting.state in MINUTES_OPEN
        and not _is_frozen(meeting)
        and user.has_perm("meetings.edit_minutes", meeting),
        "may_remark": circulated and not _is_frozen(meeting) and user.has_perm("meetings.add_remark", meeting),
        "may_answer": circulated and user.has_perm("meetings.answer_remark", meeting),
        "may_accept": own is not None and not any(row.entity_id == own.pk and row.is_unanswered for row in remarks),
        "has_accepted": own is not None and any(row.item_id is None and row.entity_id == own.pk for row in remarks),
        "read_by": read_by,
        "steps": [
            step
            for step in possible.steps(user, meeting)
            if "compte-rendu/" in step.url and not step.url.endswith("compte-rendu/")
        ],
        "written": sum(1 for item in items if item.minutes),
        "total": len(items),
    }


def readings(meeting: Meeting) -> dict[str, Any]:
    """How the Network has read the circulated minutes: who accepts them, what was asked for, who is silent."""
    remarks = list(queries.remarks(meeting))
    heard = {row.entity_id for row in remarks}
    return {
        "read_by": [row.entity.acronym for row in remarks if row.item_id is None],
        "unanswered": [row for row in remarks if row.is_unanswered],
        "answered": [row for row in remarks if row.answer],
        "silent": [entity.acronym for entity in queries.readers() if entity.pk not in heard],
    }
