"""``make bench``: prints and writes docs/benchmarks.md; fails when a promise of the portal is broken."""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench import servers
from bench.client import Side, first_visit, interleaved
from bench.results import GROWN, Results, broken_promises, markdown

PORTAL, UNIT = "reseau_bench", "reseau_bench_unit"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="interleaved rounds of the pages (at least 3)")
    parser.add_argument("--requests", type=int, default=40, help="requests a page and round")
    parser.add_argument("--prints", type=int, default=5, help="printings of the report (at least 3)")
    words = parser.parse_args()
    if min(words.rounds, words.prints) < 3 or not 5 <= words.requests <= 500:
        parser.error("at least 3 rounds and printings, 5 to 500 requests")
    with tempfile.TemporaryDirectory(prefix="reseau-bench-") as var, servers.databases(PORTAL, UNIT) as found:
        portal = servers.environment(found[PORTAL], Path(var), "reseau.settings")
        unit = servers.environment(found[UNIT], Path(var), "bench.unit.settings")
        results = measure(portal, unit, rounds=words.rounds, requests=words.requests, prints=words.prints)
    text = markdown(results)
    print(text)
    (servers.PROJECT / "docs" / "benchmarks.md").write_text(text, "utf-8")
    broken = broken_promises(results)
    print("\n".join(broken) or "Every promise is kept.", file=sys.stderr)
    return 1 if broken else 0


def say(step: str) -> None:
    print(f"… {step}", file=sys.stderr, flush=True)


def measure(portal: dict[str, str], unit: dict[str, str], *, rounds: int, requests: int, prints: int) -> Results:
    say("preparing the unit")
    unit_side = json.loads(servers.run(unit, "-m", "bench.unit.prepare"))
    say("replaying the demo year (a minute)")
    for words in (["migrate", "-v0"], ["createcachetable"], ["seed_demo", "--even-without-debug", "--keep-weekdays"]):
        servers.run(portal, "manage.py", *words)
    servers.run(portal, "scripts/compile_messages.py")
    servers.run(portal, "manage.py", "collectstatic", "--no-input", "-v0")
    there = json.loads(servers.run(portal, "-m", "bench.portal", "prepare"))
    queries = json.loads(servers.run(portal, "-m", "bench.portal", "queries"))
    with (
        servers.serving("django.core.wsgi:get_wsgi_application()", unit) as unit_port,
        servers.serving("reseau.wsgi", portal) as portal_port,
    ):
        say("asking for pages")
        reader = Side(portal_port, there["cookie"])
        pages: dict[str, Any] = {"unit": (Side(unit_port, unit_side["cookie"]), unit_side["pages"]["unit"])}
        pages |= {name: (reader, path) for name, path in there["pages"].items()}
        medians = interleaved(pages, rounds=rounds, requests=requests)
        weights = {name: first_visit(*pages[name]) for name in there["pages"]}
        grown = {}
        for what, names in GROWN.items():
            say(f"asking for pages again: {what}")
            asked = json.loads(servers.run(portal, "-m", "bench.portal", "grow", what))
            # Fresh connections: the servers closed those that waited meanwhile.
            again = {"unit": (Side(unit_port, unit_side["cookie"]), unit_side["pages"]["unit"])}
            again |= {name: (Side(portal_port, there["cookie"]), there["pages"][name]) for name in names}
            found_again = interleaved(again, rounds=rounds, requests=requests)
            for name in names:
                medians_of = [{key: one[key] for key in ("unit", name)} for one in found_again]
                grown[name] = {"queries": asked[name], "medians": medians_of}
    say("printing the report")
    report = json.loads(servers.run(portal, "-m", "bench.portal", "report", str(prints)))
    say("importing people")
    imported = json.loads(servers.run(portal, "-m", "bench.portal", "import"))
    return Results(medians, weights, queries, report, imported, grown, requests)


if __name__ == "__main__":
    sys.exit(main())
