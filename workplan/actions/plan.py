"""The plan itself: opening a year, its title and rate, who was consulted, which decision revised it."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import DomainError
from core.refusals import Refused
from core.transitions import check_version, lock
from decisions.actions import propose_decision
from decisions.models import NUMBERED, Decision
from decisions.queries import last_text
from members.models import Entity, User
from workplan import queries, revising
from workplan.enums import FROZEN, OVER, REVISION
from workplan.models import PlanConsultation, PlanVersion, WorkPlan
from workplan.refusals import refusals


@transaction.atomic
def create_plan(*, year: int, title: str, xof_per_usd: Decimal | int, by: User) -> WorkPlan:
    """Open the drafting of a year's plan (clause M-36).

    Raises:
        Refused: the year has its plan already.
    """
    with refusals(WorkPlan):
        plan = WorkPlan.objects.create(
            year=year, title=title, xof_per_usd=xof_per_usd, created_at=clock.now(), created_by=by
        )
    journal.record("create_plan", plan, by=by, data={"year": year})
    return plan


@transaction.atomic
def edit_plan(plan: WorkPlan, *, title: str, xof_per_usd: Decimal | int, version: int, by: User) -> WorkPlan:
    """Change title or rate of a plan that is not adopted yet.

    Raises:
        PlanIsFrozen: the plan is adopted.
        StaleVersion: somebody else saved meanwhile.
    """
    plan = lock(plan)
    require_open(plan)
    check_version(plan, version)
    before = {"title": plan.title, "xof_per_usd": plan.xof_per_usd}
    plan.title, plan.xof_per_usd, plan.version = title, Decimal(xof_per_usd), plan.version + 1
    plan.save(update_fields=["title", "xof_per_usd", "version"])
    journal.record("edit_plan", plan, by=by, data={"before": before})
    return plan


class PlanIsFrozen(DomainError):
    """What the Network has adopted does not change (clause M-55); a revision takes a new decision."""


def require_not_adopted(plan: WorkPlan) -> None:
    """Refuse what belongs to the preparation of a plan.

    Raises:
        PlanIsFrozen: the plan is adopted.
    """
    if plan.is_frozen:
        raise PlanIsFrozen(_("“%s” is adopted: only its progress, funds and risks change from now on.") % plan)


def require_open(plan: WorkPlan) -> None:
    """Refuse to change what the plan says.

    Raises:
        PlanIsFrozen: the plan is adopted, or the Network is giving its positions on it (clause M-61).
    """
    require_not_adopted(plan)
    if queries.is_under_call(plan):
        raise PlanIsFrozen(_("The Network is giving its positions on “%s”: it does not change under them.") % plan)


@transaction.atomic
def record_consultation(
    plan: WorkPlan, *, held_on: date, with_whom: str, is_government: bool = False, note: str = "", by: User
) -> PlanConsultation:
    """Note who was asked about the plan while it was prepared (clause M-37).

    Raises:
        PlanIsFrozen: the plan is adopted.
        Refused: the day is to come.
    """
    plan = lock(plan)
    require_not_adopted(plan)
    if held_on > clock.today():
        raise Refused(_("This day is still to come; note the consultation once it was held."), "held_on")
    consultation = PlanConsultation.objects.create(
        plan=plan, held_on=held_on, with_whom=with_whom, is_government=is_government, note=note
    )
    journal.record("record_consultation", plan, by=by, data={"with": with_whom, "government": is_government})
    return consultation


@transaction.atomic
def record_revision(plan: WorkPlan, *, decision: Decision, note: str, by: User) -> PlanVersion:
    """Note that a later decision of the Network revised the validated plan (clause M-76).

    Raises:
        DomainError: the plan is not validated, or the decision is none that may stand behind its revision
            (:func:`workplan.revising.decisions`).
    """
    plan = lock(plan)
    if plan.state not in FROZEN:
        raise DomainError(_("Only a validated plan is revised by a decision; a draft is simply changed."))
    if decision.state not in NUMBERED or decision.subject_kind not in {"work_plan", REVISION}:
        raise DomainError(_("A revision rests on an adopted decision on the work plan."))
    if PlanVersion.objects.filter(decision=decision).exists():
        raise DomainError(_("Decision %s already stands behind a version of a plan.") % decision.reference)
    if not revising.decisions(plan).filter(pk=decision.pk).exists():
        raise DomainError(_("A revision rests on a decision that the Network took after it had validated the plan."))
    return write_version(plan, decision, note, by)


@transaction.atomic
def propose_revision(plan: WorkPlan, *, title: str, text: str, entity: Entity | None, by: User) -> Decision:
    """Draft the decision that revises a validated plan (clause M-76); adopted, it is the plan's next version.

    Args:
        text: what it changes, as the register and the plan's own history will say it.

    Raises:
        DomainError: the plan is not validated, or over; another revision is under way; or the person belongs to no
            entity that could propose.
    """
    plan = lock(plan)
    check_revisable(plan)
    decision = propose_decision(
        title=title, text=text, subject_kind=REVISION, subject_id=str(plan.pk), proposed_by=entity, by=by
    )
    journal.record("propose_revision", plan, by=by, data={"decision": decision.title})
    return decision


def check_revisable(plan: WorkPlan) -> None:
    """Refuse as :func:`propose_revision` does, before its form is shown."""
    if plan.state not in FROZEN:
        raise DomainError(_("Only a validated plan is revised by a decision; a draft is simply changed."))
    if plan.state in OVER:
        raise DomainError(_("“%s” has been reviewed: the Network revises the plan of the year that runs.") % plan)
    if pending := revising.asked(plan):
        raise DomainError(_("A revision of this plan is under way already: “%s”.") % pending.title)


def revision_adopted(decision: Decision, *, by: User) -> None:
    """Called by the revision that is being recorded: its text is what the next version changes."""
    plan = WorkPlan.objects.get(pk=decision.subject_id)
    record_revision(plan, decision=decision, note=last_text(decision).text, by=by)


def write_version(plan: WorkPlan, decision: Decision, note: str, by: User) -> PlanVersion:
    """The next version, with the plan's row locked by the caller."""
    last = plan.versions.aggregate(Max("number"))["number__max"] or 0
    version = PlanVersion.objects.create(
        plan=plan, number=last + 1, decision=decision, adopted_at=clock.now(), note=note
    )
    journal.record(
        "record_revision", plan, by=by, data={"number": version.number, "decision": decision.reference, "note": note}
    )
    return version
