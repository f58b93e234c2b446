"""The components of the portal as template tags. A wrong or missing argument raises; every state is on ``/ui/``.

Leaves are inclusion tags, wrappers are block tags. Templates stand in ``templates/components/``.
"""

from collections import Counter
from datetime import datetime, time
from typing import Any
from urllib.parse import urlencode

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_form
from django import template
from django.conf import settings
from django.core.paginator import Page
from django.db.models import Choices
from django.forms import BaseForm, BaseFormSet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_filters.filterset import BaseFilterSet

from core import clock
from core.charts import Figure
from core.components import (
    SHAPES,
    TAG_KINDS,
    VOICES,
    ComponentError,
    DataTable,
    Difference,
    Filter,
    SummaryRow,
    TaskItem,
    TimelineEvent,
    Voice,
    VoicesGroup,
    by_note,
    coerce,
    kind_of_state,
)
from core.memo import drawn, drawn_once
from core.templatetags.typography import _day_of, filesize_fr, percent, short_deadline, typo
from core.todo import TodoItem

register = template.Library()


@drawn_once
def _draw(name: str, **values: Any) -> SafeString:
    """A component made of plain values: the same values are drawn once."""
    return render_to_string(f"components/{name}.html", values)


_MANY_FIELDS = 4
_BUTTONS = {"primary": "btn-primary", "secondary": "btn-secondary", "danger": "btn-danger", "link": "btn-link"}


def _known(value: str, known: Any, what: str) -> str:
    if value not in known:
        raise ComponentError(f"unknown {what} {value!r}; known: {', '.join(known)}")
    return value


@register.simple_tag
def glyph(shape: str, size: int = 10) -> SafeString:
    """A small shape in the colour of the text; decorative, so hidden from screen readers."""
    drawing = SafeString(SHAPES[_known(shape, SHAPES, "shape")])
    return format_html(
        '<svg width="{0}" height="{0}" viewBox="0 0 10 10" aria-hidden="true" focusable="false">{1}</svg>',
        size,
        drawing,
    )


# --- Tags and small pieces -------------------------------------------------------------------------------------------
@register.simple_tag
def status_tag(kind: str, text: Any) -> SafeString:
    """``{% status_tag "waiting" "avant ven. 4 déc." %}``; kinds: neutral, active, waiting, done, problem."""
    shape = TAG_KINDS[_known(kind, TAG_KINDS, "kind of tag")]
    if not str(text).strip():
        raise ComponentError("a status tag needs words")
    return format_html('<span class="tag tag-{}">{}{}</span>', kind, glyph(shape), capfirst(str(text)))


@register.simple_tag
def state_tag(thing: Any, field: str = "state") -> SafeString:
    """``{% state_tag decision %}``: the state of an object in its own words and its registered look."""
    label = thing.label if isinstance(thing, Choices) else getattr(thing, f"get_{field}_display")()
    return status_tag(kind_of_state(thing, field), label)


@register.inclusion_tag("components/file_link.html")
def file_link(url: str, name: str, kind: str, size: int | None = None) -> dict[str, Any]:
    """``{% file_link url="…" name="Compte rendu" kind="PDF" size=188416 %}`` → « Compte rendu (PDF, 184 Ko) »."""
    return {"url": url, "name": name, "kind": kind, "size": "" if size is None else filesize_fr(size)}


@register.simple_tag
def meter(value: Any, label: str = "") -> SafeString:
    """``{% meter 76 label="Avancement" %}``: a bar and its figure; ``None`` gives « — »."""
    share = None if value is None else min(100.0, max(0.0, float(value)))
    width = None if share is None else f"{share:.2f}".rstrip("0").rstrip(".")
    return _draw("meter", width=width, text=percent(value), label=label)


@register.inclusion_tag("components/action_button.html", takes_context=True)
def action_button(context: Any, url: str, label: str, style: str = "primary", **fields: Any) -> dict[str, Any]:
    """``{% action_button url=… label="Convoquer" style="secondary" next=… %}``: a POST form of one button.

    Styles: primary, secondary, danger, link. Any other keyword becomes a hidden field.
    """
    if not url or not str(label).strip():
        raise ComponentError("an action button needs an address and a verb")
    button = "link-button" if style == "link" else "btn " + _BUTTONS[_known(style, _BUTTONS, "button style")]
    return {"url": url, "label": label, "button": button, "fields": fields, "csrf_token": context.get("csrf_token", "")}


# --- Lists -----------------------------------------------------------------------------------------------------------
@register.inclusion_tag("components/summary_list.html")
def summary_list(rows: Any, label: str = "") -> dict[str, Any]:
    """Rows: ``SummaryRow`` or (label, value[, url])."""
    return {"rows": coerce(SummaryRow, rows), "label": label}


@register.simple_tag
def timeline(events: Any) -> SafeString:
    """Events in order, each with what tells it from the last: a new year, the hour on a day that saw several."""
    lines, year, told = [], clock.today().year, coerce(TimelineEvent, events)
    busy = Counter(_day_of(event.when) for event in told)
    for event in told:
        day = _day_of(event.when)
        is_timed = busy[day] > 1 and isinstance(event.when, datetime)
        lines.append({"event": event, "year": day.year if day.year != year else "", "is_timed": is_timed})
        year = day.year
    return _draw("timeline", lines=lines)


def _is_end_of_day(due: datetime) -> bool:
    """Whether a whole day is meant: its last minute says nothing to anybody."""
    return timezone.localtime(due).time() == time(23, 59)


def _task(item: TodoItem | TaskItem) -> dict[str, Any]:
    if isinstance(item, TaskItem):
        if item.tag:
            _known(item.tag_kind, TAG_KINDS, "kind of tag")
        return {
            "title": item.title,
            "url": item.url,
            "why": item.why,
            "kind": item.tag_kind,
            "tag": item.tag,
            "zone": "",
        }
    kind, tag = "neutral", item.tag
    if item.due and item.overdue:
        days = (clock.today() - _day_of(item.due)).days
        tag = ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days} if days > 0 else _("late since today")
        kind = "problem"
    elif item.due and _is_end_of_day(item.due):
        kind, tag = "waiting", _("by %(day)s") % {"day": short_deadline(_day_of(item.due))}
    elif item.due:
        kind, tag = "waiting", _("before %(deadline)s") % {"deadline": short_deadline(item.due)}
    to_the_minute = isinstance(item.due, datetime) and not item.overdue and not _is_end_of_day(item.due)
    zone = _("Dakar time") if to_the_minute else ""
    return {"title": item.title, "url": item.url, "why": item.why, "kind": kind, "tag": tag, "zone": zone}


@register.simple_tag
def task_list(items: Any) -> SafeString:
    """Items: ``core.todo.TodoItem`` (due date and delay become the tag) or ``TaskItem``."""
    kept = [item if isinstance(item, TodoItem) else coerce(TaskItem, [item])[0] for item in items]
    return _draw("task_list", items=[_task(item) for item in kept])


@register.simple_tag
def voices(groups: Any) -> SafeString:
    """Signature 2. Groups: ``VoicesGroup`` or (kind, voices[, hint]), shown in the order of ``VOICES``."""
    given = coerce(VoicesGroup, groups)
    for group in given:
        _known(group.kind, VOICES, "kind of voice")
    shown = []
    for kind, (title, hint, shape, css) in VOICES.items():
        heard = [voice for group in given if group.kind == kind for voice in coerce(Voice, group.voices)]
        hints = [group.hint for group in given if group.kind == kind and group.hint]
        if heard:
            said = [voice for voice in heard if voice.reason or voice.would_lift]
            hint = hints[0] if hints else hint
            rest_by_note = by_note([voice for voice in heard if voice not in said])
            shown.append({"title": title, "hint": hint, "shape": shape, "css": css, "said": said, "rest": rest_by_note})
    return _draw("voices", groups=shown)


@register.simple_tag
def data_table(table: DataTable) -> SafeString:
    if not isinstance(table, DataTable):
        raise ComponentError(f"{table!r} is not a DataTable")
    return _draw("data_table", table=table)


@register.simple_tag
def figure(drawing: Figure, caption: str = "", small: bool = False) -> SafeString:
    """A chart of ``core.charts`` with its table, and its list instead on phones when it has one."""
    if not isinstance(drawing, Figure):
        raise ComponentError(f"{drawing!r} is not a Figure")
    return _draw("figure", figure=drawing, caption=caption, small=small)


@register.inclusion_tag("components/list_summary.html")
def list_summary(text: str, filters: Any = (), clear_url: str = "") -> dict[str, Any]:
    """« 37 activités », then the active filters (``Filter`` or (label, remove_url)) as removable tags."""
    return {"text": text, "filters": coerce(Filter, filters), "clear_url": clear_url}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Any, page: Page, parameter: str = "page") -> dict[str, Any]:
    """Links to the other pages of ``page`` (a paginator's Page), keeping the rest of the query."""
    if not isinstance(page, Page):
        raise ComponentError(f"{page!r} is not a page")
    query = context["request"].GET.copy()
    query.pop(parameter, None)
    base = "?" + (query.urlencode() + "&" if query else "")
    links = [
        {"label": n, "url": base + urlencode({parameter: n}) if isinstance(n, int) else "", "current": n == page.number}
        for n in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    jump = {name: base + urlencode({parameter: n}) for name, n in _neighbours(page).items()}
    return {"page": page, "links": links, "previous": jump.get("previous"), "next": jump.get("next")}


def _neighbours(page: Page) -> dict[str, int]:
    near = {}
    if page.has_previous():
        near["previous"] = page.previous_page_number()
    if page.has_next():
        near["next"] = page.next_page_number()
    return near


# --- Forms -----------------------------------------------------------------------------------------------------------
def _error_lines(form: Any) -> list[dict[str, str]]:
    lines = []
    for name, errors in form.errors.items():
        field = form[name] if name in form.fields else None
        target, label = "", ""
        if field is not None and not field.is_hidden:
            target, label = _target(field), strip_tags(str(field.label))
        for error in errors:
            text = strip_tags(str(error))
            text = _("%(label)s: %(error)s") % {"label": label, "error": text} if label else text
            lines.append({"target": target, "text": typo(text)})
    return lines


def _target(field: Any) -> str:
    """The id to jump to: the control, or the first of a group of choices."""
    group = getattr(field.field.widget, "input_type", "") in {"radio", "checkbox"} and not field.id_for_label
    return f"{field.auto_id}_0" if group else field.id_for_label or field.auto_id


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: Any) -> dict[str, Any]:
    """``{% error_summary form formset %}``: the box on top, with a link to each field; nothing when all is well.

    A form refused for an older version shows what differs below it.
    """
    if not forms:
        raise ComponentError("error_summary needs a form")
    lines: list[dict[str, str]] = []
    for form in forms:
        if not form.is_bound:
            continue
        for one in getattr(form, "forms", [form]):
            lines += _error_lines(one)
        if hasattr(form, "non_form_errors"):
            lines += [{"target": "", "text": str(error)} for error in form.non_form_errors()]
    return {"lines": lines, "conflict": [row for form in forms for row in getattr(form, "conflict", None) or ()]}


@register.simple_tag(takes_context=True)
def error_prefix(context: Any) -> str:
    """« Erreur : » for the title of a page one of whose forms was refused."""
    return _("Error:") + " " if any(_is_refused(value) for scope in context for value in scope.values()) else ""


def _is_refused(value: Any) -> bool:
    # The type itself is asked: isinstance() would wake what is lazy, and query for it.
    if issubclass(type(value), BaseFormSet):
        return value.is_bound and value.total_error_count() > 0
    if issubclass(type(value), BaseFilterSet):
        return value.is_bound and bool(value.errors)
    return issubclass(type(value), BaseForm) and value.is_bound and bool(value.errors)


@register.simple_tag
def help_address() -> str:
    """The secretariat's address, for the help link at the foot of every page."""
    return settings.SECRETARIAT_EMAIL


@register.simple_tag
def site_navigation(entries: Any, person_label: str) -> SafeString:
    """The main menu, in one line on wide screens and folded on phones; entries have a label, a url, ``is_current``."""
    return _draw("site_navigation", entries=entries, person_label=person_label)


# --- Wrappers --------------------------------------------------------------------------------------------------------
def _wrap(name: str, content: Any, **values: Any) -> SafeString:
    return render_to_string(f"components/{name}.html", {"content": content, **values})


@register.simple_block_tag
def page_header(content: Any, title: Any, state: Any = None, kicker: Any = "") -> SafeString:
    """The head of a page: ``title`` (the only h1), ``state`` (an object for ``state_tag`` or a tag), facts inside."""
    if not str(title).strip():
        raise ComponentError("a page needs a title")
    tag = state if state is None or isinstance(state, SafeString) else state_tag(state)
    return _wrap("page_header", content, title=title, tag=tag, kicker=kicker)


@register.simple_block_tag
def notice(content: Any, kind: str = "active", title: Any = "", live: bool = False) -> SafeString:
    """A few lines set apart; ``live`` when it answers what the person just did."""
    return _wrap(
        "notice", content, kind=kind, title=title, live=live, shape=TAG_KINDS[_known(kind, TAG_KINDS, "kind of notice")]
    )


@register.simple_block_tag
def empty_state(content: Any, title: Any) -> SafeString:
    """Why there is nothing yet, and inside: the sentence that explains and the first action."""
    return _wrap("empty_state", content, title=title)


@register.simple_block_tag
def confirmation(content: Any, title: Any, reference: Any = "") -> SafeString:
    """It is done: ``title``, ``reference`` (number of the thing) and inside what happens next."""
    return _wrap("confirmation", content, title=title, reference=reference)


@register.simple_block_tag
def box(content: Any, title: Any = "", level: int = 2) -> SafeString:
    """A bordered group, mostly beside the text."""
    return _wrap("box", content, title=title, level=int(_known(str(level), ("2", "3"), "level")))


@register.simple_block_tag
def filter_panel(content: Any, asked: Any = None, summary: Any = "", is_open: Any = False) -> SafeString:
    """The filter form of a list: on a phone folded, unless ``is_open`` or ``asked`` (filter set, form) is refused."""
    is_refused = asked is not None and bool(asked.errors)
    return _wrap("filter_panel", content, summary=summary or _("Filter"), is_open=bool(is_open) or is_refused)


@register.simple_tag
def required_note(form: Any) -> SafeString:
    """What the asterisks mean, in a form of several fields that has some."""
    visible = form.visible_fields()
    if len(visible) < _MANY_FIELDS or not any(field.field.required for field in visible):
        return SafeString("")
    return format_html('<p class="form-text">{}</p>', _("Fields with an asterisk (*) are required."))


@register.simple_tag
def filter_fields(form: Any) -> SafeString:
    """The fields of a list's filter: drawn once for the same choices and the same question."""
    choices = [
        (name, [(str(value), str(label)) for value, label in field.choices])
        for name, field in form.fields.items()
        if hasattr(field, "choices")
    ]
    asked = [
        (name, str(form[name].value()), [str(error) for error in form.errors.get(name, [])]) for name in form.fields
    ]
    key = (type(form).__module__, type(form).__qualname__, form.is_bound, choices, asked)
    return drawn(key, lambda: as_crispy_form(form))


@register.inclusion_tag("components/steps.html")
def steps(current: int, labels: Any) -> dict[str, Any]:
    """« Étape 2 sur 5 : Ordre du jour » with its five marks."""
    labels = list(labels)
    if not 1 <= current <= len(labels):
        raise ComponentError(f"step {current} of {len(labels)}")
    marks = ["is-past" if n < current else "is-now" if n == current else "" for n in range(1, len(labels) + 1)]
    return {"current": current, "total": len(labels), "label": labels[current - 1], "marks": marks}


@register.inclusion_tag("components/conflict.html")
def conflict(differences: Any) -> dict[str, Any]:
    """Two texts side by side, field by field: what the person wrote and what stands since."""
    return {"differences": coerce(Difference, differences)}
