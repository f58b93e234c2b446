"""From the records to the snapshot: what each app holds is found again, and nothing that is still private."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from decisions import actions as decide
from decisions.enums import Mode, Stance
from meetings import actions as meet
from members.enums import MembershipKind
from members.models import Entity, Membership
from reports import collect, figures
from tests.factories import decisions as decided
from tests.factories import meetings as met
from tests.factories import workplan as planned


@pytest.fixture
def take():
    def taken(days=0, year=None):
        moment = clock.now() + timedelta(days=days)
        return collect.snapshot_of(year or moment.year, moment)

    return taken


def test_members_with_their_people(personas, take):
    unicef = next(one for one in take().members if one.acronym == "UNICEF")

    assert [person.rank for person in unicef.people] == ["suppléant"] or len(unicef.people) == 2
    assert (unicef.kind, unicef.until) == ("member", None)


def test_standing_invitees_come_last(personas, take):
    assert [one.kind for one in take().members] == ["member"] * 5 + ["standing_invitee"]


def test_membership_that_ended_before_the_year_is_left_out(personas, take):
    old = clock.today() - timedelta(days=800)
    Membership.objects.filter(entity=personas.unfpa).update(starts_on=old, ends_on=old + timedelta(days=10))

    assert "UNFPA" not in [one.acronym for one in take().members]


def test_held_meeting_with_its_sheet_and_agenda(personas, take):
    with clock.set_to(met.at_ten(0)):
        meeting = met.held(personas, starts_at=met.at_ten(1))

    (one,) = take(days=3, year=meeting.day.year).meetings

    assert (one.title, one.kind, one.is_held, one.starts_at) == (meeting.title, "plenary", True, meeting.starts_at)
    assert sorted((row.entity, row.status) for row in one.attendance if row.status != "absent") == [
        ("BCR", "unrecorded"), ("HCDH", "present"), ("OIM", "present"), ("ONU-Femmes", "apologies"),
        ("UNFPA", "unrecorded"), ("UNICEF", "present"),
    ]  # fmt: skip
    assert [(point.position, point.lead) for point in one.agenda] == [(1, "UNICEF")]


def test_entity_that_the_sheet_leaves_out_was_invited_too(personas, take):
    with clock.set_to(met.at_ten(0)):
        meeting = met.held(personas, starts_at=met.at_ten(1))
    meeting.attendance.filter(entity=personas.unicef).delete()

    (turnout,) = figures.turnouts(take(days=3, year=meeting.day.year))
    by_entity = {row.entity: row for row in figures.attendance_by_entity(take(days=3, year=meeting.day.year))}

    assert turnout.invited == Entity.objects.members_on(meeting.day, *MembershipKind).count()
    assert (by_entity["UNICEF"].unrecorded, by_entity["UNICEF"].meetings) == (1, 1)


@pytest.mark.parametrize("state", ["draft", "postponed", "cancelled"])
def test_meeting_that_is_not_announced_is_left_out(personas, take, state):
    meeting = met.IN_STATE[state](personas, starts_at=met.at_ten(1))

    assert take(days=3, year=meeting.day.year).meetings == ()


def test_action_points_know_whether_they_are_late(personas, take):
    meeting = met.held(personas, starts_at=met.at_ten(1))
    late = met.action_point(personas, meeting, text="En retard", due_on=meeting.day)
    met.action_point(personas, meeting, text="À temps", due_on=meeting.day + timedelta(days=60))
    done = met.action_point(personas, meeting, text="Fait", due_on=meeting.day)
    meet.close_action_point(done, note="Envoyé.", by=personas.focal_a)

    points = take(days=30, year=meeting.day.year).action_points

    assert {one.text: (one.is_done, one.is_overdue) for one in points} == {
        late.text: (False, True), "À temps": (False, False), "Fait": (True, False),
    }  # fmt: skip


def test_adopted_decision_names_everybody(personas, take):
    decision = decided.in_call(personas, mode=Mode.IN_SESSION)
    decided.supported_by(decision, [personas.unicef, personas.iom], personas.secretariat)
    decide.record_position(
        decision, entity=personas.unfpa, stance=Stance.CAN_LIVE_WITH, reason="Préciser le calendrier.",
        channel="in_session", by=personas.secretariat,
    )  # fmt: skip
    decision = decide.note_consensus(decision, by=personas.co_chair_iom)

    (one,) = take().decisions

    assert (one.reference, one.title, one.text) == (decision.reference, decision.title, "Le Réseau adopte le cadrage.")
    assert {stand.entity: stand.stance for stand in one.stands} == {
        "UNICEF": "supports", "OIM": "supports", "UNFPA": "can_live_with", "HCDH": "silent", "ONU-Femmes": "silent",
    }  # fmt: skip
    assert one.objections == ()


def object_to(decision, personas, reason="Aucun chiffre."):
    return decide.record_position(
        decision, entity=personas.unwomen, stance=Stance.OBJECTS, reason=reason, alternative="Un plancher de 30 %.",
        channel="in_session", by=personas.secretariat,
    )  # fmt: skip


def test_objection_lifted_by_its_author(personas, take):
    decision = decided.in_call(personas, mode=Mode.IN_SESSION)
    object_to(decision, personas)
    decide.record_position(
        decision, entity=personas.unwomen, stance=Stance.LIFTS_OBJECTION, reason="Plancher ajouté.",
        channel="in_session", by=personas.secretariat,
    )  # fmt: skip
    decide.note_consensus(decision, by=personas.co_chair_iom)

    ((objection,),) = (one.objections for one in take().decisions)

    assert (objection.entity, objection.reason, objection.how_lifted) == (
        "ONU-Femmes", "Aucun chiffre.", "Plancher ajouté.",
    )  # fmt: skip
    assert (objection.raised_on, objection.lifted_on) == (clock.today(), clock.today())


def test_objection_said_twice_is_one_with_its_last_reason(personas, take):
    decision = decided.in_call(personas)
    object_to(decision, personas)
    object_to(decision, personas, reason="Toujours aucun chiffre.")

    ((objection,),) = (one.objections for one in take().open_decisions)

    assert (objection.reason, objection.lifted_on) == ("Toujours aucun chiffre.", None)
    assert objection.would_lift == "Un plancher de 30 %."


def test_objection_to_an_older_text_stands(personas, take):
    decision = decided.in_call(personas)
    object_to(decision, personas)
    ends = decided.soon(4)
    decision = decide.reopen_consultation(decision, reason="Objection", ends_at=ends, by=personas.co_chair_iom)
    decide.revise_text(
        decision, title="T", text="Chiffré.", note="Plancher chiffré", version=decision.version, by=personas.focal_a
    )

    ((objection,),) = (one.objections for one in take().open_decisions)

    assert (objection.lifted_on, objection.how_lifted) == (None, "")


def test_draft_decision_stays_with_its_author(personas, take):
    decided.draft(personas)

    assert take().open_decisions == ()


def test_plan_is_that_of_the_year_once_validated(personas, take):
    plan = planned.validated(personas)

    taken = take(year=plan.year).plan
    (activity,) = taken.activities

    assert (taken.title, taken.validated_by) == (plan.title, plan.validating_decision.reference)
    assert (activity.code, activity.lead, activity.contributors) == ("1.1", "UNICEF", ("ONU-Femmes",))
    assert (activity.planned, activity.mobilised, activity.spent) == (50_000, 30_000, 0)
    assert (activity.objectives, activity.quarters[0][-1]) == ((1, 7), "1")
    assert [(one.label, one.target, one.result) for one in activity.indicators] == [("Profils publiés", 4, None)]


def test_draft_plan_is_nobodys_plan_yet(personas, take):
    plan = planned.draft(personas)

    assert take(year=plan.year).plan is None


def test_objectives_are_the_23(personas, take):
    taken = take().objectives

    assert [one.number for one in taken] == list(range(1, 24))
    assert {one.round_table for one in taken} == {1, 2, 3, 4}


def test_number_of_queries_does_not_grow_with_the_records(personas, take):
    def count(year):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            take(days=90, year=year)
        return len(queries)

    plan = planned.validated(personas)
    met.action_point(personas, met.held(personas, starts_at=met.at_ten(1)))
    few = count(plan.year)
    for days in (2, 3):
        decided.recorded(personas)
        met.action_point(personas, met.held(personas, starts_at=met.at_ten(days)))
    assert count(plan.year) == few


def test_report_of_last_year_leaves_out_what_this_year_proposed(personas, take):
    decided.in_call(personas)

    assert take(year=clock.today().year - 1).open_decisions == ()
