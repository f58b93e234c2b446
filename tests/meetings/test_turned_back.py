"""A form that could only be refused is not shown: one is led to the page above it, and told why."""

import pytest
from django.urls import reverse

from meetings import actions
from tests.factories import meetings as make
from tests.meetings.asking import address


def turned_back(client, url):
    """Where one arrives from this address, and what is said there."""
    response = client.get(url, follow=True)
    return response.redirect_chain[-1][0], [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize("state", ["minutes_approved", "cancelled"])
@pytest.mark.parametrize("page", ["meeting_edit", "meeting_postpone", "meeting_cancel"])
def test_what_is_over_or_called_off_is_not_changed_nor_put_off(personas, sign_in, page, state):
    meeting = make.IN_STATE[state](personas)

    arrived, [why] = turned_back(sign_in(personas.secretariat), address(page, meeting.pk))

    assert arrived == meeting.get_absolute_url()
    assert meeting.get_state_display() in why


def test_the_agenda_of_what_is_over_is_not_changed(personas, sign_in):
    meeting = make.approved(personas)
    args = meeting.pk, meeting.items.get().pk
    client = sign_in(personas.secretariat)

    arrived = {turned_back(client, address(page, *args))[0] for page in ("item_edit", "item_remove")}

    assert arrived == {address("agenda", meeting.pk)}


def test_the_last_item_of_a_convened_meeting_is_not_asked_about(personas, sign_in):
    meeting = make.convened(personas)

    arrived, [why] = turned_back(
        sign_in(personas.secretariat), address("item_remove", meeting.pk, meeting.items.get().pk)
    )

    assert (arrived, "au moins un point" in why) == (address("agenda", meeting.pk), True)


def test_corrections_are_asked_for_and_answered_while_the_minutes_circulate(personas, sign_in):
    meeting = make.circulated(personas)
    item = meeting.items.get()
    remark = actions.add_remark(item, text="Ajouter un nom.", by=personas.focal_a)
    actions.answer_remark(remark, answer="not_kept", reason="Déjà dit.", version=1, by=personas.secretariat)
    make.approve(meeting, personas)
    pages = {address("remark_add", meeting.pk, item.pk), address("remark_answer", meeting.pk, remark.pk)}

    arrived = {turned_back(sign_in(personas.secretariat), page)[0] for page in pages}

    assert arrived == {address("minutes", meeting.pk)}


def test_an_action_point_frozen_with_its_minutes_or_done_is_not_changed(personas, sign_in):
    meeting = make.held(personas)
    point = make.action_point(personas, meeting)
    make.approve(make.circulate(meeting, personas), personas)
    client = sign_in(personas.secretariat)
    edit, remove, close = (reverse(f"actions:action_{verb}", args=[point.pk]) for verb in ("edit", "remove", "close"))

    frozen = [turned_back(client, page)[0] for page in (edit, remove)]
    open_still = client.get(close).status_code
    actions.close_action_point(point, note="Fait.", by=personas.focal_a)

    assert (frozen, open_still) == ([point.get_absolute_url()] * 2, 200)
    assert turned_back(client, close)[0] == point.get_absolute_url()


def test_what_was_typed_is_still_given_back(personas, sign_in):
    meeting = make.approved(personas)

    refused = sign_in(personas.focal_a).post(
        address("remark_add", meeting.pk, meeting.items.get().pk),
        {"text": "Trop tard.", "once": "00000000-0000-4000-8000-000000000000"},
    )

    assert (refused.status_code, refused.context["form"]["text"].value()) == (422, "Trop tard.")
