"""The chain of custody of the plan (clauses M-54, M-55, M-76), one action per step of the table."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, jobs, journal
from core.errors import DomainError
from core.models import Job
from core.transitions import lock, move, require_move
from decisions import actions as decisions
from decisions.enums import Mode
from decisions.models import Decision
from meetings import annual_review
from meetings.enums import ANNOUNCED, MINUTES_OPEN, OVER, AgendaKind, Kind, MeetingState
from meetings.models import Meeting
from members.enums import Seat
from members.models import User
from members.standing import standing_on
from workplan import custody, emails, queries
from workplan.actions.plan import write_version
from workplan.enums import PlanState
from workplan.models import PlanSignature, WorkPlan


@transaction.atomic
def open_consultation(plan: WorkPlan, *, by: User) -> WorkPlan:
    """Put the draft before the Network (clause M-59).

    Raises:
        DomainError: there is no activity to be consulted on.
    """
    plan = lock(plan)
    require_move(plan, "open_consultation")
    if not plan.activities.exists():
        raise DomainError(_("The plan has no activity yet: there is nothing to be consulted on."))
    move(plan, "open_consultation", by=by, consultation_opened_at=clock.now(), consultation_opened_by=by)
    emails.announce_consultation(plan)
    return plan


@transaction.atomic
def rework_plan(plan: WorkPlan, *, reason: str = "", by: User) -> WorkPlan:
    """Take the plan back to drafting; what was said and tabled stays in the journal.

    Raises:
        DomainError: the Network has adopted it already.
    """
    plan = lock(plan)
    require_move(plan, "rework")
    if plan.validating_decision_id:
        raise DomainError(_("The Network has adopted this plan: it now awaits the signatures of the co-chairs."))
    nothing = dict.fromkeys(
        ["consultation_opened_at", "consultation_opened_by", "review", "tabled_at", "tabled_by"], None
    )
    return move(plan, "rework", by=by, data={"reason": reason}, **nothing)


@transaction.atomic
def table_at_review(plan: WorkPlan, *, meeting: Meeting, by: User) -> WorkPlan:
    """Present the plan at an annual review (clauses M-55, M-70, M-76).

    Raises:
        NotAnAnnualReview: the meeting is of another kind or year, is not convened, or its record is closed.
    """
    plan = lock(plan)
    require_move(plan, "table_at_review")
    if meeting.kind != Kind.ANNUAL_REVIEW:
        raise annual_review.NotAnAnnualReview(
            _("“%s” is not an annual review: the plan is tabled at an annual review.") % meeting
        )
    if meeting.state not in ANNOUNCED:
        raise annual_review.NotAnAnnualReview(_("“%s” is not convened: convene the annual review first.") % meeting)
    if not queries.reviews_to_table_at(plan).filter(pk=meeting.pk).exists():
        raise annual_review.NotAnAnnualReview(
            _(
                "The plan of %(year)s is tabled at an annual review of that year or of the year before, until its "
                "minutes are approved; “%(meeting)s” is none."
            )
            % {"year": plan.year, "meeting": meeting}
        )
    return move(
        plan, "table_at_review", by=by, data={"review": str(meeting)},
        review=meeting, tabled_at=clock.now(), tabled_by=by,
    )  # fmt: skip


@transaction.atomic
def submit_for_validation(
    plan: WorkPlan, *, title: str = "", text: str = "", mode: str = Mode.IN_SESSION, by: User
) -> Decision:
    """Propose the decision that validates the plan, for the author's entity; the Network is consulted on it as on any.

    Args:
        title: as the register will show it; empty for the usual one, as ``text``.

    Raises:
        DomainError: the plan is not in consultation or tabled, a proposal is under way, or the person has no entity.
    """
    plan = lock(plan)
    if plan.state not in {PlanState.CONSULTATION, PlanState.TABLED} or plan.validating_decision_id:
        raise DomainError(_("The decision is proposed during the consultation on the plan or at the annual review."))
    pending = queries.pending_validation(plan)
    if pending:
        raise DomainError(_("A decision to validate this plan is already under way: “%s”.") % pending.title)
    entity = standing_on(by, clock.today()).entity
    decision = decisions.propose_decision(
        title=title or validation_title(plan),
        text=text or validation_text(plan),
        mode=mode,
        subject_kind="work_plan",
        subject_id=str(plan.pk),
        proposed_by=entity,
        by=by,
    )
    journal.record("submit_for_validation", plan, by=by, data={"decision": decision.title})
    if plan.review is not None and plan.review.state in MINUTES_OPEN:
        annual_review.place(plan.review, decision, AgendaKind.WORK_PLAN, by)  # M-76
    return decision


def validation_title(plan: WorkPlan) -> str:
    return _("Validation of the work plan %s") % plan.year


def validation_text(plan: WorkPlan) -> str:
    return _(
        "The Network validates the joint annual work plan %s and entrusts the co-chairs with communicating it to the "
        "Resident Coordinator."
    ) % (plan.year)


@transaction.atomic
def validation_adopted(decision: Decision, *, by: User) -> None:
    """Called by the decision that is being recorded: the plan it validates is adopted and waits for its signatures.

    A decision on the work plan in general (no object) changes no plan.

    Raises:
        NotAnAnnualReview: the plan is not tabled, the session of its review has not opened, or the decision belongs
            to another meeting (clause M-55).
    """
    plan = WorkPlan.objects.filter(pk=decision.subject_id).first() if decision.subject_id.isdecimal() else None
    if plan is None:
        return
    plan = lock(plan)
    review = plan.review
    if plan.state != PlanState.TABLED or review is None or plan.validating_decision_id:
        raise annual_review.NotAnAnnualReview(
            _("“%(plan)s” is “%(state)s”: it is validated once it is tabled at an annual review.")
            % {"plan": plan, "state": plan.get_state_display()}
        )
    if review.state not in {MeetingState.IN_SESSION, *OVER}:
        raise annual_review.NotAnAnnualReview(_("The plan is validated at “%s”: open its session first.") % review)
    annual_review.require(review, decision, AgendaKind.WORK_PLAN, by)
    plan.validating_decision = decision
    plan.save(update_fields=["validating_decision"])
    journal.record("adopt", plan, by=by, data={"decision": decision.reference})
    emails.ask_for_signatures(plan)


@transaction.atomic
def sign_plan(plan: WorkPlan, *, by: User) -> PlanSignature:
    """Sign for one's seat. With both seats the adopted plan becomes the validated plan, in the same transaction.

    Raises:
        DomainError: the plan is not adopted, the person holds no seat today, or the seat has signed.
    """
    plan = lock(plan)
    if plan.state != PlanState.TABLED or plan.validating_decision is None:
        raise DomainError(_("The co-chairs sign once the Network has adopted the plan at the annual review."))
    standing = standing_on(by, clock.today())
    if standing.seat is None or standing.seat_entity_id is None:
        raise DomainError(_("Only the two co-chairs sign the plan, and you hold no seat today."))
    if plan.signatures.filter(seat=standing.seat).exists():
        raise DomainError(_("Your seat has already signed this plan."))
    signature = PlanSignature.objects.create(
        plan=plan, seat=standing.seat, entity_id=standing.seat_entity_id, person=by, signed_at=clock.now()
    )
    journal.record("sign_plan", plan, by=by, data={"seat": str(standing.seat.value)})
    if plan.signatures.count() == len(Seat):
        move(plan, "validate", by=by, validated_at=clock.now())
        write_version(plan, plan.validating_decision, "", by)
    return signature


@transaction.atomic
def transmit_plan(plan: WorkPlan, *, note: str = "", by: User) -> WorkPlan:
    """Communicate the validated plan to the Resident Coordinator (clause M-54).

    The file that leaves is rendered by the report floor, which then calls :func:`attach_transmitted_file`.
    """
    plan = move(lock(plan), "transmit", by=by, transmitted_at=clock.now(), transmitted_by=by, transmission_note=note)
    custody.transmitted(plan, by=by)
    return plan


@transaction.atomic
def retry_transmitted_file(plan: WorkPlan, *, by: User) -> Job:
    """Print again the file whose printing failed.

    Raises:
        DomainError: nothing was transmitted, or the printing has not failed.
    """
    plan = lock(plan)
    job = jobs.latest(custody.FILE_JOB, plan)
    if job is None:
        raise DomainError(_("“%s” has not been transmitted.") % plan)
    job = jobs.retry_job(job, by=by)
    journal.record("retry_transmitted_file", plan, by=by)
    return job


@transaction.atomic
def attach_transmitted_file(plan: WorkPlan, *, content: bytes, by: User | None) -> WorkPlan:
    """Keep the file that was transmitted, sealed by its SHA-256, and tell the Resident Coordinator's office by e-mail.

    Only now: behind the link of the mail there is something to read. Repeating it changes nothing.

    Raises:
        DomainError: the plan was not transmitted, or another file is already kept.
    """
    plan = lock(plan)
    if plan.transmitted_at is None:
        raise DomainError(_("“%s” has not been transmitted.") % plan)
    digest = hashlib.sha256(content).hexdigest()
    if plan.transmitted_sha256 == digest:
        return plan
    if plan.transmitted_sha256:
        raise DomainError(_("The file that was transmitted is kept; it is never replaced."))
    plan.transmitted_file.save(f"pta-{plan.year}.pdf", ContentFile(content), save=False)
    plan.transmitted_sha256 = digest
    plan.save(update_fields=["transmitted_file", "transmitted_sha256"])
    journal.record("attach_transmitted_file", plan, by=by, data={"sha256": digest})
    emails.announce_transmission(plan)
    return plan


@transaction.atomic
def acknowledge_plan(plan: WorkPlan, *, note: str = "", by: User) -> WorkPlan:
    """The Resident Coordinator's office has received the plan (clause M-54).

    Raises:
        DomainError: its file is still being made: nothing has been received yet.
    """
    plan = lock(plan)
    require_move(plan, "acknowledge")
    if not plan.transmitted_file:
        raise DomainError(_("The PDF of the plan is still being made: acknowledge receipt once you can read it."))
    return move(plan, "acknowledge", by=by, acknowledged_at=clock.now(), acknowledged_by=by, acknowledgement_note=note)


@transaction.atomic
def start_execution(plan: WorkPlan, *, by: User) -> WorkPlan:
    """The year of the plan begins."""
    return move(lock(plan), "start_execution", by=by, execution_started_at=clock.now(), execution_started_by=by)


@transaction.atomic
def review_plan(plan: WorkPlan, *, meeting: Meeting, by: User) -> WorkPlan:
    """The Network has examined the year's progress at an annual review (clause M-71); its updates are closed.

    Raises:
        NotAnAnnualReview: the meeting is of another kind or year, or has not been held.
    """
    plan = lock(plan)
    require_move(plan, "review")
    if not queries.reviews_that_examined(plan).filter(pk=meeting.pk).exists():
        raise annual_review.NotAnAnnualReview(
            _(
                "The plan of %(year)s is examined at an annual review held in that year or the year after; "
                "“%(meeting)s” is none."
            )
            % {"year": plan.year, "meeting": meeting}
        )
    return move(
        plan, "review", by=by, data={"review": str(meeting)},
        reviewed_in=meeting, reviewed_at=clock.now(), reviewed_by=by,
    )  # fmt: skip


@transaction.atomic
def archive_plan(plan: WorkPlan, *, by: User) -> WorkPlan:
    """Close the file of the year."""
    return move(lock(plan), "archive", by=by, archived_at=clock.now(), archived_by=by)
