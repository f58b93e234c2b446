"""The demo year, and beside it one object in each state that the year has left behind by its last day."""

import re
from datetime import timedelta

from core import clock, jobs
from core.enums import JobState
from core.models import Job, OutboxMail
from frameworks import actions as frameworks
from meetings import actions as meetings
from members import actions as members
from members.models import Entity, User
from reports import actions as reports
from reports import adoption
from reports.actions import KIND
from reports.models import YearlyReport
from tests.factories import decisions as decided
from tests.factories import groups as grouped
from tests.factories import meetings as met
from tests.factories import nominations as called_for
from tests.factories import procedure as ruled
from tests.factories import workplan as planned
from tests.factories import yearly as reported
from tests.factories.imports import a_file, people
from tests.personas import Personas

# attribute of the personas → demo account
ACCOUNTS = {
    "no_entity": "sans.entite",
    "focal_a": "pointfocal.unicef",
    "focal_b": "pointfocal.onufemmes",
    "alternate_a": "suppleant.unicef",
    "group_chair": "presidence.gt1",
    "partner": "partenaire",
    "secretariat": "secretariat",
    "co_chair_iom": "copresidence.oim",
    "co_chair_ohchr": "copresidence.hcdh",
    "rc_office": "bcr",
    "administrator": "admin",
}


def build() -> str:
    """Adds to the year; the token of an open invitation."""
    personas = demo_personas()
    decided.draft(personas)
    decided.in_consultation(personas)
    ruled.draft(personas)
    days = {"starts_on": clock.today(), "ends_on": clock.today() + timedelta(days=9)}
    members.delegate_voice(personas.focal_a, person=personas.alternate_a, **days, by=personas.focal_a)
    named = {"name_fr": "Jour des Nations Unies", "name_en": "United Nations Day"}
    frameworks.correct_calendar(clock.today(), is_free=True, **named, by=personas.secretariat)
    for state in (met.in_session, met.held, met.postponed, met.cancelled):
        state(personas)
    meetings.add_remark(met.circulated(personas).items.get(), text="Ajouter un nom.", by=personas.focal_b)
    meetings.request_meeting(requested_by=personas.unicef, subject="Coordination à Kédougou", by=personas.focal_a)
    planned.draft(personas, year=clock.today().year + 1)
    members.check_import("people", file=a_file("people", *people(60)), by=personas.secretariat)
    failed_job(personas)
    reports.prepare_handover(personas.co_chair_iom.co_chair_terms.earliest("starts_on"), by=personas.secretariat)
    reports.freeze_member_list(by=personas.secretariat)
    grouped.proposed(personas)
    *_earlier, validated, active = grouped.one_in_each_state(personas)
    grouped.paper(active, personas)
    grouped.deliverable(active, personas)
    grouped.met(active, personas)
    grouped.meeting(active, personas)
    grouped.guest(active, personas)
    grouped.partner_with_contact(active, personas)
    grouped.called_for_chairs(active, personas)
    grouped.offered(active, personas)
    grouped.closed_call(validated, personas)
    planned.held_review(personas, clock.today().year - 2)
    decided.recorded(personas, subject_kind="statement")
    called_for.sounded(personas, seat="coordinator")
    report = reported.assembled(personas, clock.today().year - 2)
    # The draft that is looked at: its words hold a fingerprint, which no screen is wide enough for.
    reports.propose_report(report, **adoption.words(report), entity=personas.iom, by=personas.secretariat)
    return invitation(personas)


def demo_personas() -> Personas:
    entities = {slug: Entity.objects.get(slug=slug) for slug in ("iom", "ohchr", "unicef", "unwomen", "unfpa", "rco")}
    people = {
        name: User.objects.get(emailaddress__email=f"{account}@example.org") for name, account in ACCOUNTS.items()
    }
    return Personas(**entities, **people)


def invitation(personas: Personas) -> str:
    person = members.add_person(email="nouvelle@example.org", given_name="Awa", family_name="Diop", by=None)
    members.invite_person(person, by=personas.secretariat)
    mail = bytes(OutboxMail.objects.latest("pk").message).decode().replace("=\r\n", "")
    return re.search(r"/compte/invitation/([\w-]+)/", mail).group(1)


def failed_job(personas: Personas) -> None:
    """The report of last year could not be printed."""
    report = YearlyReport.objects.create(year=clock.today().year - 1)
    Job.objects.create(
        kind=KIND, subject_type="reports.yearlyreport", subject_id=str(report.pk), state=JobState.FAILED,
        error="interrompu", ordered_by=personas.secretariat, ordered_at=clock.now(), finished_at=clock.now(),
        attempts=jobs.MAX_ATTEMPTS,
    )  # fmt: skip
