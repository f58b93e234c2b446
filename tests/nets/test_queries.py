"""A page asks the database the same number of questions with few rows and with many, and never more than twelve."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from decisions import actions as decisions
from decisions.models import Decision
from frameworks.models import GcmObjective, Region
from meetings import actions as meetings
from meetings.models import Meeting
from members.models import User
from tests.factories import decisions as decided
from tests.factories import meetings as met
from tests.factories import workplan as planned
from tests.factories.frameworks import NationalPriorityFactory
from tests.factories.members import EntityFactory, FocalPointFactory, MemberFactory, MembershipFactory, UserFactory
from tests.nets.portal import LOOKERS, ROUTES, gives_a_file
from workplan.models import Outcome, WorkPlan

pytestmark = pytest.mark.django_db
MOST = 12
PAGES = [name for name, row in ROUTES.items() if row.get]
# A page that is filled in asks for the choices of its fields too, but no more with many rows than with few.
FILLED_IN = {name for name, row in ROUTES.items() if row.post} - {"meetings:attendance"}


def questions(portal, name, persona=""):
    """SQL queries of one answer, with session, person and standing; savepoints are not questions."""
    persona = persona or next(one for one in LOOKERS if one in ROUTES[name].get)
    client, address = portal.client(persona), portal.address(name)
    client.get(address)  # what is asked once a process is not asked again
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(address)
    assert response.status_code == 200, (name, response.status_code)
    return [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]


def grow(portal):
    """Two more rows of everything, and two more parts of each thing the table's addresses show."""
    world, people = portal.world, portal.personas
    for more in range(2):
        _grow_members(world, people, clock.today() - timedelta(days=3000 + 100 * more))
        _grow_decisions(world, people)
        _grow_meetings(world, people)
        _grow_plans(world, people)


def _grow_members(world, people, past):
    NationalPriorityFactory()
    UserFactory()
    MembershipFactory(entity=EntityFactory(), invitee=True)
    FocalPointFactory(entity=MemberFactory())
    FocalPointFactory(entity=people.unicef, alternate=True, starts_on=past, ends_on=past + timedelta(days=50))
    FocalPointFactory(entity=EntityFactory(), person=User.objects.get(pk=world.person), starts_on=past, ends_on=past)
    people.unicef.gcm_objectives.add(*GcmObjective.objects.in_order()[:3])
    people.unicef.regions.add(*Region.objects.in_order()[:3])


def _grow_decisions(world, people):
    decided.draft(people)
    consulted = Decision.objects.get(pk=world.consultation)
    decisions.add_comment(consulted, text="Vu", by=people.focal_a)
    decided.amended(consulted, people)
    decided.recorded(people)
    call = decided.in_call(people)
    shown = Decision.objects.get(pk=world.call)
    for entity in people.members:
        for decision in (call, shown):
            decisions.record_position(
                decision, entity=entity, stance="supports", channel="in_session", by=people.secretariat
            )


def _grow_meetings(world, people):
    for state in ("draft", "convened", "held", "circulated"):
        getattr(met, state)(people)
    meetings.request_meeting(requested_by=people.unfpa, subject="Suite", by=people.group_chair)
    convened, held = Meeting.objects.get(pk=world.convened), Meeting.objects.get(pk=world.held)
    met.with_item(convened, people, lead_entity=people.unwomen)
    meetings.reply_to_convocation(convened, answer="no", by=people.focal_b)
    meetings.reply_to_convocation(convened, answer="no", by=people.focal_a)
    met.action_point(people, held)
    item = held.items.order_by("order", "pk").first()
    meetings.attach_decision(item, decision=decided.recorded(people), by=people.secretariat)


def _grow_plans(world, people):
    plan = WorkPlan.objects.get(year=world.plan)
    outcome = Outcome.objects.filter(plan=plan).order_by("number").first()
    planned.activity(people, outcome)
    planned.actions.add_outcome(plan, title_fr="Autre", title_en="Other", by=people.secretariat)
    planned.actions.record_consultation(
        plan, held_on=clock.today() - timedelta(days=1), with_whom="Gouvernement", by=people.secretariat
    )
    last = WorkPlan.objects.order_by("-year").first()
    planned.draft(people, year=last.year + 1)


@pytest.mark.drill  # every page twice, three quarters of a minute
def test_pages_ask_as_much_with_three_rows_as_with_one(portal):
    """One test for all pages: the world grows once."""
    names = [name for name in PAGES if name not in NOT_A_PAGE]
    few = {name: questions(portal, name) for name in names}
    grow(portal)
    many = {name: questions(portal, name) for name in names}

    assert {name: (len(few[name]), len(many[name])) for name in names if len(few[name]) != len(many[name])} == {}
    assert {name: len(many[name]) for name in names if len(many[name]) > MOST and name not in FILLED_IN} == {}


def test_home_of_each_persona_asks_as_much_with_three_rows_as_with_one(portal):
    """What awaits differs by person: here everybody's, not only the first one's who may look."""
    personas = sorted(ROUTES["home"].get - {"visitor"})
    few = {persona: len(questions(portal, "home", persona)) for persona in personas}
    grow(portal)
    many = {persona: len(questions(portal, "home", persona)) for persona in personas}

    assert many == few
    assert max(many.values()) <= MOST


# Files and fragments; their own tests say what they cost.
# Two seats hold two calls, of which neither is sounded: the form of an answer is asked by the tests of its own.
NOT_A_PAGE = {name for name in PAGES if gives_a_file(name)} | {"health", "set_language", "nominations:sounding_answer"}
