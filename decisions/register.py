"""The register as a chain: each entry is sealed with the one before it, so that no byte of it changes unnoticed.

An entry is what the Network adopted: its number, its text, who said what and who noted the consensus. Its follow-up
goes on, and is not part of it. Whoever keeps the last seal (it stands on the page and in the export) can tell that
nothing was taken off the end either.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from django.db.models import Prefetch

from decisions.models import NUMBERED, Decision, DecisionText, Position

FIELDS = (
    "year", "number", "title", "mode", "subject_kind", "subject_id", "proposed_by_id", "procedure_id",
    "call_opened_at", "call_deadline", "noted_at", "noted_by_id", "recorded_at",
)  # fmt: skip
# What a decision need not have, and entries of before never had: sealed where there is something.
OPTIONAL = ("in_force_from", "in_force_until", "first_noted_by_id", "first_noted_at")
OF_A_TRANSLATION = ("language", "title", "words", "written_by_id", "written_at")
OF_A_TEXT = ("number", "text", "written_by_id", "written_at", "frozen_at")
OF_A_POSITION = (
    "entity_id", "text_number", "stance", "reason", "alternative", "author_id", "capacity", "channel", "at",
)  # fmt: skip


@dataclass(frozen=True)
class Flaw:
    """The first entry that is not what was sealed; ``is_missing`` where a number was left out."""

    year: int
    number: int
    is_missing: bool = False


def seal(
    previous: str, decision: Any, text: Any, positions: Iterable[Any], replaced: Iterable[Any] = (),
    translations: Iterable[Any] = (),
) -> str:  # fmt: skip
    """SHA-256 in hexadecimal of an entry and of the seal before it.

    Args:
        previous: the seal of the entry before it in the register; empty for the first one.
        text: the version that was adopted.
        positions: everything that was said on the decision, in order.
        replaced: the decisions that it replaces.
        translations: that version in its other languages.
    """
    present = [name for name in OPTIONAL if getattr(decision, name, None)]
    entry: dict[str, Any] = {
        "previous": previous,
        "decision": _values(decision, [*FIELDS, *present]),
        "text": _values(text, OF_A_TEXT),
        "positions": [_values(one, OF_A_POSITION) for one in positions],
    }
    if numbers := sorted((one.year, one.number) for one in replaced):
        entry["replaced"] = numbers
    if translated := [_values(one, OF_A_TRANSLATION) for one in sorted(translations, key=_language)]:
        entry["translations"] = translated
    return sha256(json.dumps(entry, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _language(translation: Any) -> str:
    return translation.language


def _values(row: Any, names: Iterable[str]) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in names}
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return _instant(value)
    return value.isoformat() if isinstance(value, date) else value


def _instant(moment: datetime) -> str:
    """The same wherever it is read: in UTC, to the microsecond."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def last_seal() -> str:
    """That of the entry on which the next one is built; empty in an empty register."""
    found = Decision.objects.filter(state__in=NUMBERED).order_by("-year", "-number").values_list("seal", flat=True)
    return found.first() or ""


def first_flaw() -> Flaw | None:
    """Read the whole register; the first entry that was changed, added or left out, or ``None``."""
    previous, year, number = "", 0, 0
    for entry in _entries():
        expected = number + 1 if entry.year == year else 1
        if entry.number != expected:
            return Flaw(entry.year, expected, is_missing=True)
        text = max(entry.texts.all(), key=lambda one: one.number)
        translated = text.translations.all()
        adopted = seal(previous, entry, text, entry.positions.all(), entry.supersedes.all(), translated)
        if entry.seal != adopted:
            return Flaw(entry.year, entry.number)
        previous, year, number = entry.seal, entry.year, entry.number
    return None


def _entries() -> Iterable[Any]:
    texts = DecisionText.objects.order_by("number").prefetch_related("translations")
    said = Position.objects.order_by("pk")
    found = Decision.objects.filter(state__in=NUMBERED).order_by("year", "number")
    replaced = Prefetch("supersedes", Decision.objects.order_by("year", "number"))
    return found.prefetch_related(Prefetch("texts", texts), Prefetch("positions", said), replaced).iterator(
        chunk_size=500
    )
