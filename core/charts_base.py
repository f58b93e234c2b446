"""What every chart is made of: elements, numbers with dots, widths of words, and the Figure they return.

Only presentation attributes are used (no ``style``), so that the content security policy and WeasyPrint both accept
the same drawing. Colours repeat ``static/css/tokens.css``.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.components import DataTable

INK, INK_2, LINE, PAPER = "#17212b", "#4a5764", "#d9e0e6", "#ffffff"
BLUE, BLUE_INK, BLUE_MID, BLUE_PALE = "#0b5c9e", "#084474", "#cfe3f4", "#eef5fb"
OCHRE, RED, RED_PALE = "#a8570a", "#a3271f", "#f8dedb"
FONT = "Liberation Sans, DejaVu Sans, Arial, sans-serif"


@dataclass(frozen=True)
class Figure:
    """A drawing and its words.

    Attributes:
        svg: the drawing, the same in a page and in a PDF.
        title: one line that names it.
        table: the same facts as a table, always shown beside the drawing.
        narrow: HTML shown instead of ``svg`` on small screens; empty when the drawing is readable there.
        from_phone: True when only phones need ``narrow``, False when tablets do too.
    """

    svg: SafeString
    title: str
    table: DataTable
    narrow: SafeString | str = ""
    from_phone: bool = False

    def __html__(self) -> str:
        return self.svg

    def __str__(self) -> str:
        return self.svg


def n(value: float) -> str:
    """A number for SVG: a dot, two decimals at most, never « -0 »."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def el(name: str, *children: Any, **attributes: Any) -> SafeString:
    """An SVG element; ``stroke_width=2`` gives ``stroke-width="2"``, ``None`` leaves an attribute out."""
    pairs = (
        (key.rstrip("_").replace("_", "-"), n(value) if isinstance(value, int | float) else value)
        for key, value in attributes.items()
        if value is not None
    )
    inside = format_html_join("", "{}", ((child,) for child in children))
    return format_html("<{0}{1}>{2}</{0}>", name, format_html_join("", ' {}="{}"', pairs), inside)


def words(x: float, y: float, text: Any, size: float = 14, **attributes: Any) -> SafeString:
    return el("text", str(text), x=x, y=y, font_size=size, **{"fill": INK, **attributes})


def svg(
    width: float, height: float, *children: Any, title: str, desc: str, uid: str = "", linked: bool = False
) -> SafeString:
    """The root: named by its title, described by its desc; a group when it holds links, else one picture."""
    uid = uid or "c" + hashlib.sha256("".join([title, desc, *map(str, children)]).encode()).hexdigest()[:10]
    return el(
        "svg",
        el("title", title, id=f"{uid}-t"),
        el("desc", desc, id=f"{uid}-d"),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {n(width)} {n(height)}",
        width=width,
        height=height,
        role="group" if linked else "img",
        aria_labelledby=f"{uid}-t {uid}-d",
        font_family=FONT,
    )


def link(url: str, *children: Any) -> SafeString:
    """The children, inside a link when there is an address."""
    return el("a", *children, href=url) if url else el("g", *children)


_NARROW, _WIDE = set("fijlrtI.,;:!|'’ ()[]-"), set("mwMWGOQ%@—ÀÂÆŒ")


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Width of a text in px, on the generous side: measured on DejaVu Sans, the widest of the system fonts."""
    units = sum(0.40 if c in _NARROW else 0.95 if c in _WIDE else 0.72 if c.isupper() else 0.63 for c in text)
    return units * size * (1.1 if bold else 1.0)


def wrap(text: str, width: float, size: float, lines: int) -> list[str]:
    """The text in at most ``lines`` lines of ``width`` px; what does not fit ends with « … »."""
    rows: list[str] = []
    for word in text.split():
        joined = f"{rows[-1]} {word}" if rows else word
        if rows and text_width(joined, size) <= width:
            rows[-1] = joined
        else:
            rows.append(word)
    if len(rows) > lines:
        rows = [*rows[: lines - 1], shorten(" ".join(rows[lines - 1 :]), width, size)]
    return [shorten(row, width, size) for row in rows]


def shorten(text: str, width: float, size: float) -> str:
    """The text, cut with « … » when it is wider than ``width`` px."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def html_list(css: str, items: Iterable[SafeString], tag: str = "ol") -> SafeString:
    return format_html('<{0} class="{1}">{2}</{0}>', tag, css, format_html_join("", "{}", ((item,) for item in items)))
