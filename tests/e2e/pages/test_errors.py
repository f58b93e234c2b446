"""Forms sent with almost nothing in them: the page says what is missing, leads there, and keeps what was typed."""

from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import gettext

from tests.e2e.pages import addresses
from tests.e2e.pages.addresses import FOCAL_POINT, SECRETARIAT, VISITOR

SPOIL = (Path(__file__).parent / "spoil.js").read_text("utf-8")
# Each link of the summary leads to something on the page; what was typed stands there again.
JUDGE = """typed => [
  ...[...document.querySelectorAll(".error-summary a")]
    .filter(link => !document.getElementById(link.hash.slice(1)))
    .map(link => `the summary leads nowhere: ${link.hash}`),
  ...(document.querySelector(".error-summary li") ? [] : ["no summary of errors"]),
  ...Object.entries(typed)
    .filter(([name, value]) => [...document.getElementsByName(name)].every(field => field.value !== value))
    .map(([name]) => `what was typed is lost: ${name}`),
]"""
FORMS = {
    "frameworks:priority_add": SECRETARIAT,
    "members:person_add": SECRETARIAT,
    "members:person_edit": SECRETARIAT,
    "members:entity_add": SECRETARIAT,
    "members:entity_edit": SECRETARIAT,
    "members:focal_point_name": SECRETARIAT,
    "members:term_record": SECRETARIAT,
    "members:account_edit": FOCAL_POINT,
    "members:invitation_accept": VISITOR,
    "decisions:decision_propose": FOCAL_POINT,
    "decisions:text_revise": SECRETARIAT,
    "meetings:meeting_create": SECRETARIAT,
    "meetings:meeting_edit": SECRETARIAT,
    "meetings:meeting_cancel": SECRETARIAT,
    "meetings:request_create": FOCAL_POINT,
    "meetings:request_answer": SECRETARIAT,
    "meetings:item_edit": SECRETARIAT,
    "meetings:action_add": SECRETARIAT,
    "meetings:remark_answer": SECRETARIAT,
    "actions:action_edit": SECRETARIAT,
    "actions:action_close": SECRETARIAT,
    "workplan:plan_create": SECRETARIAT,
    "workplan:funder_add": SECRETARIAT,
    "workplan:outcome_add": SECRETARIAT,
    "workplan:activity_add": SECRETARIAT,
    "account_login": VISITOR,
    "account_change_password": FOCAL_POINT,
}


@pytest.mark.parametrize("part", sorted({addresses.part_of(name) for name in FORMS}))
def test_refused_form_says_what_is_missing_and_keeps_the_rest(clients, eyes, part):
    pages, _without = addresses.pages_of(part, clients, only=FORMS)
    wrong = {page.address: found for page in pages if (found := refuse(eyes(page.reader), page.address))}

    assert {page.route for page in pages} == {name for name in FORMS if addresses.part_of(name) == part}
    assert wrong == {}


def refuse(person, address):
    """What is wrong with the page that answers the form of an address, sent almost empty."""
    person.page.set_viewport_size({"width": 1280, "height": 900})
    person.window.open(address)
    person.window.problems.clear()
    with person.page.expect_navigation():
        typed = person.page.evaluate(SPOIL)
    with translation.override("fr"):
        prefix = gettext("Error:")
    if not person.page.title().startswith(prefix):
        return [f"title: {person.page.title()}"]
    return person.page.evaluate(JUDGE, typed) + person.look(f"erreur{address}")
