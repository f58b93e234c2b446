"""Bars: one value per row, or planned – mobilised – spent inside each other; and the small progress bar."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.charts_base import BLUE, BLUE_INK, BLUE_MID, INK_2, LINE, Figure, el, shorten, svg, text_width, words, wrap
from core.components import Column, DataTable
from core.templatetags.typography import number, percent

WIDE, NARROW = 620.0, 340.0
Value = Decimal | int | float


@dataclass(frozen=True)
class Bar:
    """A row of :func:`bars`; ``text`` replaces the formatted value."""

    label: str
    value: Value
    text: str = ""


@dataclass(frozen=True)
class Money:
    """A row of :func:`stacked_bars`: three sums of one currency."""

    label: str
    planned: Value
    mobilised: Value
    spent: Value


Row = Callable[[float, float], SafeString]


def _checked(values: Iterable[Value]) -> float:
    """The largest value, at least 1.

    Raises:
        ValueError: a value is negative or not finite.
    """
    numbers = [float(value) for value in values]
    if any(not 0 <= value < float("inf") for value in numbers):
        raise ValueError("bars show numbers from zero up")
    return max([*numbers, 1.0])


def bars(rows: Sequence[Bar], *, title: str, unit: str = "", uid: str = "") -> Figure:
    """Horizontal bars, the label above each on a phone and before it elsewhere."""
    top = _checked(row.value for row in rows)

    def draw(width: float) -> SafeString:
        aside = width > NARROW
        left, right = (200.0, 84.0) if aside else (0.0, 72.0)
        step, parts = (34.0 if aside else 48.0), []
        for index, row in enumerate(rows):
            y = index * step
            bar_y = y + 8 if aside else y + 24
            parts.append(words(0, y + 22 if aside else y + 15, shorten(row.label, (left or width) - 12, 14)))
            parts.append(el("rect", x=left, y=bar_y, width=width - left - right, height=16, fill=LINE, rx=2))
            parts.append(
                el(
                    "rect",
                    x=left,
                    y=bar_y,
                    width=(width - left - right) * float(row.value) / top,
                    height=16,
                    fill=BLUE,
                    rx=2,
                )
            )
            parts.append(words(width, bar_y + 13, row.text or number(row.value), text_anchor="end"))
        return _root(width, max(1, len(rows)) * step, parts, title, unit, uid)

    columns = (Column(_("Item"), "head"), Column(unit or _("Value"), "num"))
    table = DataTable(
        title,
        columns,
        tuple((row.label, row.text or number(row.value)) for row in rows),
        compact=True,
        hide_caption=True,
    )
    return Figure(draw(WIDE), title, table, draw(NARROW), from_phone=True)


def stacked_bars(rows: Sequence[Money], *, title: str, currency: str = "USD", uid: str = "") -> Figure:
    """Planned, mobilised and spent inside each other: pale, blue, and a dark line."""
    top = _checked(value for row in rows for value in (row.planned, row.mobilised, row.spent))
    keys = ((BLUE_MID, _("planned")), (BLUE, _("mobilised")), (BLUE_INK, _("spent")))

    def draw(width: float) -> SafeString:
        aside = width > NARROW
        left, right = (210.0, 80.0) if aside else (0.0, 76.0)
        span, parts, x = width - left - right, [], 0.0
        for colour, name in keys:
            parts.append(_swatch(x, colour, colour == BLUE_INK))
            parts.append(words(x + 20, 14, name, 13, fill=INK_2))
            x += 36 + text_width(name, 13)
        y = 32.0
        for row in rows:
            lines = wrap(row.label, (left or width) - 14, 13, 3)
            parts += [words(0, y + 13 + 16 * i, line, 13) for i, line in enumerate(lines)]
            bar_y = y + 6 if aside else y + 8 + 16 * len(lines)
            for value, colour, inset in (
                (row.planned, BLUE_MID, 0),
                (row.mobilised, BLUE, 3),
                (row.spent, BLUE_INK, 7),
            ):
                length = span * float(value) / top
                parts.append(el("rect", x=left, y=bar_y + inset, width=length, height=20 - 2 * inset, fill=colour))
            parts.append(words(width, bar_y + 15, number(row.planned), 13, text_anchor="end"))
            y = max(y + 20 + 16 * len(lines), bar_y + 32) if aside else bar_y + 32
        return _root(width, y, parts, title, currency, uid)

    head = (
        Column(_("Item"), "head"),
        Column(_("Planned"), "num"),
        Column(_("Mobilised"), "num"),
        Column(_("Spent"), "num"),
    )
    cells = tuple((row.label, number(row.planned), number(row.mobilised), number(row.spent)) for row in rows)
    table = DataTable(f"{title} ({currency})", head, cells, compact=True)
    return Figure(draw(WIDE), title, table, draw(NARROW), from_phone=True)


def _swatch(x: float, colour: str, thin: bool) -> SafeString:
    return el("rect", x=x, y=8 if thin else 3, width=14, height=4 if thin else 14, fill=colour)


def _root(width: float, height: float, parts: list[SafeString], title: str, unit: str, uid: str) -> SafeString:
    suffix = "" if width > NARROW else "n"
    return svg(width, height, *parts, title=title, desc=unit or _("One bar per row."), uid=uid + suffix if uid else "")


def progress_bar(value: Value | None, *, title: str = "", uid: str = "") -> SafeString:
    """A bar of 0–100 with its figure in words, for a PDF or a page; ``None`` is an empty bar and « — »."""
    share = 0.0 if value is None else min(100.0, max(0.0, float(value)))
    return svg(
        150, 16,
        el("rect", x=0, y=3, width=92, height=10, rx=5, fill=LINE),
        el("rect", x=0, y=3, width=0.92 * share, height=10, rx=min(5.0, 0.46 * share), fill=BLUE),
        words(100, 13, percent(value), 13),
        title=title or _("Progress"), desc=percent(value), uid=uid,
    )  # fmt: skip
