"""The printed file read back: figures, contents, tags, determinism, and what it must never do."""

import io
import os
import re
import subprocess
import sys
import threading
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import pairwise

import pikepdf
import pypdf
import pytest
from django.conf import settings
from django.utils import translation

from core.richtext import to_html
from core.templatetags.typography import number
from reports import figures, pdf
from reports.document import outline, report_document
from reports.snapshot import digest as digest_of
from reports.snapshot import to_json
from tests.factories.reports import empty_snapshot


@pytest.fixture(scope="module")
def pages(printed):
    reader = pypdf.PdfReader(io.BytesIO(printed.content))
    return [_flat(page.extract_text()) for page in reader.pages]


@pytest.fixture(scope="module")
def file(printed):
    with pikepdf.open(io.BytesIO(printed.content)) as opened:
        yield opened


CONTENTS = 3  # the last page of the table of contents, which names the annexes too


def _flat(text):
    """Spaces of every kind, and none where a column was cut in two lines."""
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u202f", " "))


def _elements(node, kind=None):
    """Structure elements below ``node``, of one kind or all."""
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            if kind in (None, child.S):
                yield child
            yield from _elements(child, kind)


def test_every_figure_that_matters_is_printed(sample, pages):
    text = " ".join(pages)
    total = figures.budget(figures.all_activities(sample))
    with translation.override("fr"):
        expected = [number(value) for value in (total.planned, total.mobilised, total.spent, total.gap)]
    expected += [one.reference for one in sample.decisions]
    expected += [f"{row.present} sur {row.invited}" for row in figures.turnouts(sample)]
    expected += [activity.code for activity in figures.all_activities(sample)]

    assert [one for one in expected if _flat(one) not in text] == []


def test_every_name_and_title_is_printed(sample, pages):
    words = re.sub(r"\W+", "", " ".join(pages))
    titles = [one.title for one in (*sample.decisions, *sample.meetings, *figures.all_activities(sample))]
    people = [person.name for member in sample.members for person in member.people]
    texts = [point.text for point in sample.action_points] + [one.label for one in sample.objectives]

    assert [one for one in titles + people + texts if re.sub(r"\W+", "", one) not in words] == []


def test_indicators_print_baseline_target_and_result(sample, pages):
    text = " ".join(pages)
    odd = [one for one in figures.indicators(figures.all_activities(sample)) if one.target > Decimal(100)]
    with translation.override("fr"):
        wanted = [_flat(f"{number(one.baseline, 2)} {number(one.target, 2)} {number(one.result, 2)}") for one in odd]

    assert [one for one in wanted if one not in text] == []


def test_contents_name_the_true_pages(pages, printed):
    contents = pages[1]
    with translation.override("fr"):
        chapters = outline()
    titles = [f"{one.number}. {one.title}" for one in chapters]
    titles += [f"{part.number} {part.title}" for one in chapters for part in one.sections.values()]

    for title in map(_flat, titles):
        promised = re.search(re.escape(title) + r" ?[. ]+ ?(\d+)", contents)
        assert promised, title
        assert title in pages[int(promised[1]) - 1], title
    assert len(pages) == printed.pages


def test_each_page_but_the_cover_says_which_it_is(pages):
    total = len(pages)

    assert [n for n, page in enumerate(pages[1:], 2) if f"page {n} sur {total}" not in page] == []
    assert "page 1 sur" not in pages[0]


def test_running_title_is_that_of_the_chapter_that_goes_on(pages):
    with translation.override("fr"):
        titles = [_flat(f"{chapter.number}. {chapter.title}") for chapter in outline()]
    begins = {title: next(n for n, page in enumerate(pages) if n > 1 and title in page) for title in titles}

    for n in range(min(begins.values()) + 1, len(pages)):
        going_on = [title for title in titles if begins[title] < n][-1]
        assert going_on in pages[n] or n in begins.values(), (n, going_on)


def test_no_page_is_left_mostly_blank(pages):
    """Whatever the fonts. The last page of the chapters, before the annexes, and the last one of all may be short."""
    annexes = next(n for n, page in enumerate(pages, start=1) if n > CONTENTS and "Annexe A. " in page)

    short = [n for n, page in enumerate(pages[2:-1], start=3) if len(page) < 600]

    assert [n for n in short if n != annexes - 1] == []


def test_file_says_what_it_is(file):
    info = file.open_metadata()

    assert file.Root.Lang == "fr"
    assert file.Root.MarkInfo.Marked
    assert file.Root.ViewerPreferences.DisplayDocTitle
    assert (str(file.docinfo.Title) != "", "2026" in str(file.docinfo.Title)) == (True, True)
    assert str(file.docinfo.Author) != ""
    assert info["pdfuaid:part"] == "1"


def test_bookmarks_lead_to_every_chapter_and_section(file):
    with translation.override("fr"):
        chapters = outline()
    with file.open_outline() as found:
        titles = [part.title for cover in found.root for part in cover.children]
        inner = [leaf.title for cover in found.root for part in cover.children for leaf in part.children]

    assert [f"{one.number}. {one.title}" for one in chapters] == titles[2:]
    assert len(inner) == sum(len(one.sections) for one in chapters)


def test_figures_have_a_text_in_their_place(file):
    drawings = list(_elements(file.Root.StructTreeRoot, "/Figure"))

    assert len(drawings) >= 10
    assert [one for one in drawings if not str(one.get("/Alt", ""))] == []


def test_cells_know_their_headers(file):
    cells = list(_elements(file.Root.StructTreeRoot, "/TD"))

    attributes = [str(one.get("/A", "")) for one in cells]
    assert len(cells) > 500
    assert [one for one in attributes if "/Headers" not in one] == []


def test_headings_never_skip_a_level(file):
    levels = [
        int(str(one.S)[2:]) for one in _elements(file.Root.StructTreeRoot) if re.fullmatch(r"/H[1-6]", str(one.S))
    ]

    assert levels[0] == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


def test_fonts_are_inside_the_file(file):
    found = [one for one in file.objects if isinstance(one, pikepdf.Dictionary) and "/FontName" in one]

    assert len(found) >= 2
    assert [str(one.FontName) for one in found if "/FontFile2" not in one and "/FontFile3" not in one] == []


def test_no_heading_stands_alone_at_the_foot(pages):
    with translation.override("fr"):
        parts = [part for one in outline() for part in one.sections.values()]

    for part in parts:
        page = next(page for page in pages[3:] if _flat(f"{part.number} {part.title}") in page)
        after = page.split(_flat(f"{part.number} {part.title}"), 1)[1]
        assert len(after) > 80, part


def test_same_records_give_the_same_bytes(printed, document, digest, sample, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(sample.taken_at.timestamp())))

    again = pdf.render(document, identifier=digest, strict=True)

    assert again == printed.content


def test_hash_seed_of_the_process_changes_nothing():
    with translation.override("fr"):
        small = empty_snapshot()
        html = report_document(small, digest="x")
    job = b'{"identifier": "x", "memory": 1500000000, "seconds": 60}\n' + html.encode()

    first, second = (
        subprocess.run(
            [sys.executable, "-m", "reports.pdf"],
            cwd=settings.BASE_DIR, input=job, capture_output=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": chosen, "SOURCE_DATE_EPOCH": "1790000000"},
        ).stdout
        for chosen in ("0", "4242")
    )  # fmt: skip

    assert first == second


def test_year_without_records_is_told_without_a_hole():
    empty = empty_snapshot()
    with translation.override("fr"):
        html = report_document(empty, digest=digest_of(to_json(empty)))

    content = pdf.render(html, identifier="x", strict=True)

    text = _flat(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages))
    with translation.override("fr"):
        chapters = outline(has_plan=False)
    assert [one.title for one in chapters if text.count(one.title) < 2] == []


# --- What it must never do -------------------------------------------------------------------------------------------
VECTORS = [
    '<img src="{url}">',
    '<img srcset="{url} 2x" src="{url}">',
    '<link rel="stylesheet" href="{url}">',
    '<link rel="attachment" href="{url}">',
    '<a rel="attachment" href="{url}">x</a>',
    '<style>@import url("{url}");</style>',
    '<style>@font-face {{ font-family: f; src: url("{url}"); }} p {{ font-family: f }}</style><p>x</p>',
    '<div style="background: url({url})">x</div>',
    '<div style="list-style-image: url({url}); display: list-item">x</div>',
    '<div style="border-image: url({url}) 30">x</div>',
    '<p style="content: url({url})">x</p>',
    '<object data="{url}">x</object>',
    '<embed src="{url}">',
    '<svg xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="{url}" width="9" height="9"/></svg>',
    '<svg xmlns:xlink="http://www.w3.org/1999/xlink"><use xlink:href="{url}#x"/></svg>',
    '<base href="{url}"><img src="relative.png">',
    "![x]({url})",
]


@pytest.fixture
def watched():
    """A server that counts who calls, and a file nobody may read."""
    calls = []

    class Counting(BaseHTTPRequestHandler):
        def do_GET(self):
            calls.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Counting)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", calls
    server.shutdown()
    server.server_close()
    thread.join()


def test_hostile_html_calls_nobody_and_reads_nothing(watched, tmp_path):
    address, calls = watched
    secret = tmp_path / "secret.txt"
    secret.write_text("mot-de-passe-interdit")
    body = "".join(one.format(url=url) for one in VECTORS for url in (f"{address}/x.png", secret.as_uri()))

    content = pdf.render(f"<html lang=fr><title>x</title><body>{body}</body></html>", identifier="x")

    with pikepdf.open(io.BytesIO(content)) as opened:
        streams = b"".join(one.read_bytes() for one in opened.objects if isinstance(one, pikepdf.Stream))
        assert list(opened.attachments) == []
    assert calls == []
    assert b"interdit" not in content + streams


@pytest.mark.parametrize("vector", VECTORS)
def test_hostile_text_of_a_person_is_not_even_tried(vector, watched):
    address, calls = watched
    body = to_html(f"Texte {vector.format(url=address + '/x.png')}")

    pdf.render(f"<html lang=fr><title>x</title><body>{body}</body></html>", identifier="x", strict=True)

    assert calls == []


def test_unknown_style_is_an_error_for_the_developer():
    with pytest.raises(ValueError, match="unknown property"):
        pdf.render("<style>p { colour: red }</style><p>x</p>", identifier="x", strict=True)
