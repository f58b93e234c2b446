"""What the decision's page says of what it brings about."""

from collections.abc import Iterable

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.components import SummaryRow
from core.templatetags.typography import french_day, long_day
from decisions import queries
from decisions.enums import DecisionState
from decisions.models import Decision


def in_force(decision: Decision) -> str:
    """From when to when, in words; empty where nothing was said."""
    days = {
        "start": decision.in_force_from and long_day(decision.in_force_from),
        "end": decision.in_force_until and long_day(decision.in_force_until),
    }
    if days["start"] and days["end"]:
        return _("from %(start)s to %(end)s") % days
    if days["start"]:
        return _("from %s on") % days["start"]
    return _("until %s") % days["end"] if days["end"] else ""


def facts(decision: Decision) -> list[SummaryRow]:
    replaced, by = queries.replacements(decision)
    rows = [SummaryRow(_("In force"), words)] if (words := in_force(decision)) else []
    if decision.review_on and decision.state != DecisionState.SUPERSEDED:
        rows.append(SummaryRow(_("To be reviewed on"), french_day(decision.review_on)))
    if replaced:
        rows.append(SummaryRow(_("Replaces"), _links(replaced)))
    by = [one for one in by if one.number]  # what is not adopted has replaced nothing
    return [*rows, SummaryRow(_("Replaced by"), _links(by))] if by else rows


def _links(decisions: Iterable[Decision]) -> SafeString:
    shown = ((one.get_absolute_url(), one) for one in decisions)
    return format_html_join(SafeString("<br>"), '<a href="{}">{}</a>', shown)
