"""Every page of a full portal, on a laptop and on a phone: nothing that axe, a screen or a console complains about."""

import pytest

from tests.e2e.pages import addresses
from tests.e2e.pages.addresses import EVERYBODY, PARTS
from tests.e2e.pages.eyes import WIDTHS

LAPTOP, PHONE = WIDTHS


def test_every_route_belongs_to_a_part():
    assert {addresses.part_of(name) for name, _wanted in addresses.routes()} == set(PARTS)


@pytest.mark.parametrize("width", [pytest.param(LAPTOP, marks=pytest.mark.drill), PHONE])
@pytest.mark.parametrize("part", PARTS)
def test_no_page_of_the_full_portal_is_at_fault(walk, eyes, part, width):
    pages, without = walk.through(part)
    assert without == [], "routes that gave no page to anybody"

    wrong = {page.address: found for page in pages if (found := eyes(page.reader).open(page.address, (width,)))}

    assert wrong == {}


@pytest.mark.parametrize("reader", EVERYBODY)
def test_everybody_finds_a_faultless_home(eyes, reader):
    assert eyes(reader).open("/") == []
