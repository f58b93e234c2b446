"""What the page shows that the link of a mail opens: the call, what stands against it, and the form of one entity."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from core.components import SummaryRow
from core.templatetags.components import state_tag, status_tag
from core.templatetags.typography import deadline
from decisions import effects_pages, fact_pages, queries, translation_pages
from decisions.call_links import CallLink
from decisions.enums import Stance
from decisions.forms import PositionForm
from decisions.models import Position


def position_form(link: CallLink, words: dict[int, Position], refusal: str, data: Any = None) -> PositionForm | None:
    """The form, as long as a position may be given by the link; with ``data``, whatever was sent comes back in it."""
    own = _own(link, words)
    objects = own is not None and own.stance == Stance.OBJECTS
    is_over = link.decision.is_past_deadline and not objects
    if data is None and (is_over or refusal):
        return None
    text = queries.last_text(link.decision)
    initial = {"text_number": text.number, "version": own.pk if own else 0}
    return PositionForm(data, initial=initial, may_lift=objects)


def call_page(
    link: CallLink, words: dict[int, Position], form: PositionForm | None, position_url: str
) -> dict[str, Any]:
    """The template's context.

    Args:
        words: the :func:`queries.last_words` of the decision.
        position_url: where the form is sent.
    """
    decision, text = link.decision, queries.last_text(link.decision)
    circulates = translation_pages.shown(queries.translations_of(text))
    replaced, _by = queries.replacements(decision)
    objecting = [word for word in words.values() if word.stance == Stance.OBJECTS]
    return {
        "link": link,
        "decision": decision,
        "tag": status_tag("problem", _("open objection")) if objecting else state_tag(decision),
        "text": text,
        "entity": link.standing.entity,
        "objecting": objecting,
        "breaking": [word.entity for word in objecting],
        "own_position": _own(link, words),
        "position_form": form,
        "position_url": position_url,
        **circulates,
        "facts": [
            SummaryRow(_("Proposed by"), decision.proposed_by.name),
            *fact_pages.places(decision),
            SummaryRow(_("Positions are due by"), deadline(decision.call_deadline)),
            SummaryRow(_("Positions are given"), decision.get_mode_display()),
            *(SummaryRow(label, words) for label, words in effects_pages.lines(decision, replaced)),
            *translation_pages.facts(circulates["translations"]),
            SummaryRow(_("Fingerprint of the text"), format_html("<code>{}</code>", text.fingerprint)),
        ],
    }


def _own(link: CallLink, words: dict[int, Position]) -> Position | None:
    return words.get(link.standing.entity.pk) if link.standing.entity else None
