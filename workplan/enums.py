"""States of the plan, statuses of its activities, and the table of its steps (clauses M-36, M-54, M-55)."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class PlanState(TextChoices):
    DRAFTING = "drafting", _("being drafted")
    CONSULTATION = "consultation", _("consultation on the plan")
    TABLED = "tabled_at_review", _("tabled at the annual review")
    VALIDATED = "validated", _("validated")
    TRANSMITTED = "transmitted_rc", _("transmitted to the Resident Coordinator")
    ACKNOWLEDGED = "acknowledged", _("receipt acknowledged")
    IN_EXECUTION = "in_execution", _("in execution")
    REVIEWED = "reviewed", _("reviewed")
    ARCHIVED = "archived", _("archived")


REVISION = "plan_revision"  # the kind of decision that revises a validated plan

# verb → (states it may start from, state it leads to)
PLAN_TRANSITIONS = {
    "open_consultation": ({PlanState.DRAFTING}, PlanState.CONSULTATION),
    "rework": ({PlanState.CONSULTATION, PlanState.TABLED}, PlanState.DRAFTING),
    "table_at_review": ({PlanState.CONSULTATION}, PlanState.TABLED),
    "validate": ({PlanState.TABLED}, PlanState.VALIDATED),
    "transmit": ({PlanState.VALIDATED}, PlanState.TRANSMITTED),
    "acknowledge": ({PlanState.TRANSMITTED}, PlanState.ACKNOWLEDGED),
    "start_execution": ({PlanState.ACKNOWLEDGED}, PlanState.IN_EXECUTION),
    "review": ({PlanState.IN_EXECUTION}, PlanState.REVIEWED),
    "archive": ({PlanState.REVIEWED}, PlanState.ARCHIVED),
}

# The order of a plan's life: a state has been reached when it is this one or an earlier one of the list.
LIFE = list(PlanState)
DRAFTABLE = {PlanState.DRAFTING, PlanState.CONSULTATION}
FROZEN = set(LIFE[LIFE.index(PlanState.VALIDATED) :])
OVER = {PlanState.REVIEWED, PlanState.ARCHIVED}
# Progress is reported from the validation on, until the annual review has looked at it.
REPORTABLE = {PlanState.VALIDATED, PlanState.TRANSMITTED, PlanState.ACKNOWLEDGED, PlanState.IN_EXECUTION}


def from_state(state: PlanState) -> list[PlanState]:
    """``state`` and those that follow it."""
    return LIFE[LIFE.index(state) :]


class ActivityStatus(TextChoices):
    NOT_STARTED = "not_started", _("not started")
    IN_PROGRESS = "in_progress", _("in progress")
    DELAYED = "delayed", _("delayed")
    COMPLETED = "completed", _("completed")
    POSTPONED = "postponed", _("postponed")
    CANCELLED = "cancelled", _("cancelled")


# Nobody acts on these this year: no update is expected, no objective is served.
AT_REST = {ActivityStatus.POSTPONED, ActivityStatus.CANCELLED}


class Quarter(IntegerChoices):
    Q1 = 1, _("Q1")
    Q2 = 2, _("Q2")
    Q3 = 3, _("Q3")
    Q4 = 4, _("Q4")


class Direction(TextChoices):
    UP = "up", _("the higher the better")
    DOWN = "down", _("the lower the better")


class FunderKind(TextChoices):
    CORE = "core", _("own resources")
    POOLED = "pooled", _("pooled fund")
    BILATERAL = "bilateral", _("bilateral partner")
    MULTILATERAL = "multilateral", _("multilateral organization")
    PRIVATE = "private", _("private donor")
