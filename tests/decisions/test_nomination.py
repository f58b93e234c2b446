"""The next co-chair: call for candidates → consultation → decision of the annual review → term (M-47, M-75)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock, outbox
from core.errors import DomainError
from core.models import OutboxMail
from core.refusals import Refused
from decisions import actions, todo
from decisions.enums import Mode, NominationState
from decisions.models import Candidacy, Nomination
from members import actions as members
from members.models import CoChairTerm
from members.queries import contact_people
from members.standing import standing_on
from tests.factories import nominations as made
from tests.factories import procedure as ruled
from tests.factories.members import UserFactory
from tests.factories.partners import PartnerContactFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def note(call, personas):
    return actions.note_consensus(call.decision, by=personas.co_chair_iom)


# --- The way of a nomination -----------------------------------------------------------------------------------------
def test_recorded_decision_makes_the_term_and_names_itself_as_its_basis(personas):
    call = made.before_the_review(personas)

    decision = note(call, personas)

    call.refresh_from_db()
    term = CoChairTerm.objects.get(starts_on=call.starts_on)
    assert (call.state, call.term, decision.mode) == (NominationState.NAMED, term, Mode.IN_SESSION)
    assert (term.person, term.entity, term.ends_on) == (personas.focal_a, personas.unicef, call.ends_on)
    assert term.basis == decision.reference
    assert standing_on(personas.focal_a, call.starts_on).seat == "rotating"
    assert standing_on(personas.focal_a, call.starts_on - DAY).seat is None


def test_consensus_is_not_noted_on_somebody_who_can_no_longer_hold_the_seat(personas):
    call = made.before_the_review(personas)
    CoChairTerm.objects.filter(entity=personas.ohchr).update(ends_on=call.ends_on)

    with pytest.raises(Refused, match="Une autre personne occupe ce siège"):
        note(call, personas)

    call.refresh_from_db()
    assert (call.state, call.decision.state) == (NominationState.PROPOSED, "call")


def test_call_is_taken_up_again_once_its_decision_is_withdrawn(personas):
    call = made.proposed(personas)
    with pytest.raises(DomainError, match="encore devant le Réseau"):
        actions.rework_nomination(call, by=personas.secretariat)

    actions.withdraw_decision(call.decision, reason="Autre candidature", by=personas.co_chair_iom)
    call = actions.rework_nomination(call, by=personas.secretariat)

    assert (call.state, call.chosen, call.decision) == (NominationState.OPEN, None, None)
    assert call.candidacies.standing().count() == 1


# --- What is refused -------------------------------------------------------------------------------------------------
def test_seat_that_does_not_rotate_is_not_called_for_until_the_rules_say_so(personas):
    asked = {**made.term_to_come(), "closes_on": clock.today(), "seat": "coordinator", "by": personas.secretariat}
    CoChairTerm.objects.filter(entity=personas.iom).update(ends_on=clock.today() + DAY)

    with pytest.raises(Refused, match="ne tourne pas"):
        actions.open_nomination(**asked)
    ruled.adopted(personas, coordinator_rotates=True)

    assert actions.open_nomination(**asked).seat == "coordinator"


DISORDER = {
    "closes_on": lambda first, last: {"closes_on": clock.today() - DAY},
    "closes_on ": lambda first, last: {"closes_on": first},
    "ends_on": lambda first, last: {"ends_on": first - DAY},
    "starts_on": lambda first, last: {
        "starts_on": clock.today() + 10 * DAY,
        "closes_on": clock.today(),
        "ends_on": clock.today() + 300 * DAY,
    },
    "ends_on ": lambda first, last: {"ends_on": last + DAY},
}


@pytest.mark.parametrize("field", DISORDER)
def test_days_in_disorder_are_refused_by_their_field(personas, field):
    term = made.term_to_come()

    with pytest.raises(Refused) as refusal:
        made.opened(personas, **DISORDER[field](term["starts_on"], term["ends_on"]))

    assert refusal.value.field == field.strip()
    assert not Nomination.objects.exists()


def test_one_call_for_a_seat_at_a_time(personas):
    call = made.opened(personas)
    with pytest.raises(Refused, match="déjà ouvert"):
        made.opened(personas)

    actions.withdraw_nomination(call, reason="Trop tôt", by=personas.secretariat)
    made.opened(personas)


def test_entity_offers_once_and_again_after_withdrawing(personas):
    call = made.opened(personas)
    first = made.offered(personas, call)
    with pytest.raises(Refused, match="déjà candidate"):
        made.offered(personas, call)

    actions.withdraw_candidacy(first, by=personas.focal_a)
    made.offered(personas, call)

    assert Candidacy.objects.standing().count() == 1


def test_only_full_members_offer_and_only_until_the_last_day(personas):
    call = made.opened(personas)
    with pytest.raises(Refused, match="pas membre à part entière"):
        actions.put_forward(call, entity=personas.rco, person=personas.rc_office, by=personas.rc_office)

    with clock.set_to(clock.now() + 21 * DAY):
        made.offered(personas, call)
    with clock.set_to(clock.now() + 22 * DAY), pytest.raises(DomainError, match="étaient reçues jusqu’au"):
        made.offered(personas, call, "focal_b")


@pytest.mark.parametrize("who", ["of another entity", "of a partner"])
def test_person_who_could_not_hold_the_seat_is_no_candidate(personas, who):
    call = made.opened(personas)
    person = personas.focal_b if who == "of another entity" else PartnerContactFactory().person

    with pytest.raises(Refused) as refusal:
        actions.put_forward(call, entity=personas.unicef, person=person, by=personas.focal_a)

    assert refusal.value.field == "person"


def test_candidacy_before_the_network_is_not_withdrawn(personas):
    call = made.proposed(personas)

    with pytest.raises(DomainError, match="la décision est d’abord retirée"):
        actions.withdraw_candidacy(call.candidacies.get(), by=personas.focal_a)


def test_nothing_is_proposed_while_candidacies_are_received_nor_without_any(personas):
    call = made.opened(personas)
    with pytest.raises(DomainError, match="la proposition vient après"):
        actions.check_nomination_proposable(call)

    with clock.set_to(clock.now() + 22 * DAY), pytest.raises(DomainError, match="Personne n’est candidat"):
        actions.check_nomination_proposable(call)


def test_withdrawn_candidacy_is_not_proposed(personas):
    call = made.opened(personas)
    gone = made.offered(personas, call)
    made.offered(personas, call, "focal_b")
    actions.withdraw_candidacy(gone, by=personas.focal_a)

    with clock.set_to(clock.now() + 22 * DAY), pytest.raises(Refused) as refusal:
        actions.propose_co_chair(
            call, candidacy=gone, title="C", text="T", entity=personas.iom, by=personas.secretariat
        )

    assert refusal.value.field == "candidacy"


# --- Mails and to do -------------------------------------------------------------------------------------------------
def test_call_is_mailed_once_to_each_who_speaks_for_a_member(personas):
    made.opened(personas, message="Une demi-journée par semaine.")

    mails = OutboxMail.objects.filter(kind="decisions.nomination")
    told = {mail.recipient for mail in mails}
    assert personas.focal_a in told
    assert personas.rc_office not in told
    assert all("candidatures jusqu’au 7 juillet 2026" in mail.subject for mail in mails)


def test_entity_and_person_are_told_of_a_candidacy_that_another_recorded(personas):
    candidacy = actions.put_forward(
        made.opened(personas), entity=personas.unicef, person=personas.focal_a, by=personas.secretariat
    )
    told = OutboxMail.objects.filter(kind="decisions.candidacy")

    assert set(told.values_list("to", flat=True)) == {
        *contact_people(candidacy.entity, clock.today()).values_list("email", flat=True), candidacy.person.email
    }  # fmt: skip
    for mail in told:
        assert str(personas.secretariat) in outbox.text_of(mail)


def test_who_offers_for_the_own_entity_needs_no_mail(personas):
    made.offered(personas, made.opened(personas))

    told = OutboxMail.objects.filter(kind="decisions.candidacy")
    assert personas.focal_a.email not in told.values_list("to", flat=True)


def test_call_awaits_who_may_offer_then_who_brings_it_before_the_network(personas):
    call = made.opened(personas)
    made.offered(personas, call)

    def awaited(person):
        return [item.url for item in todo.ask(todo.questions(person))]

    url = call.get_absolute_url()
    assert [awaited(person) for person in (personas.focal_a, personas.focal_b, personas.rc_office)] == [[], [url], []]
    with clock.set_to(clock.now() + 22 * DAY):
        fresh = [type(person).objects.get(pk=person.pk) for person in (personas.focal_b, personas.co_chair_ohchr)]
        assert [awaited(person) for person in fresh] == [[], [url]]


# --- Pages -----------------------------------------------------------------------------------------------------------
def test_call_is_opened_from_the_page_of_the_seats_with_the_usual_days(personas, sign_in):
    CoChairTerm.objects.filter(entity=personas.ohchr).update(ends_on="2026-12-31")
    client = sign_in(personas.co_chair_ohchr)
    page = client.get(reverse("members:co_chairs")).content.decode()
    address = reverse("nominations:nomination_open")
    assert f'href="{address}?siege=rotating"' in page
    assert f'href="{address}?siege=coordinator"' not in page

    form = client.get(f"{address}?siege=rotating").context["form"]
    shown = {name: str(form[name].value()) for name in ("starts_on", "ends_on", "closes_on")}
    assert shown == {"starts_on": "2027-01-01", "ends_on": "2027-12-31", "closes_on": "2026-07-07"}
    sent = {**shown, "seat": "rotating", "once": form["once"].value()}
    answers = [client.post(address, sent) for _twice in range(2)]

    call = Nomination.objects.get()
    assert [answer["Location"] for answer in answers] == [call.get_absolute_url()] * 2
    assert call.get_absolute_url() in client.get(reverse("members:co_chairs")).content.decode()


def test_a_call_is_given_up_with_a_reason_that_the_members_are_told(personas, sign_in):
    call = made.opened(personas)
    client, address = sign_in(personas.secretariat), reverse("nominations:nomination_withdraw", args=[call.pk])
    assert address in client.get(call.get_absolute_url()).text
    assert client.post(address, {"reason": " "}).status_code == 422

    page = client.post(address, {"reason": "Le mandat est prolongé."}, follow=True)
    assert page.context["call"].state == NominationState.WITHDRAWN
    assert "Le mandat est prolongé." in page.text
    mail = OutboxMail.objects.get(kind="decisions.nomination_withdrawn", to=personas.focal_b.email)
    assert "Le mandat est prolongé." in outbox.text_of(mail)
    assert client.get(address, follow=True).redirect_chain[0][0] == call.get_absolute_url()


def test_who_comes_too_late_is_told_before_writing(personas, sign_in):
    call = made.closed(personas)
    page = sign_in(personas.focal_b).get(reverse("nominations:candidacy_put", args=[call.pk]), follow=True)
    assert page.redirect_chain[0][0] == call.get_absolute_url()
    assert "Les candidatures étaient reçues jusqu’au" in page.text


def test_focal_point_offers_for_the_own_entity_only(personas, sign_in):
    call = made.opened(personas)
    client, address = sign_in(personas.focal_a), reverse("nominations:candidacy_put", args=[call.pk])
    form = client.get(address).context["form"]
    assert "entity" not in form.fields
    assert personas.focal_b not in form.fields["person"].queryset

    for _twice in range(2):
        sent = client.post(address, {"person": personas.alternate_a.pk, "once": form["once"].value()})
        assert sent.status_code == 302

    assert str(Candidacy.objects.get()) == f"{personas.unicef}, {personas.alternate_a}"
    page = client.get(call.get_absolute_url()).content.decode()
    assert address not in page  # once is enough
    other = sign_in(personas.focal_b).get(call.get_absolute_url()).content.decode()
    assert address in other
    assert "Retirer cette candidature" not in other


def test_proposal_leads_to_the_decision_with_words_to_begin_with(personas, sign_in):
    call = made.closed(personas)
    client, address = sign_in(personas.secretariat), reverse("nominations:co_chair_propose", args=[call.pk])
    form = client.get(address).context["form"]
    words = {name: form[name].value() for name in ("title", "text", "once")}

    answer = client.post(address, {**words, "candidacy": call.candidacies.get().pk})

    call.refresh_from_db()
    assert answer["Location"] == call.decision.get_absolute_url()
    assert call.get_absolute_url() in client.get(answer["Location"]).content.decode()


def test_form_of_a_proposal_that_would_be_refused_leads_back_with_the_reason(personas, sign_in):
    call = made.opened(personas)

    answer = sign_in(personas.secretariat).get(reverse("nominations:co_chair_propose", args=[call.pk]), follow=True)

    assert answer.redirect_chain[0][0] == call.get_absolute_url()
    assert "la proposition vient après" in answer.content.decode()


def test_recorded_term_is_not_taken_back_from_under_its_decision(personas):
    call = made.before_the_review(personas)
    note(call, personas)
    term = Nomination.objects.get().term

    with pytest.raises(DomainError):
        members.remove_tie(term, by=UserFactory())
