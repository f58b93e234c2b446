"""A revision proposed from the plan enters its history by itself, once (clauses M-61 and M-76)."""

from unittest.mock import patch

import pytest
from django.urls import reverse

from core.errors import DomainError
from decisions import actions as decisions
from decisions.enums import Mode
from tests.factories import decisions as decided
from tests.factories import workplan as made
from workplan import actions, revising

pytestmark = pytest.mark.django_db
WORDS = {"title": "Révision à mi-parcours", "text": "L’activité 1.1 est reportée au T4."}


def asked(plan, personas):
    return actions.propose_revision(plan, **WORDS, entity=personas.iom, by=personas.secretariat)


def adopted(decision, personas):
    call = decided.called(decision, personas, mode=Mode.IN_SESSION)
    decided.supported_by(call, [personas.unicef], personas.secretariat)
    return decisions.note_consensus(call, by=personas.co_chair_iom)


def test_adopted_it_is_the_next_version_of_the_plan(personas):
    plan = made.in_execution(personas)
    decision = adopted(asked(plan, personas), personas)

    last = plan.versions.order_by("number").last()
    assert (last.number, last.decision, last.note) == (2, decision, WORDS["text"])
    with pytest.raises(DomainError):
        actions.record_revision(plan, decision=decision, note="Encore", by=personas.secretariat)


def test_it_revises_the_plan_it_was_proposed_for_and_no_other(personas):
    plan, coming = made.in_execution(personas), made.validated(personas, year=2027)
    with patch("workplan.actions.plan.write_version"):  # which would make it one that stands behind a version
        decision = adopted(asked(plan, personas), personas)

    assert list(revising.decisions(plan)) == [decision]
    assert list(revising.decisions(coming)) == []


def test_a_plan_is_revised_while_it_is_validated_and_not_over_once_at_a_time(personas):
    for plan in (made.draft(personas, year=2027), made.archived(personas)):
        with pytest.raises(DomainError):
            asked(plan, personas)
    running = made.in_execution(personas, year=2028)
    asked(running, personas)
    with pytest.raises(DomainError, match="en cours"):
        asked(running, personas)


def test_the_page_of_the_plan_leads_to_it_and_then_shows_it(personas, sign_in):
    plan = made.in_execution(personas)
    address = reverse("workplan:revision_propose", args=[plan.year])
    client = sign_in(personas.focal_a)
    assert address in client.get(plan.get_absolute_url()).text

    form = client.get(address).context["form"]
    answer = client.post(address, {**WORDS, "once": form["once"].value()})

    shown = client.get(plan.get_absolute_url()).text
    assert address not in shown
    assert f'<a href="{answer.url}">{WORDS["title"]}</a>' in shown
    assert WORDS["title"] not in sign_in(personas.focal_b).get(plan.get_absolute_url()).text  # a draft of UNICEF
