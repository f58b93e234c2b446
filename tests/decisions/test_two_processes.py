"""Many hands over HTTP, on two web processes: one consensus, never with an objection standing (clause M-61)."""

import http.client
import os
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from bench import servers
from core.models import JournalEvent
from decisions import emails, queries
from decisions.enums import DecisionState, Stance
from decisions.models import Decision, Position
from tests.factories import decisions as made
from tests.personas import create_personas

pytestmark = pytest.mark.drill
ROUNDS, CLOSERS, TIMES = 100, 20, 50
SECRET = "s" * 32  # of the cookie and of each form, as a browser would send them


class Desk:
    """One browser: its session, and a connection to whichever process takes it."""

    def __init__(self, port, person):
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.port = port
        self.cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={SECRET}"

    def post(self, address, **fields):
        """Status, where it leads, and the process that answered."""
        headers = {"Cookie": self.cookies, "Content-Type": "application/x-www-form-urlencoded", "Host": "localhost"}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as line:
            line.request("POST", address, urlencode({"csrfmiddlewaretoken": SECRET, **fields}), headers)
            answer = line.getresponse()
            answer.read()
        return answer.status, answer.headers.get("Location"), answer.headers["X-Process"]


@pytest.fixture
def personas(transactional_db, monkeypatch):
    for told in ("announce_consultation", "announce_call"):
        monkeypatch.setattr(emails, told, lambda *_told: None)
    return create_personas()


@pytest.fixture
def desk(personas, tmp_path):
    """``desk(person)`` on two processes that serve the database of this test."""
    database = servers.renamed(servers.services.urls().database, connection.settings_dict["NAME"])
    moved = (timezone.now() - datetime.now(UTC)).total_seconds()
    env = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "tests.web.settings", "DATABASE_URL": database,
        "REDIS_URL": servers.services.urls().redis, "RESEAU_VAR": str(tmp_path), "MOVED_BY": str(moved),
    }  # fmt: skip
    with servers.serving("tests.web.wsgi", env) as port:
        visitor = Desk(port, personas.no_entity)
        end = time.monotonic() + servers.START_SECONDS
        with ThreadPoolExecutor(CLOSERS) as pool:  # the first is up; the other one may still be starting
            while len(both(pool.map(lambda _n: visitor.post("/nowhere"), range(CLOSERS)))) < 2:
                assert time.monotonic() < end, "the second process does not answer"
        yield lambda person: Desk(port, person)


@pytest.fixture
def at_once():
    """``at_once([act, act, …])``: what each got."""
    with ThreadPoolExecutor(TIMES) as pool:
        yield lambda acts: [done.result() for done in [pool.submit(act) for act in acts]]


def both(answers):
    """The processes that answered."""
    return {process for _status, _location, process in answers}


def test_twenty_closers_on_two_processes_give_one_decision_each_time(personas, desk, at_once):
    desks = [desk(personas.co_chair_iom), desk(personas.co_chair_ohchr)]
    processes = set()

    for number in range(1, ROUNDS + 1):
        decision = made.heard_in_session(personas)
        address = f"{decision.get_absolute_url()}constater-le-consensus/"
        answers = at_once([lambda at=desks[n % 2], to=address: at.post(to) for n in range(CLOSERS)])
        processes |= both(answers)

        decision.refresh_from_db()
        noted = JournalEvent.objects.filter(verb="decisions.note_consensus", object_id=str(decision.pk))
        assert {status for status, *_rest in answers} == {302}
        assert (decision.state, decision.number, noted.count()) == (DecisionState.RECORDED, number, 1)
    assert len(processes) == 2


def test_closing_against_an_objection_never_adopts_with_the_objection_standing(personas, desk, at_once):
    objecting, closing = desk(personas.focal_b), desk(personas.co_chair_iom)
    ends = set()

    for _round in range(ROUNDS):
        decision = made.heard_in_session(personas)
        page = decision.get_absolute_url()
        said = {
            "stance": Stance.OBJECTS, "reason": "Pas chiffré", "alternative": "Un chiffre", "text_number": 1,
            "version": 0, "once": str(uuid4()),
        }  # fmt: skip
        acts = [
            lambda to=page, said=said: objecting.post(f"{to}se-prononcer/", **said),
            *[lambda to=page: closing.post(f"{to}constater-le-consensus/")] * 3,
        ]
        answers = at_once(acts if _round % 2 else acts[::-1])

        decision.refresh_from_db()
        objects = queries.objects_now(decision, personas.unwomen)
        assert {status for status, *_rest in answers} <= {302, 403, 409, 422}
        assert objects != (decision.state == DecisionState.RECORDED)
        ends.add(objects)
    assert ends == {True, False}  # each came first in some rounds


def test_fifty_identical_posts_make_one_thing(personas, desk, at_once):
    decision, focal = made.in_call(personas), desk(personas.focal_a)
    proposed = {
        "title": "Plan commun", "subject_kind": "coordination", "text": "Le Réseau adopte.", "once": str(uuid4())
    }  # fmt: skip
    said = {"stance": Stance.SUPPORTS, "text_number": 1, "version": 0, "once": str(uuid4())}
    before = Decision.objects.count()

    made_once = at_once([lambda: focal.post("/decisions/proposer/", **proposed)] * TIMES)
    spoken_once = at_once([lambda: focal.post(f"{decision.get_absolute_url()}se-prononcer/", **said)] * TIMES)

    assert len({(status, location) for status, location, _process in made_once}) == 1
    assert {status for status, *_rest in [*made_once, *spoken_once]} == {302}
    assert len(both(made_once)) == 2
    assert Decision.objects.count() == before + 1
    assert Position.objects.filter(decision=decision, entity=personas.unicef).count() == 1
