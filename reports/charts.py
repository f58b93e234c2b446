"""Charts of the report: those of the portal, and the grid of objectives at the width of a printed page."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.charts import Figure, Money, YearMark, stacked_bars, year_line
from core.charts_base import BLUE_MID, BLUE_PALE, INK, INK_2, LINE, PAPER, RED_PALE, el, svg, words, wrap
from core.charts_objectives import STRONG_FROM
from reports import figures
from reports.snapshot import Outcome, Snapshot

COLUMNS, WIDTH, HEIGHT, GAP = 6, 640.0, 62.0, 5.0


def year(snapshot: Snapshot) -> Figure:
    """Signature 1 of the portal: the meetings of the year, as on the home page."""
    marks = [
        YearMark(one.short_title, timezone.localdate(one.starts_at), one.kind, one.is_held) for one in snapshot.meetings
    ]
    start, end = date(snapshot.year, 1, 1), date(snapshot.year, 12, 31)
    # After the year there is no « today » on its line.
    return year_line(marks, start, end, figures.after_period(snapshot), title=_("Meetings of the year"), uid="year")


def budget(outcomes: Sequence[Outcome], currency: str) -> Figure:
    rows = []
    for one in outcomes:
        total = figures.budget(one.activities)
        # The table below gives the titles; here they would be cut.
        rows.append(
            Money(_("Outcome %(number)s") % {"number": one.number}, total.planned, total.mobilised, total.spent)
        )
    title = _("Planned, mobilised and spent by outcome (%(currency)s)") % {"currency": currency}
    return stacked_bars(rows, title=title, currency=currency, uid="budget")


def objectives(rows: Sequence[figures.Coverage]) -> SafeString:
    """Signature 3 in six columns: a tile per objective, hatched where nobody acts."""
    width = (WIDTH - GAP * (COLUMNS - 1)) / COLUMNS
    drawn = [
        _tile(row, (i % COLUMNS) * (width + GAP), (i // COLUMNS) * (HEIGHT + GAP), width) for i, row in enumerate(rows)
    ]
    height = max(1, -(-len(rows) // COLUMNS)) * (HEIGHT + GAP) - GAP
    empty = [str(row.objective.number) for row in rows if not row.acting]
    desc = _("Hatched, no activity goes ahead: %(numbers)s.") % {"numbers": ", ".join(empty) or "—"}
    title = _("The 23 objectives and the number of activities that serve them")
    return svg(WIDTH, height, el("defs", _hatch()), *drawn, title=title, desc=desc, uid="objectives")


def _hatch() -> SafeString:
    return el(
        "pattern",
        el("rect", width=8, height=8, fill=PAPER),
        el("rect", width=3.5, height=8, fill=RED_PALE),
        id="hatch", width=8, height=8, patternUnits="userSpaceOnUse", patternTransform="rotate(45)",
    )  # fmt: skip


def _tile(row: figures.Coverage, x: float, y: float, width: float) -> SafeString:
    count = len(row.acting)
    fill = "url(#hatch)" if not count else BLUE_MID if count >= STRONG_FROM else BLUE_PALE
    # Widths are measured on a wider font than the one that prints.
    label = wrap(row.objective.label, (width - 14) * 1.12, 9, 3)
    top = y + HEIGHT - 8 - 10.5 * (len(label) - 1)
    return el(
        "g",
        el(
            "rect", x=x + 0.5, y=y + 0.5, width=width - 1, height=HEIGHT - 1, rx=3, fill=fill,
            stroke=LINE if count else INK_2, stroke_width=0.8,
        ),
        words(x + 7, y + 18, row.objective.number, 13, font_weight="bold"),
        words(x + width - 7, y + 17, count or "—", 10, text_anchor="end", fill=INK_2 if count else INK),
        *(words(x + 7, top + 10.5 * i, line, 9) for i, line in enumerate(label)),
    )  # fmt: skip
