"""The server's half of the texts kept in a browser: it says which form was carried out, and only then.

A browser without script keeps none: what is typed in a session that has ended comes back, to copy.
"""

from uuid import uuid4

import pytest
from django.urls import reverse
from lxml import html

from decisions.models import Comment
from tests.factories import decisions as decide
from tests.nets.portal import post


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


def after_the_end(client, url, **fields):
    """The texts given back to somebody who is no longer signed in; ``None`` on the way to the sign-in page."""
    answer = client.post(url, fields)
    if answer.status_code == 302:
        return None
    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (401, True)
    page = html.document_fromstring(answer.content.decode())
    assert page.xpath("//main//a/@href") == [f"{reverse('account_login')}?next={url}"]
    return [field.text.strip() for field in page.xpath("//main//textarea[@readonly]")]


def test_a_text_sent_after_the_end_of_the_session_comes_back_to_copy(client, personas):
    decision = decide.in_consultation(personas)
    text = "Préciser </textarea><script>alert(1)</script>\net le calendrier."

    told = after_the_end(client, reverse("decisions:comment_add", args=[decision.pk]), text=text, once=uuid4())

    assert told == [text]
    assert not Comment.objects.exists()


@pytest.mark.parametrize("typed", ["un\0deux trois quatre", "un deux \udcff trois"])
def test_what_no_page_can_hold_comes_back_without_it(client, personas, typed):
    answer = post(client, reverse("decisions:decision_propose"), [("text", typed)])

    assert (answer.status_code, "\ufffd" in answer.content.decode()) == (401, True)


def test_passwords_days_and_choices_are_never_shown(client, db):
    secret = "une phrase assez longue"
    fields = {"oldpassword": secret, "password1": secret, "password2": secret}

    assert after_the_end(client, reverse("account_change_password"), **fields) is None
    assert after_the_end(client, reverse("decisions:decision_propose"), due_on="2026-01-01", mode="written") is None
