"""Chairing is open to everybody who sits in the group, partners included: call → offers → term (clause M-68)."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from core.errors import DomainError
from core.models import OutboxMail
from core.refusals import Refused
from members import actions as members
from members.models import FocalPoint, User
from tests.factories import groups as made
from tests.mails import bodies, read
from tests.personas import create_personas
from tests.workinggroups.test_pages import send
from workinggroups import actions, todo
from workinggroups.models import ChairCall, GroupChair

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def group(personas):
    """Validated, with UNICEF, UN Women and a partner in it."""
    group = made.validated(personas)
    for entity in (personas.unicef, personas.unwomen):
        made.seat(group, personas, entity=entity)
    return group


@pytest.fixture
def guest(group, personas):
    return made.guest(group, personas)


def tomorrow():
    return clock.set_to(clock.now() + DAY)


def in_office(group, day=None):
    return [str(chair) for chair in group.chairs.in_office(day or clock.today()).with_names()]


def address(name, group, *args):
    return reverse(f"groups:{name}", args=[group.slug, *args])


def asked(person):
    return [item.title for item in todo.todo(User.objects.get(pk=person.pk))]


def choice(group, person):
    """As the form has it: somebody under the member they speak for."""
    seat = group.members.get(entity__focal_points__person=person)
    return f"{seat.pk} {person.pk}"


# --- The whole way ---------------------------------------------------------------------------------------------------
def test_from_the_call_to_two_co_chairs_one_of_them_a_guest(personas, group, guest, sign_in):
    until = f"{clock.today():%Y-%m-%d}"
    call = {"closes_on": until, "message": "Une réunion par mois."}
    send(sign_in(personas.secretariat), address("chair_call_open", group), call)
    offer = {"candidate": choice(group, personas.focal_a), "statement": "Nos chiffres."}
    send(sign_in(personas.focal_a), address("chair_offer", group), offer)
    client = Client()
    shown = client.get(guest.get_absolute_url()).content.decode()
    assert ("Une réunion par mois." in shown, "Nos chiffres." in shown) == (True, False)
    client.post(guest.get_absolute_url(), {"statement": "Notre réseau de terrain."})

    offers = {str(one.seat.who): one.pk for one in ChairCall.objects.get().offers.with_names()}
    assert set(offers) == {str(personas.unicef), str(guest.contact.partner)}
    with tomorrow():
        term = {"starts_on": f"{clock.today()}", "ends_on": f"{clock.today() + 364 * DAY}"}
        office = sign_in(personas.secretariat)
        send(office, address("chairs_name", group), {"offers": list(offers.values()), **term})
        page = office.get(group.get_absolute_url()).content.decode()
        assert [name for name in (str(personas.focal_a), str(guest.contact.person)) if name not in page] == []
        assert len(in_office(group)) == 2
        actions.start_group(group, active_from=clock.today(), by=personas.secretariat)


def test_everybody_in_the_group_is_told_of_the_call_and_of_the_names_by_their_own_link(personas, group, guest):
    made.called_for_chairs(group, personas)
    offer = made.offered(group, personas)
    with tomorrow():
        made.name(group, personas, offer)

    told = {kind: set(_recipients(kind)) for kind in ("chair_call", "chairs")}

    everybody = {personas.focal_a.pk, personas.alternate_a.pk, personas.focal_b.pk, guest.contact.person.pk}
    assert told == {"chair_call": everybody, "chairs": everybody}
    to_guest = OutboxMail.objects.get(kind="workinggroups.chair_call", recipient=guest.contact.person)
    assert guest.token in bytes(to_guest.message).decode().replace("=\n", "").replace("=3D", "=")


def _recipients(kind):
    return OutboxMail.objects.filter(kind=f"workinggroups.{kind}").values_list("recipient", flat=True)


def test_call_awaits_those_who_have_not_offered_then_those_who_record_the_names(personas, group):
    made.called_for_chairs(group, personas)
    words = [f"Qui préside le groupe\N{NO-BREAK SPACE}? {group}"]
    assert (asked(personas.focal_a), asked(personas.focal_b)) == (words, words)

    made.offered(group, personas)

    assert (asked(personas.focal_a), asked(personas.focal_b), asked(personas.secretariat)) == ([], words, [])
    with tomorrow():
        assert (asked(personas.focal_b), asked(personas.secretariat)) == (
            [],
            [f"Désigner la présidence\N{NO-BREAK SPACE}: {group}"],
        )


def test_chair_invites_guests_and_removes_papers_while_in_office(personas, group, sign_in):
    made.partner_with_contact(group, personas)
    made.called_for_chairs(group, personas)
    offer = made.offered(group, personas)
    client = sign_in(personas.focal_a)
    assert client.get(address("group_invite", group)).status_code == 403

    with tomorrow():
        [chair] = made.name(group, personas, offer)
        assert client.get(address("group_invite", group)).status_code == 200
        actions.end_chair(chair, ends_on=clock.today(), by=personas.focal_a)
    with clock.set_to(clock.now() + 2 * DAY):
        assert client.get(address("group_invite", group)).status_code == 403


# --- What is refused -------------------------------------------------------------------------------------------------
def test_chairs_are_called_for_once_the_unct_has_validated_the_group_and_somebody_sits_in_it(personas):
    with pytest.raises(DomainError, match="une fois que l’UNCT"):
        made.called_for_chairs(made.submitted(personas), personas)
    with pytest.raises(DomainError, match="Personne ne siège"):
        made.called_for_chairs(made.validate(made.submit(made.endorsed(personas), personas), personas), personas)


@pytest.mark.parametrize(("days", "words"), [(-1, "aujourd’hui au plus tôt"), (93, "trois mois au plus")])
def test_call_closes_in_time(personas, group, days, words):
    with pytest.raises(Refused, match=words):
        made.called_for_chairs(group, personas, days=days)


def test_one_call_at_a_time(personas, group):
    made.called_for_chairs(group, personas)
    with pytest.raises(DomainError, match="déjà ouvert"):
        made.called_for_chairs(group, personas)

    actions.close_chair_call(group, reason="Une seule offre", by=personas.secretariat)
    text, _html = bodies(read(OutboxMail.objects.filter(kind="workinggroups.no_chair").order_by("pk").first()))
    assert "Une seule offre" in text
    assert made.called_for_chairs(group, personas).is_open


def test_who_does_not_speak_for_a_member_of_the_group_does_not_offer(personas, group):
    made.called_for_chairs(group, personas)
    with pytest.raises(Refused, match="ne parle pas au nom du membre"):
        made.offered(group, personas, person=personas.focal_b)
    other = made.seat(made.proposed(personas, "Routes"), personas, entity=personas.unicef)
    with pytest.raises(Refused, match="ne siège pas dans ce groupe"):
        actions.offer_to_chair(group, seat=other, person=personas.focal_a, by=personas.focal_a)


def test_member_offers_once_and_may_withdraw(personas, group, sign_in):
    made.called_for_chairs(group, personas)
    form = {"candidate": choice(group, personas.alternate_a), "statement": "Encore"}
    offer = made.offered(group, personas)
    withdraw = address("chair_offer_withdraw", group, offer.pk)

    client = sign_in(personas.alternate_a)
    assert client.get(address("chair_offer", group)).status_code == 302
    answer = client.post(address("chair_offer", group), {**form, "once": uuid4()})
    assert (answer.status_code, "est déjà candidat" in answer.content.decode()) == (422, True)
    assert sign_in(personas.focal_b).post(withdraw).status_code == 403
    client = sign_in(personas.alternate_a)
    client.post(withdraw, {"reason": ""})

    assert send(client, address("chair_offer", group), form).status_code == 302
    with pytest.raises(DomainError, match="est déjà retirée"):
        actions.withdraw_chair_offer(offer, by=personas.focal_a)


def test_button_to_offer_is_there_until_the_member_has(personas, group, sign_in):
    made.called_for_chairs(group, personas)

    def is_there(person):
        return address("chair_offer", group) in sign_in(person).get(group.get_absolute_url()).content.decode()

    assert (is_there(personas.focal_a), is_there(personas.secretariat)) == (True, True)
    made.offered(group, personas)
    assert (is_there(personas.focal_a), is_there(personas.focal_b), is_there(personas.secretariat)) == (
        False, True, True,
    )  # fmt: skip


def test_form_pressed_twice_is_one_offer(personas, group, sign_in):
    made.called_for_chairs(group, personas)
    client = sign_in(personas.focal_a)
    token = client.get(address("chair_offer", group)).context["form"]["once"].value()
    form = {"candidate": choice(group, personas.focal_a), "statement": "Nous.", "once": token}

    answers = [client.post(address("chair_offer", group), form).status_code for _twice in range(2)]

    assert (answers, ChairCall.objects.get().offers.count()) == ([302, 302], 1)


def test_secretariat_records_the_offer_of_a_partner_among_those_who_answer_for_it(personas, group, guest, sign_in):
    made.called_for_chairs(group, personas)
    made.offered(group, personas)
    client, contact = sign_in(personas.secretariat), guest.contact
    seat = group.members.get(partner=contact.partner)
    choices = client.get(address("chair_offer", group)).context["form"].fields["candidate"].choices
    assert {str(name) for name, _people in choices[1:]} == {personas.unwomen.name, contact.partner.name}

    mismatched = {"candidate": f"{seat.pk} {personas.focal_b.pk}", "statement": ""}
    assert send(client, address("chair_offer", group), mismatched).status_code == 422
    send(client, address("chair_offer", group), {"candidate": f"{seat.pk} {contact.person.pk}", "statement": ""})

    assert group.chair_calls.get().offers.filter(seat=seat, person=contact.person).exists()


def test_nobody_offers_after_the_last_day_and_nobody_is_named_before_it_has_passed(personas, group):
    made.called_for_chairs(group, personas)
    offer = made.offered(group, personas)
    with pytest.raises(DomainError, match="désigne ensuite"):
        made.name(group, personas, offer)
    with tomorrow(), pytest.raises(DomainError, match="reçues jusqu’au"):
        made.offered(group, personas, person=personas.focal_b, entity=personas.unwomen)


def test_nobody_is_named_who_did_not_offer_in_this_call_or_left(personas, group):
    made.called_for_chairs(group, personas)
    withdrawn, left = made.offered(group, personas), None
    actions.withdraw_chair_offer(withdrawn, by=personas.focal_a)
    left = made.offered(group, personas, person=personas.focal_b, entity=personas.unwomen)
    actions.leave_group(left.seat, ends_on=clock.today(), by=personas.focal_b)

    with tomorrow():
        for offer, words in ((withdrawn, "a été retirée"), (left, "ne parle plus")):
            with pytest.raises(Refused, match=words):
                made.name(group, personas, offer)
        with pytest.raises(Refused, match="une présidence"):
            made.name(group, personas)
    assert not GroupChair.objects.exists()


@pytest.mark.parametrize(
    ("starts", "days", "words"),
    [
        (-1, 10, "une fois l’appel clos"),
        (367, 10, "dans l’année"),
        (0, -1, "précède le premier"),
        (0, 1100, "trois ans"),
    ],
)
def test_term_has_its_days(personas, group, starts, days, words):
    made.called_for_chairs(group, personas)
    offer = made.offered(group, personas)
    first = clock.today() + (1 + starts) * DAY
    term = {"starts_on": first, "ends_on": first + days * DAY}
    with tomorrow(), pytest.raises(Refused, match=words):
        actions.name_chairs(group, offers=[offer], **term, by=personas.secretariat)


def test_a_third_chair_waits_for_the_end_of_a_term(personas, group, guest):
    made.called_for_chairs(group, personas)
    two = [
        made.offered(group, personas),
        made.offered(group, personas, person=personas.focal_b, entity=personas.unwomen),
    ]
    with tomorrow():
        made.name(group, personas, *two)
        made.called_for_chairs(group, personas)
        third = made.offered(group, personas, person=guest.contact.person, partner=guest.contact.partner)
    with clock.set_to(clock.now() + 2 * DAY):
        with pytest.raises(Refused, match="deux présidences au plus"):
            made.name(group, personas, third)
        actions.end_chair(group.chairs.earliest("pk"), ends_on=clock.today(), by=personas.secretariat)
    with clock.set_to(clock.now() + 3 * DAY):
        made.name(group, personas, third)
        assert len(in_office(group)) == 2


def test_a_term_to_come_counts_on_its_days_and_nobody_chairs_twice_on_one(personas, group, guest):
    made.called_for_chairs(group, personas)
    one = made.offered(group, personas)
    two = made.offered(group, personas, person=personas.focal_b, entity=personas.unwomen)
    with tomorrow():
        first = clock.today() + 30 * DAY
        actions.name_chairs(
            group, offers=[one, two], starts_on=first, ends_on=first + 99 * DAY, by=personas.secretariat
        )
        made.called_for_chairs(group, personas)
        again = made.offered(group, personas)
        third = made.offered(group, personas, person=guest.contact.person, partner=guest.contact.partner)
    with clock.set_to(clock.now() + 2 * DAY):
        with pytest.raises(Refused, match="préside déjà le groupe"):
            made.name(group, personas, again)
        with pytest.raises(Refused, match="deux présidences au plus"):
            made.name(group, personas, third)
        [until_then] = made.name(group, personas, third, days=20)
    assert until_then.ends_on < first


def test_call_ends_once_even_when_many_hands_name_and_close(hands):
    personas = create_personas()
    group = made.validated(personas)
    offer = made.closed_call(group, personas)

    name, close = (
        partial(made.name, group, personas, offer),
        partial(actions.close_chair_call, group, reason="R", by=None),
    )
    outcomes = hands([name, close] * 5)

    assert outcomes.count("done") == 1
    assert GroupChair.objects.count() <= 1


# --- The end of a term -----------------------------------------------------------------------------------------------
def test_who_no_longer_speaks_for_a_member_of_the_group_chairs_it_no_longer(personas, group):
    made.called_for_chairs(group, personas)
    offer = made.offered(group, personas)
    with tomorrow():
        made.name(group, personas, offer)
        assert in_office(group) == [str(offer)]

        tie = FocalPoint.objects.get(person=personas.focal_a)
        members.end_tie(tie, ends_on=clock.today(), by=personas.secretariat)
        assert (in_office(group), in_office(group, clock.today() + DAY)) == ([str(offer)], [])


def test_succession_says_that_a_chair_is_not_handed_over(personas, group, sign_in):
    made.called_for_chairs(group, personas)
    offer = made.offered(group, personas)
    with tomorrow():
        made.name(group, personas, offer)
        choice = {"successor": personas.alternate_a.pk, "last_day": f"{clock.today():%Y-%m-%d}"}
        page = sign_in(personas.secretariat).get(
            reverse("members:succession", args=[personas.focal_a.pk]), choice
        )  # fmt: skip

    assert "Le groupe choisit sa présidence" in page.content.decode()


def test_closing_a_group_ends_its_terms(personas):
    group = made.active(personas)

    actions.close_group(group, note="Achevé.", by=personas.secretariat)

    assert in_office(group, clock.today() + DAY) == []


@pytest.mark.parametrize(("days", "words"), [(-1, "est passé"), (400, "déjà fixée")])
def test_term_is_only_ever_shortened(personas, days, words):
    chair = made.active(personas).chairs.get()
    with pytest.raises(Refused, match=words):
        actions.end_chair(chair, ends_on=clock.today() + days * DAY, by=personas.secretariat)


# --- Pages -----------------------------------------------------------------------------------------------------------
def test_guest_who_was_revoked_offers_no_more(personas, group, guest, client):
    made.called_for_chairs(group, personas)
    actions.revoke_group_pass(guest, by=personas.secretariat)

    assert client.post(guest.get_absolute_url(), {"statement": ""}).status_code == 410


def test_guest_withdraws_what_they_offered(personas, group, guest, client):
    made.called_for_chairs(group, personas)
    client.post(guest.get_absolute_url(), {"statement": "Nous."})
    assert "Nous." in client.get(guest.get_absolute_url()).content.decode()

    client.post(reverse("group_guests:guest_offer_withdraw", args=[guest.token]))

    assert not ChairCall.objects.get().offers.standing().exists()


def test_offers_are_read_by_who_takes_part_and_the_secretariat_only(personas, group, sign_in):
    made.called_for_chairs(group, personas)
    made.offered(group, personas)

    shown = {
        person: "Nous tenons le catalogue." in sign_in(person).get(group.get_absolute_url()).content.decode()
        for person in (personas.focal_b, personas.secretariat, personas.rc_office)
    }
    assert shown == {personas.focal_b: True, personas.secretariat: True, personas.rc_office: False}
