"""A group hands a text to the Network: a draft that keeps where it comes from (clauses M-61, M-64)."""

import pytest
from django.urls import reverse

from core.errors import DomainError
from core.models import OutboxMail
from decisions import actions as decisions
from decisions.enums import DecisionState
from decisions.models import Decision
from tests.factories import decisions as decided
from tests.factories import groups as made
from tests.workinggroups.test_pages import send
from workinggroups import actions
from workinggroups.enums import TEXT_OF_A_GROUP

pytestmark = pytest.mark.django_db
TEXT = {"title": "Catalogue commun", "text": "Le Réseau adopte le catalogue."}


@pytest.fixture
def group(personas):
    return made.active(personas)


def forwarded(group, personas):
    return actions.forward_text(group, **TEXT, entity=personas.unicef, by=personas.focal_a)


def test_chair_hands_a_text_on_and_the_decision_names_the_group(personas, group, sign_in):
    answer = send(sign_in(personas.focal_a), reverse("groups:text_forward", args=[group.slug]), TEXT)

    decision = Decision.objects.get(subject_kind=TEXT_OF_A_GROUP)
    assert answer.url == decision.get_absolute_url()
    assert (decision.state, decision.proposed_by, decision.title) == ("draft", personas.unicef, "Catalogue commun")
    page = sign_in(personas.co_chair_iom).get(decision.get_absolute_url()).text
    assert group.get_absolute_url() in page
    assert "exte d’un groupe de travail" in page
    told = OutboxMail.objects.filter(kind="workinggroups.forwarded").values_list("to", flat=True)
    assert set(told) == {personas.co_chair_iom.email, personas.co_chair_ohchr.email, personas.secretariat.email}


def test_origin_stays_once_the_network_has_decided(personas, group, sign_in):
    decision = decided.called(forwarded(group, personas), personas, mode="in_session")
    decided.supported_by(decision, [personas.unwomen], personas.secretariat)
    adopted = decisions.note_consensus(decision, by=personas.co_chair_iom)

    assert adopted.state == DecisionState.RECORDED
    assert group.get_absolute_url() in sign_in(personas.rc_office).get(adopted.get_absolute_url()).text
    assert adopted.reference in sign_in(personas.rc_office).get(group.get_absolute_url()).text


def test_draft_is_shown_on_the_group_to_those_who_may_read_it(personas, group, sign_in):
    forwarded(group, personas)

    seen = {
        name: "Catalogue commun" in sign_in(getattr(personas, name)).get(group.get_absolute_url()).text
        for name in ("focal_a", "focal_b", "rc_office", "secretariat", "co_chair_iom")
    }
    assert seen == {
        "focal_a": True, "focal_b": False, "rc_office": False, "secretariat": True, "co_chair_iom": True
    }  # fmt: skip


@pytest.mark.parametrize("make", [made.validated, made.proposed])
def test_group_that_is_not_at_work_hands_nothing_on(personas, make):
    with pytest.raises(DomainError, match="tant qu’il est au travail"):
        forwarded(make(personas), personas)


def test_who_belongs_to_no_entity_hands_nothing_on(personas, group):
    with pytest.raises(DomainError, match="aucune"):
        actions.forward_text(group, **TEXT, entity=None, by=personas.no_entity)
    assert not Decision.objects.filter(subject_kind=TEXT_OF_A_GROUP).exists()
