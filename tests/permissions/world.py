"""One object of each kind, in a state in which its addresses mean something. Attributes are what the table names."""

from types import SimpleNamespace

from core import clock, jobs
from core.enums import JobState
from core.models import Job
from meetings import actions as meetings
from members import actions as members
from members.models import CoChairTerm, FocalPoint, InstitutionalRole, Invitation, Membership
from tests.factories import decisions as decided
from tests.factories import meetings as met
from tests.factories.frameworks import NationalPriorityFactory
from tests.personas import Personas


def build_world(personas: Personas) -> SimpleNamespace:
    world = SimpleNamespace(personas=personas, token="inconnu")
    _members(world, personas)
    _decisions(world, personas)
    _meetings(world, personas)
    world.job = _job(personas).pk
    world.report_year = clock.today().year
    return world


def _members(world, personas):
    person = members.add_person(email="nouvelle@example.org", given_name="Awa", family_name="Diop", by=None)
    invitation = members.invite_person(person, by=personas.secretariat)
    world.person, world.invitation = person.pk, Invitation.objects.get(pk=invitation.pk).pk
    world.priority = NationalPriorityFactory().slug
    world.entity = personas.unicef.slug
    world.term = CoChairTerm.objects.get(entity=personas.ohchr).pk
    world.membership = Membership.objects.get(entity=personas.unicef).pk
    world.focal_point = FocalPoint.objects.get(person=personas.focal_a).pk
    world.role = InstitutionalRole.objects.get(person=personas.rc_office).pk


def _decisions(world, personas):
    world.proposal = decided.draft(personas).pk
    world.consultation = decided.in_consultation(personas).pk
    world.call = decided.in_call(personas).pk
    world.recorded = decided.recorded(personas).pk


def _meetings(world, personas):
    world.draft_meeting = met.draft(personas).pk
    convened, held, circulated = met.convened(personas), met.held(personas), met.circulated(personas)
    world.convened, world.convened_item = convened.pk, convened.items.get().pk
    world.held, world.held_item = held.pk, held.items.get().pk
    world.circulated, world.circulated_item = circulated.pk, circulated.items.get().pk
    world.action_point = met.action_point(personas, held).pk
    asked = meetings.request_meeting(requested_by=personas.unicef, subject="Coordination", by=personas.focal_a)
    world.meeting_request = asked.pk


def _job(personas) -> Job:
    """A job that failed, ordered by the secretariat."""
    return Job.objects.create(
        kind="tests.nothing", subject_type="members.entity", subject_id="1", state=JobState.FAILED, error="interrompu",
        ordered_by=personas.secretariat, ordered_at=clock.now(), finished_at=clock.now(), attempts=jobs.MAX_ATTEMPTS,
    )  # fmt: skip
