"""The lists on the first day: people and entities are there, and nothing else."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.e2e.pages.addresses import BACKEND
from tests.e2e.pages.eyes import Eyes

LISTS = (
    "home", "frameworks:framework_list", "members:directory", "members:person_list", "members:co_chairs",
    "decisions:decision_list", "procedure:procedure_list", "calendar:calendar", "meetings:meeting_list",
    "actions:action_list", "workplan:plan_list",
    "reports:report_list", "groups:group_list", "partners:partner_list", "engagements:engagement_list",
    "lists:list_index",
)  # fmt: skip
HOMES = ("focal_a", "co_chair_iom", "rc_office", "administrator", "partner")


def faults(chromium, server, user, routes):
    client = Client()
    client.force_login(user, backend=BACKEND)
    person = Eyes(chromium, server.url, client)
    found = {address: person.open(address) for address in map(reverse, routes)}
    person.context.close()
    return {address: lines for address, lines in found.items() if lines}


def test_no_list_of_the_empty_portal_is_at_fault(live_server, personas, chromium):
    assert faults(chromium, live_server, personas.secretariat, LISTS) == {}


@pytest.mark.parametrize("name", HOMES)
def test_home_of_the_empty_portal_is_faultless(live_server, personas, chromium, name):
    assert faults(chromium, live_server, personas.all[name], ["home"]) == {}
