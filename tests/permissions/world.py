"""One object of each kind, in a state in which its addresses mean something. Attributes are what the table names."""

import re
from datetime import date, timedelta
from types import SimpleNamespace

from core import clock, outbox
from core.models import OutboxMail
from core.uploads import small_picture
from decisions import call_links
from decisions.models import Decision
from frameworks import actions as frameworks
from meetings import actions as meetings
from members import actions as members
from members.models import CoChairTerm, FocalPoint, InstitutionalRole, Membership
from reports import actions as reports
from reports.models import DecisionExtract
from reports.press import Printed
from tests.factories import decisions as decided
from tests.factories import groups as grouped
from tests.factories import meetings as met
from tests.factories import nominations as called_for
from tests.factories import procedure as ruled
from tests.factories import workplan as planned
from tests.factories import yearly as reported
from tests.factories.frameworks import NationalPriorityFactory
from tests.factories.guests import invited
from tests.factories.imports import a_file, people
from tests.factories.members import EntityFactory
from tests.factories.partners import EngagementFactory, PartnerContactFactory
from tests.factories.pictures import a_picture
from tests.personas import Personas
from workplan import actions as workplan


def build_world(personas: Personas) -> SimpleNamespace:
    world = SimpleNamespace(personas=personas)
    _frameworks(world, personas)
    _members(world, personas)
    _partners(world, personas)
    _decisions(world, personas)
    _groups(world, personas)
    _meetings(world, personas)
    _plans(world, personas)
    _report(world, personas)
    _sheets(world, personas)
    return world


def _frameworks(world, personas):
    world.priority = NationalPriorityFactory().slug
    world.feast, world.free_day = date(2026, 5, 1), date(2026, 5, 4)
    world.calendar_year = 2026
    named = {"name_fr": "Jour des Nations Unies", "name_en": "United Nations Day"}
    frameworks.correct_calendar(world.free_day, is_free=True, **named, by=personas.secretariat)


def _members(world, personas):
    person = members.add_person(email="nouvelle@example.org", given_name="Awa", family_name="Diop", by=None)
    invitation = members.invite_person(person, by=personas.secretariat)
    world.person, world.invitation = person.pk, invitation.pk
    mail = bytes(OutboxMail.objects.get(to="nouvelle@example.org").message).decode()
    world.token = re.findall(r"/compte/invitation/([^/\s]+)/", mail)[0]
    world.entity, world.outsider = personas.unicef.slug, EntityFactory().slug
    members.set_logo(personas.unicef, logo=small_picture(a_picture(), 480), by=personas.secretariat)
    world.leaver = personas.focal_a.pk
    colleague = members.add_person(email="collegue@example.org", given_name="Zeynab", family_name="Zongo", by=None)
    days = {"starts_on": clock.today(), "ends_on": clock.today() + timedelta(days=9)}
    world.delegation = members.delegate_voice(personas.focal_a, person=colleague, **days, by=personas.focal_a).pk
    # What a page is asked first, so that it shows its second form.
    chosen = f"?successor={personas.alternate_a.pk}&last_day={clock.today():%Y-%m-%d}"
    world.answers = {"members:succession": [chosen]}
    world.term = CoChairTerm.objects.get(entity=personas.ohchr).pk
    world.membership = Membership.objects.get(entity=personas.unicef).pk
    world.focal_point = FocalPoint.objects.get(person=personas.focal_a).pk
    world.role = InstitutionalRole.objects.get(person=personas.rc_office).pk


def _partners(world, personas):
    world.kind = "people"
    file = a_file("people", *people(2))
    world.checked = members.check_import("people", file=file, by=personas.secretariat).pk
    contact = PartnerContactFactory(starts_on=clock.today() + timedelta(days=3))
    world.partner, world.contact = contact.partner_id, contact.pk
    facts = {"partner": contact.partner, "entity": personas.unicef, "next_step": "Écrire au préfet"}
    world.engagement = EngagementFactory(**facts).pk


def _decisions(world, personas):
    world.proposal = decided.draft(personas).pk
    consulted = decided.in_consultation(personas)
    world.consultation, world.paragraph, world.other_language = consulted.pk, 1, "en"
    world.comment = decided.amended(consulted, personas).pk
    world.call = decided.in_call(personas).pk
    world.word = decided.heard_by_mail(Decision(pk=world.call), personas.unicef, personas.secretariat).pk
    objected = decided.objected(personas)
    world.objecting, world.objection = objected.pk, objected.positions.get().pk
    world.referred = decided.referred(personas).pk
    call = Decision.objects.get(pk=world.call)
    world.call_token = call_links.url_of(call, personas.focal_a).split("/")[-2]
    world.session_call = decided.heard_in_session(personas).pk
    world.recorded = decided.recorded(personas).pk
    world.statement = decided.recorded(personas, subject_kind="statement").pk
    call = called_for.opened(personas)
    world.nomination, world.candidacy = call.pk, called_for.offered(personas, call).pk
    world.closed_nomination = called_for.closed(personas, seat="coordinator").pk
    world.rules = ruled.in_force().pk
    world.rules_draft, world.measure = ruled.draft(personas).pk, "days_since_last_plenary"


def _groups(world, personas):
    world.new_group = grouped.proposed(personas).slug
    endorsed, submitted, validated, active = grouped.one_in_each_state(personas)
    world.endorsed_group, world.submitted_group, world.validated_group = endorsed.slug, submitted.slug, validated.slug
    world.group, world.group_seat = active.slug, active.members.get().pk
    world.group_paper = grouped.paper(active, personas).pk
    world.group_deliverable = grouped.deliverable(active, personas).pk
    world.group_met = grouped.met(active, personas).pk
    convened = grouped.active(personas)  # which neither sleeps nor closes before its meeting
    world.convened_group, world.group_meeting = convened.slug, grouped.meeting(convened, personas).pk
    guest = grouped.guest(active, personas)
    grouped.partner_with_contact(active, personas)  # who may still be invited
    world.group_pass, world.group_token = guest.pk, guest.token
    # In one group everybody is asked, in another the call is closed, and a third sleeps without one.
    world.group_chair = active.chairs.get().pk
    grouped.called_for_chairs(active, personas)
    world.chair_offer = grouped.offered(active, personas).pk
    grouped.closed_call(validated, personas)
    world.dormant_group = grouped.dormant(personas).slug


def _meetings(world, personas):
    world.draft_meeting = met.draft(personas).pk
    convened, held, circulated = met.convened(personas), met.held(personas), met.circulated(personas)
    world.convened, world.convened_item = convened.pk, convened.items.get().pk
    guest_pass = invited(personas, convened)
    world.feed_token = meetings.open_feed(by=personas.focal_a).token
    world.guest_pass, world.guest_token = guest_pass.pk, guest_pass.token
    PartnerContactFactory()  # whom one may still invite
    met.with_item(convened, personas, "Divers")  # the last item of a convened meeting is not removed
    world.mail = outbox.deliveries(convened)[0].pk
    item = held.items.get()
    meetings.edit_minutes(item, minutes="Pris note.", version=item.version, by=personas.secretariat)
    world.held, world.held_item = held.pk, item.pk
    world.circulated, world.circulated_item = circulated.pk, circulated.items.get().pk
    remark = meetings.add_remark(circulated.items.get(), text="Préciser la date.", by=personas.focal_b)
    world.remark = remark.pk
    # Answered, so that the minutes may be approved; the answer may still be changed.
    meetings.answer_remark(
        remark, answer="not_kept", reason="Déjà dit.", version=remark.version, by=personas.secretariat
    )
    recorded = Decision.objects.get(pk=world.recorded)
    meetings.attach_decision(held.items.get(), decision=recorded, by=personas.secretariat)
    world.action_point = met.action_point(personas, held).pk
    world.review = planned.held_review(personas, clock.today().year - 1).pk
    asked = meetings.request_meeting(requested_by=personas.unicef, subject="Coordination", by=personas.focal_a)
    world.meeting_request = asked.pk


def _plans(world, personas):
    year = clock.today().year
    planned.draft(personas, year=year)
    sent = planned.transmitted(personas, year=year + 1)
    workplan.attach_transmitted_file(sent, content=b"%PDF-1.7 essai", by=None)
    decided.recorded(personas, subject_kind="work_plan")  # on which a revision of the plan may rest
    world.plan, world.sent_plan, world.outcome, world.activity = year, year + 1, 1, "1.1"


def _report(world, personas):
    world.report_year = reported.assembled(personas).year


def _sheets(world, personas):
    pack = reports.prepare_handover(CoChairTerm.objects.get(pk=world.term), by=personas.secretariat)
    with clock.set_to(clock.now() - timedelta(minutes=2)):
        shared = reports.freeze_member_list(by=personas.secretariat)
    listed = reports.freeze_member_list(by=personas.secretariat)
    extract = DecisionExtract.objects.get(decision=world.recorded)
    for frozen in (pack, shared, listed, extract):
        reports.attach_sheet_file(frozen, printed=Printed(b"%PDF-1.7", 1), by=None)
    reports.share_member_list(shared, by=personas.secretariat)
    world.handover, world.member_list, world.list_to_share = pack.pk, shared.pk, listed.pk
