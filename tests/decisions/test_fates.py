"""What becomes of an objection that its entity maintains (clauses M-61, M-62; ADR 21)."""

from datetime import timedelta
from email import message_from_bytes
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.html import strip_tags

from core import clock
from core.errors import DomainError, NotAllowedNow
from core.models import OutboxMail
from decisions import actions, pages, queries
from decisions.enums import Body, DecisionState, Mode, Stance
from decisions.models import Decision, Facilitation
from tests.factories import decisions as made
from tests.factories import procedure as ruled


@pytest.fixture
def maintained(personas):
    """UN Women objects, and maintains it."""
    decision = made.in_call(personas)
    for reason in ("Aucun chiffre.", "Toujours aucun chiffre."):
        says(decision, personas.focal_b, Stance.OBJECTS, reason)
    return decision


def says(decision, person, stance, reason=""):
    return actions.state_position(decision, stance=stance, reason=reason, alternative="Un plancher.", by=person)


def page(decision, person):
    return pages.decision_page(person, queries.one_decision(person, decision.pk), {})


def fate(decision, person):
    """The only objection: what became of it in a word, and its timeline."""
    (one,) = page(decision, person)["fates"]
    return strip_tags(one.tag).lower(), [(event.sentence, event.detail) for event in one.events]


def written_to(kind):
    return sorted(OutboxMail.objects.filter(kind=f"decisions.{kind}").order_by("pk").values_list("to", flat=True))


def facilitated(decision, personas, text="Un échange est prévu mardi."):
    raised = decision.positions.earliest("pk")
    return actions.facilitate(raised, text=text, by=personas.co_chair_iom)


def referred(decision, personas, body=Body.RC):
    return actions.refer_decision(decision, body=body, question="Quel plancher ?", by=personas.co_chair_iom)


def advised(decision, personas, **given):
    words = {"advice": "Un plancher de 10 %.", "advised_on": clock.today(), "reference": "BCR/12"}
    return actions.record_advice(decision, **{**words, **given}, by=personas.rc_office)


# --- Facilitated -----------------------------------------------------------------------------------------------------
def test_note_of_the_co_chairs_stands_in_the_timeline_of_the_objection(personas, maintained):
    facilitated(maintained, personas)

    _tag, told = fate(maintained, personas.focal_a)
    who = f"Ce qui la lèverait\xa0: Un plancher.\nParole d’{personas.focal_b}, point focal titulaire."
    assert told == [
        ("Soulevée par ONU-Femmes sur la version 1", f"Aucun chiffre.\n{who}"),
        ("Maintenue par ONU-Femmes sur la version 1", f"Toujours aucun chiffre.\n{who}"),
        (f"Note des coprésidents, par {personas.co_chair_iom}", "Un échange est prévu mardi."),
    ]


def test_who_objects_and_the_other_co_chair_are_told_of_a_note(personas, maintained):
    facilitated(maintained, personas)

    assert written_to("facilitation") == sorted([personas.focal_b.email, personas.co_chair_ohchr.email])


def test_objection_that_was_lifted_is_no_longer_facilitated(personas, maintained):
    says(maintained, personas.focal_b, Stance.LIFTS_OBJECTION, "Chiffré.")

    with pytest.raises(actions.NothingStands):
        facilitated(maintained, personas)


def test_note_is_never_changed(personas, maintained):
    note = facilitated(maintained, personas)

    for change in (lambda: Facilitation.objects.filter(pk=note.pk).update(text="Autre"), note.delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_note_may_be_written_while_the_text_is_taken_up_again(personas, maintained):
    given = {"reason": "Objection", "ends_at": made.soon(), "by": personas.co_chair_iom}
    decision = actions.reopen_consultation(maintained, **given)

    facilitated(decision, personas)

    _tag, told = fate(decision, personas.focal_a)
    assert [sentence for sentence, _detail in told][2:] == [
        f"Consultation rouverte par {personas.co_chair_iom}\xa0: Objection",
        f"Note des coprésidents, par {personas.co_chair_iom}",
    ]


# --- Deferred --------------------------------------------------------------------------------------------------------
def test_deferred_decision_is_called_again_in_the_meeting_with_its_positions(personas, maintained):
    says(maintained, personas.focal_a, Stance.SUPPORTS)
    decision = actions.defer_decision(maintained, reason="À la plénière", by=personas.co_chair_iom)

    assert decision.state == DecisionState.DEFERRED
    assert "maintenue, reportée à une réunion" in fate(decision, personas.focal_a)[0]
    with pytest.raises(DomainError):
        says(decision, personas.focal_b, Stance.SUPPORTS)

    called = actions.open_call(decision, deadline=made.soon(1), mode=Mode.IN_SESSION, by=personas.co_chair_iom)
    with pytest.raises(DomainError, match="ONU-Femmes"):
        actions.note_consensus(called, by=personas.co_chair_iom)
    says(called, personas.focal_b, Stance.STANDS_ASIDE, "Chiffré en séance.")
    assert actions.note_consensus(called, by=personas.co_chair_iom).number
    assert "s’abstient, consigné" in fate(called, personas.focal_a)[0]


def test_everybody_is_told_where_a_deferred_decision_goes_on(personas, maintained):
    actions.defer_decision(maintained, reason="À la plénière", by=personas.co_chair_iom)

    assert {personas.focal_a.email, personas.focal_b.email} <= set(written_to("deferral"))
    mail = message_from_bytes(bytes(OutboxMail.objects.filter(kind="decisions.deferral").latest("pk").message))
    words = mail.get_payload()[0].get_payload(decode=True).decode()
    assert "Objection d’ONU-Femmes : Toujours aucun chiffre." in words


def test_call_without_any_objection_may_be_deferred(personas):
    decision = actions.defer_decision(made.in_call(personas), reason="Personne", by=personas.co_chair_iom)

    assert (decision.state, page(decision, personas.focal_a)["fates"]) == (DecisionState.DEFERRED, [])


# --- Referred --------------------------------------------------------------------------------------------------------
def test_advice_asked_for_and_given_reads_in_the_timeline(personas, maintained):
    referred(maintained, personas)
    assert "maintenue, avis demandé" in fate(maintained, personas.focal_a)[0]
    assert page(maintained, personas.rc_office)["advice_form"]
    assert page(maintained, personas.focal_a)["advice_form"] is None
    advised(maintained, personas)

    tag, told = fate(maintained, personas.focal_a)
    assert "maintenue, avis reçu" in tag
    day = "16 juin"
    assert told[2:] == [
        (f"avis du Coordonnateur résident demandé par {personas.co_chair_iom}", "Quel plancher ?"),
        (
            f"avis du Coordonnateur résident, rendu le {day} 2026, consigné par {personas.rc_office}",
            "Un plancher de 10 %.\nRéférence\xa0: BCR/12",
        ),
    ]


def test_office_and_all_who_were_called_are_told_and_those_concerned_are_answered(personas, maintained):
    """Nothing is awaited any more of those whom the call had asked for a position."""
    referred(maintained, personas)
    advised(maintained, personas)

    called = set(written_to("call")) - {personas.co_chair_iom.email}  # who asked for it
    assert set(written_to("referral")) >= called | {personas.rc_office.email, personas.co_chair_ohchr.email}
    told = {personas.co_chair_iom.email, personas.co_chair_ohchr.email, personas.focal_a.email, personas.focal_b.email}
    assert told <= set(written_to("advice"))
    assert personas.rc_office.email not in written_to("advice")  # who wrote it down knows


def test_advice_decides_nothing_and_the_objection_stands(personas, maintained):
    referred(maintained, personas)
    advised(maintained, personas)
    maintained.refresh_from_db()

    called = actions.open_call(maintained, deadline=made.soon(), mode=Mode.WRITTEN, by=personas.co_chair_iom)

    with pytest.raises(DomainError, match="ONU-Femmes"):
        actions.note_consensus(called, by=personas.co_chair_iom)


def test_advice_is_recorded_once_and_stands(personas, maintained):
    referral = referred(maintained, personas)
    advised(maintained, personas)

    with pytest.raises(DomainError, match="avis"):
        advised(maintained, personas)
    for change in (lambda: type(referral).objects.filter(pk=referral.pk).update(advice="Autre"), referral.delete):
        with pytest.raises(DatabaseError, match="stands"), transaction.atomic():
            change()


def test_advice_of_a_day_to_come_is_refused_by_the_field(personas, maintained, sign_in):
    referred(maintained, personas)
    tomorrow = clock.today() + timedelta(days=1)

    answer = sign_in(personas.rc_office).post(
        f"{maintained.get_absolute_url()}consigner-l-avis/",
        {"advice": "Un plancher.", "advised_on": tomorrow.isoformat(), "reference": ""},
    )

    assert answer.status_code == 422
    assert answer.context["advice_form"].errors["advised_on"]
    assert "Un plancher." in answer.content.decode()


def test_second_question_waits_for_the_first_answer(personas, maintained):
    referred(maintained, personas)
    maintained.refresh_from_db()
    decision = actions.defer_decision(maintained, reason="En réunion", by=personas.co_chair_iom)

    with pytest.raises(DomainError, match="réponse"):
        referred(decision, personas, body=Body.UNCT)
    advised(decision, personas)
    assert referred(decision, personas, body=Body.UNCT).body == Body.UNCT


def test_office_is_told_of_advice_that_somebody_else_wrote_down(personas, maintained):
    referred(maintained, personas)
    given = {"advice": "Dix pour cent.", "advised_on": clock.today(), "reference": "CR/1"}

    actions.record_advice(maintained, **given, by=personas.secretariat)

    assert personas.rc_office.email in written_to("advice")


@pytest.mark.parametrize("days", [-1, 1])
def test_advice_is_of_a_day_between_the_question_and_today(personas, maintained, days):
    referred(maintained, personas)

    with pytest.raises(actions.NotItsDay):
        advised(maintained, personas, advised_on=clock.today() + timedelta(days=days))


@pytest.mark.parametrize("waits", [
    lambda d, by: actions.defer_decision(d, reason="En réunion", by=by),
    lambda d, by: actions.refer_decision(d, body=Body.RC, question="?", by=by),
    lambda d, by: actions.reopen_consultation(d, reason="À revoir", ends_at=made.soon(), by=by),
])  # fmt: skip
def test_objection_is_lifted_whenever_it_stands(personas, maintained, sign_in, waits):
    waits(maintained, personas.co_chair_iom)
    maintained.refresh_from_db()
    address, browser = maintained.get_absolute_url(), sign_in(personas.focal_b)
    offered = page(maintained, personas.focal_b)["position_form"]
    assert [value for value, _label in offered.fields["stance"].choices] == [Stance.LIFTS_OBJECTION]
    assert page(maintained, personas.focal_a)["position_form"] is None

    said = {"stance": Stance.LIFTS_OBJECTION, "reason": "Chiffré.", "text_number": 1, "once": uuid4()}
    browser.post(f"{address}se-prononcer/", {**said, "version": maintained.positions.latest("pk").pk})

    assert "levée" in fate(maintained, personas.focal_a)[0]


def test_silence_beside_an_objection_is_no_consent(personas):
    """Neither past the deadline of a broken silence, nor once the text is taken up again."""
    ruled.adopted(personas, silence_days=1)
    called = made.called(made.draft(personas), personas, mode=Mode.SILENCE)
    says(called, personas.focal_b, Stance.OBJECTS, "Aucun délai.")

    def kinds(decision):
        return {group.kind for group in page(decision, personas.focal_a)["voices"]}

    with clock.set_to(called.call_deadline + timedelta(hours=1)):
        assert kinds(called) >= {"silent"}
        given = {"reason": "À revoir", "ends_at": made.soon(), "by": personas.co_chair_iom}
        reopened = actions.reopen_consultation(called, **given)
        says_kinds = kinds(reopened)
    assert ("tacit" in says_kinds, "unheard" in says_kinds) == (False, True)


# --- Closed without consensus ----------------------------------------------------------------------------------------
def test_decision_without_consensus_is_closed_for_good(personas, maintained):
    given = {"reason": "Deux tours sans accord.", "by": personas.co_chair_iom}
    closed = actions.close_without_consensus(maintained, **given)

    assert closed.state == DecisionState.NO_CONSENSUS
    tag, told = fate(closed, personas.focal_a)
    assert "maintenue, pas de consensus" in tag
    assert told[-1][0] == f"Close sans consensus par {personas.co_chair_iom}\xa0: Deux tours sans accord."
    with pytest.raises(NotAllowedNow):
        actions.open_call(closed, deadline=made.soon(), mode=Mode.WRITTEN, by=personas.co_chair_iom)
    with pytest.raises(actions.NothingStands):
        facilitated(closed, personas)
    assert personas.focal_a.email in written_to("no_consensus")


def test_closing_while_advice_is_awaited_is_meant(personas, maintained, sign_in):
    referred(maintained, personas)
    maintained.refresh_from_db()

    with pytest.raises(DomainError, match="est attendu depuis le"):
        actions.close_without_consensus(maintained, reason="Sans accord", by=personas.co_chair_iom)
    asked = page(maintained, personas.co_chair_iom)["no_consensus_form"]
    assert "without_advice" in asked.fields
    given = {"reason": "Sans accord", "without_advice": True, "by": personas.co_chair_iom}
    assert actions.close_without_consensus(maintained, **given).state == DecisionState.NO_CONSENSUS


def test_office_whose_advice_is_awaited_is_told_of_the_end(personas, maintained):
    referred(maintained, personas)
    maintained.refresh_from_db()

    actions.withdraw_decision(maintained, reason="Revoir", by=personas.focal_a)

    assert {personas.rc_office.email, personas.focal_b.email} <= set(written_to("withdrawal"))
    assert page(maintained, personas.rc_office)["awaited_advice"] is None


@pytest.mark.parametrize("act", [
    lambda d, by: actions.refer_decision(d, body=Body.RC, question="?", by=by),
    lambda d, by: actions.close_without_consensus(d, reason="?", by=by),
])  # fmt: skip
def test_what_nobody_objects_to_is_neither_referred_nor_closed(personas, act):
    decision = made.in_call(personas)

    with pytest.raises(actions.NothingStands):
        act(decision, personas.co_chair_iom)
    assert Decision.objects.get().state == DecisionState.CALL


def test_what_was_given_up_is_proposed_anew_in_its_words(personas, maintained, sign_in):
    actions.withdraw_decision(maintained, reason="Autre voie.", by=personas.co_chair_iom)
    client = sign_in(personas.focal_b)
    address = f"{reverse('decisions:decision_propose')}?reprend={maintained.pk}"
    assert address in client.get(maintained.get_absolute_url()).text

    form = client.get(address).context["form"]
    assert form["title"].value() == maintained.title
    assert form["text"].value() == maintained.texts.latest("number").text
    sent = {name: form[name].value() or "" for name in ("title", "text", "subject_kind", "once")}
    made_anew = client.post(address, sent, follow=True).context["decision"]
    assert (made_anew.state, made_anew.proposed_by) == ("draft", personas.unwomen)
    assert made_anew.takes_up == maintained

    def linked(decision, label):
        facts = client.get(decision.get_absolute_url()).context["facts"]
        return [str(row.value) for row in facts if row.label == label]

    (back,) = linked(made_anew, "Reprend")
    assert maintained.get_absolute_url() in back
    assert linked(maintained, "Proposée à nouveau") == []  # a draft, which not everybody reads
    actions.open_consultation(made_anew, ends_at=made.soon(), by=personas.secretariat)
    (anew,) = linked(maintained, "Proposée à nouveau")
    assert made_anew.get_absolute_url() in anew


@pytest.mark.parametrize("asked", ["x", "0", "9" * 20, "²", "999999"])
def test_words_of_nothing_begin_an_empty_form(personas, sign_in, asked):
    page = sign_in(personas.focal_b).get(reverse("decisions:decision_propose"), {"reprend": asked})
    assert (page.status_code, page.context["form"]["title"].value()) == (200, None)


def test_words_of_a_decision_under_way_are_not_taken(personas, maintained, sign_in):
    page = sign_in(personas.focal_b).get(reverse("decisions:decision_propose"), {"reprend": maintained.pk})
    assert page.context["form"]["title"].value() is None


def test_withdrawn_proposal_takes_its_objection_along(personas, maintained):
    actions.withdraw_decision(maintained, reason="Revoir", by=personas.focal_a)

    tag, told = fate(maintained, personas.focal_b)
    assert "retirée avec la proposition" in tag
    assert told[-1][0].endswith("Revoir")


# --- The page --------------------------------------------------------------------------------------------------------
def test_refused_note_keeps_what_was_typed_by_its_objection(personas, maintained, sign_in):
    says(maintained, personas.focal_a, Stance.OBJECTS, "Moi aussi.")
    second = maintained.positions.latest("pk")

    answer = sign_in(personas.co_chair_iom).post(
        f"{maintained.get_absolute_url()}objections/{second.pk}/faciliter/",
        {"text": "", "once": "6f9619ff-8b86-d011-b42d-00cf4fc964ff"},
    )

    assert answer.status_code == 422
    first, other = answer.context["fates"]
    assert (first.form.is_bound, other.form.is_bound) == (False, True)


def test_only_co_chairs_are_offered_the_steps(personas, maintained):
    steps = ("deferral_form", "referral_form", "no_consensus_form")

    assert all(page(maintained, personas.co_chair_iom)[step] for step in steps)
    assert not any(page(maintained, personas.secretariat)[step] for step in steps)
