"""The agenda through its pages: added once, moved, removed after a question, never overwritten."""

from uuid import uuid4

import pytest

from core.models import OutboxMail
from meetings import actions
from meetings.models import AgendaItem
from tests.factories import meetings as make
from tests.meetings.asking import LONG, NUL, address, as_checked


def test_agenda_item_added_twice_with_one_token_is_one(personas, sign_in):
    meeting = make.empty_draft(personas)
    client = sign_in(personas.co_chair_ohchr)
    posted = {"title": "Divers", "kind": "aob", "lead_entity": "", "duration_min": "10", "once": str(uuid4())}

    client.post(address("item_add", meeting.pk), posted)
    client.post(address("item_add", meeting.pk), posted)

    assert AgendaItem.objects.get().title == "Divers"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", NUL),
        ("title", LONG),
        ("duration_min", "0"),
        ("duration_min", "9" * 5000),
        ("kind", "x"),
        ("lead_entity", "0"),
    ],
)
def test_agenda_item_refuses_bad_input(personas, sign_in, field, value):
    meeting = make.empty_draft(personas)
    posted = {
        "title": "Divers",
        "kind": "aob",
        "lead_entity": "",
        "duration_min": "10",
        "once": str(uuid4()),
        field: value,
    }

    response = sign_in(personas.secretariat).post(address("item_add", meeting.pk), posted)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not AgendaItem.objects.exists()


@pytest.mark.parametrize("order", ["", "abc", "-1", "1.5", NUL, "9" * 5000])
def test_agenda_item_stays_where_it_is_without_a_number(personas, sign_in, order):
    meeting = make.empty_draft(personas)
    item = make.with_item(meeting, personas)
    make.with_item(meeting, personas, "Divers")

    response = sign_in(personas.secretariat).post(address("item_move", meeting.pk, item.pk), {"order": order})

    assert response.status_code == 302
    assert AgendaItem.objects.get(pk=item.pk).order == 1


def test_kind_of_an_added_item_is_chosen_and_the_meeting_goes_on_below_its_form(personas, sign_in):
    meeting = make.draft(personas)

    response = sign_in(personas.secretariat).get(address("agenda", meeting.pk))

    page = response.content.decode()
    assert response.context["form"]["kind"].field.choices[0][0] == ""
    assert page.index(address("item_add", meeting.pk)) < page.index(address("meeting_convene", meeting.pk))


def test_agenda_item_is_removed_after_a_question(personas, sign_in):
    meeting = make.draft(personas)
    client, url = sign_in(personas.secretariat), address("item_remove", meeting.pk, meeting.items.get().pk)

    page = client.get(url)
    left_after_get = AgendaItem.objects.count()
    client.post(url)

    assert (page.status_code, left_after_get, AgendaItem.objects.count()) == (200, 1, 0)


def test_agenda_item_from_a_stale_page_is_a_conflict(personas, sign_in):
    meeting = make.draft(personas)
    item = meeting.items.get()
    client, url = sign_in(personas.secretariat), address("item_edit", meeting.pk, item.pk)
    posted = {"title": "Premier", "kind": "aob", "lead_entity": "", "duration_min": "10", "version": item.version}
    client.post(url, posted)

    response = client.post(url, {**posted, "title": "Second"})

    assert response.status_code == 409
    assert response.context["form"]["title"].value() == "Second"
    assert AgendaItem.objects.get().title == "Premier"


TYPED = {
    "item_edit": ("title", {"title": "Mon texte", "kind": "aob", "duration_min": "10", "version": "1"}),
    "item_minutes": ("minutes", {"minutes": "Mon texte", "version": "1"}),
    "action_add": ("text", {"text": "Mon texte", "due_on": "", "once": str(uuid4())}),
}


@pytest.mark.parametrize("page", TYPED)
def test_what_was_typed_for_an_item_removed_meanwhile_comes_back(personas, sign_in, page):
    meeting = make.in_session(personas)
    make.with_item(meeting, personas, "Divers")
    item, (field, posted) = meeting.items.first(), TYPED[page]
    client, url = sign_in(personas.secretariat), address(page, meeting.pk, item.pk)
    assert client.get(url).status_code == 200
    actions.remove_agenda_item(item, by=personas.secretariat)

    refused = client.post(url, posted)

    assert (refused.status_code, refused.context["form"][field].value()) == (409, "Mon texte")
    assert "a été retiré de l’ordre du jour" in refused.content.decode()
    assert client.get(url).status_code == 404
    assert sign_in(personas.focal_a).post(url, posted).status_code == 403


def test_agenda_is_published_from_a_page_that_shows_it_and_once_however_often_pressed(personas, sign_in):
    meeting = make.convened(personas, note="Pensez aux badges.")
    client, url = sign_in(personas.secretariat), address("agenda_publish", meeting.pk)

    page = client.get(url)
    posted = as_checked(page)
    for _time in range(2):
        assert client.post(url, posted).status_code == 302

    text = page.content.decode()
    assert (meeting.items.get().title in text, "Pensez aux badges." in text) == (True, True)
    assert OutboxMail.objects.filter(kind="meetings.agenda").count() == page.context["people"] > 0
