"""What the pages show of a consultation: the text by paragraphs, and what was said of each."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from core.templatetags.components import state_tag, status_tag
from decisions import paragraphs
from decisions.amendments import left_out, paragraph_of
from decisions.enums import MAY_CHANGE, Asks, DecisionState, Reply
from decisions.models import Comment, Decision, DecisionText
from decisions.paragraphs import Line


@dataclass(frozen=True)
class Paragraph:
    """One of the present text, with how often it was spoken of; ``number`` from 1."""

    number: int
    words: str
    comments: int = 0


@dataclass(frozen=True)
class Remark:
    """A comment with what it would change.

    Attributes:
        quoted: the paragraph as it stood, where the present version is another one.
        lines: of an amendment, its paragraph before and after.
        may_be_answered: no version was written on an answer that was given.
        outcome: what became of it, in a word.
    """

    comment: Comment
    quoted: str
    lines: Sequence[Line]
    may_be_answered: bool
    outcome: SafeString


def numbered(text: DecisionText, comments: Iterable[Comment] = ()) -> list[Paragraph]:
    spoken = Counter(one.paragraph for one in comments if one.text_number == text.number)
    return [Paragraph(n, words, spoken[n]) for n, words in enumerate(paragraphs.split(text.text), start=1)]


def outcome(comment: Comment, *, is_over: bool, is_missing: bool) -> tuple[str, str] | None:
    """Kind and words of what became of a comment, where its state does not say it all.

    Args:
        is_over: nobody is consulted any more.
        is_missing: the present text does not hold what was accepted.
    """
    if is_over and not comment.is_answered:
        return "neutral", _("left without an answer")
    if is_over and is_missing:
        return "waiting", _("accepted, and not in the text")
    return None


def remarks(comments: Iterable[Comment], texts: Sequence[DecisionText], *, is_over: bool) -> list[Remark]:
    """In the order of the text, those on its last version first.

    Args:
        texts: every version of the text, the present one first.
        is_over: nobody is consulted any more.
    """
    parts = {text.number: paragraphs.split(text.text) for text in texts}
    comments = list(comments)
    missing = left_out(comments, texts)
    ordered = sorted(comments, key=lambda one: (-one.text_number, one.paragraph or 0, one.at, one.pk))
    return [
        _remark(one, parts, texts[0].number, outcome(one, is_over=is_over, is_missing=one in missing))
        for one in ordered
    ]


def _remark(comment: Comment, parts: dict[int, list[str]], present: int, became: tuple[str, str] | None) -> Remark:
    stood = paragraph_of(comment, parts.get(comment.text_number, []))
    quoted = stood if comment.text_number != present and comment.kind in {Asks.COMMENT, Asks.ADDITION} else ""
    may_be_answered = not comment.is_answered or comment.text_number == present
    return Remark(
        comment, quoted, change(comment, stood), may_be_answered, status_tag(*became) if became else state_tag(comment)
    )


def change(comment: Comment, stood: str) -> list[Line]:
    """What an amendment does to the paragraph that stood there; nothing for a comment."""
    if comment.kind == Asks.COMMENT:
        return []
    before = [] if comment.kind == Asks.ADDITION else [stood]
    return paragraphs.compared(before, paragraphs.split(comment.wording))


def consultation(
    user: Any, decision: Decision, texts: Sequence[DecisionText], comments: list[Comment]
) -> dict[str, Any]:
    """The decision page's part of the context.

    Args:
        texts: every version of the text, the present one first.
    """
    is_open = decision.state == DecisionState.CONSULTATION
    may_revise = decision.state in MAY_CHANGE
    missing = left_out(comments, texts)
    present = [one for one in comments if _is_present(one, texts[0])]
    earlier = [one for one in comments if not _is_present(one, texts[0])]
    return {
        "paragraphs": numbered(texts[0], comments),
        "remarks": remarks(present, texts, is_over=not may_revise),
        "earlier_remarks": remarks(earlier, texts, is_over=not may_revise),
        "unanswered": sum(not one.is_answered for one in comments),
        "may_comment": is_open and user.has_perm("decisions.add_comment", decision),
        "may_answer": is_open and user.has_perm("decisions.answer_comment", decision),
        "may_revise": may_revise and user.has_perm("decisions.revise_text", decision),
        "missing": missing,
        # Those of the present version are still to be carried out, as long as the text may change.
        "left_out": [one for one in missing if not (may_revise and _is_present(one, texts[0]))],
        "to_carry_out": sum(_is_to_carry_out(one, texts[0]) for one in comments),
    }


def _is_present(comment: Comment, text: DecisionText) -> bool:
    """Whether one still has to do with it: said of the present version, or not answered yet."""
    return comment.text_number == text.number or not comment.is_answered


def _is_to_carry_out(comment: Comment, text: DecisionText) -> bool:
    return comment.is_amendment and comment.state == Reply.ACCEPTED and comment.text_number == text.number


def carried_out(decision: Decision, text: DecisionText) -> dict[str, str]:
    """The next version as the amendments accepted on this one make it: its text, and what changed; one query."""
    rewordings: dict[int, str] = {}
    additions: dict[int, list[str]] = {}
    named: list[str] = []
    for one in decision.comments.to_carry_out(text.number).select_related("entity"):
        number = one.paragraph or 0
        if one.kind == Asks.ADDITION:
            additions.setdefault(number, []).append(one.wording)
        else:
            rewordings[number] = one.wording
        named.append(f"{one.entity} ({one.place})")
    if not named:
        return {}
    note = _("Amendments accepted: %s") % ", ".join(named)
    words = paragraphs.amended(paragraphs.split(text.text), rewordings, additions)
    return {"text": words, "note": Truncator(note).chars(300)}
