"""A creating form whose token got lost on the way comes back with a new one: sent again, it is carried out."""

from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from lxml import html

from core.models import UsedToken
from decisions.models import Decision

SENT = {"title": "Cadrage du PTA", "text": "Le Réseau adopte le cadrage.", "subject_kind": "free"}
LOST = [{}, {"once": ""}, {"once": "pas-un-jeton"}, {"once": "é" * 40}]


def the_form(response):
    return html.document_fromstring(response.content.decode()).xpath("//main//form[.//*[@name='once']]")[0]


def propose(client, **token):
    return client.post(reverse("decisions:decision_propose"), {**SENT, **token})


@pytest.mark.parametrize("token", LOST)
def test_form_with_a_lost_token_comes_back_with_another_and_what_was_typed(personas, sign_in, token):
    client = sign_in(personas.focal_a)
    refused = propose(client, **token)
    shown = dict(the_form(refused).form_values())

    assert "Rien n’a été enregistré" in refused.content.decode()
    assert shown["text"].strip() == SENT["text"]
    assert UUID(shown["once"])
    assert Decision.objects.count() == 0


@pytest.mark.parametrize("token", LOST)
def test_form_with_a_lost_token_sent_again_as_it_came_back_creates_once(personas, sign_in, token):
    client = sign_in(personas.focal_a)
    shown = dict(the_form(propose(client, **token)).form_values())

    answers = [client.post(reverse("decisions:decision_propose"), shown) for _twice in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Decision.objects.count() == UsedToken.objects.count() == 1


def test_form_with_a_mistake_and_its_token_keeps_the_token(personas, sign_in):
    token = str(uuid4())
    client = sign_in(personas.focal_a)

    refused = client.post(reverse("decisions:decision_propose"), {**SENT, "title": "", "once": token})

    assert dict(the_form(refused).form_values())["once"] == token
