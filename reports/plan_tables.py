"""The tables of the plan that leaves for the Resident Coordinator: what is to be done, before anything is."""

from collections.abc import Iterable

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.templatetags.typography import money, number, typo
from reports.snapshot import Activity, Outcome, Placing
from reports.tables import Column, Table, lines


def planned_activities(outcome: Outcome) -> Table:
    columns = (
        Column(_("No."), 7),
        Column(_("Activity"), 39, "head"),
        Column(_("Lead, contributors"), 22),
        Column(_("Quarters"), 16),
        Column(_("Planned (USD)"), 16, "num"),
    )
    rows = tuple(
        (
            one.code,
            lines(one.title, one.description),
            lines(one.lead, ", ".join(one.contributors)),
            ", ".join(one.quarters),
            number(one.planned),
        )
        for one in outcome.activities
    )
    return Table(_("Activities of outcome %(number)s") % {"number": outcome.number}, columns, rows)


def placings(outcome: Outcome, placings_: Iterable[Placing]) -> Table:
    """Where, with whom, from which funds and for which frameworks each activity of the outcome works."""
    columns = (
        Column(_("No."), 7, "head"),
        Column(_("Where and with which partners"), 29),
        Column(_("Funds planned"), 27),
        Column(_("Frameworks served"), 37),
    )
    found = {one.code: one for one in placings_}
    rows = tuple((one.code, *_placing(one, found[one.code])) for one in outcome.activities)
    caption = _("Places, partners, funds and frameworks of outcome %(number)s") % {"number": outcome.number}
    return Table(caption, columns, rows)


def _placing(activity: Activity, placing: Placing) -> tuple[SafeString | str, ...]:
    where = lines(", ".join(activity.regions) or "—", ", ".join(placing.partners))
    funds = ((typo(one.source), money(one.planned, "USD")) for one in placing.funding)
    served = ((one.framework, typo(", ".join(one.lines))) for one in placing.serving)
    return (
        where,
        format_html_join("", '<p>{} <span class="second">{}</span></p>', funds) or "—",
        format_html_join(" · ", '<span class="second">{}</span> {}', served) or "—",
    )


def targets(outcome: Outcome) -> Table:
    columns = (
        Column(_("No."), 7),
        Column(_("Indicator"), 61, "head"),
        Column(_("Baseline"), 16, "num"),
        Column(_("Target"), 16, "num"),
    )
    rows = tuple(
        (activity.code, lines(one.label, one.unit), number(one.baseline, 2), number(one.target, 2))
        for activity in outcome.activities
        for one in activity.indicators
    )
    return Table(_("Indicators of outcome %(number)s") % {"number": outcome.number}, columns, rows)
