"""When consensus may be noted, condition by condition (clause M-61, ADR 10)."""

from datetime import timedelta
from math import ceil

import pytest
from django.utils.html import strip_tags

from core import clock
from decisions import actions, queries
from decisions.consensus import NotEverybodyHeard, ObjectionStands, check_consensus, why_not
from decisions.enums import Mode, Stance
from tests.factories import decisions as made
from tests.factories import procedure as ruled


def checked(decision):
    check_consensus(decision, queries.last_words(decision))


def said_of(decision, person):
    return why_not(decision, queries.last_words(decision), person)


def called(personas, mode):
    ruled.adopted(personas, silence_days=1)
    return made.called(made.draft(personas), personas, mode=mode)


def test_every_entity_that_objects_is_named(personas):
    decision = made.in_call(personas)
    for person in (personas.focal_b, personas.group_chair):
        actions.state_position(decision, stance=Stance.OBJECTS, reason="Non.", alternative="Oui.", by=person)

    with pytest.raises(ObjectionStands):
        checked(decision)
    sentence = "Le consensus ne peut pas être constaté tant qu’une objection est maintenue (ONU-Femmes, UNFPA)."
    assert said_of(decision, personas.co_chair_iom) == sentence


@pytest.mark.parametrize("mode", [Mode.WRITTEN, Mode.IN_SESSION])
def test_where_nobody_has_spoken_a_deadline_makes_no_consensus(personas, mode):
    decision = called(personas, mode)

    with clock.set_to(decision.call_deadline + timedelta(days=1)):
        with pytest.raises(NotEverybodyHeard):
            checked(decision)
        said = said_of(decision, personas.co_chair_iom)
    assert said == "Aucune entité ne s’est encore prononcée\xa0: le consensus se constate après consultation."


@pytest.mark.parametrize("mode", [Mode.WRITTEN, Mode.IN_SESSION])
def test_the_quorum_of_the_rules_is_waited_for(personas, mode):
    ruled.adopted(personas, quorum=50)
    decision = made.called(made.draft(personas), personas, mode=mode)
    with clock.set_to(decision.call_deadline - timedelta(minutes=1)):
        for person in (personas.focal_a, personas.focal_b):
            actions.state_position(decision, stance=Stance.SUPPORTS, by=person)
    with clock.set_to(decision.call_deadline + timedelta(days=1)):
        said = said_of(decision, personas.co_chair_iom)
        assert said == "Le règlement demande la parole de 3 des 5 entités\xa0: 2 se sont prononcées."
    with clock.set_to(decision.call_deadline - timedelta(minutes=1)):
        actions.state_position(decision, stance=Stance.STANDS_ASIDE, by=personas.group_chair)
    with clock.set_to(decision.call_deadline + timedelta(days=1)):
        assert said_of(decision, personas.co_chair_iom) == ""


def test_a_silence_that_is_consent_needs_no_quorum(personas):
    ruled.adopted(personas, silence_days=1, quorum=100)
    decision = made.called(made.draft(personas), personas, mode=Mode.SILENCE)
    with clock.set_to(decision.call_deadline):
        assert said_of(decision, personas.co_chair_iom) == ""


def test_the_quorum_is_that_of_the_rules_the_call_was_opened_under(personas):
    decision = made.heard_in_session(personas)
    ruled.adopted(personas, quorum=100)
    assert said_of(decision, personas.co_chair_iom) == ""


def test_the_page_says_the_quorum(personas, sign_in):
    ruled.adopted(personas, quorum=50)
    decision = made.called(made.draft(personas), personas)
    page = sign_in(personas.focal_a).get(decision.get_absolute_url())
    assert ("Quorum", "50\xa0% des entités membres") in [(row.label, row.value) for row in page.context["facts"]]

    def reached():
        page = sign_in(personas.focal_a).get(decision.get_absolute_url())
        (said,) = [str(row.value) for row in page.context["facts"] if row.label == "Doivent s’exprimer"]
        return strip_tags(said)

    half, everybody = ceil(len(personas.members) / 2), len(personas.members)
    assert reached() == f"{half} des {everybody} entités\xa0; exprimées à ce jour\xa0: 0 Pas encore atteint"
    for entity in personas.members[:half]:
        made.heard_by_mail(decision, entity, personas.secretariat)
    assert reached() == f"{half} des {everybody} entités\xa0; exprimées à ce jour\xa0: {half} Atteint"


@pytest.mark.parametrize(("seconds", "may"), [(-1, False), (0, True)])
def test_silence_is_consent_from_the_deadline_on(personas, seconds, may):
    decision = called(personas, Mode.SILENCE)

    with clock.set_to(decision.call_deadline + timedelta(seconds=seconds)):
        assert (said_of(decision, personas.co_chair_iom) == "") is may


def test_in_writing_those_who_have_time_left_are_waited_for(personas):
    decision = called(personas, Mode.WRITTEN)
    actions.state_position(decision, stance=Stance.SUPPORTS, by=personas.focal_a)

    said = said_of(decision, personas.co_chair_iom)

    assert said == "Le délai n’est pas échu et des entités ne se sont pas encore exprimées."
    with clock.set_to(decision.call_deadline):
        assert said_of(decision, personas.co_chair_iom) == ""
