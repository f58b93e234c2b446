"""What the decision's page says of what it brings about."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.components import SummaryRow
from core.templatetags.typography import french_day, long_day
from decisions import queries
from decisions.enums import DecisionState
from decisions.models import Decision


def in_force(decision: Decision, successors: Iterable[Decision] = ()) -> str:
    """From when to when, in words; empty where nothing was said. What was replaced ends before its successor begins."""
    ends = [one.in_force_from - timedelta(days=1) for one in successors if one.in_force_from]
    ends += [decision.in_force_until] if decision.in_force_until else []
    if not (decision.in_force_from or ends):
        return ""
    start = long_day(decision.in_force_from) if decision.in_force_from else ""
    end = long_day(min(ends)) if ends else ""
    if start and end:
        return _("from %(start)s to %(end)s") % {"start": start, "end": end}
    return _("from %s on") % start if start else _("until %s") % end


def lines(decision: Decision, replaced: Iterable[Decision]) -> list[tuple[str, str]]:
    """Label and words of each, for mails and the extract."""
    said: list[tuple[str, Any]] = [
        (_("In force"), in_force(decision)),
        (_("Replaces"), ", ".join(str(one) for one in replaced)),
        (_("In charge"), decision.responsible and f"{decision.responsible.name} ({decision.responsible})"),
        (_("To be carried out by"), decision.due_on and french_day(decision.due_on)),
        (_("To be reviewed on"), decision.review_on and french_day(decision.review_on)),
    ]
    return [(label, str(words)) for label, words in said if words]


def facts(decision: Decision) -> list[SummaryRow]:
    # Only what was adopted is replaced, and what replaces something was changed (its version says so).
    linked = bool(decision.number) or decision.version > 1
    replaced, by = queries.replacements(decision) if linked else ([], [])
    by = [one for one in by if one.number]  # what is not adopted has replaced nothing
    rows = [SummaryRow(_("In force"), words)] if (words := in_force(decision, by)) else []
    if decision.review_on and decision.state != DecisionState.SUPERSEDED:
        rows.append(SummaryRow(_("To be reviewed on"), french_day(decision.review_on)))
    if replaced:
        rows.append(SummaryRow(_("Replaces"), links(replaced)))
    label = _("Replaced by") if decision.state == DecisionState.SUPERSEDED else _("To be replaced by")
    return [*rows, SummaryRow(label, links(by))] if by else rows


def links(decisions: Iterable[Decision]) -> SafeString:
    """One a line."""
    shown = ((one.get_absolute_url(), one) for one in decisions)
    return format_html_join(SafeString("<br>"), '<a href="{}">{}</a>', shown)
