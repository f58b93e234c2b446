"""The benchmark’s own arithmetic: ratios per round, and the promises it holds the portal to; and how it waits."""

from dataclasses import replace
from unittest.mock import Mock

import pytest

from bench import servers
from bench.client import Weight
from bench.results import REGISTER, Results, broken_promises, markdown

AT_REST = dict.fromkeys((*REGISTER, "directory"), 12.0)


@pytest.fixture
def kept():
    report = {
        "year": 2026, "pages": 31, "bytes": 263_000, "job": [3.0, 3.3, 9.0], "bare": [3.0, 3.0, 9.0],
        "inside": [2.5, 2.5, 2.6], "order": 0.1, "memory": 151.0, "worker": 85.0,
    }  # fmt: skip
    imported = {"rows": 5_000, "bytes": 147_000, "check": 0.6, "enter": 0.9, "memory": 120.0}
    grown = {page: {"queries": 9, "medians": [{"unit": 10.0, page: 24.0}]} for page in (*REGISTER, "directory")}
    medians = [
        {"unit": unit, "home": home, **dict.fromkeys(grown, 1.2 * unit)}
        for unit, home in ((10.0, 12.0), (30.0, 33.0), (10.0, 50.0))
    ]
    weights, queries = {"home": Weight(4_000, 2_000, 16_000, 4)}, {"home": 12, **dict.fromkeys(grown, 9)}
    return Results(medians, weights, queries, report, imported, grown, 40)


def test_ratio_is_taken_within_each_round(kept):
    assert (kept.ratio("home"), kept.print_ratio) == (1.2, 1.0)


def test_kept_promises_break_nothing(kept):
    assert broken_promises(kept) == []


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"medians": [{"unit": 10.0, "home": 16.0, **AT_REST}]}, "home: 1.60 × the unit, promised 1.5"),
        ({"weights": {"home": Weight(1, 2, 100_001, 4)}}, "home: first visit 100001 bytes, promised 100000"),
        ({"weights": {"home": Weight(1, 20_001, 20_002, 4)}}, "home: script 20001 bytes, promised 20000"),
        ({"queries": {"home": 13, **dict.fromkeys(AT_REST, 9)}}, "home: 13 queries, promised 12"),
    ],
)
def test_broken_promise_is_named(kept, change, what):
    assert broken_promises(replace(kept, **change)) == [what]


def test_slow_or_greedy_report_is_named(kept):
    greedy = replace(kept, report={**kept.report, "job": [4.0, 4.0, 12.0], "memory": 301.0})

    assert broken_promises(greedy) == [
        "report: 1.33 × bare WeasyPrint, promised 1.2",
        "report: 301 MB, promised 300",
    ]


@pytest.mark.parametrize(("page", "most"), [("directory", 3.0), ("register, searched", 2.5)])
def test_page_that_grows_with_what_it_holds_is_named(kept, page, most):
    slow = {"queries": 10, "medians": [{"unit": 10.0, page: 37.2}]}

    assert broken_promises(replace(kept, grown={**kept.grown, page: slow})) == [
        f"grown {page}: 3.10 × that of the demo year, promised {most}",
        f"grown {page}: 10 queries, not 9",
    ]


def test_slow_or_greedy_import_is_named(kept):
    greedy = replace(kept, imported={**kept.imported, "enter": 9.5, "memory": 201.0})

    assert broken_promises(greedy) == ["import: 10.1 s, promised 10", "import: 201 MB, promised 200"]


def test_page_of_documentation_shows_every_page(kept):
    assert "| home | 1.20 | 33.0 | 16,000 | 2,000 | 4,000 | 4 | 12 |" in markdown(kept)


def test_a_server_that_answers_late_leaves_no_connection_open(monkeypatch):
    """A warning of a socket left to the collector fails the test in which it comes."""
    monkeypatch.setattr(servers, "ANSWER_SECONDS", 0.2)
    silent = Mock(**{"getresponse.side_effect": TimeoutError})
    answering = Mock()
    monkeypatch.setattr(servers.http.client, "HTTPConnection", Mock(side_effect=[silent, answering]))

    servers.wait(1, Mock(poll=Mock(return_value=None)))

    silent.close.assert_called_once_with()
    answering.close.assert_called_once_with()
