"""A text as numbered paragraphs, and how two versions of it differ. Pure: knows nothing of decisions."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

SIMILAR = 0.5  # from this share of common words on, a paragraph was reworded and not replaced by another one
MOST_PAIRED = 2_500  # pairs of paragraphs looked at for a common wording, in one block that changed
MOST_COMPARED = 1_000_000  # pairs of words (or paragraphs): beyond, a comparison would take seconds


@dataclass(frozen=True)
class Span:
    """Some words of a paragraph: common to both versions, or of one of them only."""

    kind: Literal["same", "added", "removed"]
    words: str


@dataclass(frozen=True)
class Line:
    """One paragraph of a comparison, with its number in each version; ``None`` where it does not stand."""

    kind: Literal["same", "changed", "added", "removed"]
    before: int | None
    after: int | None
    spans: tuple[Span, ...]


def split(text: str) -> list[str]:
    """Each line that says something is a paragraph, numbered from 1: pasted from Word, a paragraph is one line."""
    return [line for line in (line.strip() for line in text.splitlines()) if line]


def compared(before: Sequence[str], after: Sequence[str]) -> list[Line]:
    """Both versions as one text: every paragraph of either, in order, with what was added and removed in it."""
    found: list[Line] = []
    for kind, i, j, k, end in _steps(before, after):
        if kind == "equal":
            found += [Line("same", n + 1, n - i + k + 1, _all("same", before[n])) for n in range(i, j)]
        else:
            found += _replaced(before, after, range(i, j), range(k, end))
    return found


def _replaced(before: Sequence[str], after: Sequence[str], old: range, new: range) -> Iterator[Line]:
    """Paragraphs of one block that another block took the place of: reworded one by one, or gone and come."""
    n, m = old.start, new.start
    for one, other in [*_pairs(before, after, old, new), (old.stop, new.stop)]:
        yield from (Line("removed", gone + 1, None, _all("removed", before[gone])) for gone in range(n, one))
        yield from (Line("added", None, come + 1, _all("added", after[come])) for come in range(m, other))
        if one < old.stop:
            yield Line("changed", one + 1, other + 1, reworded(before[one], after[other]))
        n, m = one + 1, other + 1


def _pairs(before: Sequence[str], after: Sequence[str], old: range, new: range) -> list[tuple[int, int]]:
    """Which paragraphs are one in two wordings: as many as possible, in the order of both (longest common sequence)."""
    if len(old) * len(new) > MOST_PAIRED:
        return []
    best = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    alike = {(n, m): is_similar(before[n], after[m]) for n in old for m in new}
    for n in reversed(old):
        row, below = best[n - old.start], best[n - old.start + 1]
        for m in reversed(new):
            k = m - new.start
            row[k] = max(below[k], row[k + 1], below[k + 1] + alike[n, m])
    found, n, m = [], old.start, new.start
    while n < old.stop and m < new.stop:
        here, k = best[n - old.start][m - new.start], m - new.start
        if alike[n, m] and here == best[n - old.start + 1][k + 1] + 1:
            found.append((n, m))
            n, m = n + 1, m + 1
        elif here == best[n - old.start + 1][k]:
            n += 1
        else:
            m += 1
    return found


def is_similar(before: str, after: str) -> bool:
    return SequenceMatcher(None, before.split(), after.split()).quick_ratio() >= SIMILAR


def reworded(before: str, after: str) -> tuple[Span, ...]:
    """One paragraph in two wordings, word by word."""
    old, new = _words(before), _words(after)
    found: list[Span] = []
    for kind, i, j, k, end in _steps([word.rstrip() for word in old], [word.rstrip() for word in new]):
        if kind == "equal":
            found.append(Span("same", "".join(new[k:end])))
            continue
        found += [Span("removed", "".join(old[i:j]))] if i < j else []
        found += [Span("added", "".join(new[k:end]))] if k < end else []
    return tuple(found)


def place_of(number: int, lines: Iterable[Line]) -> Line | None:
    """What became of paragraph ``number`` of the earlier version; ``None`` where it had no such paragraph."""
    return next((line for line in lines if line.before == number), None)


def amended(parts: Sequence[str], rewordings: Mapping[int, str], additions: Mapping[int, Sequence[str]]) -> str:
    """The text with amendments carried out.

    Args:
        rewordings: number of a paragraph → its new wording, empty where it is struck out.
        additions: number of a paragraph → the paragraphs that come after it.
    """
    found: list[str] = []
    for number, part in enumerate(parts, start=1):
        found += [rewordings.get(number, part), *additions.get(number, ())]
    return "\n\n".join(filter(None, (part.strip() for part in found)))


def _all(kind: Literal["same", "added", "removed"], words: str) -> tuple[Span, ...]:
    return (Span(kind, words),)


def _words(text: str) -> list[str]:
    """Words and signs, each with the space that follows it, so that joined they are the text again."""
    return re.findall(r"\w+\s*|[^\w\s]\s*", text)


def _steps(old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    if len(old) * len(new) > MOST_COMPARED:
        return [("equal" if old == new else "replace", 0, len(old), 0, len(new))]
    return SequenceMatcher(None, old, new).get_opcodes()
