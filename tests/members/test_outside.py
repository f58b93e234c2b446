"""An account without a place in the Network: what it opens, and who to write to. Nothing is promised."""

import pytest
from django.conf import settings
from django.urls import reverse
from lxml import html

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["home", "members:account"])
@pytest.mark.parametrize("who", ["partner", "no_entity"])
def test_account_without_a_place_is_told_what_it_opens(personas, sign_in, who, page):
    answer = sign_in(getattr(personas, who)).get(reverse(page))

    main = html.document_fromstring(answer.content.decode()).xpath("//main")[0]
    links = main.xpath(".//a/@href")
    wanted = {f"mailto:{settings.SECRETARIAT_EMAIL}", reverse("mandate"), reverse("frameworks:framework_list")}
    assert wanted <= {*links}
    assert "pas encore" not in main.text_content()


@pytest.mark.parametrize("page", ["home", "members:account"])
def test_administrator_has_a_place(personas, sign_in, page):
    answer = sign_in(personas.administrator).get(reverse(page))

    assert "Ce qu’ouvre votre compte" not in answer.content.decode()
