"""Every action of the portal, ready to be carried out: what it needs is built, and its call alone is left to do."""

import inspect
from datetime import date, time, timedelta

from core import clock
from core.enums import JobState
from core.models import Job
from decisions import actions as decisions
from decisions.enums import Mode
from frameworks import actions as frameworks
from meetings import actions as meetings
from members import actions as members
from members.models import FocalPoint
from reports import actions as reports
from reports.press import Printed
from tests.factories import decisions as decided
from tests.factories import meetings as met
from tests.factories import workplan as planned
from tests.factories.frameworks import NationalPriorityFactory
from tests.factories.members import UserFactory
from tests.nets import (
    acts_effects,
    acts_groups,
    acts_guests,
    acts_imports,
    acts_memberships,
    acts_nominations,
    acts_objections,
    acts_on_behalf,
    acts_partners,
    acts_procedure,
    acts_subjects,
)
from workplan import actions as workplan
from workplan.custody import FILE_JOB
from workplan.enums import ActivityStatus
from workplan.models import Activity

OTHERS = (
    acts_effects, acts_groups, acts_guests, acts_imports, acts_memberships, acts_nominations, acts_objections,
    acts_on_behalf, acts_partners, acts_procedure, acts_subjects,
)  # fmt: skip


def soon(**more):
    return decided.soon() + timedelta(**more)


def today():
    return clock.today()


def person():
    return members.add_person(email="neuve@example.org", given_name="Awa", family_name="Diop", by=None)


def _revoke(p):
    invitation = members.invite_person(person(), by=p.secretariat)
    return lambda: members.revoke_invitation(invitation, by=p.secretariat)


def _reactivate(p):
    gone = members.deactivate_person(UserFactory(with_account=True), by=p.secretariat)
    return lambda: members.reactivate_person(gone, by=p.secretariat)


def _edit(action, thing, **values):
    return lambda: action(thing, **values, version=thing.version)


def _call(p):
    return decided.in_call(p, mode=Mode.IN_SESSION)


def _at(meeting, action, *, hours=0, days=0):
    def run():
        with met.moved_to(meeting, hours=hours, days=days):
            action()

    return run


def _item(meeting):
    return meeting.items.order_by("order", "pk").first()


def _attached(p):
    item, decision = _item(met.held(p)), decided.recorded(p)
    meetings.attach_decision(item, decision=decision, by=p.secretariat)
    return lambda: meetings.detach_decision(item, decision=decision, by=p.secretariat)


def _circulate(p):
    meeting = met.held(p)
    item = _item(meeting)
    meetings.edit_minutes(item, minutes="Pris note.", version=item.version, by=p.secretariat)
    return _at(meeting, lambda: meetings.circulate_minutes(meeting, by=p.secretariat), days=5)


def _circulated(p, action):
    meeting = met.circulated(p)
    return _at(meeting, lambda: action(meeting), days=6)


def _remark(p):
    return meetings.add_remark(_item(met.circulated(p)), text="Préciser", by=p.focal_a)


def _approve(p):
    meeting = met.circulated(p)
    done = lambda: meetings.approve_minutes(meeting, approved_in=None, by=p.co_chair_iom)  # noqa: E731
    return _at(meeting, done, days=20)


def _close(p):
    meeting = met.approved(p)
    return _at(meeting, lambda: meetings.close_meeting(meeting, by=p.secretariat), days=30)


def _session(p, made, action, **after):
    meeting = made(p)
    return _at(meeting, lambda: action(meeting, by=p.secretariat), **after)


def _move_item(p):
    meeting = met.draft(p)
    last = met.with_item(meeting, p, title="Divers")
    return lambda: meetings.move_agenda_item(last, order=1, by=p.secretariat)


def _edit_meeting(p):
    meeting = met.draft(p)
    facts = {name: value for name, value in met.facts(title="Autre titre").items() if name != "kind"}
    return lambda: meetings.edit_meeting(meeting, **facts, version=meeting.version, by=p.secretariat)


def _answer_request(p):
    asked = meetings.request_meeting(requested_by=p.unicef, subject="Coordination", by=p.focal_a)
    return lambda: meetings.answer_meeting_request(asked, answer="declined", reason="Traité.", by=p.co_chair_iom)


def _point(p, action, **values):
    point = met.action_point(p)
    return lambda: action(point, **values, by=p.secretariat)


def _activity(plan):
    return Activity.objects.get(plan=plan)


def _plan(p, made, action, who="secretariat", **values):
    plan = made(p)
    return lambda: action(plan, **values, by=getattr(p, who))


def _table(p):
    plan, review = planned.in_consultation(p), planned.review(p)
    return lambda: workplan.table_at_review(plan, meeting=review, by=p.secretariat)


def _adopted(p):
    plan = planned.tabled(p)
    decision = planned.proposal(p, plan)
    return lambda: decisions.note_consensus(decision, by=p.co_chair_iom)


def _revision(p):
    plan = planned.validated(p)
    decision = decided.recorded(p, subject_kind="work_plan")
    return lambda: workplan.record_revision(plan, decision=decision, note="Avenant", by=p.secretariat)


def _outcome(p, action, **values):
    outcome = planned.draft(p, activities=0).outcomes.get()
    return lambda: action(outcome, **values, **_version(action, outcome), by=p.secretariat)


def _version(action, thing):
    return {"version": thing.version} if "version" in inspect.signature(action).parameters else {}


def _report(p):
    activity = _activity(planned.in_execution(p))
    values = {"quarter": 1, "status": ActivityStatus.IN_PROGRESS, "progress_percent": 10, "version": activity.version}
    return lambda: workplan.report_progress(activity, **values, by=p.focal_a)


def _edit_activity(p):
    activity = _activity(planned.draft(p))
    return lambda: workplan.edit_activity(
        activity, title="Autre", lead=p.unicef, is_national=True, in_q1=True, lines=[], indicators=[],
        version=activity.version, by=p.secretariat,
    )  # fmt: skip


def _retry_report(p):
    report = reports.order_report(today().year, by=p.secretariat)
    Job.objects.filter(kind=reports.KIND).update(state=JobState.FAILED, error="x", finished_at=clock.now())
    return lambda: reports.retry_report(report, by=p.secretariat)


def _retry_sheet(p):
    one = reports.freeze_member_list(by=p.secretariat)
    Job.objects.filter(kind=reports.SHEET_JOB).update(state=JobState.FAILED, error="x", finished_at=clock.now())
    return lambda: reports.retry_sheet(one, by=p.secretariat)


def _retry_file(p):
    plan = planned.transmitted(p)
    Job.objects.filter(kind=FILE_JOB).update(state=JobState.FAILED, error="x", finished_at=clock.now())
    return lambda: workplan.retry_transmitted_file(plan, by=p.secretariat)


def _priority(p):
    row = NationalPriorityFactory()
    values = {"kind": row.kind, "title_fr": "Autre", "title_en": "Other", "parent": None}
    values |= {"gcm_objectives": [], "note": "", "source": ""}
    return lambda: frameworks.edit_national_priority(row, **values, version=row.version, by=p.secretariat)


# Each entry builds what the action needs and returns the call of that action alone.
ACTS = {
    **{verb: make for module in OTHERS for verb, make in module.ACTS.items()},
    "members.add_person": lambda p: person,
    "members.edit_person": lambda p: _edit(members.edit_person, p.focal_a, title="Cheffe", by=p.secretariat),
    "members.deactivate_person": lambda p: lambda: members.deactivate_person(p.focal_b, by=p.secretariat),
    "members.reactivate_person": _reactivate,
    "members.anonymise_person": lambda p: (
        lambda one: lambda: members.anonymise_person(one, by=p.secretariat)
    )(person()),
    "members.invite_person": lambda p: (lambda one: lambda: members.invite_person(one, by=p.secretariat))(person()),
    "members.revoke_invitation": _revoke,
    "members.add_entity": lambda p: lambda: members.add_entity(
        slug="pam", acronym_fr="PAM", acronym_en="WFP", name_fr="Alimentation", name_en="Food", by=p.secretariat
    ),
    "members.edit_entity": lambda p: _edit(members.edit_entity, p.unicef, name_fr="Autre", by=p.secretariat),
    "members.confirm_details": lambda p: lambda: members.confirm_details(p.unicef, by=p.focal_a),
    "members.record_membership": lambda p: (
        lambda entity: lambda: members.record_membership(entity, starts_on=today(), by=p.secretariat)
    )(members.add_entity(slug="pam", acronym_fr="PAM", acronym_en="WFP", name_fr="P", name_en="F", by=None)),
    "members.name_focal_point": lambda p: lambda: members.name_focal_point(
        p.ohchr, person=p.no_entity, rank="principal", starts_on=today(), by=p.secretariat
    ),
    "members.record_co_chair_term": lambda p: lambda: members.record_co_chair_term(
        p.unicef, person=p.focal_a, seat="rotating", starts_on=today() - timedelta(days=900),
        ends_on=today() - timedelta(days=800), by=p.secretariat,
    ),
    "members.grant_role": lambda p: lambda: members.grant_role(
        p.no_entity, role="secretariat", starts_on=today(), by=p.secretariat
    ),
    "members.delegate_voice": lambda p: lambda: members.delegate_voice(
        p.focal_a, person=p.no_entity, starts_on=today(), ends_on=today(), by=p.focal_a
    ),
    "members.hand_over": lambda p: lambda: members.hand_over(
        p.focal_a, successor=p.alternate_a, last_day=today(), by=p.secretariat
    ),
    "members.end_tie": lambda p: lambda: members.end_tie(
        FocalPoint.objects.get(person=p.focal_a), ends_on=today(), by=p.secretariat
    ),
    "members.remove_tie": lambda p: (lambda tie: lambda: members.remove_tie(tie, by=p.secretariat))(
        members.grant_role(p.focal_a, role="rc_office", starts_on=today(), by=p.secretariat)
    ),
    "frameworks.add_national_priority": lambda p: lambda: frameworks.add_national_priority(
        code="SND-1", kind="framework", title_fr="Cadre", title_en="Framework", by=p.secretariat
    ),
    "frameworks.edit_national_priority": _priority,
    "frameworks.correct_calendar": lambda p: lambda: frameworks.correct_calendar(
        date(2026, 5, 1), is_free=False, by=p.secretariat
    ),
    "frameworks.remove_correction": lambda p: (lambda row: lambda: frameworks.remove_correction(row, by=p.secretariat))(
        frameworks.correct_calendar(date(2026, 5, 1), is_free=False, by=p.secretariat)
    ),
    "decisions.propose_decision": lambda p: lambda: decided.draft(p),
    "decisions.revise_text": lambda p: (lambda d: lambda: decisions.revise_text(
        d, title="T", text="Autre", version=d.version, by=p.focal_a))(decided.draft(p)),
    "decisions.open_consultation": lambda p: (
        lambda d: lambda: decisions.open_consultation(d, ends_at=soon(), by=p.secretariat))(decided.draft(p)),
    "decisions.extend_consultation": lambda p: (lambda d: lambda: decisions.extend_consultation(
        d, ends_at=decided.soon(9), reason="Congés", by=p.secretariat))(decided.in_consultation(p)),
    "decisions.add_comment": lambda p: (
        lambda d: lambda: decisions.add_comment(d, text="Bien", by=p.focal_a))(decided.in_consultation(p)),
    "decisions.answer_comment": lambda p: (lambda said: lambda: decisions.answer_comment(
        said, reply="accepted", version=1, by=p.focal_a))(decided.amended(decided.in_consultation(p), p)),
    "decisions.open_call": lambda p: (lambda d: lambda: decisions.open_call(
        d, deadline=soon(), mode=Mode.WRITTEN, close_early=True, by=p.co_chair_iom))(decided.in_consultation(p)),
    "decisions.extend_call": lambda p: (lambda d: lambda: decisions.extend_call(
        d, deadline=decided.soon(9), reason="Congés", by=p.co_chair_iom))(decided.in_call(p)),
    "decisions.reopen_consultation": lambda p: (lambda d: lambda: decisions.reopen_consultation(
        d, reason="Objection", ends_at=soon(), by=p.co_chair_iom))(_call(p)),
    "decisions.state_position": lambda p: (
        lambda d: lambda: decisions.state_position(d, stance="supports", by=p.focal_a))(_call(p)),
    "decisions.note_consensus": lambda p: (
        lambda d: lambda: decisions.note_consensus(d, by=p.co_chair_iom))(decided.heard_in_session(p)),
    "decisions.withdraw_decision": lambda p: (
        lambda d: lambda: decisions.withdraw_decision(d, reason="Caduc", by=p.focal_a))(_call(p)),
    "decisions.follow_up": lambda p: (
        lambda d: lambda: decisions.follow_up(
            d, state="in_progress", note="", version=d.version, by=p.secretariat))(decided.recorded(p)),
    "meetings.create_meeting": lambda p: lambda: met.empty_draft(p),
    "meetings.plan_year": lambda p: lambda: meetings.plan_year(
        year=2027, days={1: date(2027, 2, 9)}, start=time(10), end=time(12), mode="online", by=p.secretariat),
    "meetings.edit_meeting": _edit_meeting,
    "meetings.convene_meeting": lambda p: _plan(p, met.draft, meetings.convene_meeting),
    "meetings.postpone_meeting": lambda p: _plan(p, met.convened, meetings.postpone_meeting, reason="Visite."),
    "meetings.cancel_meeting": lambda p: _plan(p, met.convened, meetings.cancel_meeting, reason="Visite."),
    "meetings.open_session": lambda p: _session(p, met.convened, meetings.open_session),
    "meetings.close_session": lambda p: _session(p, met.in_session, meetings.close_session, hours=2),
    "meetings.close_meeting": _close,
    "meetings.add_agenda_item": lambda p: (lambda m: lambda: met.with_item(m, p))(met.draft(p)),
    "meetings.edit_agenda_item": lambda p: (lambda i: _edit(
        meetings.edit_agenda_item, i, title="Autre", kind=i.kind, lead_entity=None, duration_min=10,
        by=p.secretariat))(_item(met.draft(p))),
    "meetings.move_agenda_item": _move_item,
    "meetings.remove_agenda_item": lambda p: (
        lambda i: lambda: meetings.remove_agenda_item(i, by=p.secretariat))(_item(met.draft(p))),
    "meetings.publish_agenda": lambda p: _plan(p, met.convened, meetings.publish_agenda),
    "meetings.edit_minutes": lambda p: (lambda i: _edit(
        meetings.edit_minutes, i, minutes="Vu.", by=p.secretariat))(_item(met.held(p))),
    "meetings.attach_decision": lambda p: (lambda i, d: lambda: meetings.attach_decision(
        i, decision=d, by=p.secretariat))(_item(met.held(p)), decided.recorded(p)),
    "meetings.detach_decision": _attached,
    "meetings.circulate_minutes": _circulate,
    "meetings.add_remark": lambda p: _circulated(
        p, lambda m: meetings.add_remark(_item(m), text="Préciser", by=p.focal_a)),
    "meetings.answer_remark": lambda p: (lambda remark: lambda: meetings.answer_remark(
        remark, answer="not_kept", reason="Déjà dit.", version=1, by=p.secretariat))(_remark(p)),
    "meetings.accept_minutes": lambda p: _circulated(p, lambda m: meetings.accept_minutes(m, by=p.focal_a)),
    "meetings.approve_minutes": _approve,
    "meetings.record_attendance": lambda p: (lambda m: lambda: meetings.record_attendance(
        m, sheet={p.unicef: meetings.Presence("apologies")}, by=p.secretariat))(met.held(p)),
    "meetings.reply_to_convocation": lambda p: _plan(
        p, met.convened, meetings.reply_to_convocation, "focal_a", answer="no"),
    "meetings.request_meeting": lambda p: lambda: meetings.request_meeting(
        requested_by=p.unicef, subject="Coordination", by=p.focal_a),
    "meetings.answer_meeting_request": _answer_request,
    "meetings.withdraw_meeting_request": lambda p: (lambda asked: lambda: meetings.withdraw_meeting_request(
        asked, by=p.focal_a))(meetings.request_meeting(requested_by=p.unicef, subject="Est", by=p.focal_a)),
    "meetings.add_action_point": lambda p: (lambda m: lambda: met.action_point(p, m))(met.held(p)),
    "meetings.edit_action_point": lambda p: (lambda point: lambda: meetings.edit_action_point(
        point, text="Autre", responsible=p.unicef, person=None, due_on=point.due_on, version=1, by=p.secretariat,
    ))(met.action_point(p)),
    "meetings.remove_action_point": lambda p: _point(p, meetings.remove_action_point),
    "meetings.hand_over_action_point": lambda p: _point(p, meetings.hand_over_action_point, successor=p.alternate_a),
    "meetings.hand_over_minutes": lambda p: (lambda one: lambda: meetings.hand_over_minutes(
        one, successor=p.alternate_a, by=p.secretariat))(met.held(p)),
    "meetings.start_action_point": lambda p: _point(p, meetings.start_action_point),
    "meetings.close_action_point": lambda p: _point(p, meetings.close_action_point, note="Fait."),
    "workplan.create_plan": lambda p: lambda: workplan.create_plan(
        year=2030, title="PTA", xof_per_usd=600, by=p.secretariat),
    "workplan.edit_plan": lambda p: (lambda plan: _edit(
        workplan.edit_plan, plan, title="Autre", xof_per_usd=610, by=p.secretariat))(planned.draft(p)),
    "workplan.record_consultation": lambda p: _plan(
        p, planned.draft, workplan.record_consultation, held_on=today(), with_whom="Gouvernement"),
    "workplan.record_revision": _revision,
    "workplan.add_outcome": lambda p: _plan(p, planned.draft, workplan.add_outcome, title_fr="R", title_en="O"),
    "workplan.edit_outcome": lambda p: _outcome(
        p, workplan.edit_outcome, title_fr="R", title_en="O", agenda2063=[], national_priorities=[]),
    "workplan.remove_outcome": lambda p: _outcome(p, workplan.remove_outcome),
    "workplan.add_activity": lambda p: (lambda o: lambda: planned.activity(p, o))(planned.draft(p).outcomes.get()),
    "workplan.edit_activity": _edit_activity,
    "workplan.remove_activity": lambda p: (lambda a: lambda: workplan.remove_activity(
        a, by=p.secretariat))(_activity(planned.draft(p))),
    "workplan.add_funder": lambda p: lambda: workplan.add_funder(name="Fonds", kind="pooled", by=p.secretariat),
    "workplan.open_consultation": lambda p: _plan(p, planned.draft, workplan.open_consultation),
    "workplan.rework_plan": lambda p: _plan(p, planned.in_consultation, workplan.rework_plan, reason="Chiffres"),
    "workplan.table_at_review": _table,
    "workplan.submit_for_validation": lambda p: _plan(p, planned.tabled, workplan.submit_for_validation),
    "workplan.validation_adopted": _adopted,
    "workplan.sign_plan": lambda p: _plan(p, planned.adopted, workplan.sign_plan, "co_chair_iom"),
    "workplan.transmit_plan": lambda p: _plan(p, planned.validated, workplan.transmit_plan),
    "workplan.attach_transmitted_file": lambda p: _plan(
        p, planned.transmitted, workplan.attach_transmitted_file, content=b"%PDF-1.7"),
    "workplan.retry_transmitted_file": _retry_file,
    "workplan.acknowledge_plan": lambda p: _plan(p, planned.received, workplan.acknowledge_plan, "rc_office"),
    "workplan.start_execution": lambda p: _plan(p, planned.acknowledged, workplan.start_execution),
    "workplan.review_plan": lambda p: _plan(
        p, planned.in_execution, workplan.review_plan, meeting=planned.held_review(p)
    ),
    "workplan.archive_plan": lambda p: _plan(p, planned.reviewed, workplan.archive_plan),
    "workplan.report_progress": lambda p: _report(p),
    "workplan.add_funding": lambda p: (lambda a: lambda: workplan.add_funding(
        a, funder=planned.funder("Autre fonds"), mobilised=5, by=p.focal_a,
    ))(_activity(planned.in_execution(p))),
    "workplan.record_rights_check": lambda p: (lambda a: lambda: workplan.record_rights_check(
        a, on=today(), entity=p.ohchr, version=a.version, by=p.secretariat))(_activity(planned.in_execution(p))),
    "reports.order_report": lambda p: lambda: reports.order_report(today().year, by=p.secretariat),
    "reports.retry_report": _retry_report,
    "reports.prepare_handover": lambda p: (lambda term: lambda: reports.prepare_handover(term, by=p.secretariat))(
        p.iom.co_chair_terms.get()),
    "reports.freeze_member_list": lambda p: lambda: reports.freeze_member_list(by=p.secretariat),
    "reports.share_member_list": lambda p: (lambda one: lambda: reports.share_member_list(one, by=p.secretariat))(
        reports.freeze_member_list(by=p.secretariat)),
    "reports.attach_sheet_file": lambda p: (lambda one: lambda: reports.attach_sheet_file(
        one, printed=Printed(b"%PDF-1.7", 1), by=None))(reports.freeze_member_list(by=p.secretariat)),
    "reports.retry_sheet": _retry_sheet,
}  # fmt: skip
