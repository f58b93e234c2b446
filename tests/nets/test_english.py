"""A reader of English meets no French word of the portal's own; what people wrote stays in their language."""

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from lxml import html

from tests.nets.portal import LOOKERS, ROUTES, consume
from tests.nets.test_queries import NOT_A_PAGE

pytestmark = [pytest.mark.django_db, pytest.mark.drill]
LONG_ENOUGH = 12  # shorter words may be names, or the same in both languages


def french():
    with (settings.BASE_DIR / "locale" / "fr" / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalogue = read_po(file)
    plain = [message for message in catalogue if message.id and isinstance(message.string, str)]
    return {
        message.string for message in plain
        if "%" not in message.string and len(message.string) > LONG_ENOUGH and message.string != message.id
    }  # fmt: skip


def shown(response):
    """The words of the page, one of its texts a line, and those of its attributes that are read aloud."""
    page = html.fromstring(response.content)
    page = page.xpath("//body")[0]
    for part in page.xpath("//*[@lang='fr']"):
        part.getparent().remove(part)
    texts = page.xpath(".//text()[not(parent::script)]") + page.xpath(".//@aria-label | .//@title | .//@alt")
    return {" ".join(str(text).split()) for text in texts}


def test_pages_in_english_hold_no_french_of_the_portal(portal):
    catalogue, found = {" ".join(words.split()) for words in french()}, {}
    for name, row in ROUTES.items():
        if not row.get or name in NOT_A_PAGE or name == "ui":  # its examples are French
            continue
        for persona in [one for one in LOOKERS if one in row.get][:2]:
            client = portal.client(persona)
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
            for address in portal.addresses(name):
                response = client.get(address)
                consume(response)
                if response.status_code == 200 and (left := shown(response) & catalogue):
                    found[name] = left

    assert found == {}
