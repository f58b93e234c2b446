"""Plans in each state, made by the portal's own actions: what a factory builds is what the portal would."""

from datetime import timedelta

from core import clock
from decisions.enums import Mode
from frameworks.models import GcmObjective
from meetings import actions as meetings
from meetings.models import Meeting
from tests.factories import decisions as decided
from workplan import actions
from workplan.actions import BudgetLineData, IndicatorData
from workplan.enums import PlanState
from workplan.models import Funder

YEAR = 2026


def funder(name="Fonds commun", kind="pooled"):
    return Funder.objects.get_or_create(name=name, defaults={"kind": kind, "slug": name.lower().replace(" ", "-")})[0]


def draft(personas, *, activities=1, year=YEAR, unit="profils"):
    """A plan of one outcome; its activities are UNICEF's, with UN Women contributing, a budget and an indicator."""
    plan = actions.create_plan(
        year=year, title=f"Plan de travail annuel conjoint {year}", xof_per_usd=600, by=personas.secretariat
    )
    outcome = actions.add_outcome(plan, title_fr="Des données fiables", title_en="Data", by=personas.secretariat)
    for _index in range(activities):
        activity(personas, outcome, unit=unit)
    return plan


def activity(personas, outcome, unit="profils", **fields):
    given = {
        "title": "Profil statistique des enfants en mobilité",
        "lead": personas.unicef,
        "contributing": [personas.unwomen],
        "is_national": True,
        "in_q1": True,
        "in_q3": True,
        "gcm_objectives": GcmObjective.objects.filter(number__in=[1, 7]),
        "lines": [
            BudgetLineData(funder(), planned=30_000, mobilised=30_000),
            BudgetLineData(None, planned=20_000),
        ],
        "indicators": [IndicatorData(label="Profils publiés", unit=unit, target=4)],
    }
    return actions.add_activity(outcome, **{**given, **fields}, by=personas.secretariat)


def in_consultation(personas, **fields):
    return actions.open_consultation(draft(personas, **fields), by=personas.secretariat)


def review(personas, *, kind="annual_review", is_open=True, year=None) -> Meeting:
    """A meeting that is convened, and in session unless told otherwise; of ``year``, whatever today is."""
    start = clock.now() + timedelta(days=20)
    start = start.replace(year=year, day=1) if year and start.year != year else start
    with clock.set_to(min(clock.now(), start - timedelta(days=20))):
        meeting = meetings.create_meeting(
            kind=kind, title="Bilan annuel", starts_at=start, ends_at=start + timedelta(hours=3), mode="online",
            online_link="https://visio.example.org/bilan", chair=personas.co_chair_iom, by=personas.secretariat,
        )  # fmt: skip
        if not meeting.items.exists():
            meetings.add_agenda_item(meeting, kind="work_plan", title="PTA", by=personas.secretariat)
        meeting = meetings.convene_meeting(meeting, by=personas.secretariat)
    if not is_open:
        return meeting
    with clock.set_to(start):
        return meetings.open_session(meeting, by=personas.secretariat)


def held_review(personas, year=YEAR) -> Meeting:
    """An annual review of ``year`` whose session is over."""
    meeting = review(personas, year=year)
    with clock.set_to(meeting.starts_at):
        return meetings.close_session(meeting, by=personas.secretariat)


def tabled(personas, **fields):
    plan = in_consultation(personas, **fields)
    return actions.table_at_review(plan, meeting=review(personas, year=plan.year - 1), by=personas.secretariat)


def proposal(personas, plan):
    """The decision of validation with its call open and one voice: one more act and the Network has adopted it."""
    decision = actions.submit_for_validation(plan, by=personas.secretariat)
    until = decided.soon()
    decision = decided.actions.open_consultation(decision, ends_at=until, by=personas.secretariat)
    decision = decided.actions.open_call(
        decision, deadline=until, mode=Mode.IN_SESSION, close_early=True, by=personas.co_chair_iom
    )
    return decided.supported_by(decision, [personas.unicef], personas.secretariat)


def adopted(personas, **fields):
    """Tabled, with the decision of the Network, before the signatures."""
    plan = tabled(personas, **fields)
    decided.actions.note_consensus(proposal(personas, plan), by=personas.co_chair_iom)
    plan.refresh_from_db()
    return plan


def validated(personas, **fields):
    plan = adopted(personas, **fields)
    actions.sign_plan(plan, by=personas.co_chair_iom)
    actions.sign_plan(plan, by=personas.co_chair_ohchr)
    plan.refresh_from_db()
    return plan


def transmitted(personas, **fields):
    return actions.transmit_plan(validated(personas, **fields), note="Pour attribution.", by=personas.co_chair_iom)


def received(personas, **fields):
    """Transmitted, with the file that the office of the Resident Coordinator can read."""
    return actions.attach_transmitted_file(transmitted(personas, **fields), content=b"%PDF-1.7 plan", by=None)


def acknowledged(personas, **fields):
    return actions.acknowledge_plan(received(personas, **fields), by=personas.rc_office)


def in_execution(personas, **fields):
    return actions.start_execution(acknowledged(personas, **fields), by=personas.secretariat)


def reviewed(personas, **fields):
    plan = in_execution(personas, **fields)
    return actions.review_plan(plan, meeting=held_review(personas, plan.year), by=personas.secretariat)


def archived(personas, **fields):
    return actions.archive_plan(reviewed(personas, **fields), by=personas.secretariat)


IN_STATE = {
    PlanState.DRAFTING: draft,
    PlanState.CONSULTATION: in_consultation,
    PlanState.TABLED: tabled,
    PlanState.VALIDATED: validated,
    PlanState.TRANSMITTED: received,
    PlanState.ACKNOWLEDGED: acknowledged,
    PlanState.IN_EXECUTION: in_execution,
    PlanState.REVIEWED: reviewed,
    PlanState.ARCHIVED: archived,
}
