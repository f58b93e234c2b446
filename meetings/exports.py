"""What leaves the portal: minutes as a Word file with real headings, action points as an Excel file."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from core import clock, word
from core.templatetags.typography import french_day, hours, numeric_day, typo
from core.workbook import Sheet, workbook
from meetings import queries
from meetings.enums import Presence
from meetings.models import ActionPoint, Meeting

ICS = "text/calendar; charset=utf-8"
_markdown = MarkdownIt("js-default", {"linkify": False})


def minutes_filename(meeting: Meeting) -> str:
    return f"{settings.NETWORK_CODE}_CR_{meeting.day:%Y-%m-%d}.docx"


def actions_filename() -> str:
    return f"{settings.NETWORK_CODE}_actions_{clock.today():%Y-%m-%d}.xlsx"


# --- Word ------------------------------------------------------------------------------------------------------------
def minutes_docx(meeting: Meeting, user: Any) -> bytes:
    """What this person may see of the minutes. Heading styles make the document navigable."""
    document = word.new_document(f"{_('Minutes')} – {meeting.title}", meeting.starts_at)
    for line in _facts(meeting):
        document.add_paragraph(word.clean(line))
    document.add_heading(_("Attendance"), level=1)
    for line in _attendance_lines(meeting):
        document.add_paragraph(word.clean(line))
    for item in queries.agenda(meeting, user):
        _add_item(document, item)
    return word.saved(document)


def _facts(meeting: Meeting) -> list[str]:
    when = f"{french_day(meeting.starts_at)}, {hours(meeting.starts_at, meeting.ends_at)} ({_('Dakar time')})"
    lines = [when, " · ".join(filter(None, [meeting.place, str(meeting.get_mode_display())]))]
    if meeting.chair:
        lines.append(_labelled(_("Chaired by"), meeting.chair))
    if meeting.rapporteur:
        lines.append(_labelled(_("Rapporteur"), meeting.rapporteur))
    lines.append(_labelled(_("State"), meeting.get_state_display()))
    return lines


def _labelled(label: str, value: Any) -> str:
    return _("%(label)s: %(value)s") % {"label": label, "value": value}


def _attendance_lines(meeting: Meeting) -> list[str]:
    rows = queries.attendance(meeting)
    labels = ((Presence.PRESENT, _("Present")), (Presence.APOLOGIES, _("Apologies")), (Presence.ABSENT, _("Absent")))
    named = [
        (label, [f"{row.entity} ({row.who})" if row.who else str(row.entity) for row in rows if row.status == status])
        for status, label in labels
    ]
    named.append((_("Not recorded"), [str(one) for one in queries.unrecorded(queries.invited(meeting), rows)]))
    return [_labelled(label, ", ".join(names)) for label, names in named if names] or [_("No attendance was recorded.")]


def _add_item(document: Any, item: Any) -> None:
    document.add_heading(word.clean(f"{item.order}. {item.title}"), level=1)
    if item.minutes:
        _add_markdown(document, item.minutes)
    else:
        document.add_paragraph(_("No minutes for this item."))
    for decision in item.carried:
        title = f"{decision.title} ({decision.get_state_display()})"
        words = _labelled(f"{_('Decision')} {decision.reference}".strip(), title)
        document.add_paragraph(word.clean(words), style="List Bullet")
    for point in item.points:
        words = _labelled(_("Action"), f"{point.text} – {point.responsible}, {numeric_day(point.due_on)}")
        document.add_paragraph(word.clean(words), style="List Bullet")


_STYLES = {"bullet_list_open": "List Bullet", "ordered_list_open": "List Number", "blockquote_open": "Quote"}


def _add_markdown(document: Any, text: str) -> None:
    """Paragraphs, lists, bold and italics; anything else becomes its plain words."""
    around: list[str] = []
    level = 0
    for token in _markdown.parse(word.clean(text)):
        if token.type in _STYLES:
            around.append(_STYLES[token.type])
        elif token.type in {"bullet_list_close", "ordered_list_close", "blockquote_close"}:
            around.pop()
        elif token.type == "heading_open":
            level = 2
        elif token.type == "inline":
            target = (
                document.add_heading(level=level)
                if level
                else document.add_paragraph(style=around[-1] if around else None)
            )
            _add_runs(target, token.children or [])
            level = 0
        elif token.content and token.type in {"fence", "code_block"}:
            document.add_paragraph(token.content)


def _add_runs(paragraph: Any, tokens: Iterable[Any]) -> None:
    bold = italic = False
    for token in tokens:
        if token.type in {"strong_open", "strong_close"}:
            bold = token.type == "strong_open"
        elif token.type in {"em_open", "em_close"}:
            italic = token.type == "em_open"
        elif token.type in {"softbreak", "hardbreak"}:
            paragraph.add_run().add_break()
        elif token.content:
            run = paragraph.add_run(typo(token.content))
            run.bold, run.italic = bold, italic


# --- Excel -----------------------------------------------------------------------------------------------------------
def actions_xlsx(points: Iterable[ActionPoint]) -> bytes:
    """One row an action point."""
    headings = [
        (_("What is to be done"), 60), (_("Entity in charge"), 20), (_("Person in charge"), 20), (_("Due on"), 20),
        (_("State"), 20), (_("Overdue"), 20), (_("Meeting"), 20), (_("What was done"), 20),
    ]  # fmt: skip
    return workbook(Sheet(_("Action points"), headings, map(_action_cells, points)))


def _action_cells(point: ActionPoint) -> list[Any]:
    late = _("yes") if point.is_overdue else _("no")
    return [
        point.text, point.responsible, point.carrier, point.due_on, point.get_state_display(), late,
        point.agenda_item.meeting.title, point.done_note,
    ]  # fmt: skip
