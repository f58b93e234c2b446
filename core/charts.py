"""The portal's own small set of charts, drawn as SVG: the same in a page and in a PDF, readable without script.

Each function returns a :class:`Figure`: ``figure.svg``, ``figure.table`` (a ``DataTable``) and ``figure.narrow`` for
small screens. A page shows all three with ``{% figure drawing %}``; a PDF prints ``figure.svg`` and the table.
"""

from core.charts_bars import Bar, Money, bars, progress_bar, stacked_bars
from core.charts_base import Figure
from core.charts_objectives import ObjectiveTile, objectives_grid
from core.charts_year import KINDS, YearMark, year_line

__all__ = [
    "KINDS",
    "Bar",
    "Figure",
    "Money",
    "ObjectiveTile",
    "YearMark",
    "bars",
    "objectives_grid",
    "progress_bar",
    "stacked_bars",
    "year_line",
]
