"""The matrix of comments: what each entity asked of each paragraph and what it was answered, for Excel and Word."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from core import clock, word
from core.templatetags.typography import numeric_day
from core.workbook import Sheet, workbook
from decisions import amendments, comment_pages, paragraphs
from decisions.enums import MAY_CHANGE
from decisions.models import Comment, Decision, DecisionText


@dataclass(frozen=True)
class Row:
    """One comment, the paragraph as it stood in the version it speaks of, and what became of it in words."""

    number: int
    comment: Comment
    stood: str
    outcome: str


def filename(decision: Decision, suffix: str) -> str:
    return f"{settings.NETWORK_CODE}_commentaires_{decision.pk}_{clock.today():%Y-%m-%d}.{suffix}"


def rows(decision: Decision, comments: Sequence[Comment], texts: Sequence[DecisionText]) -> list[Row]:
    """In the order of the text: version by version, paragraph by paragraph, what concerns the whole text first.

    Args:
        texts: every version of the text, the present one first.
    """
    is_over, missing = decision.state not in MAY_CHANGE, amendments.left_out(comments, texts)
    parts = {text.number: paragraphs.split(text.text) for text in texts}
    ordered = sorted(comments, key=lambda one: (one.text_number, one.paragraph or 0, one.at, one.pk))
    return [
        Row(
            number,
            one,
            amendments.paragraph_of(one, parts.get(one.text_number, [])),
            _became(one, is_over=is_over, is_missing=one in missing),
        )
        for number, one in enumerate(ordered, start=1)
    ]


def _became(comment: Comment, **facts: bool) -> str:
    became = comment_pages.outcome(comment, **facts)
    return str(capfirst(became[1] if became else comment.get_state_display()))


def xlsx(decision: Decision, found: Sequence[Row]) -> bytes:
    headings = [
        (_("No."), 6), (_("Version"), 9), (_("Paragraph"), 14), (_("Text commented on"), 50), (_("Entity"), 14),
        (_("By whom"), 22), (_("On"), 12), (_("What is asked"), 20), (_("Proposed wording"), 50),
        (_("Comment or reason"), 50), (_("What becomes of it"), 20), (_("Answer"), 50), (_("Answered by"), 22),
        (_("Answered on"), 12),
    ]  # fmt: skip
    return workbook(Sheet(_("Comments"), headings, map(_cells, found), frozen=3))


def _cells(row: Row) -> list[Any]:
    one = row.comment
    return [
        row.number, one.text_number, one.place, row.stood, one.entity, one.author, localdate(one.at), _asked(one),
        one.wording, one.text, row.outcome, one.answer, one.answered_by,
        one.answered_at and localdate(one.answered_at),
    ]  # fmt: skip


def docx(decision: Decision, found: Sequence[Row]) -> bytes:
    """Across the page, one row a comment, as matrices of comments are passed around."""
    document = word.new_document(_("Matrix of comments"), clock.now())
    word.lay_across(document)
    facts = {"title": decision.title, "day": numeric_day(clock.today()), "entity": decision.proposed_by.name}
    document.add_paragraph(word.clean(_("%(title)s. Proposed by: %(entity)s. As of %(day)s.") % facts))
    if not found:
        document.add_paragraph(_("No comment yet."))
        return word.saved(document)
    columns = [
        (_("No."), 1.2), (_("Paragraph"), 2.2), (_("Text commented on"), 5.5), (_("By whom"), 3.0),
        (_("What is asked"), 6.0), (_("Comment or reason"), 4.5), (_("What becomes of it"), 4.0),
    ]  # fmt: skip
    table = word.add_table(document, [heading for heading, _width in columns], [_words(row) for row in found])
    word.set_widths(table, [width for _heading, width in columns])
    for cells, row in zip(table.rows[1:], found, strict=True):
        for line in comment_pages.change(row.comment, row.stood):
            word.add_spans(cells.cells[ASKED], [(span.kind, span.words) for span in line.spans])
    return word.saved(document)


ASKED = 4  # the column of what is asked


def _words(row: Row) -> list[str]:
    one = row.comment
    place = f"{one.place}\n({_('version %s') % one.text_number})"
    said = f"{one.entity.acronym}\n{one.author}\n{numeric_day(one.at)}"
    outcome = "\n".join(filter(None, [row.outcome, one.answer]))
    return [str(row.number), place, row.stood, said, _asked(one), one.text, outcome]


def _asked(comment: Comment) -> str:
    return str(capfirst(comment.get_kind_display()))
