"""What a decision brings about beside its text: its days, what it replaces, and the look taken at it again."""

from datetime import date, timedelta
from email import message_from_bytes

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from core import clock
from core.errors import DomainError, StaleVersion
from core.models import JournalEvent, OutboxMail
from decisions import actions, pages, queries, register, todo
from decisions.enums import DecisionState, Mode
from decisions.models import Decision
from decisions.tasks import begin_decisions, watch_reviews
from tests.factories import decisions as made

TODAY = date(2026, 6, 16)


def adopted(personas, **given):
    """A decision with these effects, through consultation and call."""
    decision = made.with_effects(made.draft(personas, title="Charte", responsible=personas.unicef), personas, **given)
    called = made.called(decision, personas, mode=Mode.IN_SESSION)
    made.supported_by(called, [personas.unicef], personas.secretariat)
    return actions.note_consensus(called, by=personas.co_chair_iom)


def facts(decision, person):
    page = pages.decision_page(person, queries.one_decision(person, decision.pk), {})
    return {str(row.label): str(row.value) for row in page["facts"]}


# --- In force --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("wanted", "begins"), [(None, TODAY), (date(2026, 1, 1), TODAY), (date(2026, 7, 1), date(2026, 7, 1))]
)
def test_decision_is_in_force_from_its_adoption_or_later(personas, wanted, begins):
    decision = adopted(personas, in_force_from=wanted)

    assert decision.in_force_from == begins
    assert [decision.is_in_force_on(begins + timedelta(days=days)) for days in (-1, 0)] == [False, True]


def test_decision_is_in_force_until_the_end_of_its_last_day(personas):
    decision = adopted(personas, in_force_until=TODAY)

    assert [decision.is_in_force_on(TODAY + timedelta(days=days)) for days in (0, 1)] == [True, False]
    for days, found in ((0, [decision]), (1, [])):
        assert list(Decision.objects.in_force_on(TODAY + timedelta(days=days))) == found
    assert facts(decision, personas.focal_a)["En vigueur"] == "du 16 juin 2026 au 16 juin 2026"


def test_decision_whose_last_day_has_passed_is_not_noted(personas):
    decision = made.with_effects(made.draft(personas), personas, in_force_until=TODAY)
    called = made.called(decision, personas, mode=Mode.IN_SESSION)
    made.supported_by(called, [personas.unicef], personas.secretariat)

    with clock.set_to(clock.now() + timedelta(days=1)), pytest.raises(DomainError, match="reprenez le texte"):
        actions.note_consensus(called, by=personas.co_chair_iom)


def test_end_before_the_beginning_is_refused(personas):
    draft = made.draft(personas)

    with pytest.raises(actions.EndsBefore):
        made.with_effects(draft, personas, in_force_until=TODAY - timedelta(days=1))
    with pytest.raises(actions.EndsBefore):
        made.with_effects(draft, personas, in_force_from=date(2026, 9, 1), in_force_until=date(2026, 8, 31))


def test_effects_are_frozen_with_the_text(personas):
    called = made.in_call(personas)

    with pytest.raises(DomainError, match="arrêtés"):
        made.with_effects(called, personas)


def test_effects_written_meanwhile_are_not_overwritten(personas):
    draft = made.draft(personas)
    made.with_effects(draft, personas)

    with pytest.raises(StaleVersion):
        made.with_effects(draft, personas)


# --- Replaced --------------------------------------------------------------------------------------------------------
def test_adopted_decision_takes_the_place_of_those_it_replaces(personas):
    first, second = made.recorded(personas), made.recorded(personas)

    latest = adopted(personas, replaced=[first, second])

    assert list(Decision.objects.filter(state=DecisionState.SUPERSEDED).order_by("pk")) == [first, second]
    assert not Decision.objects.get(pk=first.pk).is_in_force_on(TODAY)
    told = JournalEvent.objects.filter(verb="decisions.supersede").order_by("pk")
    assert [event.data["decision"] for event in told] == [latest.reference] * 2
    assert first.reference in facts(latest, personas.focal_a)["Remplace"]
    assert latest.reference in facts(Decision.objects.get(pk=first.pk), personas.focal_a)["Remplacée par"]


def test_what_is_replaced_holds_until_the_other_begins(personas):
    first, begins = made.recorded(personas), TODAY + timedelta(days=10)
    latest = adopted(personas, replaced=[first], in_force_from=begins)
    said = facts(Decision.objects.get(pk=first.pk), personas.focal_a)
    assert said["En vigueur"] == "du 16 juin 2026 au 25 juin 2026"
    assert latest.reference in said["Sera remplacée par"]

    for days, held in ((9, True), (10, False)):
        with clock.set_to(clock.now() + timedelta(days=days)):
            begin_decisions()
            begin_decisions()
        first.refresh_from_db()
        assert (first.state == DecisionState.RECORDED) is held
    assert JournalEvent.objects.filter(verb="decisions.supersede").count() == 1


@pytest.mark.parametrize(("given", "field"), [
    ({"due_on": TODAY - timedelta(days=1)}, "due_on"),
    ({"in_force_until": TODAY + timedelta(days=9), "review_on": TODAY + timedelta(days=10)}, "review_on"),
])  # fmt: skip
def test_days_that_contradict_each_other_are_told_by_their_field(personas, given, field):
    with pytest.raises(DomainError) as refused:
        made.with_effects(made.draft(personas), personas, **given)

    assert refused.value.field == field


def test_mails_say_what_the_decision_brings_about(personas):
    first = made.recorded(personas)
    adopted(personas, replaced=[first], in_force_until=TODAY + timedelta(days=365))

    for kind in ("consultation", "call", "adoption"):
        mail = OutboxMail.objects.filter(kind=f"decisions.{kind}").latest("pk")
        said = message_from_bytes(bytes(mail.message)).get_payload()[0].get_payload(decode=True).decode()
        assert f"Remplace\xa0: {first}" in said
        assert "16 juin 2027" in said


def test_what_is_only_proposed_replaces_nothing_yet(personas):
    first = made.recorded(personas)
    made.with_effects(made.draft(personas), personas, replaced=[first])

    first.refresh_from_db()
    assert first.state == DecisionState.RECORDED
    assert "Remplacée par" not in facts(first, personas.focal_a)


def test_two_decisions_that_replace_the_same_are_both_adopted(personas):
    first = made.recorded(personas)
    drafts = [made.with_effects(made.draft(personas), personas, replaced=[first]) for _turn in range(2)]
    for draft in drafts:
        called = made.called(draft, personas, mode=Mode.IN_SESSION)
        made.supported_by(called, [personas.unicef], personas.secretariat)
        actions.note_consensus(called, by=personas.co_chair_iom)

    assert JournalEvent.objects.filter(verb="decisions.supersede").count() == 1
    assert register.first_flaw() is None


def test_only_what_stands_in_the_register_is_replaced(personas):
    proposed = made.in_call(personas)

    with pytest.raises(actions.NotReplaceable):
        made.with_effects(made.draft(personas), personas, replaced=[proposed])


@pytest.mark.parametrize("written", ["2026/D-001", "RNUM-SN/2026/D-001", " 2026/d1 ; ", "D-001"])
def test_numbers_are_read_as_people_write_them(personas, sign_in, written):
    first, draft = made.recorded(personas), made.draft(personas)
    given = {"version": draft.version, "replaced": written}

    sign_in(personas.focal_a).post(reverse("decisions:effects_set", args=[draft.pk]), given)

    assert list(draft.supersedes.all()) == [first]


@pytest.mark.parametrize(
    ("written", "said"),
    [("charte", "n’est pas un numéro"), ("D-1", "Aucune décision du registre"), ("2026/D-999", "Aucune décision")],
)
def test_unknown_number_is_told_by_the_field_and_kept(personas, sign_in, written, said):
    draft = made.draft(personas)
    given = {"version": draft.version, "replaced": written}

    answer = sign_in(personas.focal_a).post(reverse("decisions:effects_set", args=[draft.pk]), given)

    assert (answer.status_code, said in answer.context["form"].errors["replaced"][0]) == (422, True)
    assert f'value="{written}"' in answer.content.decode()


def test_stale_effects_show_both(personas, sign_in):
    first, draft = made.recorded(personas), made.draft(personas)
    made.with_effects(draft, personas, replaced=[first])
    given = {"version": 1, "replaced": ""}

    answer = sign_in(personas.focal_a).post(reverse("decisions:effects_set", args=[draft.pk]), given)

    assert answer.status_code == 409
    assert first.reference in answer.content.decode()


# --- Sealed ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("change", [
    {"in_force_from": TODAY - timedelta(days=1)}, {"in_force_until": TODAY + timedelta(days=400)},
])  # fmt: skip
def test_days_of_a_sealed_decision_do_not_change(personas, change):
    decision = adopted(personas, in_force_until=TODAY + timedelta(days=365))

    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(**change)


def test_links_of_a_sealed_decision_do_not_change(personas):
    first, second = made.recorded(personas), made.recorded(personas)
    decision = adopted(personas, replaced=[first])

    for change in (lambda: decision.supersedes.add(second), decision.supersedes.clear):
        with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
            change()


def test_register_with_days_and_links_is_whole(personas):
    adopted(personas, in_force_until=TODAY + timedelta(days=365), replaced=[made.recorded(personas)])

    assert register.first_flaw() is None


# --- Reviewed --------------------------------------------------------------------------------------------------------
def reminded():
    return sorted(OutboxMail.objects.filter(kind="decisions.review").order_by("pk").values_list("to", flat=True))


def test_those_in_charge_and_the_co_chairs_are_reminded_once_of_a_review(personas):
    review = TODAY + timedelta(days=90)
    adopted(personas, review_on=review)
    watch_reviews()
    assert reminded() == []

    people = [personas.focal_a, personas.alternate_a, personas.co_chair_iom, personas.co_chair_ohchr]
    for days in (60, 61, 90):
        with clock.set_to(clock.now() + timedelta(days=days)):
            watch_reviews()
        assert reminded() == sorted(person.email for person in people)


def test_review_is_awaited_from_thirty_days_before(personas):
    decision = adopted(personas, review_on=TODAY + timedelta(days=90))

    def asked(person):
        return [item.title for item in todo.of_decisions(person) if decision.reference in item.title]

    assert asked(personas.focal_a) == []
    with clock.set_to(clock.now() + timedelta(days=60)):
        assert [len(asked(person)) for person in (personas.focal_a, personas.co_chair_iom, personas.focal_b)] == [
            1, 1, 0
        ]  # fmt: skip


def test_review_says_what_it_found_and_when_the_next_one_is(personas):
    decision = adopted(personas, review_on=TODAY + timedelta(days=90))
    given = {"note": "Toujours utile.", "version": decision.version, "by": personas.focal_a}

    with pytest.raises(actions.NotReviewed):
        actions.review_decision(decision, review_on=TODAY, **given)
    actions.review_decision(decision, review_on=TODAY + timedelta(days=365), **given)

    decision.refresh_from_db()
    assert decision.review_on == TODAY + timedelta(days=365)
    page = pages.decision_page(personas.focal_b, decision, {})
    assert page["history"][-1].sentence == f"Réexaminée par {personas.focal_a}\xa0: Toujours utile."


def test_only_what_stands_is_reviewed(personas):
    given = {"note": "Vu", "review_on": None, "by": personas.focal_a}
    replaced = made.recorded(personas)
    adopted(personas, replaced=[replaced])
    replaced.refresh_from_db()

    for decision in (made.in_call(personas), replaced):
        with pytest.raises(DomainError, match="réexamine"):
            actions.review_decision(decision, version=decision.version, **given)


# --- The register ----------------------------------------------------------------------------------------------------
def test_register_is_filtered_by_what_is_in_force(personas, sign_in):
    replaced, ended = made.recorded(personas), adopted(personas, in_force_until=TODAY)
    latest = adopted(personas, replaced=[replaced])

    with clock.set_to(clock.now() + timedelta(days=1)):
        page = sign_in(personas.focal_a).get(reverse("decisions:decision_list"), {"in_force": "today"})

    assert list(page.context["page"].object_list) == [latest]
    assert ended.state == DecisionState.RECORDED
