"""The life of an objection: nothing that answers it makes it disappear (clause M-61)."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from core import clock
from core.errors import DomainError
from core.models import OutboxMail
from decisions import actions, pages, queries
from decisions.consensus import ObjectionStands
from decisions.enums import Mode, Stance
from decisions.objections import objections
from tests.factories import decisions as made


def lives(decision):
    return [
        (one.entity.slug, one.last.reason, one.ended_by and one.ended_by.stance)
        for one in objections(queries.positions(decision))
    ]


def says(decision, person, stance, reason=""):
    actions.state_position(decision, stance=stance, reason=reason, alternative="Un plancher.", by=person)


def shown(personas, decision):
    """What the page says: kind of voice → entities, and the sentences of its history."""
    page = pages.decision_page(personas.focal_a, queries.one_decision(personas.focal_a, decision.pk), {})
    voices = {group.kind: [voice.entity for voice in group.voices] for group in page["voices"]}
    return voices, [event.sentence for event in page["history"]]


@pytest.mark.parametrize("stance", [Stance.CAN_LIVE_WITH, Stance.STANDS_ASIDE, Stance.SUPPORTS])
def test_objection_followed_by_another_position_stays_on_record_as_lifted(personas, stance):
    decision = made.in_call(personas)
    says(decision, personas.focal_b, Stance.OBJECTS, "Aucun chiffre.")
    says(decision, personas.focal_b, stance, "Un plancher est promis.")

    assert lives(decision) == [("unwomen", "Aucun chiffre.", stance)]
    voices, history = shown(personas, decision)
    assert voices["lifted"] == ["ONU-Femmes"]
    assert voices[{"stands_aside": "stands_aside", "supports": "support"}.get(stance, "reservation")] == ["ONU-Femmes"]
    begins = {"stands_aside": "ONU-Femmes s’abstient\xa0: son objection ne fait plus obstacle"}
    assert any(line.startswith(begins.get(stance, "ONU-Femmes lève son objection")) for line in history)


def test_objection_that_stands_is_not_among_the_lifted(personas):
    decision = made.in_call(personas)
    says(decision, personas.focal_b, Stance.OBJECTS, "Aucun chiffre.")
    says(decision, personas.focal_b, Stance.OBJECTS, "Toujours aucun chiffre.")

    assert lives(decision) == [("unwomen", "Toujours aucun chiffre.", None)]
    assert "lifted" not in shown(personas, decision)[0]


def test_entity_that_objects_again_has_two_objections(personas):
    decision = made.in_call(personas)
    says(decision, personas.focal_b, Stance.OBJECTS, "Aucun chiffre.")
    says(decision, personas.focal_b, Stance.LIFTS_OBJECTION, "Chiffré.")
    says(decision, personas.focal_b, Stance.OBJECTS, "Aucun calendrier.")

    assert lives(decision) == [
        ("unwomen", "Aucun chiffre.", Stance.LIFTS_OBJECTION),
        ("unwomen", "Aucun calendrier.", None),
    ]
    voices, _history = shown(personas, decision)
    assert (voices["objection"], voices["lifted"]) == (["ONU-Femmes"], ["ONU-Femmes"])


@pytest.fixture
def rewritten(personas):
    """ONU-Femmes objected to the first version; the second is called, and UNICEF, which supported, has not spoken."""
    decision = made.in_call(personas, mode=Mode.IN_SESSION)
    says(decision, personas.focal_b, Stance.OBJECTS, "Aucun chiffre.")
    says(decision, personas.focal_a, Stance.SUPPORTS)
    ends = made.soon(4)
    decision = actions.reopen_consultation(decision, reason="Objection", ends_at=ends, by=personas.co_chair_iom)
    actions.revise_text(decision, title="Cadrage", text="Chiffré.", version=decision.version, by=personas.focal_a)
    return actions.open_call(decision, deadline=ends, mode=Mode.IN_SESSION, close_early=True, by=personas.co_chair_iom)


def test_new_text_does_not_answer_an_objection(personas, rewritten):
    """Only who objects can say that it is met; those who supported speak again on the new text."""
    assert lives(rewritten) == [("unwomen", "Aucun chiffre.", None)]
    voices, _history = shown(personas, rewritten)
    assert (voices["objection"], "UNICEF" in voices["silent"]) == (["ONU-Femmes"], True)
    with pytest.raises(ObjectionStands):
        actions.note_consensus(rewritten, by=personas.co_chair_iom)
    with pytest.raises(DatabaseError, match="an objection stands"), transaction.atomic():
        type(rewritten).objects.filter(pk=rewritten.pk).update(
            state="consensus_noted", noted_at=clock.now(), noted_by=personas.co_chair_iom
        )


def test_objection_to_an_older_text_names_its_version(personas, rewritten, sign_in):
    page = sign_in(personas.focal_a).get(rewritten.get_absolute_url()).content.decode()

    assert "Formulée sur la version 1\xa0; l’entité ne s’est pas encore prononcée sur la version 2." in page


def test_objection_to_an_older_text_is_lifted_on_the_new_one(personas, rewritten):
    says(rewritten, personas.focal_b, Stance.LIFTS_OBJECTION, "Le plancher est chiffré.")

    actions.note_consensus(rewritten, by=personas.co_chair_iom)

    assert shown(personas, rewritten)[0]["lifted"] == ["ONU-Femmes"]


def test_text_without_a_changed_word_is_refused(personas):
    decision = made.in_consultation(personas)
    text = queries.last_text(decision).text

    with pytest.raises(DomainError, match="version 1"):
        actions.revise_text(decision, title=decision.title, text=text, version=1, by=personas.focal_a)


def test_earlier_versions_can_be_read(personas, rewritten, sign_in):
    page = sign_in(personas.focal_a).get(rewritten.get_absolute_url()).content.decode()

    assert "Le Réseau adopte le cadrage." in page.partition("Version 1")[2]


def test_objection_and_its_lifting_are_told_to_co_chairs_and_proposer(personas):
    decision = made.in_call(personas)
    OutboxMail.objects.all().delete()
    says(decision, personas.focal_b, Stance.OBJECTS, "Aucun chiffre.")
    says(decision, personas.focal_b, Stance.LIFTS_OBJECTION, "Chiffré.")

    told = OutboxMail.objects.values_list("subject", "to")
    proposer = {"pointfocal.unicef@example.org", "suppleant.unicef@example.org"}
    chairing = {"copresidence.oim@example.org", "copresidence.hcdh@example.org"}
    assert {to for subject, to in told if "Objection (ONU-Femmes)" in subject} == proposer | chairing
    assert {to for subject, to in told if "ONU-Femmes lève son objection" in subject} == proposer | chairing


def test_word_given_meanwhile_for_the_entity_is_not_replaced_unread(personas, sign_in):
    """Principal and alternate opened the page before anybody spoke."""
    decision = made.in_call(personas)
    says(decision, personas.focal_a, Stance.SUPPORTS)
    late = sign_in(personas.alternate_a)
    data = {"stance": Stance.CAN_LIVE_WITH, "reason": "Le délai.", "text_number": 1, "version": 0, "once": str(uuid4())}

    response = late.post(f"/decisions/{decision.pk}/se-prononcer/", data)

    form = response.context["position_form"]
    assert response.status_code == 409
    assert "s’est déjà prononcé" in response.content.decode()
    assert "Le délai." in response.content.decode()
    late.post(f"/decisions/{decision.pk}/se-prononcer/", {**data, "version": form.data["version"]})
    assert [word.stance for word in decision.positions.order_by("pk")] == [Stance.SUPPORTS, Stance.CAN_LIVE_WITH]


def test_reopening_alone_answers_no_objection(personas):
    decision = made.in_call(personas, mode=Mode.IN_SESSION)
    says(decision, personas.focal_b, Stance.OBJECTS, "Aucun chiffre.")
    ends = made.soon(4)
    actions.reopen_consultation(decision, reason="À revoir", ends_at=ends, by=personas.co_chair_iom)
    actions.open_call(decision, deadline=ends, mode=Mode.IN_SESSION, close_early=True, by=personas.co_chair_iom)

    assert lives(decision) == [("unwomen", "Aucun chiffre.", None)]
    with pytest.raises(ObjectionStands):
        actions.note_consensus(decision, by=personas.co_chair_iom)


def test_history_gives_what_would_lift_an_objection_a_line_of_its_own(personas, sign_in):
    decision = made.in_call(personas)
    says(decision, personas.focal_a, Stance.OBJECTS, "Le calendrier est serré")
    actions.state_position(decision, stance=Stance.OBJECTS, reason="Trop court", by=personas.focal_b)

    page = sign_in(personas.focal_a).get(decision.get_absolute_url()).content.decode()

    assert "Le calendrier est serré<br>Ce qui la lèverait\u00a0: Un plancher." in page
    assert '<p class="detail">Trop court</p>' in page


def test_history_names_what_each_entity_said_before_its_last_word(personas):
    decision = made.in_call(personas)
    says(decision, personas.focal_a, Stance.CAN_LIVE_WITH, "Le calendrier est serré.")
    says(decision, personas.alternate_a, Stance.SUPPORTS)
    says(decision, personas.focal_b, Stance.STANDS_ASIDE)

    page = pages.decision_page(personas.focal_a, queries.one_decision(personas.focal_a, decision.pk), {})
    told = [(event.sentence, event.detail) for event in page["history"]]

    assert ("Peut vivre avec : UNICEF", "Le calendrier est serré.") in told
    assert ("2 entités se sont exprimées", "Soutient : UNICEF ; s’abstient : ONU-Femmes") in told


def test_history_counts_an_entity_that_spoke_twice_in_a_day_once(personas):
    decision = made.in_call(personas)
    says(decision, personas.alternate_a, Stance.STANDS_ASIDE)
    says(decision, personas.focal_a, Stance.SUPPORTS)

    assert "1 entité s’est exprimée" in shown(personas, decision)[1]


def test_who_did_not_speak_is_no_longer_awaited_once_it_is_adopted(personas):
    decision = made.in_call(personas, mode=Mode.IN_SESSION)
    assert "silent" in shown(personas, decision)[0]
    says(decision, personas.focal_a, Stance.SUPPORTS)

    actions.note_consensus(decision, by=personas.co_chair_iom)

    voices, _history = shown(personas, decision)
    assert "silent" not in voices
    assert "ONU-Femmes" in voices["unheard"]


def test_reason_that_is_too_long_gets_one_sentence(personas, sign_in):
    decision = made.in_call(personas)
    data = {"stance": "objects", "reason": "é" * 4_001, "alternative": "Un plancher.", "text_number": 1}

    response = sign_in(personas.focal_b).post(f"/decisions/{decision.pk}/se-prononcer/", data)

    (error,) = response.context["position_form"].errors["reason"]
    assert "4000" in error.replace("\u202f", "").replace("\xa0", "")


def test_what_would_lift_is_kept_of_an_objection_only(personas, sign_in):
    decision = made.in_call(personas)
    data = {"stance": Stance.SUPPORTS, "alternative": "Un plancher.", "text_number": 1, "once": str(uuid4())}

    sign_in(personas.focal_b).post(f"/decisions/{decision.pk}/se-prononcer/", data)

    assert [(one.stance, one.alternative) for one in decision.positions.all()] == [(Stance.SUPPORTS, "")]


# --- Round after round -----------------------------------------------------------------------------------------------
def in_second_round(personas):
    """UNICEF and UNFPA supported version 1, UN Women objected to it; version 2 is called on."""
    decision = made.in_call(personas, mode=Mode.IN_SESSION)
    for person, stance in ((personas.focal_a, Stance.SUPPORTS), (personas.group_chair, Stance.SUPPORTS)):
        says(decision, person, stance)
    says(decision, personas.focal_b, Stance.OBJECTS, "Aucun chiffre.")
    again = actions.reopen_consultation(decision, reason="À chiffrer.", ends_at=made.soon(), by=personas.co_chair_iom)
    actions.revise_text(again, title=again.title, text="Dix.", version=again.version, by=personas.focal_a)
    again.refresh_from_db()
    return actions.open_call(
        again, deadline=made.soon(2), mode=Mode.IN_SESSION, close_early=True, by=personas.co_chair_iom
    )


def test_what_was_said_on_an_earlier_version_stays_to_be_read(personas):
    decision = in_second_round(personas)
    says(decision, personas.focal_a, Stance.STANDS_ASIDE)

    page = pages.decision_page(personas.focal_a, queries.one_decision(personas.focal_a, decision.pk), {})

    (first,) = page["earlier_rounds"]
    heard = {group.kind: [voice.entity for voice in group.voices] for group in first.groups}
    assert (first.number, first.count) == (1, 3)
    assert heard == {"support": ["UNFPA", "UNICEF"], "objection": ["ONU-Femmes"]}


def test_the_history_says_on_which_version_and_in_which_order(personas):
    decision = in_second_round(personas)
    says(decision, personas.focal_a, Stance.SUPPORTS)

    _voices, history = shown(personas, decision)

    told = [line for line in history if "sur la version" in line or line.startswith("Objection")]
    assert told == [
        "2 entités se sont exprimées sur la version 1",
        "Objection de l’entité ONU-Femmes",
        "1 entité s’est exprimée sur la version 2",
    ]


def test_an_objection_to_what_was_closed_blocks_nothing_any_more(personas, sign_in):
    decision = made.in_call(personas)
    says(decision, personas.focal_b, Stance.OBJECTS, "Aucun chiffre.")
    client = sign_in(personas.focal_a)
    assert "à lever avant que" in client.get(decision.get_absolute_url()).content.decode()

    actions.close_without_consensus(decision, reason="Deux tours.", by=personas.co_chair_iom)

    assert "à lever avant que" not in client.get(decision.get_absolute_url()).content.decode()
