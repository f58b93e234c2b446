"""What a slow line has to carry (budgets of the design): first visit and every visit after it."""

import gzip

import pytest
from django.urls import reverse

from decisions.models import Decision
from meetings.models import Meeting
from tests.e2e.pages.addresses import FOCAL_POINT
from tests.e2e.pages.eyes import Eyes
from workplan.models import WorkPlan

KB = 1024
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
    weights = {answer.request.resource_type: weight(answer) for answer in answers}
    visitor.context.close()

    assert len(answers) <= 8
    assert sum(weights.values()) <= 100 * KB
    assert weights["script"] <= 20 * KB
    assert weights["stylesheet"] <= 20 * KB
    assert weights["document"] <= 25 * KB
