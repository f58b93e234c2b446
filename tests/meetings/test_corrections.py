"""Corrections of circulated minutes: each one is answered, and nothing is approved before."""

import re
from datetime import timedelta

import pytest

from core import clock
from core.errors import DomainError
from meetings import actions
from meetings.models import Meeting, Remark
from meetings.todo import todo
from tests.factories import meetings as make
from tests.meetings.asking import address


@pytest.fixture
def remark(personas):
    return actions.add_remark(make.circulated(personas).items.get(), text="Ajouter un nom.", by=personas.focal_a)


def answer(remark, personas, answer="not_kept", reason="Nom déjà cité."):
    remark.refresh_from_db()
    return actions.answer_remark(remark, answer=answer, reason=reason, version=remark.version, by=personas.secretariat)


def corrected(remark, personas, minutes):
    """The text of its item is changed, and the answer says so."""
    rewritten(remark, personas, minutes)
    return answer(remark, personas, "corrected", "")


def rewritten(remark, personas, minutes):
    item = remark.meeting.items.get()
    actions.edit_minutes(item, minutes=minutes, version=item.version, by=personas.secretariat)


def test_a_correction_is_made_or_not_kept_with_the_reason(personas, remark):
    with pytest.raises(DomainError):
        answer(remark, personas, "not_kept", " ")

    first = corrected(remark, personas, "Les membres, dont Awa Fall, prennent note.")
    last = answer(remark, personas, "not_kept", "La personne était absente.")

    assert (first.answer, last.answer, last.reason, last.answered_by) == (
        "corrected", "not_kept", "La personne était absente.", personas.secretariat,
    )  # fmt: skip


def test_a_correction_is_said_to_be_made_once_the_text_has_changed(personas, remark):
    rewritten(remark, personas, remark.item.minutes)

    with pytest.raises(DomainError, match="n’a pas changé"):
        answer(remark, personas, "corrected", "")
    rewritten(remark, personas, "Les membres, dont Awa Fall, prennent note.")

    assert answer(remark, personas, "corrected", "").answer == "corrected"


def test_a_correction_is_answered_while_the_minutes_circulate(personas, remark):
    answer(remark, personas)
    make.approve(remark.meeting, personas)

    with pytest.raises(DomainError):
        answer(remark, personas, "not_kept", "Trop tard.")


def test_nothing_to_correct_is_not_a_correction_to_answer(personas, remark):
    accepted = actions.accept_minutes(remark.meeting, by=personas.focal_b)

    with pytest.raises(DomainError):
        answer(accepted, personas)


def test_approval_waits_for_the_answer_to_each_correction(personas, remark):
    with pytest.raises(DomainError):
        make.approve(remark.meeting, personas)
    answer(remark, personas)

    assert make.approve(remark.meeting, personas).state == "minutes_approved"


def test_an_entity_does_not_ask_for_a_correction_and_for_none(personas, remark):
    """The principal and the alternate speak with one voice: the correction first, then that nothing is left."""
    meeting = remark.meeting
    with pytest.raises(DomainError):
        actions.accept_minutes(meeting, by=personas.alternate_a)
    answer(remark, personas)

    accepted = actions.accept_minutes(meeting, by=personas.alternate_a)
    actions.add_remark(meeting.items.get(), text="Encore un nom.", by=personas.focal_a)

    assert not Remark.objects.filter(pk=accepted.pk).exists()
    assert meeting.remarks.filter(entity=personas.unicef).count() == 2


def test_the_answer_is_given_on_a_page_and_shown_beside_the_correction(personas, sign_in, remark):
    meeting = remark.meeting
    url = address("remark_answer", meeting.pk, remark.pk)

    asked = [url in sign_in(one).get(address("minutes", meeting.pk)).content.decode() for one in officers(personas)]
    client = sign_in(personas.secretariat)
    refused = client.post(url, {"answer": "not_kept", "reason": "", "version": 1})
    client.post(url, {"answer": "not_kept", "reason": "Nom déjà cité.", "version": 1})
    page = sign_in(personas.focal_a).get(address("minutes", meeting.pk)).content.decode()

    assert asked == [True, False, False]
    assert list(refused.context["form"].errors) == ["reason"]
    assert "Nom déjà cité." in page
    assert re.search(r'class="tag tag-(\w+)">(?:<svg.*?</svg>)?Non retenu', page)[1] == "neutral"


def test_of_two_answers_written_at_once_none_is_lost(personas, sign_in, remark):
    client, url = sign_in(personas.secretariat), address("remark_answer", remark.meeting.pk, remark.pk)
    first, second = {"answer": "not_kept", "reason": "Nom déjà cité."}, {"answer": "corrected", "reason": "Ajouté."}
    rewritten(remark, personas, "Les membres, dont Awa Fall, prennent note.")

    client.post(url, {**first, "version": 1})
    stale = client.post(url, {**second, "version": 1})
    kept = Remark.objects.get().reason
    client.post(url, {**second, "version": stale.context["form"]["version"].value()})

    differing = [(row.mine, row.theirs) for row in stale.context["form"].conflict]
    assert (stale.status_code, kept) == (409, "Nom déjà cité.")
    assert differing == [("corrigé", "non retenu"), ("Ajouté.", "Nom déjà cité.")]
    assert Remark.objects.get().reason == "Ajouté."


def officers(personas):
    return personas.secretariat, personas.co_chair_iom, personas.focal_a


def test_the_page_of_the_approval_lists_what_awaits_an_answer(personas, sign_in, remark):
    client, url = sign_in(personas.co_chair_iom), address("minutes_approve", remark.meeting.pk)

    page = client.get(url)
    refused = client.post(url, {"approved_in": ""})

    assert list(page.context["unanswered"]) == [remark]
    assert "Ajouter un nom." in page.content.decode()
    assert refused.status_code == 422
    assert Meeting.objects.get().state == "minutes_circulated"


@pytest.mark.parametrize("page", ["meeting_detail", "minutes"])
def test_the_co_chair_is_led_to_the_corrections_before_the_approval(personas, sign_in, remark, page):
    approve, url = address("minutes_approve", remark.meeting.pk), address(page, remark.meeting.pk)

    def offered():
        steps = sign_in(personas.co_chair_iom).get(url).context["steps"]
        return [(step.label, step.url) for step in steps if "compte-rendu/" in step.url][:1]

    waiting = offered()
    answer(remark, personas)

    corrections = f"{address('minutes', remark.meeting.pk)}#correction-{remark.pk}"
    assert waiting == [("1 correction attend sa réponse", corrections)]
    assert offered() == [("Approuver le compte rendu", approve)]


def test_the_secretariat_is_told_of_the_correction_and_the_co_chair_not_to_approve_yet(personas, remark):
    later = make.in_session(personas, starts_at=make.at_ten(60))

    def awaits(person):
        with make.moved_to(later):
            return [one for one in todo(person) if f"/{remark.meeting.pk}/compte-rendu" in one.url]

    waiting = awaits(personas.secretariat), awaits(personas.co_chair_ohchr)
    answer(remark, personas)
    answered = awaits(personas.secretariat), awaits(personas.co_chair_ohchr)

    assert [len(found) for found in waiting] == [1 + 1, 0]  # to answer; to read for the own entity
    assert [len(found) for found in answered] == [1, 1]


def test_the_page_of_the_approval_says_who_has_read_the_minutes_and_since_when_they_circulate(
    personas, sign_in, remark
):
    meeting = remark.meeting
    corrected(remark, personas, "Les membres, dont Awa Fall, prennent note.")
    actions.accept_minutes(meeting, by=personas.focal_b)
    client = sign_in(personas.co_chair_iom)

    with clock.set_to(meeting.minutes_circulated_at + timedelta(days=3)):
        page = client.get(address("minutes_approve", meeting.pk))

    heard = {personas.unicef.acronym, personas.unwomen.acronym}
    assert page.context["read_by"] == [personas.unwomen.acronym]
    assert (list(page.context["answered"]), list(page.context["unanswered"])) == ([remark], [])
    assert not heard & set(page.context["silent"])
    assert personas.unfpa.acronym in page.context["silent"]
    assert "3 jours" in page.context["form"]["approved_in"].help_text
    assert "Ajouter un nom." in page.content.decode()


def test_a_correction_is_asked_for_in_view_of_the_text_as_it_is_read(personas, sign_in):
    item = make.circulated(personas).items.get()
    actions.edit_minutes(item, minutes="**Décidé**\n\n- un", version=item.version, by=personas.secretariat)

    page = sign_in(personas.focal_a).get(address("remark_add", item.meeting_id, item.pk)).content.decode()

    assert "<strong>Décidé</strong>" in page
    assert "**Décidé**" not in page
