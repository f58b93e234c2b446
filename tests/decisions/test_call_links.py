"""The link of a mail opens a call: GET shows the text and the form, POST gives the position (ADR 22)."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse
from lxml import html

from core import clock
from core.models import JournalEvent, OutboxMail
from decisions import actions, call_links, queries
from decisions.enums import Channel, Mode, Stance
from decisions.models import Position
from decisions.tasks import watch_calls
from members.models import FocalPoint
from tests.factories import decisions as made
from tests.factories import procedure as ruled
from tests.mails import bodies, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(personas):
    return made.in_call(personas, title="Position commune")


def address_of(person, kind="call"):
    """The link as it stands in the last mail of this kind to the person."""
    mail = OutboxMail.objects.filter(kind=f"decisions.{kind}", to=person.email).latest("pk")
    for body in bodies(read(mail)):
        (found,) = set(re.findall(rf"{settings.SITE_URL}(/decisions/repondre/[^/\s\"]+/)", body))
    return found


def sent(client, address, **given):
    """The form of the page, filled in and sent."""
    form = client.get(address).context["position_form"]
    hidden = {name: form[name].value() for name in ("text_number", "version", "once")}
    return client.post(address, {**hidden, "stance": Stance.SUPPORTS, "reason": "", "alternative": "", **given})


def test_get_shows_the_text_and_records_nothing(client, personas, call):
    address = address_of(personas.focal_a)

    for _time in range(3):  # as programs do that open each link of a mail before its reader does
        page = client.get(address)

    assert page.status_code == 200
    assert "Le Réseau adopte le cadrage." in page.text
    assert "Donner la position" in page.text
    assert not Position.objects.filter(decision=call).exists()
    assert not JournalEvent.objects.filter(verb="decisions.state_position").exists()


def test_post_gives_the_position_without_an_account(client, personas, call):
    answer = sent(client, address_of(personas.focal_a), stance=Stance.CAN_LIVE_WITH, reason="À chiffrer.")

    assert answer.status_code == 302
    word = queries.last_words(call)[personas.unicef.pk]
    assert (word.stance, word.reason, word.author) == (Stance.CAN_LIVE_WITH, "À chiffrer.", personas.focal_a)
    assert word.channel == Channel.LINK
    page = client.get(answer.url)
    assert "La position de l’entité UNICEF est consignée" in page.text
    assert "Votre entité s’est exprimée" in page.text
    assert "_auth_user_id" not in client.session  # nobody is signed in by it


def test_all_who_speak_for_the_entity_are_told(client, personas, call):
    sent(
        client, address_of(personas.focal_a), stance=Stance.OBJECTS, reason="Aucun chiffre.", alternative="Un plancher."
    )

    told = OutboxMail.objects.filter(kind="decisions.answer")
    assert {mail.to for mail in told} == {personas.focal_a.email, personas.alternate_a.email}
    own, text = (bodies(read(told.get(to=who.email)))[0] for who in (personas.focal_a, personas.alternate_a))
    assert "Vous avez donné la position de votre entité par le lien d’un message" in own
    assert "par le lien d’un message, sans s’identifier" in text
    assert "Aucun chiffre." in text
    assert "Un plancher." in text
    assert "/decisions/repondre/" not in text


def test_position_given_signed_in_tells_nobody_of_a_link(personas, call):
    actions.state_position(call, stance=Stance.SUPPORTS, by=personas.focal_a)

    assert not OutboxMail.objects.filter(kind="decisions.answer").exists()


def test_form_sent_twice_speaks_once(client, personas, call):
    address = address_of(personas.focal_a)
    form = client.get(address).context["position_form"]
    given = {name: form[name].value() for name in ("text_number", "version", "once")} | {"stance": Stance.SUPPORTS}

    assert [client.post(address, given).status_code for _time in range(2)] == [302, 302]
    assert Position.objects.filter(decision=call).count() == 1


def test_refused_form_keeps_what_was_typed(client, personas, call):
    answer = sent(client, address_of(personas.focal_a), stance=Stance.OBJECTS, reason="Aucun chiffre.")

    assert answer.status_code == 422
    assert "Aucun chiffre." in answer.text
    assert "Dites ce qui lèverait l’objection." in answer.text


def test_late_form_keeps_what_was_typed(client, personas, call):
    address = address_of(personas.focal_a)
    form = client.get(address).context["position_form"]
    given = {name: form[name].value() for name in ("text_number", "version", "once")}

    with clock.set_to(call.call_deadline + timedelta(minutes=1)):
        late = client.post(address, {**given, "stance": Stance.CAN_LIVE_WITH, "reason": "Trop tard."})
        page = client.get(address)

    assert late.status_code == 422
    assert "Le délai est passé." in late.text
    assert "Trop tard." in late.text
    assert page.context["position_form"] is None
    assert not Position.objects.filter(decision=call).exists()


def test_objection_is_lifted_by_the_link_after_the_deadline(client, personas, call):
    said = {"stance": Stance.OBJECTS, "reason": "Aucun chiffre.", "alternative": "Un plancher."}
    actions.state_position(call, **said, by=personas.focal_b)

    with clock.set_to(call.call_deadline + timedelta(minutes=1)):
        sent(client, address_of(personas.focal_b), stance=Stance.LIFTS_OBJECTION, reason="Un plancher est promis.")

    assert queries.last_words(call)[personas.unwomen.pk].stance == Stance.LIFTS_OBJECTION


def test_reminder_and_more_time_hold_the_link_of_the_same_call(client, personas, call):
    with clock.set_to(call.call_deadline - timedelta(hours=47)):
        watch_calls()
        later = made.soon(8)
        actions.extend_call(call, deadline=later, reason="Fête.", by=personas.co_chair_iom)

    links = {address_of(personas.focal_a, kind) for kind in ("call", "reminder", "extension")}
    assert len(links) == 1
    assert client.get(links.pop()).status_code == 200


def test_another_call_needs_another_link(client, personas, call):
    first = address_of(personas.focal_a)
    with clock.set_to(clock.now() + timedelta(hours=1)):
        actions.reopen_consultation(call, reason="À revoir", ends_at=made.soon(), by=personas.co_chair_iom)
        between = client.get(first)
        call.refresh_from_db()
        made.called(call, personas)
    second = address_of(personas.focal_a)

    assert between.status_code == 410
    assert "L’appel est terminé" in between.text
    assert client.get(first).status_code == 410
    assert "un appel antérieur" in client.get(first).text
    assert client.get(second).status_code == 200


def test_link_of_who_speaks_no_more_is_closed(client, personas, call):
    address = address_of(personas.focal_a)
    FocalPoint.objects.filter(person=personas.focal_a).update(ends_on=clock.today() - timedelta(days=1))

    answer = client.get(address)

    assert answer.status_code == 410
    assert "Vous ne parlez pas aujourd’hui pour une entité membre" in answer.text
    assert sent_blindly(client, address).status_code == 410
    assert not Position.objects.filter(decision=call).exists()


def sent_blindly(client, address):
    return client.post(address, {"stance": Stance.SUPPORTS, "text_number": 1, "version": 0, "once": str(uuid4())})


def test_closed_account_answers_no_more(client, personas, call):
    address = address_of(personas.focal_a)
    personas.focal_a.is_active = False
    personas.focal_a.save()

    assert client.get(address).status_code == 410


def test_second_proof_is_not_passed_by_a_link(client, personas, call, settings):
    settings.SECOND_FACTOR_ROLES = ["secretariat"]
    address = address_of(personas.secretariat)

    page = client.get(address)

    assert page.status_code == 200
    assert "Le Réseau adopte le cadrage." in page.text
    assert "S’identifier pour donner la position" in page.text
    assert page.context["position_form"] is None
    answer = sent_blindly(client, address)
    assert answer.status_code == 422
    assert "une seconde preuve" in answer.text
    assert not Position.objects.filter(decision=call).exists()


def test_session_without_the_second_proof_that_is_asked_for_does_not_pass_either(sign_in, personas, call, settings):
    settings.SECOND_FACTOR_ROLES = ["secretariat"]

    assert sent_blindly(sign_in(personas.secretariat), address_of(personas.secretariat)).status_code == 422
    assert not Position.objects.filter(decision=call).exists()


@pytest.mark.parametrize("token", ["x", "1.2.3", "1.2.3:abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ"])
def test_link_that_the_portal_did_not_make_opens_nothing(client, call, token):
    answer = client.get(reverse("decisions:call_answer", args=[token]))

    assert answer.status_code == 410
    assert "Ce lien n’est pas connu ici" in answer.text
    assert "Le Réseau adopte le cadrage." not in answer.text


def test_link_of_one_person_names_no_other(personas, call):
    assert address_of(personas.focal_a) != address_of(personas.focal_b)
    token = address_of(personas.focal_a).split("/")[-2]
    assert call_links.opened_by(token).person == personas.focal_a
    assert call_links.opened_by(token.replace(f".{personas.focal_a.pk}.", f".{personas.focal_b.pk}.")) is None


def test_silence_is_broken_by_the_link(client, personas):
    """The page says what silence means, and what an objection does to it."""
    ruled.adopted(personas, silence_days=3)
    decision = made.in_consultation(personas)
    actions.open_call(decision, deadline=made.soon(12), mode=Mode.SILENCE, close_early=True, by=personas.co_chair_iom)
    address = address_of(personas.focal_a)

    assert "son silence vaut accord" in client.get(address).text
    sent(client, address, stance=Stance.OBJECTS, reason="Aucun chiffre.", alternative="Un plancher.")

    decision.refresh_from_db()
    assert queries.last_words(decision)[personas.unicef.pk].stance == Stance.OBJECTS


def test_who_is_signed_in_as_somebody_else_does_not_speak_for_the_person_of_the_link(sign_in, personas, call):
    client, address = sign_in(personas.focal_b), address_of(personas.focal_a)

    page = client.get(address)

    assert page.context["position_form"] is None
    assert f"Vous êtes identifié comme {personas.focal_b}" in page.text
    assert sent_blindly(client, address).status_code == 422
    assert not Position.objects.filter(decision=call).exists()


def test_who_is_signed_in_is_led_to_the_whole_decision(sign_in, personas, call):
    assert sign_in(personas.focal_a).get(address_of(personas.focal_a)).url == call.get_absolute_url()


def test_browser_forgets_the_text_it_kept_once_it_was_sent(client, personas, call):
    answer = sent(client, address_of(personas.focal_a), stance=Stance.CAN_LIVE_WITH, reason="À chiffrer.", kept="1")

    assert answer.status_code == 302
    assert answer.cookies["kept"].value


def test_objection_by_the_link_says_so_for_ever(client, sign_in, personas, call):
    address = address_of(personas.focal_b)
    sent(client, address, stance=Stance.OBJECTS, reason="Aucun chiffre.", alternative="Un plancher.")
    sent(client, address, stance=Stance.LIFTS_OBJECTION, reason="Un plancher est promis.")

    fates = html.fromstring(sign_in(personas.co_chair_iom).get(call.get_absolute_url()).text).find_class("fate")
    assert fates[0].text_content().count("Donnée par le lien d’un message.") == 2
