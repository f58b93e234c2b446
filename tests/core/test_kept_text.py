"""The server's half of the texts kept in a browser: it says which form was carried out, and only then."""

from uuid import uuid4

import pytest

from tests.factories import decisions as decide


@pytest.fixture
def decision(personas):
    return decide.in_call(personas)


def send(client, decision, **fields):
    text_number = decision.texts.get().number
    client.post(f"/decisions/{decision.pk}/se-prononcer/", {"text_number": text_number, "once": uuid4(), **fields})
    return client.cookies["kept"].value if "kept" in client.cookies else ""


def test_a_form_carried_out_is_named(personas, sign_in, decision):
    told = send(sign_in(personas.focal_b), decision, stance="supports", kept="1")

    assert told == f"%2Fdecisions%2F{decision.pk}%2Fse-prononcer%2F"


def test_nothing_is_said_to_a_browser_that_keeps_no_text(personas, sign_in, decision):
    assert send(sign_in(personas.focal_b), decision, stance="supports") == ""


def test_a_refused_form_keeps_its_texts(personas, sign_in, decision):
    assert send(sign_in(personas.focal_b), decision, stance="objects", kept="1") == ""


def test_the_way_to_the_sign_in_page_saves_nothing(client, decision):
    assert send(client, decision, stance="supports", kept="1") == ""
