"""Signature 3, the 23 objectives: a tile per objective, hatched where nobody acts, two blues by count."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.charts_base import (
    BLUE_MID,
    BLUE_PALE,
    INK,
    INK_2,
    LINE,
    PAPER,
    RED_PALE,
    Figure,
    el,
    html_list,
    link,
    svg,
    words,
    wrap,
)
from core.components import Column, DataTable
from core.memo import drawn_once

WIDTH, GAP, HEIGHT = 1180.0, 6.0, 88.0
STRONG_FROM = 3


@dataclass(frozen=True)
class ObjectiveTile:
    """One objective: its number, short name, how many activities serve it, where to read more."""

    number: int
    label: str
    count: int
    url: str = ""


@drawn_once
def objectives_grid(
    tiles: Sequence[ObjectiveTile], columns: int = 8, *, width: float = WIDTH, title: str = "", uid: str = "grid23"
) -> Figure:
    """The tiles in rows of ``columns``, in the order given; ``width`` is that of the page's column, in pixels."""
    if columns < 1 or any(tile.count < 0 for tile in tiles):
        raise ValueError("a grid has at least one column and no negative count")
    title = title or _("Activities by objective of the Global Compact")
    none = ", ".join(str(tile.number) for tile in tiles if not tile.count)
    desc = (
        _("Hatched: no activity (%(numbers)s).") % {"numbers": none} if none else _("Every objective has an activity.")
    )
    rows = max(1, -(-len(tiles) // columns))
    tile_width = (width - GAP * (columns - 1)) / columns
    pattern = el(
        "pattern",
        el("rect", width=10, height=10, fill=PAPER),
        el("rect", width=4.5, height=10, fill=RED_PALE),
        id=f"{uid}-h", width=10, height=10, patternUnits="userSpaceOnUse", patternTransform="rotate(45)",
    )  # fmt: skip
    drawn = [
        _tile(tile, (i % columns) * (tile_width + GAP), (i // columns) * (HEIGHT + GAP), tile_width, uid)
        for i, tile in enumerate(tiles)
    ]
    linked = any(tile.url for tile in tiles)
    drawing = svg(
        width, rows * (HEIGHT + GAP) - GAP, el("defs", pattern), *drawn, title=title, desc=desc, uid=uid, linked=linked
    )
    return Figure(drawing, title, _table(tiles, title), html_list("tile-list", map(_card, tiles)))


def _tile(tile: ObjectiveTile, x: float, y: float, width: float, uid: str) -> SafeString:
    fill = f"url(#{uid}-h)" if not tile.count else BLUE_MID if tile.count >= STRONG_FROM else BLUE_PALE
    lines = wrap(tile.label, width - 18, 12, 3)
    top = y + HEIGHT - 11 - 14 * (len(lines) - 1)
    return link(
        tile.url,
        el(
            "rect",
            x=x + 0.5,
            y=y + 0.5,
            width=width - 1,
            height=HEIGHT - 1,
            rx=3,
            fill=fill,
            stroke=LINE if tile.count else INK_2,
        ),
        words(x + 10, y + 23, tile.number, 17, font_weight="bold"),
        words(x + width - 10, y + 21, tile.count or "—", 13, text_anchor="end", fill=INK_2 if tile.count else INK),
        *(words(x + 10, top + 14 * i, line, 12) for i, line in enumerate(lines)),
    )


def _count(tile: ObjectiveTile) -> str:
    return str(tile.count) if tile.count else _("none")


def _table(tiles: Sequence[ObjectiveTile], title: str) -> DataTable:
    columns = (Column(_("No."), "num"), Column(_("Objective"), "head"), Column(_("Activities"), "num"))
    rows = tuple(
        (
            tile.number,
            format_html('<a href="{}">{}</a>', tile.url, tile.label) if tile.url else tile.label,
            _count(tile),
        )
        for tile in tiles
    )
    return DataTable(title, columns, rows, compact=True, hide_caption=True)


def _card(tile: ObjectiveTile) -> SafeString:
    """The same tile as a list item for small screens."""
    css = "tile" if tile.count else "tile tile-none"
    css += " tile-strong" if tile.count >= STRONG_FROM else ""
    inside = format_html(
        '<span class="tile-head"><strong>{}</strong><span>{}</span></span><span>{}</span>',
        tile.number,
        _count(tile),
        tile.label,
    )
    if tile.url:
        return format_html('<li><a class="{}" href="{}">{}</a></li>', css, tile.url, inside)
    return format_html('<li><div class="{}">{}</div></li>', css, inside)
