"""What the pages show to one person. A button is there when the transition table and the permission both allow it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import clock, journal
from core.charts import Figure, year_line
from core.components import SummaryRow
from core.enums import MailState
from core.models import OutboxMail
from core.richtext import to_html
from core.templatetags.typography import french_day, hours, long_day
from core.transitions import can_move
from meetings import checks, queries
from meetings.actions.meeting import NO_NEW_DATE
from meetings.enums import AGENDA_OPEN, ANNOUNCED, MINUTES_OPEN, OVER, PREPARING, Answer, MeetingState, Mode, Presence
from meetings.models import ActionPoint, Attendance, Meeting
from meetings.sheets import answered
from members.queries import network_people
from members.standing import standing_of


def year_figure(day: date) -> Figure:
    """The line of the year in which ``day`` is: its announced meetings, with the mark of ``day``."""
    marks = queries.year_marks(queries.announced_in(day.year), day.year)
    return year_line(marks, day.replace(month=1, day=1), day.replace(month=12, day=31), day)


@dataclass(frozen=True)
class Step:
    """One thing the person may do now. ``is_post`` acts at once, else the address is a page that asks first."""

    label: Any
    url: str
    is_post: bool = False
    style: str = "secondary"


PREPARATION = (gettext_lazy("Date and place"), gettext_lazy("Agenda"), gettext_lazy("Check before convening"))
# verb of the table → permission, address, words, acts at once
_STEPS: tuple[tuple[str, str, str, Any, bool], ...] = (
    ("convene", "convene_meeting", "meeting_convene", gettext_lazy("Check before convening"), False),
    ("open_session", "open_session", "session_open", gettext_lazy("Open the session"), True),
    ("close_session", "close_session", "session_close", gettext_lazy("Close the session"), True),
    ("circulate_minutes", "circulate_minutes", "minutes_circulate", gettext_lazy("Check before circulating"), False),
    ("approve_minutes", "approve_minutes", "minutes_approve", gettext_lazy("Approve the minutes"), False),
    ("close", "close_meeting", "meeting_close", gettext_lazy("Close the file"), True),
)
_WAYS_OUT: tuple[tuple[str, str, str, Any], ...] = (
    ("postpone", "postpone_meeting", "meeting_postpone", gettext_lazy("Postpone")),
    ("cancel", "cancel_meeting", "meeting_cancel", gettext_lazy("Cancel the meeting")),
)
# (permission, states in which it makes sense, address, words)
_WRITINGS: tuple[tuple[str, Any, str, Any], ...] = (
    ("edit_meeting", PREPARING, "meeting_edit", gettext_lazy("Change the facts")),
    ("edit_agenda", AGENDA_OPEN, "agenda", gettext_lazy("Write the agenda")),
    ("record_attendance", MINUTES_OPEN, "attendance", gettext_lazy("Record the attendance")),
    ("edit_minutes", MINUTES_OPEN, "minutes", gettext_lazy("Write the minutes")),
    ("view_deliveries", ANNOUNCED | {MeetingState.POSTPONED, MeetingState.CANCELLED}, "deliveries",
     gettext_lazy("Mails sent")),
)  # fmt: skip


def steps(user: Any, meeting: Meeting) -> list[Step]:
    """What moves the meeting on, and what may be written meanwhile."""
    found = []
    for verb, permission, name, label, is_post in _STEPS:
        too_early = verb == "open_session" and clock.today() < meeting.day
        if verb == "convene" and meeting.awaits_date:
            name, label = "meeting_edit", _("Set the new date")
        if can_move(meeting, verb) and user.has_perm(f"meetings.{permission}", meeting) and not too_early:
            found.append(Step(label, reverse(f"meetings:{name}", args=[meeting.pk]), is_post, "primary"))
    if meeting.state == MeetingState.CONVENED and user.has_perm("meetings.publish_agenda", meeting):
        label = _("Publish the agenda again") if meeting.agenda_published_at else _("Publish the agenda")
        found.append(Step(label, reverse("meetings:agenda_publish", args=[meeting.pk])))
    for permission, states, name, label in _WRITINGS:
        if meeting.state in states and user.has_perm(f"meetings.{permission}", meeting):
            found.append(Step(label, reverse(f"meetings:{name}", args=[meeting.pk])))
    return found


def ways_out(user: Any, meeting: Meeting) -> list[Step]:
    return [
        Step(label, reverse(f"meetings:{name}", args=[meeting.pk]), style="danger")
        for verb, permission, name, label in _WAYS_OUT
        if can_move(meeting, verb) and user.has_perm(f"meetings.{permission}", meeting)
    ]


def meeting_page(user: Any, meeting: Meeting) -> dict[str, Any]:
    """Everything on the meeting's page; at most seven queries beside the person's own."""
    items = queries.agenda(meeting, user)
    invited = list(queries.invited(meeting)) if meeting.state in ANNOUNCED else []
    replies = invited if meeting.state == MeetingState.CONVENED else []
    sheet = list(queries.attendance(meeting)) if meeting.state in MINUTES_OPEN | OVER else []
    return {
        "meeting": meeting,
        "facts": facts(meeting),
        "items": items,
        "budget": budget(meeting, items),
        "steps": steps(user, meeting),
        "ways_out": ways_out(user, meeting),
        "reply": own_reply(user, replies),
        "may_reply": meeting.state == MeetingState.CONVENED
        and not meeting.is_past
        and user.has_perm("meetings.reply_to_convocation", meeting),
        "reads_minutes": meeting.state == MeetingState.MINUTES_CIRCULATED
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
    """The life of the meeting in sentences, without the strokes of the pen."""
    small = {f"meetings.{verb}" for verb in _SMALL_STEPS}
    return [(event.at, journal.sentence(event)) for event in journal.history(meeting) if event.verb not in small]


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
    if meeting.minutes_approved_in:
        rows.append(SummaryRow(_("Approved in"), meeting.minutes_approved_in))
    if meeting.venue_reason:
        rows.append(SummaryRow(_("Why elsewhere"), meeting.venue_reason))
    return rows


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


# --- Before sending --------------------------------------------------------------------------------------------------
def what_goes_out(user: Any, meeting: Meeting) -> dict[str, Any]:
    """What the mail about a meeting tells, and how many people receive it. ``seen`` is read first: what changes while
    the rest is read makes it old, and is shown before anything is sent.
    """
    seen, items = checks.agenda(meeting), queries.agenda(meeting, user)
    return {
        "meeting": meeting,
        "seen": seen,
        "items": items,
        "budget": budget(meeting, items),
        "facts": told(meeting),
        "people": network_people(clock.today()).count(),
    }


def convocation_check(user: Any, meeting: Meeting) -> dict[str, Any]:
    """« Vérifier avant envoi »: what will go out, and what a careful secretary would look at twice."""
    mail = what_goes_out(user, meeting)
    days = (meeting.day - clock.today()).days
    warnings = []
    if 0 <= days < queries.NOTICE.days:
        warnings.append(
            ngettext("The notice is %(n)s day; ", "The notice is %(n)s days; ", days) % {"n": days}
            + _("the habit is %(n)s days.") % {"n": queries.NOTICE.days}
        )
    if mail["budget"]["over"]:
        warnings.append(_("The items take %s more than the meeting lasts.") % mail["budget"]["over"])
    if meeting.chair is None:
        warnings.append(_("Nobody is named to chair the meeting yet."))
    if meeting.day.weekday() >= 5:
        warnings.append(_("The meeting falls on a weekend."))
    missing = what_is_missing(meeting, mail["items"])
    return {**mail, "labels": PREPARATION, "missing": missing, "warnings": warnings}


def publication_check(user: Any, meeting: Meeting) -> dict[str, Any]:
    return {**what_goes_out(user, meeting), "may_send": meeting.state == MeetingState.CONVENED}


def circulation_check(user: Any, meeting: Meeting) -> dict[str, Any]:
    """The items with and without minutes, and who was there."""
    seen = checks.minutes(meeting)
    sheet = attendance(list(queries.attendance(meeting)), list(queries.invited(meeting)))
    return {"seen": seen, **minutes_page(user, meeting), **sheet}


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


def mail_counts(mails: QuerySet[OutboxMail]) -> list[tuple[OutboxMail, int]]:
    """How many mails are in each state; those of which there is none are left out."""
    found = dict(mails.order_by().values_list("state").annotate(n=Count("pk")))
    return [(OutboxMail(state=state), found[state]) for state in MailState.values if state in found]


# --- Minutes ---------------------------------------------------------------------------------------------------------
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
        "may_write": meeting.state in MINUTES_OPEN and user.has_perm("meetings.edit_minutes", meeting),
        "may_remark": circulated and user.has_perm("meetings.add_remark", meeting),
        "may_answer": circulated and user.has_perm("meetings.answer_remark", meeting),
        "may_accept": own is not None and not any(row.entity_id == own.pk and row.is_unanswered for row in remarks),
        "has_accepted": own is not None and any(row.item_id is None and row.entity_id == own.pk for row in remarks),
        "read_by": read_by,
        "steps": [
            step
            for step in steps(user, meeting)
            if "compte-rendu/" in step.url and not step.url.endswith("compte-rendu/")
        ],
        "written": sum(1 for item in items if item.minutes),
        "total": len(items),
    }
