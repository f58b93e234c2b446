"""Minutes through their pages: written, corrected, approved; decisions and action points attached to them."""

from uuid import uuid4

import pytest
from django.contrib.messages import get_messages

from meetings import actions
from meetings.models import ActionPoint, AgendaItem, Meeting, Remark
from tests.factories import decisions as decide
from tests.factories import meetings as make
from tests.meetings.asking import NUL, address


def test_minutes_saved_stay_in_the_editor_and_a_stale_page_is_a_conflict(personas, sign_in):
    meeting = make.held(personas)
    item = meeting.items.get()
    client, url = sign_in(personas.secretariat), address("item_minutes", meeting.pk, item.pk)

    saved = client.post(url, {"minutes": "Premier", "version": item.version})
    conflict = client.post(url, {"minutes": "Second", "version": item.version})
    again = client.post(url, {"minutes": "Second", "version": conflict.context["form"]["version"].value()})

    assert (saved["Location"], conflict.status_code, again.status_code) == (url, 409, 302)
    assert conflict.context["form"]["minutes"].value() == "Second"
    assert "Premier" in conflict.content.decode()
    assert AgendaItem.objects.get().minutes == "Second"


@pytest.mark.parametrize(
    ("then", "arrives"), [("action", "action_add"), ("decision", "decision_attach"), ("x", "item_minutes")]
)
def test_every_button_of_the_writing_page_saves_the_text_first(personas, sign_in, then, arrives):
    meeting = make.held(personas)
    item = meeting.items.get()
    client, url = sign_in(personas.secretariat), address("item_minutes", meeting.pk, item.pk)

    saved = client.post(url, {"minutes": "Rédigé", "version": item.version, "then": then})
    stale = client.post(url, {"minutes": "Trop tard", "version": item.version, "then": then})

    said = [str(message) for message in get_messages(saved.wsgi_request)]
    assert saved["Location"] == address(arrives, meeting.pk, item.pk)
    assert said == [f"Compte rendu enregistré.{' Vous pouvez continuer à écrire.' if then == 'x' else ''}"]
    assert (stale.status_code, stale.context["form"]["minutes"].value()) == (409, "Trop tard")
    assert AgendaItem.objects.get().minutes == "Rédigé"


@pytest.mark.parametrize("text", [NUL, "é" * 20_001])
def test_minutes_refuse_what_cannot_be_held_and_keep_it(personas, sign_in, text):
    meeting = make.held(personas)
    item = meeting.items.get()

    response = sign_in(personas.secretariat).post(
        address("item_minutes", meeting.pk, item.pk), {"minutes": text, "version": item.version}
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["minutes"]
    assert response.context["form"]["minutes"].value() == text


def test_minutes_are_shown_as_safe_html(personas, sign_in):
    meeting = make.held(personas)
    item = meeting.items.get()
    text = "**Important**\n\n- un\n- deux\n\n<script>alert(1)</script> [lien](javascript:alert(1))"
    actions.edit_minutes(item, minutes=text, version=item.version, by=personas.secretariat)

    html = sign_in(personas.focal_a).get(address("minutes", meeting.pk)).content.decode()

    assert "<strong>Important</strong>" in html
    assert "<li>un</li>" in html
    assert "<script>alert" not in html
    assert 'href="javascript' not in html


def test_rapporteur_writes_and_another_focal_point_does_not(personas, sign_in):
    meeting = make.held(personas, rapporteur=personas.focal_b)
    url = address("item_minutes", meeting.pk, meeting.items.get().pk)

    assert sign_in(personas.focal_b).get(url).status_code == 200
    assert sign_in(personas.focal_a).get(url).status_code == 403


def test_decision_is_attached_and_shown_on_the_meeting(personas, sign_in):
    meeting = make.held(personas)
    decision, item = decide.recorded(personas), meeting.items.get()
    client = sign_in(personas.secretariat)

    client.post(address("decision_attach", meeting.pk, item.pk), {"decision": decision.pk})
    twice = client.post(address("decision_attach", meeting.pk, item.pk), {"decision": decision.pk})

    assert list(item.decisions.all()) == [decision]
    assert list(twice.context["form"].errors) == ["decision"]
    assert decision.reference in sign_in(personas.focal_a).get(meeting.get_absolute_url()).content.decode()


def test_draft_decision_attached_to_an_item_is_not_leaked(personas, sign_in):
    meeting = make.held(personas)
    draft = decide.draft(personas, title="Brouillon confidentiel")
    actions.attach_decision(meeting.items.get(), decision=draft, by=personas.secretariat)

    pages = [meeting.get_absolute_url(), address("minutes", meeting.pk)]
    seen = {
        name: ["Brouillon confidentiel" in sign_in(getattr(personas, name)).get(url).content.decode() for url in pages]
        for name in ("secretariat", "focal_b")
    }

    assert seen == {"secretariat": [True, True], "focal_b": [False, False]}


def test_action_point_added_twice_with_one_token_is_one(personas, sign_in):
    meeting = make.held(personas)
    client, url = sign_in(personas.secretariat), address("action_add", meeting.pk, meeting.items.get().pk)
    posted = {
        "text": "Agir",
        "responsible": personas.unicef.pk,
        "person": "",
        "due_on": meeting.day,
        "once": str(uuid4()),
    }

    client.post(url, posted)
    client.post(url, posted)
    refused = client.post(url, {**posted, "due_on": "2026-13-45", "once": str(uuid4())})

    assert ActionPoint.objects.get().responsible == personas.unicef
    assert list(refused.context["form"].errors) == ["due_on"]
    assert refused.context["form"]["text"].value() == "Agir"


def test_remark_sent_twice_is_one_and_the_button_says_nothing_to_correct(personas, sign_in):
    meeting = make.circulated(personas)
    posted = {"text": "Ajouter un nom.", "once": str(uuid4())}
    url = address("remark_add", meeting.pk, meeting.items.get().pk)

    for _time in range(2):
        sign_in(personas.focal_a).post(url, posted)
        sign_in(personas.focal_b).post(address("minutes_accept", meeting.pk))

    assert Remark.objects.count() == 2


def test_approval_offers_the_later_sessions(personas, sign_in):
    meeting = make.circulated(personas)
    later = make.in_session(personas, starts_at=make.at_ten(60))
    url = address("minutes_approve", meeting.pk)

    with make.moved_to(later, hours=1):
        page = sign_in(personas.co_chair_iom).get(url)
        sign_in(personas.co_chair_iom).post(url, {"approved_in": later.pk})

    assert list(page.context["form"].fields["approved_in"].queryset) == [later]
    assert Meeting.objects.get(pk=meeting.pk).minutes_approved_in == later


def test_minutes_approved_meanwhile_give_the_text_back(personas, sign_in):
    meeting = make.circulated(personas)
    item = meeting.items.get()
    actions.approve_minutes(meeting, approved_in=None, by=personas.co_chair_iom)

    url = address("item_minutes", meeting.pk, item.pk)
    page = sign_in(personas.secretariat).post(url, {"minutes": "Mon texte", "version": item.version})

    assert (page.status_code, page.context["form"]["minutes"].value()) == (422, "Mon texte")
    assert "Mon texte</textarea>" in page.content.decode()
