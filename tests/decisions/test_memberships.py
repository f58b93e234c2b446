"""An entity joins the Network and leaves it by a decision, which is the basis of what the list says (M-39)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core import clock
from core.errors import DomainError
from core.refusals import Refused
from decisions import actions, membership
from decisions.enums import Change, DecisionState
from decisions.models import Decision, MembershipChange
from members import actions as members
from members.enums import MembershipKind
from members.models import Entity, Membership
from tests.factories import memberships as made
from tests.factories.members import EntityFactory


def test_admission_begins_with_the_decision_that_is_its_basis(personas):
    change = made.called(personas)
    assert not Membership.objects.filter(entity=change.entity).exists()

    decision = actions.note_consensus(change.decision, by=personas.co_chair_iom)

    joined = Membership.objects.get(entity=change.entity)
    assert (joined.kind, joined.starts_on, joined.basis) == ("member", clock.today(), decision.reference)
    assert MembershipChange.objects.get().membership == joined
    assert Entity.objects.members_on(clock.today()).filter(pk=change.entity.pk).exists()


def test_standing_invitee_is_admitted_without_a_voice(personas):
    change = made.called(personas, kind=MembershipKind.STANDING_INVITEE)

    actions.note_consensus(change.decision, by=personas.co_chair_iom)

    assert Membership.objects.get(entity=change.entity).kind == MembershipKind.STANDING_INVITEE
    assert not Entity.objects.members_on(clock.today()).filter(pk=change.entity.pk).exists()


def test_departure_ends_the_membership_and_its_voice_and_keeps_both_bases(personas):
    members_before = set(Entity.objects.members_on(clock.today()))
    change = made.called(personas, personas.unfpa, Change.DEPARTURE)

    decision = actions.note_consensus(change.decision, by=personas.co_chair_iom)

    left = Membership.objects.get(entity=personas.unfpa)
    assert (left.ends_on, left.end_basis) == (clock.today(), decision.reference)
    tomorrow = clock.today() + timedelta(days=1)
    assert members_before - set(Entity.objects.members_on(tomorrow)) == {personas.unfpa}
    assert members_before == set(Entity.objects.members_on(clock.today()))


@pytest.mark.parametrize(("days", "begins"), [(10, 10), (1, 3)])
def test_membership_begins_on_its_day_or_on_that_of_the_decision_if_that_is_later(personas, days, begins):
    today = clock.today()
    change = made.called(personas, day=today + timedelta(days=days))

    with clock.set_to(clock.now() + timedelta(days=3)):
        actions.note_consensus(change.decision, by=personas.co_chair_iom)

    assert Membership.objects.get(entity=change.entity).starts_on == today + timedelta(days=begins)


def test_one_decision_at_a_time_on_an_entity(personas):
    first = made.proposed(personas)

    with pytest.raises(DomainError, match="déjà devant le Réseau"):
        made.proposed(personas, first.entity)
    actions.withdraw_decision(first.decision, reason="À revoir", by=personas.co_chair_iom)

    assert made.proposed(personas, first.entity).decision != first.decision


@pytest.mark.parametrize(
    ("slug", "change", "why"),
    [("unicef", Change.ADMISSION, "appartient déjà"), ("", Change.DEPARTURE, "n’appartient pas")],
)
def test_who_belongs_is_not_admitted_and_who_does_not_cannot_leave(personas, slug, change, why):
    entity = Entity.objects.get(slug=slug) if slug else EntityFactory()

    with pytest.raises(DomainError, match=why):
        made.proposed(personas, entity, change)

    assert not Decision.objects.filter(subject_kind=membership.SUBJECT).exists()


def test_day_that_has_passed_is_refused_by_its_field(personas):
    with pytest.raises(Refused) as refused:
        made.proposed(personas, day=clock.today() - timedelta(days=1))

    assert refused.value.field == "day"


def test_consensus_is_not_noted_on_what_the_list_of_members_contradicts_by_now(personas):
    change = made.called(personas)
    members.record_membership(change.entity, starts_on=clock.today(), by=personas.secretariat)

    with pytest.raises(Refused, match="déjà membre"):
        actions.note_consensus(change.decision, by=personas.co_chair_iom)

    change.decision.refresh_from_db()
    assert change.decision.state == DecisionState.CALL


def test_departure_of_who_has_left_meanwhile_is_not_noted(personas):
    change = made.called(personas, personas.unfpa, Change.DEPARTURE)
    held = Membership.objects.get(entity=personas.unfpa)
    members.end_tie(held, ends_on=clock.today(), by=personas.secretariat)

    with pytest.raises(Refused, match="n’appartient pas"):
        actions.note_consensus(change.decision, by=personas.co_chair_iom)


@pytest.mark.parametrize("change", [{"change": "admission", "kind": ""}, {"change": "departure", "kind": "member"}])
def test_the_database_wants_a_status_for_an_admission_and_none_for_a_departure(personas, change):
    one = made.proposed(personas)

    with pytest.raises(IntegrityError, match="membership_change_gives_status"), transaction.atomic():
        MembershipChange.objects.filter(pk=one.pk).update(**change)


# --- Pages ------------------------------------------------------------------------------------------------------------
def test_from_the_page_of_the_entity_to_its_membership(personas, sign_in):
    entity, client = EntityFactory(), sign_in(personas.co_chair_iom)
    assert "Proposer l’admission au Réseau" in client.get(entity.get_absolute_url()).content.decode()
    address = reverse("memberships:change_propose", args=[entity.slug])
    form = client.get(address).context["form"]
    words = {name: form[name].value() for name in ("change", "day", "title", "text", "once")}
    assert f"Admission\xa0: {entity}" == words["title"]

    done = client.post(address, {**words, "kind": "member"}, follow=True)

    decision = Decision.objects.get(subject_kind=membership.SUBJECT)
    assert done.redirect_chain[-1][0] == decision.get_absolute_url()
    assert entity.get_absolute_url() in done.content.decode()
    page = client.get(entity.get_absolute_url()).content.decode()
    assert decision.get_absolute_url() in page
    assert "Proposer l’admission" not in page
    assert client.get(address).status_code == 302  # one at a time


def test_draft_is_not_told_to_who_may_not_see_it(personas, sign_in):
    change = made.proposed(personas)

    assert change.decision.get_absolute_url() not in sign_in(personas.focal_b).get(
        change.entity.get_absolute_url()
    ).content.decode()  # fmt: skip


def test_form_of_an_older_page_is_refused_once_the_entity_has_joined(personas, sign_in):
    entity, client = EntityFactory(), sign_in(personas.co_chair_iom)
    address = reverse("memberships:change_propose", args=[entity.slug])
    form = client.get(address).context["form"]
    words = {name: form[name].value() for name in ("change", "day", "title", "text", "once")}
    members.record_membership(entity, starts_on=clock.today(), by=personas.secretariat)

    answer = client.post(address, {**words, "kind": "member"})

    assert answer.status_code == 422
    assert "appartient déjà au Réseau" in answer.content.decode()


def test_basis_stands_beside_the_membership(personas, sign_in):
    change = made.called(personas)
    decision = actions.note_consensus(change.decision, by=personas.co_chair_iom)

    assert decision.reference in sign_in(personas.focal_b).get(change.entity.get_absolute_url()).content.decode()
