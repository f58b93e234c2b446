"""The founding text of the Network, word for word in French, and its clauses as every page cites them."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.richtext import to_html

LONGEST_HEADING = 40
DATA = Path(__file__).parent / "data"


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
    return json.loads((DATA / "mandate_clauses.json").read_text("utf-8"))


@cache
def text() -> SafeString:
    """The text as it was adopted. Its headings are the short lines that stand alone, before another paragraph."""
    blocks = [block.strip() for block in (DATA / "mandat.txt").read_text("utf-8").split("\n\n") if block.strip()]
    marked = [f"### {block}" if _is_heading(block) else block for block in blocks[1:]]  # the first is the page's title
    return to_html("\n\n".join(marked))


def _is_heading(block: str) -> bool:
    return len(block) < LONGEST_HEADING and block[-1].isalpha()


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
    """Its clauses in the order of the text."""
    field = "en" if translation.get_language() == "en" else "quote_fr"
    return [
        Section(code, title, [Clause(row["code"], row[field]) for row in _rows() if row["section_code"] == code])
        for code, title in section_titles().items()
    ]
