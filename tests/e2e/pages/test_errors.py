"""Forms sent with almost nothing in them: the page says what is missing, leads there, and keeps what was typed."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import resolve
from django.utils import translation
from django.utils.translation import gettext
from lxml import html

from tests.e2e.pages import addresses
from tests.e2e.pages.addresses import PARTS

WITHOUT_FORMS = {"portal", "reports", "handover", "lists", "extracts", "guests", "group_guests"}

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
# The day a form without a required field is refused is told by the tests of its own page.
VISIBLE = "self::input[not(@type='hidden' or @type='submit')] or self::select or self::textarea"


@dataclass(frozen=True)
class Spoilt:
    """A form that can be refused: the page it stands on, and its place among the forms of that page."""

    page: addresses.Page
    place: int


def forms_of(pages):
    """Each form with a required field once, wherever it is met first: by the route it goes to and its fields."""
    found = {}
    for page in pages:
        content = html.fromstring(page.content)
        for place, form in enumerate(content.xpath("//main//form[@method='post']")):
            names = tuple(field.get("name") for field in form.xpath(f".//*[{VISIBLE}]"))
            goes_to = resolve(urlsplit(urljoin(page.address, form.get("action") or "")).path).view_name
            if form.xpath(f".//*[{VISIBLE}][@required]"):
                found.setdefault((goes_to, names), Spoilt(page, place))
    return found


@pytest.mark.drill  # every form of the portal in a browser, two minutes
@pytest.mark.parametrize("part", PARTS)
def test_refused_form_says_what_is_missing_and_keeps_the_rest(walk, eyes, part):
    pages, _without = walk.through(part)
    forms = forms_of([page for page in pages if page.route != "ui"])
    wrong = {
        (route, one.page.address): fault
        for (route, _names), one in forms.items()
        if (fault := refuse(eyes(one.page.reader), one.page.address, one.place))
    }

    assert wrong == {}
    assert forms or part in WITHOUT_FORMS


def refuse(person, address, place):
    """What is wrong with the page that answers the form of an address, sent almost empty."""
    person.page.set_viewport_size({"width": 1280, "height": 900})
    person.window.open(address)
    person.window.problems.clear()
    with person.page.expect_navigation():
        typed = person.page.evaluate(SPOIL, place)
    with translation.override("fr"):
        prefix = gettext("Error:")
    if not person.page.title().startswith(prefix):
        return [f"title: {person.page.title()}"]
    return person.page.evaluate(JUDGE, typed) + person.look(f"erreur{address}{place}")
