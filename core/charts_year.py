"""Signature 1, the year line: meetings, deadlines and the annual review of one year, with today's mark."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.charts_base import BLUE, INK, INK_2, LINE, OCHRE, PAPER, Figure, el, html_list, link, svg, text_width, words
from core.components import Column, DataTable
from core.memo import drawn_once
from core.templatetags.typography import french_day, month_names, short_day

WIDTH, PAD, LANE, GAP = 1180.0, 30.0, 44.0, 12.0
KINDS = ("plenary", "ad_hoc", "annual_review", "partners", "deadline")
_RADIUS = {"plenary": 11, "ad_hoc": 7.5, "annual_review": 13, "partners": 8, "deadline": 9}


@dataclass(frozen=True)
class YearMark:
    """One date of the year; ``kind`` is one of :data:`KINDS`."""

    label: str
    date: date
    kind: str
    done: bool = False
    url: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of date {self.kind!r}; known: {', '.join(KINDS)}")


@dataclass
class _Side:
    """What is taken on one side of the line: intervals per lane."""

    lanes: list[list[tuple[float, float]]] = field(default_factory=list)

    def free(self, lane: int, left: float, right: float) -> bool:
        return lane >= len(self.lanes) or all(right <= a or b <= left for a, b in self.lanes[lane])

    def take(self, lane: int, left: float, right: float) -> None:
        while len(self.lanes) <= lane:
            self.lanes.append([])
        self.lanes[lane].append((left, right))


@dataclass(frozen=True)
class Placed:
    """A label that found its place: ``x`` of the mark, ``centre`` of the words, side +1 above or -1 below."""

    mark: YearMark
    x: float
    centre: float
    width: float
    side: int
    lane: int
    leader: bool


def _centres(x: float, width: float) -> list[float]:
    """Where the words may stand around their mark, best first, inside the drawing."""
    low, high = width / 2, WIDTH - width / 2
    return [min(max(c, low), high) for c in (x, x + width / 2 - 6, x - width / 2 + 6)]


def place_labels(marks: Sequence[tuple[YearMark, float]], today_x: float | None, today_width: float) -> list[Placed]:
    """Give each label a lane above or below so that no two labels, nor a label and a leader, ever meet."""
    sides = {1: _Side(), -1: _Side()}
    if today_x is not None:
        centre = _today_centre(today_x, today_width)
        sides[-1].take(0, centre - today_width / 2 - GAP, centre + today_width / 2 + GAP)
    return [_place(mark, x, sides, [later for _mark, later in marks if later > x]) for mark, x in marks]


def _place(mark: YearMark, x: float, sides: dict[int, _Side], later: Sequence[float]) -> Placed:
    """The first free place; first among those that do not cover a mark to come, then among all."""
    width = max(text_width(mark.label, 15, bold=True), text_width(short_day(mark.date), 13))
    places = [
        (lane, number, centre)
        for lane in range(4)
        for number, side in sides.items()
        if not lane or all(side.free(under, x - 4, x + 4) for under in range(lane))
        for centre in _centres(x, width)
        if side.free(lane, centre - width / 2 - GAP / 2, centre + width / 2 + GAP / 2)
    ]
    clear = [place for place in places if not any(abs(other - place[2]) < width / 2 + 10 for other in later)]
    if places:
        lane, number, centre = (clear or places)[0]
        return _take(Placed(mark, x, centre, width, number, lane, lane > 0), sides[number])
    return _take(Placed(mark, x, _centres(x, width)[0], width, 1, max(1, len(sides[1].lanes)), False), sides[1])


def _take(placed: Placed, side: _Side) -> Placed:
    side.take(placed.lane, placed.centre - placed.width / 2 - GAP / 2, placed.centre + placed.width / 2 + GAP / 2)
    for under in range(placed.lane if placed.leader else 0):
        side.take(under, placed.x - 4, placed.x + 4)
    return placed


def _today_centre(x: float, width: float) -> float:
    return min(max(x, width / 2), WIDTH - width / 2)


def _shape(mark: YearMark, x: float, y: float, colour: str) -> SafeString:
    """Each kind its own shape: disc, small disc, double ring, square, diamond; hollow while to come."""
    r = float(_RADIUS[mark.kind])
    paint = {"fill": colour if mark.done else PAPER, "stroke": colour, "stroke_width": 3}
    if mark.kind == "deadline":
        return el("path", d=f"M{x:.2f} {y - r:.2f}l{r} {r} -{r} {r} -{r} -{r}z", **paint)
    if mark.kind == "partners":
        return el("rect", x=x - r + 1, y=y - r + 1, width=2 * r - 2, height=2 * r - 2, **paint)
    ring = el("circle", cx=x, cy=y, r=r, **paint)
    return (
        ring + el("circle", cx=x, cy=y, r=4, fill=PAPER if mark.done else colour)
        if mark.kind == "annual_review"
        else ring
    )


def _label(placed: Placed, y: float, colour: str) -> SafeString:
    """The two lines of a label and, from the second lane on, the thin line to its mark."""
    offset = 24 + LANE * placed.lane
    base = y - offset - 14 if placed.side > 0 else y + offset + 12
    middle = {"text_anchor": "middle"}
    lines = words(placed.centre, base, placed.mark.label, 15, font_weight="bold", fill=colour, **middle)
    lines += words(
        placed.centre, base + 17, short_day(placed.mark.date), 13, fill=INK_2 if colour != OCHRE else colour, **middle
    )
    if placed.leader:
        end = base + 22 if placed.side > 0 else base - 14
        lines = el("line", x1=placed.x, x2=placed.x, y1=end, y2=y, stroke=INK_2, stroke_width=1) + lines
    return lines


def _months(start: date, end: date, y: float, position) -> Iterable[SafeString]:
    names, day = month_names(), start
    while day <= end:
        x = position(day)
        yield el("line", x1=x, x2=x, y1=y, y2=y + 20, stroke=LINE, stroke_width=1)
        yield words(x + 5, y + 17, names[day.month - 1], 13, fill=INK_2)
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)


@drawn_once
def year_line(
    marks: Iterable[YearMark], start: date, end: date, today: date, *, title: str = "", uid: str = ""
) -> Figure:
    """The line of a year between two days.

    Raises:
        ValueError: ``end`` is not after ``start``.
    """
    if end <= start:
        raise ValueError("a year line ends after it starts")
    shown = sorted((m for m in marks if start <= m.date <= end), key=lambda m: (m.date, m.label))
    upcoming = next((m for m in shown if not m.done and m.date >= today), None)
    title = title or _("The Network’s year")
    table = _table(shown, title, today)
    desc = _("Meetings and deadlines in order of date; what is done is filled, what comes next is in ochre.")
    return Figure(
        _drawing(shown, start, end, today, upcoming, title, desc, uid), title, table, _dates(shown, today, upcoming)
    )


def _drawing(shown, start, end, today, upcoming, title, desc, uid) -> SafeString:
    def position(day: date) -> float:
        return PAD + (WIDTH - 2 * PAD) * (day - start).days / (end - start).days

    now = position(today) if start <= today <= end else None
    said = _("today")
    placed = place_labels([(m, position(m.date)) for m in shown], now, text_width(said, 13, bold=True))
    above = 1 + max((p.lane for p in placed if p.side > 0), default=0)
    below = 1 + max((p.lane for p in placed if p.side < 0), default=0)
    some_below = any(p.side < 0 for p in placed)
    y = 20 + LANE * above + 6
    foot = y + (24 + LANE * below if some_below else 40)
    reached = min(max(today, start), end)
    parts = [*_months(start, end, foot, position)]
    parts.append(
        el("line", x1=PAD - 6, x2=WIDTH - PAD + 6, y1=y, y2=y, stroke=LINE, stroke_width=7, stroke_linecap="round")
    )
    if today > start:
        parts.append(
            el(
                "line",
                x1=PAD - 6,
                x2=position(reached),
                y1=y,
                y2=y,
                stroke=BLUE,
                stroke_width=7,
                stroke_linecap="round",
            )
        )
    if now is not None:
        parts.append(el("line", x1=now, x2=now, y1=y - 16, y2=y + 16, stroke=INK, stroke_width=2.5))
        centre = _today_centre(now, text_width(said, 13, bold=True))
        parts.append(words(centre, y + 32, said, 13, font_weight="bold", text_anchor="middle"))
    for one in placed:
        colour = OCHRE if one.mark is upcoming else BLUE
        ink = OCHRE if one.mark is upcoming else INK
        parts.append(link(one.mark.url, _label(one, y, ink), _shape(one.mark, one.x, y, colour)))
    linked = any(m.url for m in shown)
    return svg(WIDTH, foot + 26, *parts, title=title, desc=desc, uid=uid, linked=linked)


def _named(mark: YearMark) -> SafeString:
    return format_html('<a href="{}">{}</a>', mark.url, mark.label) if mark.url else format_html("{}", mark.label)


def _state(mark: YearMark, today: date) -> str:
    """That a deadline has passed does not say that everybody kept it."""
    if not mark.done:
        return _("to come")
    return _("passed") if mark.kind == "deadline" and mark.date < today else _("done")


def _table(shown: Sequence[YearMark], title: str, today: date) -> DataTable:
    columns = (Column(_("Date")), Column(_("What"), "head"), Column(_("State")))
    rows = tuple((french_day(m.date), _named(m), _state(m, today)) for m in shown)
    return DataTable(title, columns, rows, compact=True, hide_caption=True)


def _dates(shown: Sequence[YearMark], today: date, upcoming: YearMark | None) -> SafeString:
    """For small screens: what comes next, else what came last."""
    near = [m for m in shown if m.date >= today and not m.done][:4] or list(shown)[-3:]
    return html_list("next-dates", [_date_line(m, m is upcoming) for m in near]) if near else _nothing()


def _nothing() -> SafeString:
    return format_html('<p class="muted">{}</p>', _("No date is set yet."))


def _date_line(mark: YearMark, is_next: bool) -> SafeString:
    drawing = format_html(
        '<svg width="12" height="12" viewBox="0 0 28 28" aria-hidden="true" focusable="false">{}</svg>',
        _shape(YearMark("", mark.date, mark.kind, mark.done), 14, 14, "currentColor"),
    )
    return format_html(
        '<li{}>{}<time datetime="{}">{}</time><span>{}</span></li>',
        format_html(' class="{}"', "is-next") if is_next else "",
        drawing,
        mark.date.isoformat(),
        short_day(mark.date),
        _named(mark),
    )
