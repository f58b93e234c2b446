"""What became, in the text, of the amendments that were accepted as they stand."""

from collections.abc import Iterable, Sequence

from decisions import paragraphs
from decisions.enums import WORDED, Reply
from decisions.models import Comment, DecisionText


def left_out(comments: Iterable[Comment], texts: Sequence[DecisionText]) -> list[Comment]:
    """Those that the present text does not hold.

    Args:
        texts: every version of the text, the present one first.
    """
    parts = {text.number: paragraphs.split(text.text) for text in texts}
    accepted = [one for one in comments if one.is_amendment and one.state == Reply.ACCEPTED]
    return [one for one in accepted if not _is_held(one, parts, texts[0].number)]


def _is_held(comment: Comment, parts: dict[int, list[str]], present: int) -> bool:
    """Whether the words that it asked for stand, or those that it wanted struck out do not."""
    if comment.kind in WORDED:
        return all(words in parts[present] for words in paragraphs.split(comment.wording))
    return paragraph_of(comment, parts.get(comment.text_number, [])) not in parts[present]


def paragraph_of(comment: Comment, parts: Sequence[str]) -> str:
    """The words it speaks of; nothing where it speaks of the whole text."""
    is_there = comment.paragraph is not None and comment.paragraph <= len(parts)
    return parts[comment.paragraph - 1] if is_there and comment.paragraph else ""
