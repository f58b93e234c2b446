"""Statements of the Network: which it adopted, where they were published, and the file that is sent out."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core import word
from core.components import Column, DataTable
from core.templatetags.typography import ABSENT, french_day, numeric_day, typo
from decisions import languages
from decisions.enums import DecisionState
from decisions.models import NUMBERED, Decision
from decisions.queries import last_text, translations_of
from members.queries import co_chairs_on
from outreach.enums import STATEMENT
from outreach.models import Publication


def adopted() -> QuerySet[Decision]:
    """With their publications, the last one first."""
    found = Decision.objects.filter(subject_kind=STATEMENT, state__in=NUMBERED).select_related("publication")
    return found.order_by("-year", "-number")


def to_publish() -> QuerySet[Decision]:
    """Those that no other decision has replaced meanwhile."""
    return adopted().filter(publication__isnull=True, state=DecisionState.RECORDED)


def place_of_statement(decision: Decision) -> list[tuple[str, str]]:
    """On the page of an adopted statement: where it is dealt with."""
    if decision.subject_kind != STATEMENT or not decision.number:
        return []
    return [(str(_("Statements of the Network")), reverse("statements:statement_list"))]


def statements_table(user: Any) -> DataTable | None:
    may_publish = user.has_perm("outreach.record_publication")
    rows = tuple(
        (
            format_html('<a href="{}">{}</a>', one.get_absolute_url(), typo(str(one))),
            numeric_day(one.recorded_at),
            _published(one, may_publish),
            format_html('<a href="{}">DOCX</a>', reverse("statements:statement_docx", args=[one.pk])),
        )
        for one in adopted()
    )
    columns = (Column(_("Statement"), "head"), Column(_("Adopted")), Column(_("Published")), Column(_("File")))
    return DataTable(_("Statements of the Network"), columns, rows, hide_caption=True) if rows else None


def _published(decision: Decision, may_publish: bool) -> Any:
    found: Publication | None = getattr(decision, "publication", None)
    if found is None:
        url = reverse("statements:statement_publish", args=[decision.pk])
        return format_html('<a href="{}">{}</a>', url, _("Say where it is published")) if may_publish else ABSENT
    day = numeric_day(found.published_on)
    if not found.url:
        return f"{day}, {found.where}"
    return format_html('{}, <a href="{}" rel="noreferrer">{}</a>', day, found.url, typo(found.where))


def filename(decision: Decision) -> str:
    return _("Statement %s.docx") % decision.reference.replace("/", "-")


def document_of(decision: Decision) -> bytes:
    """A Word file in the name of the Network: the text, its translations, and who chairs on the day of the adoption."""
    text = last_text(decision)
    day: Any = decision.recorded_at
    document = word.new_document(decision.title, day)
    say = partial(_say, document)
    say(_("Dakar, %s") % french_day(day))
    for part in text.parts:
        say(part)
    for one in translations_of(text):
        document.add_heading(word.clean(one.title), level=1)
        with translation.override(one.language):
            for part in one.parts:
                say(part)
        say(_("The text prevails in %(prevailing)s.") % {"prevailing": languages.name_of(languages.prevailing())})
    say(_("United Nations Network on Migration in Senegal"))
    for term in co_chairs_on(day.date()):
        say(f"{term.person}, {term.entity.acronym} – {capfirst(str(term.get_seat_display()))}", "List Bullet")
    say(_("Adopted by consensus: decision %s.") % decision.reference)
    return word.saved(document)


def _say(document: Any, words: str, style: str | None = None) -> None:
    document.add_paragraph(word.clean(words), style=style)
