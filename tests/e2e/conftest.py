"""A real Chromium on a real server. What a page does wrong in silence (console error, request elsewhere) fails."""

import os
import shutil
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import sync_playwright

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
# Playwright runs an event loop of its own in this thread; Django would take it for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
QUIET = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def chromium():
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.fail("no Chromium or Chrome on this machine: please install the package chromium")
    # Chromium refuses its own sandbox to root; nothing but our own pages is opened.
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    # While Playwright's loop runs, Django keeps other connections for this thread than before and after: those that
    # nobody sees any more would hold the database that is to be copied or dropped.
    connections.close_all()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        yield browser
        browser.close()
        connections.close_all()


class Window:
    """One person's browser window on the portal."""

    def __init__(self, page, server):
        self.page, self.server, self.problems = page, server, []
        page.on("console", lambda message: self._hear(message))
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("request", lambda request: self._watch(request.url))

    def _hear(self, message):
        # A refused form or page is told by its status; Chromium repeats it in the console.
        if message.type == "error" and "status of 4" not in message.text:
            self.problems.append(message.text)

    def _watch(self, url):
        if not url.startswith((self.server, "data:", "about:", "blob:")):
            self.problems.append(f"request elsewhere: {url}")

    def open(self, path):
        response = self.page.goto(self.server + path)
        return response

    def sign_in(self, email, password):
        self.open("/compte/login/")
        self.page.locator("input[name=login]").fill(email)
        self.page.locator("input[name=password]").fill(password)
        with self.page.expect_navigation():  # the first form of a page is the choice of the language
            self.page.locator("main form[action$='/login/'] button[type=submit]").click()

    def violations(self):
        """What axe finds against WCAG 2.2 AA on the open page, as « rule: target » lines."""
        self.page.evaluate(AXE)
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        found = self.page.evaluate("tags => axe.run(document, {runOnly: tags, preload: false})", tags)
        return [f"{rule['id']}: {node['target']}" for rule in found["violations"] for node in rule["nodes"]]

    def is_wider_than_the_screen(self):
        return self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")


@pytest.fixture
def window(chromium, live_server):
    """``window(width=360)`` opens a new, empty browser; JavaScript can be switched off."""
    opened = []

    def open_window(width=1280, javascript=True):
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            locale="fr-FR",
            accept_downloads=True,
        )
        one = Window(context.new_page(), live_server.url)
        opened.append((context, one))
        return one

    yield open_window
    problems = [problem for _context, one in opened for problem in one.problems]
    for context, _one in opened:
        context.close()
    assert problems == []
