"""What the pages show of the languages in which a text circulates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.components import SummaryRow
from decisions import languages
from decisions.enums import DecisionState
from decisions.models import Decision, DecisionText, Translation


@dataclass(frozen=True)
class Link:
    words: str
    url: str


def shown(translations: list[Translation]) -> dict[str, Any]:
    """The part of a template's context that ``decisions/_translations.html`` reads."""
    return {"translations": translations, **prevails()}


def prevails() -> dict[str, str]:
    code = languages.prevailing()
    return {"prevailing": languages.name_of(code), "prevailing_code": code}


def outdated(texts: Sequence[Any]) -> list[str]:
    """The languages in which a version before circulates, and the present one does not.

    Args:
        texts: of :func:`queries.texts`.
    """
    there = {one.language for one in texts[0].translated}
    before = {one.language: one.language_name for text in texts[1:] for one in text.translated}
    return sorted(name for code, name in before.items() if code not in there)


def may_translate(user: Any, decision: Decision, text: DecisionText, found: list[Translation]) -> list[Link]:
    """One link to each language in which this person may still write the present version."""
    is_open = decision.state in {DecisionState.DRAFT, DecisionState.CONSULTATION} and not text.frozen_at
    if not is_open or not user.has_perm("decisions.translate_text", decision):
        return []
    there = {one.language for one in found}
    return [
        Link(
            (_("Change the translation (%s)") if code in there else _("Translate (%s)")) % languages.name_of(code),
            reverse("decisions:text_translate", args=[decision.pk, code]),
        )
        for code in languages.translated()
    ]


def facts(found: list[Translation]) -> list[SummaryRow]:
    """In which languages it circulates, where there are several."""
    return [SummaryRow(_("Languages"), line(found))] if found else []


def line(found: list[Translation]) -> str:
    """« français (fait foi), anglais »."""
    first = _("%s (prevails)") % languages.name_of(languages.prevailing())
    return ", ".join([first, *(one.language_name for one in found)])
