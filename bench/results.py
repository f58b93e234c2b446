"""What was measured, held against what is promised, as a page of documentation."""

import os
import platform
import statistics
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bench.client import Weight

MAX_RATIO, MAX_VISIT, MAX_SCRIPT, MAX_QUERIES = 1.5, 100_000, 20_000, 12
MAX_PRINT_RATIO, MAX_MEMORY = 1.2, 300
MAX_IMPORT_SECONDS, MAX_IMPORT_MEMORY = 10, 200
# What the portal grows by → the pages asked again then, with how many times the time of the demo year's is promised.
REGISTER = {"register": 2.5, "register, filtered": 2.5, "register, searched": 2.5}
GROWN = {"decisions": REGISTER, "network": {"directory": 3.0}}


@dataclass(frozen=True)
class Results:
    """``medians``: one dictionary a round, page → milliseconds; the rest by page.

    ``grown``: page → its ``queries`` and ``medians`` in a portal that holds more.
    """

    medians: list[dict[str, float]]
    weights: dict[str, Weight]
    queries: dict[str, int]
    report: dict[str, Any]
    imported: dict[str, Any]
    grown: dict[str, Any]
    requests: int

    def ratio(self, page: str) -> float:
        """Median over the rounds of the page's median divided by the unit's median of the same round."""
        return statistics.median(one[page] / one["unit"] for one in self.medians)

    def milliseconds(self, page: str) -> float:
        return statistics.median(one[page] for one in self.medians)

    def growth(self, page: str) -> float:
        """The page of a portal that holds more against that of the demo year, each by the unit of its own rounds."""
        grown = statistics.median(one[page] / one["unit"] for one in self.grown[page]["medians"])
        return grown / self.ratio(page)

    @property
    def print_ratio(self) -> float:
        """Median of the job's seconds divided by those of the bare run of the same turn."""
        pairs = zip(self.report["job"], self.report["bare"], strict=True)
        return statistics.median(job / bare for job, bare in pairs)


def broken_promises(results: Results) -> list[str]:
    broken = []
    for page, weight in results.weights.items():
        held = {
            f"{results.ratio(page):.2f} × the unit, promised {MAX_RATIO}": results.ratio(page) <= MAX_RATIO,
            f"first visit {weight.total} bytes, promised {MAX_VISIT}": weight.total <= MAX_VISIT,
            f"script {weight.script} bytes, promised {MAX_SCRIPT}": weight.script <= MAX_SCRIPT,
            f"{results.queries[page]} queries, promised {MAX_QUERIES}": results.queries[page] <= MAX_QUERIES,
        }
        broken += [f"{page}: {what}" for what, is_held in held.items() if not is_held]
    if results.print_ratio > MAX_PRINT_RATIO:
        broken.append(f"report: {results.print_ratio:.2f} × bare WeasyPrint, promised {MAX_PRINT_RATIO}")
    if results.report["memory"] > MAX_MEMORY:
        broken.append(f"report: {results.report['memory']:.0f} MB, promised {MAX_MEMORY}")
    broken += [line for pages in GROWN.values() for page, most in pages.items() for line in _grown(results, page, most)]
    imported = results.imported
    if imported["check"] + imported["enter"] > MAX_IMPORT_SECONDS:
        broken.append(f"import: {imported['check'] + imported['enter']:.1f} s, promised {MAX_IMPORT_SECONDS}")
    if imported["memory"] > MAX_IMPORT_MEMORY:
        broken.append(f"import: {imported['memory']:.0f} MB, promised {MAX_IMPORT_MEMORY}")
    return broken


def _grown(results: Results, page: str, most: float) -> list[str]:
    broken, asked = [], results.grown[page]["queries"]
    if results.growth(page) > most:
        broken.append(f"grown {page}: {results.growth(page):.2f} × that of the demo year, promised {most}")
    if asked != results.queries[page]:
        broken.append(f"grown {page}: {asked} queries, not {results.queries[page]}")
    return broken


def markdown(results: Results) -> str:
    report, imported = results.report, results.imported
    spread = [round(one["unit"], 1) for one in results.medians]
    rows = "\n".join(_row(results, page) for page in results.weights)
    growths = "\n".join(
        f"| {page} | {what} | {results.growth(page):.2f} (≤ {most}) | {results.grown[page]['queries']} |"
        for what, pages in GROWN.items()
        for page, most in pages.items()
    )
    job, bare, inside = (statistics.median(report[name]) for name in ("job", "bare", "inside"))
    return f"""# Benchmarks

Written by `make bench` ({datetime.now(UTC):%Y-%m-%d %H:%M} UTC) on {os.cpu_count()} cores, Python \
{platform.python_version()}, {platform.system()} {platform.machine()}. The ratios of one run can be compared with those
of another; the milliseconds are those of this machine at that moment.

## Pages

The unit is a bare Django page kept in `bench/unit`: session, person, five queries, a template of 40 agenda items,
20 people and 80 papers; the same gunicorn (2 workers, gthread), the same database server. The portal's pages are
those of the demo year, as a focal point sees them. Pages took turns: {len(results.medians)} rounds of \
{results.requests} requests each. The ratio is the median over the rounds of the page's median divided by the unit's
(unit by round: {spread} ms).

| Page | Ratio to the unit (≤ {MAX_RATIO}) | Median ms | First visit, bytes (≤ {MAX_VISIT:,}) | Script \
(≤ {MAX_SCRIPT:,}) | HTML | Requests | SQL (≤ {MAX_QUERIES}) |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
| unit | 1.00 | {results.milliseconds("unit"):.1f} | | | | | |
{rows}

Bytes are those on the wire, compressed; a first visit loads the page, its style sheet, its scripts with what they
import, and the icon. SQL counts include session, person and standing.

The same pages in a portal that holds more, against those of the demo year: 10,000 decisions more in the register, then
500 entities and 2,000 people more in the Network. They ask as many statements.

| Page | More of | Ratio to the demo year's | SQL |
| --- | --- | ---: | ---: |
{growths}

## Yearly report

Year {report["year"]}, {report["pages"]} pages, {report["bytes"]:,} bytes; {len(report["job"])} turns. The whole job \
runs from claim to the sealed file: chapters, printing in a process of its own, file, journal. Bare is `weasyprint`
alone in a process of its own, on the same HTML, with the same variant (PDF/UA-1).

| What | Median s | Ratio |
| --- | ---: | ---: |
| bare WeasyPrint, process | {bare:.2f} | 1.00 |
| whole job (≤ {MAX_PRINT_RATIO}) | {job:.2f} | {results.print_ratio:.2f} |
| bare WeasyPrint without starting and importing, for information | {inside:.2f} | {inside / bare:.2f} |
| ordering: the snapshot in the person's request | {report["order"]:.2f} | |

Peak memory of the printing process: {report["memory"]:.0f} MB (≤ {MAX_MEMORY}); of the worker beside it: \
{report["worker"]:.0f} MB.

## Import from Excel

{imported["rows"]:,} people, {imported["bytes"]:,} bytes: read and checked in {imported["check"]:.2f} s, entered in \
{imported["enter"]:.2f} s (together ≤ {MAX_IMPORT_SECONDS}); peak memory of the whole process \
{imported["memory"]:.0f} MB (≤ {MAX_IMPORT_MEMORY}).
"""


def _row(results: Results, page: str) -> str:
    weight = results.weights[page]
    return (
        f"| {page} | {results.ratio(page):.2f} | {results.milliseconds(page):.1f} | {weight.total:,} "
        f"| {weight.script:,} | {weight.html:,} | {weight.requests} | {results.queries[page]} |"
    )
