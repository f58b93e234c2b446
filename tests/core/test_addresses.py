"""An address of a button, opened as a page, leads back to the page the button stands on; private pages stay private."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from core.errors import Gone
from core.once import once
from core.transitions import lock
from tests.factories import decisions as decided
from tests.factories import meetings as met


@pytest.mark.parametrize(
    ("button", "page"),
    [
        ("/decisions/{decision}/commenter/", "/decisions/{decision}/"),
        ("/reunions/{meeting}/compte-rendu/accepter/", "/reunions/{meeting}/compte-rendu/"),
        ("/membres/unicef/confirmer/", "/membres/unicef/"),
    ],
)
def test_button_opened_as_a_page_leads_back_to_its_page(personas, sign_in, button, page):
    things = {"decision": decided.in_consultation(personas).pk, "meeting": met.held(personas).pk}

    answer = sign_in(personas.secretariat).get(button.format(**things))

    assert (answer.status_code, answer["Location"]) == (302, page.format(**things))


def test_page_of_a_signed_in_person_is_kept_by_no_shared_cache(personas, sign_in):
    page = sign_in(personas.focal_a).get(reverse("decisions:decision_list"))

    assert page["Cache-Control"] == "private, no-cache"


def test_form_without_its_proof_says_that_nothing_was_sent(personas):
    client = Client(enforce_csrf_checks=True)
    client.force_login(personas.secretariat, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.post("/compte/modifier/", {"title": "Cheffe"})

    assert page.status_code == 403
    assert "Rien n’a été envoyé" in page.content.decode()
    ways = html.document_fromstring(page.content.decode()).xpath("//main//a/@href")
    assert ways == ["/compte/modifier/", "/"]


def test_thing_removed_meanwhile_is_said_in_words(personas):
    item = met.draft(personas).items.get()
    item.delete()
    item.pk = 10**6

    with pytest.raises(Gone, match="n’existe plus"):
        lock(item)


def test_form_sent_again_after_its_object_was_removed_makes_no_second_one(personas):
    token = uuid4()
    made = once(token, lambda: decided.draft(personas), by=personas.focal_a)
    made.texts.all().delete()
    type(made).objects.filter(pk=made.pk).delete()

    with pytest.raises(Gone):
        once(token, lambda: decided.draft(personas), by=personas.focal_a)


def test_token_of_another_person_gives_nothing_away(personas):
    token = uuid4()
    once(token, lambda: decided.draft(personas), by=personas.focal_a)

    with pytest.raises(Gone):
        once(token, lambda: decided.draft(personas), by=personas.focal_b)
