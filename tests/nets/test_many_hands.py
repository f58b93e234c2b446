"""Many hands at the same instant: one form makes one thing, and of two editors neither loses a text."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client

from core import clock
from core.models import OutboxMail
from decisions.models import Decision, DecisionText
from meetings import actions as meetings
from meetings import checks
from meetings.models import Meeting
from members.models import User
from tests.factories import decisions as decided
from tests.factories import meetings as met
from tests.nets.portal import BACKEND, post
from tests.personas import create_personas

HANDS, ROUNDS = 20, 10
SOON = (clock.today() + timedelta(days=30)).isoformat()


@pytest.fixture
def hands(transactional_db):
    """``hands([act, …])`` runs the acts at the same instant, each on a connection of its own."""
    with ThreadPoolExecutor(HANDS) as pool:

        def all_at_once(acts):
            barrier = Barrier(len(acts))

            def run(act):
                barrier.wait()
                return act()

            return list(pool.map(run, acts))

        yield all_at_once
        barrier = Barrier(HANDS)

        def leave(_number):
            barrier.wait()
            connections.close_all()

        list(pool.map(leave, range(HANDS)))


def signed_in(user):
    browser = Client()
    browser.force_login(user, backend=BACKEND)
    return browser.cookies["sessionid"].value


def sender(session, address, pairs):
    """One post from a browser of its own with the same session."""

    def send():
        browser = Client()
        browser.cookies["sessionid"] = session
        return post(browser, address, pairs)

    return send


def test_twenty_equal_posts_make_one_object(hands):
    personas = create_personas()
    session = signed_in(personas.secretariat)
    creations = {
        Decision: ("/decisions/proposer/", {"title": "Une seule", "subject_kind": "free", "text": "Le Réseau décide."}),
        Meeting: ("/reunions/nouvelle/", {
            "kind": "plenary", "title": "Une seule", "day": SOON, "start": "10:00", "end": "12:00", "mode": "online",
            "online_link": "https://visio.example.org/x",
        }),
        User: ("/membres/personnes/ajouter/", {
            "given_name": "Une", "family_name": "SEULE", "email": "une.seule@example.org", "language": "fr",
        }),
    }  # fmt: skip

    for model, (address, values) in creations.items():
        before = model.objects.count()
        pairs = [*values.items(), ("once", str(uuid4()))]
        answers = hands([sender(session, address, pairs)] * HANDS)

        assert [answer.status_code for answer in answers] == [302] * HANDS, model
        assert len({answer["Location"] for answer in answers}) == 1
        assert model.objects.count() == before + 1


def test_twenty_convocations_are_one_set_of_mails(hands):
    personas = create_personas()
    meetings.convene_meeting(met.draft(personas), by=personas.secretariat)
    one_set = OutboxMail.objects.count()
    meeting = met.draft(personas)
    before = OutboxMail.objects.count()

    checked = [("once", str(uuid4())), ("seen", checks.agenda(meeting))]
    send = sender(signed_in(personas.secretariat), f"/reunions/{meeting.pk}/convoquer/", checked)
    answers = hands([send] * HANDS)

    assert {answer.status_code for answer in answers} == {302}
    assert OutboxMail.objects.count() - before == one_set > 0


# --- Two editors -----------------------------------------------------------------------------------------------------
def two_editors(hands, sessions, address, pairs_of):
    """Both send a text written from the same version; the statuses, and the page of the one who came second."""
    answers = hands([sender(session, address, pairs_of(number)) for number, session in enumerate(sessions)])
    late = [answer for answer in answers if answer.status_code == 409]
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    return late[0].content.decode()


def test_of_two_writers_of_minutes_none_loses_a_text(hands):
    personas = create_personas()
    sessions = [signed_in(personas.secretariat), signed_in(personas.secretariat)]
    meeting = met.held(personas)
    item = meeting.items.get()

    for number in range(ROUNDS):
        item.refresh_from_db()
        texts = [f"Texte {number} de {who}" for who in ("Awa", "Binta")]
        page = two_editors(
            hands, sessions, f"/reunions/{meeting.pk}/compte-rendu/{item.pk}/",
            lambda who, texts=texts: [("minutes", texts[who]), ("version", str(item.version))],
        )  # fmt: skip
        assert all(text in page for text in texts)


def test_of_two_writers_of_a_decision_none_loses_a_text(hands):
    personas = create_personas()
    sessions = [signed_in(personas.focal_a), signed_in(personas.secretariat)]
    decision = decided.in_consultation(personas)

    for number in range(ROUNDS):
        decision.refresh_from_db()
        texts = [f"Texte {number} de {who}" for who in ("Awa", "Binta")]
        page = two_editors(
            hands, sessions, f"/decisions/{decision.pk}/texte/",
            lambda who, texts=texts: [("title", "T"), ("text", texts[who]), ("version", str(decision.version))],
        )  # fmt: skip
        assert all(text in page for text in texts)
    assert DecisionText.objects.filter(decision=decision).count() == ROUNDS + 1
