"""What the portal holds about a person. Each app says what it keeps in ``personal.py`` and registers it in ``ready``.

A link to a person that no holding accounts for fails a test: personal data are never held unsaid.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from core.components import Text
from core.workbook import Sheet, workbook


@dataclass(frozen=True)
class Holding:
    """One kind of record about a person.

    Attributes:
        title: what a person calls it, at most 31 characters in each language: it names a sheet too.
        headings: what the columns are called.
        links: the fields by which its rows lead to a person (« meetings.Reply.person »).
        rows: person → the rows, one cell a heading.
    """

    title: Text
    headings: tuple[Text, ...]
    links: tuple[str, ...]
    rows: Callable[[Any], Iterable[Sequence[Any]]]


_holdings: list[Holding] = []
_in_journal: set[str] = set()


def register_holdings(holdings: Iterable[Holding], in_journal: Iterable[str] = ()) -> None:
    """What an app keeps; ``in_journal`` are the links that say who did something, which the journal gives already."""
    _holdings.extend(holdings)
    _in_journal.update(in_journal)


def holdings() -> list[Holding]:
    """All of them, from the ground floor up."""
    return list(_holdings)


def accounted_links() -> set[str]:
    """Every link to a person that a holding shows or the journal repeats."""
    return _in_journal.union(*(holding.links for holding in _holdings))


def document_about(person: Any) -> dict[str, list[dict[str, Any]]]:
    """All that is held, as data: title → one mapping of heading to value a row."""
    return {
        str(holding.title): [
            dict(zip(map(str, holding.headings), row, strict=True)) for row in holding.rows(person)
        ]
        for holding in _holdings
    }  # fmt: skip


def workbook_about(person: Any) -> bytes:
    """All that is held, as an Excel file with one sheet a holding."""
    return workbook(
        *(
            Sheet(str(holding.title), [(str(heading), 28) for heading in holding.headings], holding.rows(person))
            for holding in _holdings
        )
    )
