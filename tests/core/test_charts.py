"""Charts are well-formed, named, without commas in numbers, and their words never meet."""

import itertools
import math
import re
from datetime import date, timedelta

import pytest
from defusedxml import ElementTree
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from core import charts
from core.charts_base import svg, text_width, wrap
from core.charts_year import WIDTH, place_labels
from core.components import DataTable

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
SVG = "{http://www.w3.org/2000/svg}"
NUMERIC = {"x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "rx", "font-size", "stroke-width"}


def marks():
    return [
        charts.YearMark("T1", date(2026, 1, 29), "plenary", done=True, url="/reunions/1/"),
        charts.YearMark("Ad hoc", date(2026, 6, 25), "ad_hoc", done=True),
        charts.YearMark("Partenaires <& amis>", date(2026, 9, 24), "partners"),
        charts.YearMark("Clôture", date(2026, 12, 4), "deadline"),
        charts.YearMark("Bilan annuel", date(2026, 12, 10), "annual_review"),
    ]


def tiles():
    return [charts.ObjectiveTile(n, f"Objectif {n} : contribution & diaspora", n % 4, f"/o/{n}/") for n in range(1, 24)]


def money_rows():
    return [charts.Money("R1", 435_000.5, 315_000, 190_000), charts.Money("R2 très long " * 9, 0, 0, 0)]


def all_figures():
    return {
        "year": charts.year_line(marks(), *YEAR, date(2026, 11, 23)),
        "empty year": charts.year_line([], *YEAR, date(2027, 3, 1)),
        "grid": charts.objectives_grid(tiles()),
        "empty grid": charts.objectives_grid([]),
        "bars": charts.bars([charts.Bar("OIM", 12.75), charts.Bar("HCDH", 0)], title="Activités"),
        "no bars": charts.bars([], title="Activités"),
        "stacked": charts.stacked_bars(money_rows(), title="Budget"),
    }


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", list(all_figures()))
def test_a_figure_is_well_formed_named_and_has_its_table(name, language):
    with override(language):
        figure = all_figures()[name]
    root = ElementTree.fromstring(figure.svg)
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert title.text
    assert desc.text
    assert root.get("role") in {"img", "group"}
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert isinstance(figure.table, DataTable)
    assert figure.table.caption


@pytest.mark.parametrize("name", list(all_figures()))
def test_numbers_have_dots_and_nothing_is_styled_inline(name):
    with override("fr"):
        text = all_figures()[name].svg
    assert "style=" not in text
    assert "NaN" not in text
    for node in ElementTree.fromstring(text).iter():
        for key in NUMERIC & node.attrib.keys():
            assert math.isfinite(float(node.get(key))), (node.tag, key, node.get(key))
            assert not key.startswith(("width", "height", "r")) or float(node.get(key)) >= 0


def test_a_picture_without_links_is_an_image_and_with_links_a_group():
    plain = charts.year_line([charts.YearMark("T1", date(2026, 1, 29), "plenary")], *YEAR, date(2026, 11, 23))
    assert 'role="img"' in plain.svg
    assert 'role="group"' in charts.year_line(marks(), *YEAR, date(2026, 11, 23)).svg


def test_what_people_wrote_is_escaped():
    assert "&lt;&amp; amis&gt;" in charts.year_line(marks(), *YEAR, date(2026, 11, 23)).svg


def test_the_same_data_gives_the_same_bytes_and_two_charts_have_two_ids():
    first, again = (charts.bars([charts.Bar("OIM", 1)], title="A").svg for _ in range(2))
    other = charts.bars([charts.Bar("OIM", 2)], title="A").svg
    ids = re.compile(r' id="([^"]+)"')
    assert first == again
    assert not set(ids.findall(first)) & set(ids.findall(other))
    wide_and_narrow = charts.bars([charts.Bar("OIM", 1)], title="A", uid="x")
    assert not set(ids.findall(wide_and_narrow.svg)) & set(ids.findall(str(wide_and_narrow.narrow)))


def boxes(placed):
    """Label boxes as (side, lane, left, right), leaders as (side, lanes below, x)."""
    return [(p.side, p.lane, p.centre - p.width / 2, p.centre + p.width / 2) for p in placed]


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 364), st.sampled_from(charts.KINDS), st.text("abémWÉ ’i", min_size=1, max_size=22)),
        max_size=14,
    )
)
def test_labels_never_overlap_and_stay_inside(days):
    shown = sorted(
        (charts.YearMark(text, date(2026, 1, 1) + timedelta(days=day), kind) for day, kind, text in days),
        key=lambda m: m.date,
    )
    positions = [(mark, 30 + (WIDTH - 60) * (mark.date - YEAR[0]).days / 364) for mark in shown]
    placed = place_labels(positions, 1082.0, 80.0)
    assert len(placed) == len(shown)
    for one, other in itertools.combinations(placed, 2):
        if (one.side, one.lane) == (other.side, other.lane):
            left, right = sorted((one, other), key=lambda p: p.centre)
            assert left.centre + left.width / 2 < right.centre - right.width / 2
    for one, other in itertools.permutations(placed, 2):
        if one.leader and one.side == other.side and other.lane < one.lane:
            assert abs(one.x - other.centre) > other.width / 2
    for side, lane, left, right in boxes(placed):
        assert left >= -0.01
        assert right <= WIDTH + 0.01
        if (side, lane) == (-1, 0):
            assert right < 1042 or left > 1122, "a label covers « aujourd’hui »"


def test_the_year_line_refuses_nonsense():
    with pytest.raises(ValueError, match="kind of date"):
        charts.YearMark("x", date(2026, 1, 1), "party")
    with pytest.raises(ValueError, match="ends after"):
        charts.year_line([], YEAR[1], YEAR[0], YEAR[0])


def test_small_screens_get_what_comes_next():
    with override("fr"):
        narrow = str(charts.year_line(marks(), *YEAR, date(2026, 11, 23)).narrow)
    assert narrow.index("Clôture") < narrow.index("Bilan annuel")
    assert "T1" not in narrow
    assert narrow.count("is-next") == 1


def test_an_empty_year_says_so_on_small_screens():
    with override("en"):
        assert "No date is set yet." in str(charts.year_line([], *YEAR, date(2026, 11, 23)).narrow)


def test_the_grid_hatches_what_nobody_does():
    figure = charts.objectives_grid(tiles())
    assert figure.svg.count("url(#grid23-h)") == sum(1 for tile in tiles() if not tile.count)
    assert figure.narrow.count("tile-none") == sum(1 for tile in tiles() if not tile.count)
    with pytest.raises(ValueError, match="at least one column"):
        charts.objectives_grid(tiles(), columns=0)


@pytest.mark.parametrize("value", [-1, float("nan"), float("inf")])
def test_bars_refuse_what_cannot_be_drawn(value):
    with pytest.raises(ValueError, match="from zero up"):
        charts.bars([charts.Bar("x", value)], title="t")


@pytest.mark.parametrize(("value", "words"), [(None, "—"), (0, "0"), (76, "76"), (140, "140")])
def test_the_progress_bar_says_its_figure(value, words):
    text = charts.progress_bar(value, title="Avancement")
    ElementTree.fromstring(text)
    assert words in text


def test_words_wrap_within_their_width():
    lines = wrap("Contributions des migrants et de la diaspora au développement durable", 120, 12, 3)
    assert len(lines) == 3
    assert all(text_width(line, 12) <= 120 for line in lines)
    assert wrap("", 120, 12, 3) == []


def test_a_chart_needs_no_localised_number():
    with override("fr"):
        assert 'viewBox="0 0 10.5 3"' in svg(10.5, 3, title="t", desc="d")
