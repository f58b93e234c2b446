"""What a slow line has to carry (budgets of the design): first visit and every visit after it."""

import gzip
from collections import Counter

import pytest
from django.urls import reverse
from lxml import html

from decisions.models import Decision
from meetings.models import Meeting
from tests.e2e.pages.addresses import FOCAL_POINT, PARTS
from tests.e2e.pages.eyes import Eyes
from workplan.models import WorkPlan

KB = 1024
# What each page loads; those of a key in the hand load the program that talks to it.
SHELL = {"/static/css/portal.css", "/static/img/mark.svg", "/static/js/portal.js"}
WITH_A_KEY = ("account_login", "mfa_")
PAGES = {
    "home": lambda: reverse("home"),
    "directory": lambda: reverse("members:directory"),
    "meeting": lambda: Meeting.objects.filter(state="minutes_approved").latest("pk").get_absolute_url(),
    "decision": lambda: Decision.objects.get(state="call").get_absolute_url(),
    "plan": lambda: WorkPlan.objects.get(state="in_execution").get_absolute_url(),
}


def weight(response) -> int:
    """Bytes over the line. The test server sends styles and scripts plain; production sends them compressed."""
    if response.request.resource_type == "document":
        return response.request.sizes()["responseBodySize"]
    return len(gzip.compress(response.body()))


@pytest.mark.parametrize("name", PAGES)
def test_first_visit_is_light(portal, clients, chromium, name):
    visitor, answers = Eyes(chromium, portal, clients[FOCAL_POINT]), []
    visitor.page.on("response", lambda answer: answers.append(answer))
    visitor.window.open(PAGES[name]())
    visitor.page.wait_for_load_state("networkidle")
    weights = Counter()
    for answer in answers:
        weights[answer.request.resource_type] += weight(answer)
    visitor.context.close()

    assert len(answers) <= 8
    assert sum(weights.values()) <= 100 * KB
    assert weights["script"] <= 20 * KB
    assert weights["stylesheet"] <= 20 * KB


@pytest.mark.parametrize("part", PARTS)
def test_every_page_loads_the_same_few_files_and_is_light_itself(walk, part):
    """What a page asks for beside itself is counted on the pages above; here, that no page asks for more."""
    pages, _without = walk.through(part)
    heavy = {}
    for page in pages:
        asked = set(html.fromstring(page.content).xpath("//script/@src | //link[@rel!='canonical']/@href | //img/@src"))
        more = {} if page.route.startswith(WITH_A_KEY) else asked - SHELL
        if more or len(gzip.compress(page.content)) > 25 * KB:
            heavy[page.address] = (len(gzip.compress(page.content)), more)

    assert heavy == {}
