"""The register and the page of a group, to those who may read them, at the same cost whatever they hold."""

import pytest
from django.urls import reverse

from decisions.models import Decision
from tests.factories import groups as made
from workinggroups.models import WorkingGroup

pytestmark = pytest.mark.django_db


def send(client, address, form):
    """As the page sends it, with its own token."""
    page = client.get(address)
    return client.post(address, {**form, "once": page.context["form"]["once"].value()})


LIST = "/groupes/"


def test_register_costs_the_same_with_more_groups(personas, sign_in, django_assert_num_queries):
    client = sign_in(personas.focal_a)
    made.proposed(personas)
    client.get(LIST)
    with django_assert_num_queries(4):
        client.get(LIST)
    for title in ("Routes", "Climat", "Travail"):
        made.seat(made.proposed(personas, title), personas, entity=personas.unicef)
    with django_assert_num_queries(4):
        page = client.get(LIST).content.decode()
    assert "4 groupes" in page


def test_empty_register_says_how_a_group_begins(personas, sign_in):
    assert "Aucun groupe" in sign_in(personas.focal_a).get(LIST).content.decode()


def test_form_of_a_proposal_begins_with_the_headings_of_terms_of_reference(personas, sign_in):
    client = sign_in(personas.focal_a)
    form = client.get(reverse("groups:group_propose")).context["form"]
    assert "1. Objet" in form.initial["terms"]

    sent = {"title_fr": "Climat", "need": "Les départs augmentent.", "terms": "1. Objet"}
    answer = send(client, reverse("groups:group_propose"), sent)

    group = WorkingGroup.objects.get()
    assert answer.url == group.get_absolute_url() == "/groupes/gt-1/"
    assert group.proposed_by == personas.unicef


def test_proposal_that_lacks_a_need_keeps_what_was_typed(personas, sign_in):
    sent = {"title_fr": "Climat", "terms": "T"}
    answer = send(sign_in(personas.focal_a), reverse("groups:group_propose"), sent)

    assert list(answer.context["form"].errors) == ["need"]
    assert 'value="Climat"' in answer.content.decode()


def test_several_proposals_go_before_the_network_together(personas, sign_in):
    first, second = made.proposed(personas), made.proposed(personas, "Routes")
    client = sign_in(personas.secretariat)
    address = reverse("groups:group_bring", args=[first.slug])
    words = client.get(address).context["form"].initial

    answer = send(client, address, {**words, "others": [second.pk]})

    decision = Decision.objects.get()
    assert answer.url == decision.get_absolute_url()
    assert set(decision.groups.all()) == {first, second}
    page = client.get(answer.url).content.decode()
    assert first.get_absolute_url() in page


def test_steps_are_offered_to_who_takes_them(personas, sign_in):
    group = made.submitted(personas)
    address = reverse("groups:unct_endorse", args=[group.slug])

    for persona, offered in (("rc_office", True), ("secretariat", True), ("co_chair_ohchr", False), ("focal_a", False)):
        page = sign_in(getattr(personas, persona)).get(group.get_absolute_url()).content.decode()
        assert (address in page) is offered, persona
