"""The founding text of the Network, clause by clause, as every page cites it."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

CLAUSES = Path(__file__).parent / "data" / "mandate_clauses.json"


@dataclass(frozen=True)
class Clause:
    """One clause: its code (« M-44 ») and its words, word for word in French, paraphrased in English."""

    code: str
    words: str


@dataclass(frozen=True)
class Section:
    code: str
    title: str
    clauses: list[Clause]


@cache
def _rows() -> list[dict[str, str]]:
    return json.loads(CLAUSES.read_text("utf-8"))


def section_titles() -> dict[str, str]:
    """Headings of the mandate in the reader's language, in its order."""
    english = translation.get_language() == "en"
    titles = {
        "S0": _("Title"), "S1": _("Mission statement"), "S2": _("Objectives of the Network"),
        "S3": _("Members and composition"), "S4": _("How it is organised"), "S5": _("Co-chairs"), "S6": _("Members"),
        "S7": _("Decision-making"), "S8": _("Working groups"), "S9": _("Annual review"), "S10": _("Secretariat"),
        "S11": _("Reports and deliverables"),
    }  # fmt: skip
    french = {row["section_code"]: row["section_fr"] for row in _rows()}
    return {code: titles[code] if english else title for code, title in french.items()}


def sections() -> list[Section]:
    """The mandate in its own order."""
    field = "en" if translation.get_language() == "en" else "quote_fr"
    return [
        Section(code, title, [Clause(row["code"], row[field]) for row in _rows() if row["section_code"] == code])
        for code, title in section_titles().items()
    ]
