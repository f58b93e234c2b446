"""Terms of reference: adopted as the Network words them, taken up again, changed later (clauses M-61, M-64, M-65)."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from core.errors import DomainError, NotAllowedNow
from core.models import OutboxMail
from core.refusals import Refused
from decisions import actions as decisions
from decisions import queries as decided
from decisions.models import Decision
from tests.factories import decisions as texts
from tests.factories import groups as made
from tests.workinggroups.test_pages import send
from workinggroups import actions, terms
from workinggroups.enums import TERMS_OF_A_GROUP, GroupState
from workinggroups.models import WorkingGroup

pytestmark = pytest.mark.django_db
OTHERS = {"title": "Autre objet", "text": "Le groupe change d’objet.", "terms_text": "1. Objet\n\nTenir une carte."}


def text_of(decision):
    return decided.last_text(decision).text


def changed(group, personas):
    """UNICEF proposes other terms; the Network adopts them."""
    proposed = actions.propose_terms(group, **OTHERS, entity=personas.unicef, by=personas.focal_a)
    return made.endorse(proposed, personas)


def test_what_the_network_reads_and_seals_holds_the_terms_that_it_approves(personas):
    first, second = made.proposed(personas), made.proposed(personas, "Routes")

    text = text_of(made.brought(personas, second, first))

    assert text.index("Termes de référence du groupe de travail 1") < text.index("du groupe de travail 2")
    assert text.count("Tenir un catalogue commun.") == 2
    found = terms.read(text, [first, second])
    assert found == {1: made.WORDS["terms"], 2: made.WORDS["terms"]}


def test_a_heading_is_found_however_its_spaces_were_typed(personas):
    group = made.proposed(personas)
    typed = "Le Réseau approuve.\n Termes de référence\u00a0du  groupe de travail 1 \nTenir un registre.\n"

    assert terms.read(typed, [group]) == {1: "Tenir un registre."}
    assert terms.read("Rien de tel.", [group]) == {}
    assert terms.read("Termes de référence du groupe de travail 1\n\n", [group]) == {}


def test_the_group_works_on_the_words_that_were_adopted(personas):
    decision = made.brought(personas)
    other = text_of(decision).replace("un catalogue", "un répertoire")
    decisions.revise_text(decision, title=decision.title, text=other, version=1, by=personas.secretariat)

    made.endorse(decision, personas)

    assert WorkingGroup.objects.get().terms == "1. Objet\n\nTenir un répertoire commun."


def test_a_text_without_the_terms_that_it_approves_is_not_called_on(personas):
    decision = made.brought(personas)
    decisions.revise_text(decision, title="T", text="Le Réseau approuve.", version=1, by=personas.secretariat)

    with pytest.raises(DomainError, match="Termes de référence du groupe de travail 1"):
        texts.called(decision, personas)


def test_headings_alone_are_no_terms_of_reference(personas, sign_in):
    client = sign_in(personas.focal_a)
    form = client.get(reverse("groups:group_propose")).context["form"]
    sent = {"title_fr": "Climat", "need": "Le besoin.", "terms": form["terms"].value()}

    answer = send(client, reverse("groups:group_propose"), sent)

    assert (answer.status_code, "Écrivez sous ces titres" in answer.text) == (422, True)
    group = made.proposed(personas)
    with pytest.raises(Refused):
        actions.edit_group(group, terms=terms.blank(), version=group.version, by=personas.focal_a)


# --- Who brings it ----------------------------------------------------------------------------------------------------
def test_who_proposed_a_group_brings_it_before_the_network_for_its_entity(personas, sign_in):
    group, other = made.proposed(personas), made.proposed(personas, "Routes")
    WorkingGroup.objects.filter(pk=other.pk).update(proposed_by=personas.unwomen)
    client = sign_in(personas.focal_a)
    page = client.get(reverse("groups:group_bring", args=[group.slug]))
    assert "others" not in page.context["form"].fields  # that of another entity is not one's own to bring

    answer = send(client, reverse("groups:group_bring", args=[group.slug]), {"title": "Création", "text": "Le Réseau."})

    decision = Decision.objects.get()
    assert urlsplit(answer.url).path == decision.get_absolute_url()
    assert decision.proposed_by == personas.unicef


def test_the_decision_is_of_the_entity_that_proposed_whoever_words_it(personas):
    assert made.brought(personas).proposed_by == personas.unicef


# --- Taken up again ---------------------------------------------------------------------------------------------------
def test_what_the_unct_asks_for_is_written_and_endorsed_anew(personas, sign_in):
    group = actions.return_from_unct(made.submitted(personas), reason="Précisez.", by=personas.rc_office)
    first = group.decision
    client = sign_in(personas.focal_a)
    assert "Renvoyé par l’UNCT" in client.get(group.get_absolute_url()).text
    assert "Reprendre la proposition" in client.get(group.get_absolute_url()).text

    client.post(reverse("groups:group_rework", args=[group.slug]))
    group.refresh_from_db()
    assert (group.state, group.submitted_on) == (GroupState.PROPOSED, None)
    actions.edit_group(group, terms="1. Objet\n\nPréciser.", version=group.version, by=personas.focal_a)

    again = made.endorse(made.brought(personas, group), personas)
    group.refresh_from_db()
    assert (group.state, group.decision, group.terms) == (GroupState.ENDORSED, again, "1. Objet\n\nPréciser.")
    assert again != first
    first.refresh_from_db()
    assert (first.state, list(again.supersedes.all())) == ("superseded", [first])  # one set of terms is in force
    assert made.validate(made.submit(group, personas), personas).state == GroupState.VALIDATED


# --- Other terms ------------------------------------------------------------------------------------------------------
def test_a_group_at_work_gets_the_terms_that_the_network_adopts(personas, sign_in):
    group = made.active(personas)
    client = sign_in(personas.focal_a)
    answer = send(client, reverse("groups:terms_propose", args=[group.slug]), OTHERS)
    decision = Decision.objects.get(subject_kind=TERMS_OF_A_GROUP)
    assert urlsplit(answer.url).path == decision.get_absolute_url()
    group.refresh_from_db()
    assert group.terms == made.WORDS["terms"]  # until the Network has adopted others
    assert str(group) in client.get(decision.get_absolute_url()).text

    decision = made.endorse(decision, personas)

    group.refresh_from_db()
    assert (group.terms, group.state) == ("1. Objet\n\nTenir une carte.", GroupState.ACTIVE)
    told = set(OutboxMail.objects.filter(kind="workinggroups.terms").values_list("to", flat=True))
    assert told >= {personas.rc_office.email, personas.focal_a.email, personas.secretariat.email}
    said = f"Termes de référence changés par la décision {decision.reference}"
    assert said in client.get(group.get_absolute_url()).text


def test_other_terms_are_other_words_and_one_decision_at_a_time(personas):
    group = made.active(personas)
    same = {**OTHERS, "terms_text": f"{group.terms}\n"}
    given = {"entity": personas.unicef, "by": personas.focal_a}
    with pytest.raises(DomainError, match="pas un mot n’est différent"):
        actions.propose_terms(group, **same, **given)

    actions.propose_terms(group, **OTHERS, **given)
    with pytest.raises(DomainError, match="est devant le Réseau"):
        actions.propose_terms(group, **OTHERS, **given)


@pytest.mark.parametrize("make", [made.proposed, made.submitted])
def test_a_group_that_the_unct_did_not_validate_has_no_terms_to_change(personas, make):
    with pytest.raises(DomainError, match="que l’UNCT a validé"):
        actions.propose_terms(make(personas), **OTHERS, entity=personas.unicef, by=personas.focal_a)


def test_only_an_endorsed_proposal_is_taken_up_again(personas):
    with pytest.raises(NotAllowedNow):
        actions.rework_group(made.submitted(personas), by=personas.focal_a)


def test_what_endorsed_other_groups_too_stays_in_force(personas):
    first, second = made.proposed(personas), made.proposed(personas, "Routes")
    both = made.endorse(made.brought(personas, first, second), personas)
    first.refresh_from_db()

    again = made.endorse(made.brought(personas, actions.rework_group(first, by=personas.focal_a)), personas)

    both.refresh_from_db()
    assert (both.state, again.supersedes.count()) == ("recorded", 0)


def test_a_group_is_not_closed_while_others_wait_for_something_of_it(personas):
    group = made.active(personas)
    closing = {"note": "Fin.", "by": personas.secretariat}
    proposed = actions.propose_terms(group, **OTHERS, entity=personas.unicef, by=personas.focal_a)
    with pytest.raises(DomainError, match="est devant le Réseau"):
        actions.close_group(group, **closing)
    decisions.withdraw_decision(proposed, reason="Le groupe se ferme.", by=personas.focal_a)

    made.called_for_chairs(group, personas, days=5)
    with pytest.raises(DomainError, match="appel à candidatures pour la présidence est en cours"):
        actions.close_group(group, **closing)
    actions.close_chair_call(group, reason="Le groupe se ferme.", by=personas.secretariat)
    assert actions.close_group(group, **closing).state == GroupState.CLOSED
