"""The plan of a year and the chain of its custody: consulted, tabled, validated, signed, transmitted, acknowledged."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from decisions.models import Decision
from meetings.models import Meeting
from members.enums import Seat
from members.models import Entity, User
from members.standing import standing_of
from workplan.enums import FROZEN, PLAN_TRANSITIONS, PlanState, from_state


class WorkPlanQuerySet(models.QuerySet["WorkPlan"]):
    def visible_to(self, user: Any) -> "WorkPlanQuerySet":
        """The whole Network contributes to a draft (clause M-59) and sees it; the administrator sees the rest."""
        standing = standing_of(user)
        if standing.is_network:
            return self
        if standing.is_administrator:
            return self.exclude(state=PlanState.DRAFTING)
        return self.none()


def _reached(name: str, state: PlanState, *fields: str) -> models.CheckConstraint:
    """From ``state`` on the stamps are filled, before it they are empty."""
    reached = [str(value) for value in from_state(state)]
    stamped = Q(**{f"{field}__isnull": False for field in fields})
    empty = Q(**{f"{field}__isnull": True for field in fields})
    return models.CheckConstraint(
        condition=(Q(state__in=reached) & stamped) | (~Q(state__in=reached) & empty), name=name
    )


def _person() -> Any:
    return models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")


class WorkPlan(models.Model):
    """The annual joint work plan, « PTA » (clause M-36). Its structure is frozen from the validation on.

    A trigger (migration 0005) refuses a validating decision that its review does not carry, a validation without one
    signature a seat, and a plan examined at no annual review.
    """

    year = models.PositiveSmallIntegerField(
        _("year"), unique=True, validators=[MinValueValidator(2020), MaxValueValidator(2100)],
        error_messages={"unique": _("There is already a plan for this year.")},
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(max_length=20, choices=PlanState, default=PlanState.DRAFTING)
    xof_per_usd = models.DecimalField(
        _("XOF for one USD"), max_digits=10, decimal_places=4, validators=[MinValueValidator(1)],
        help_text=_("The rate used all year to show amounts in both currencies."),
    )  # fmt: skip
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    consultation_opened_at = models.DateTimeField(null=True)
    consultation_opened_by = _person()
    review = models.ForeignKey(
        Meeting, null=True, on_delete=models.PROTECT, related_name="tabled_plans", verbose_name=_("annual review")
    )
    tabled_at = models.DateTimeField(null=True)
    tabled_by = _person()
    validating_decision = models.OneToOneField(
        Decision, null=True, on_delete=models.PROTECT, related_name="validated_plan", verbose_name=_("decision")
    )
    validated_at = models.DateTimeField(null=True)
    transmitted_at = models.DateTimeField(null=True)
    transmitted_by = _person()
    transmission_note = models.TextField(_("cover note"), blank=True)
    transmitted_file = models.FileField(upload_to="plans/", blank=True, max_length=200)
    transmitted_sha256 = models.CharField(max_length=64, blank=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = _person()
    acknowledgement_note = models.TextField(_("note"), blank=True)
    execution_started_at = models.DateTimeField(null=True)
    execution_started_by = _person()
    reviewed_in = models.ForeignKey(
        Meeting, null=True, on_delete=models.PROTECT, related_name="examined_plans", verbose_name=_("annual review")
    )
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = _person()
    archived_at = models.DateTimeField(null=True)
    archived_by = _person()
    version = models.PositiveIntegerField(default=1)

    objects = WorkPlanQuerySet.as_manager()
    transitions = PLAN_TRANSITIONS

    class Meta:
        verbose_name = _("work plan")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="plan_state_known"),
            models.CheckConstraint(condition=Q(year__range=(2020, 2100)), name="plan_year_sensible"),
            models.CheckConstraint(condition=Q(xof_per_usd__gt=0), name="plan_rate_positive"),
            _reached(
                "plan_consultation_stamp", PlanState.CONSULTATION,
                "consultation_opened_at", "consultation_opened_by",
            ),
            # Clauses M-55 and M-76: the plan is presented at an annual review, and validated there by a decision.
            _reached("plan_tabled_at_a_review", PlanState.TABLED, "tabled_at", "tabled_by", "review"),
            models.CheckConstraint(
                condition=Q(validating_decision__isnull=True)
                | Q(state__in=[str(state) for state in from_state(PlanState.TABLED)]),
                name="plan_decision_when_tabled",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(FROZEN)) | Q(validating_decision__isnull=False),
                name="plan_validated_by_decision",
            ),
            _reached("plan_validated_stamp", PlanState.VALIDATED, "validated_at"),
            _reached("plan_transmitted_stamp", PlanState.TRANSMITTED, "transmitted_at", "transmitted_by"),
            models.CheckConstraint(
                condition=Q(transmitted_file="", transmitted_sha256="")
                | (~Q(transmitted_file="") & ~Q(transmitted_sha256="") & Q(transmitted_at__isnull=False)),
                name="plan_transmitted_file_sealed",
            ),
            _reached("plan_acknowledged_stamp", PlanState.ACKNOWLEDGED, "acknowledged_at", "acknowledged_by"),
            _reached(
                "plan_execution_stamp", PlanState.IN_EXECUTION, "execution_started_at", "execution_started_by"
            ),
            _reached("plan_reviewed_stamp", PlanState.REVIEWED, "reviewed_at", "reviewed_by"),
            models.CheckConstraint(
                condition=Q(reviewed_in__isnull=True) | Q(reviewed_at__isnull=False), name="plan_reviewed_in_a_review"
            ),
            _reached("plan_archived_stamp", PlanState.ARCHIVED, "archived_at", "archived_by"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("workplan:plan_detail", args=[self.year])

    @property
    def is_frozen(self) -> bool:
        """Validated, or adopted and waiting for its signatures: nothing of the structure changes any more."""
        return self.state in FROZEN or self.validating_decision_id is not None

    def in_xof(self, usd: int) -> int:
        return round(usd * self.xof_per_usd)


class PlanSignature(models.Model):
    """One seat of the co-chairs has signed the adopted plan. Append-only (a trigger refuses UPDATE and DELETE)."""

    plan = models.ForeignKey(WorkPlan, on_delete=models.PROTECT, related_name="signatures")
    seat = models.CharField(_("seat"), max_length=20, choices=Seat)
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "seat"], name="plan_signature_one_per_seat"),
            models.CheckConstraint(condition=Q(seat__in=Seat.values), name="plan_signature_seat_known"),
        ]

    def __str__(self) -> str:
        return f"{self.plan}, {self.get_seat_display()}"


class PlanConsultation(models.Model):
    """Somebody outside or inside the Network was asked about the plan (clause M-37: the Government)."""

    plan = models.ForeignKey(WorkPlan, on_delete=models.PROTECT, related_name="consultations")
    held_on = models.DateField(_("date"))
    with_whom = models.CharField(_("with whom"), max_length=300)
    is_government = models.BooleanField(_("the Government of Senegal took part"), default=False)
    note = models.TextField(_("what came out of it"), blank=True)

    def __str__(self) -> str:
        return f"{self.plan}, {self.with_whom}"


class PlanVersion(models.Model):
    """Which decision of the Network stands behind the plan as it is: its validation, then each revision (M-76)."""

    plan = models.ForeignKey(WorkPlan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField()
    note = models.TextField(_("what it changes"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number_once"),
            models.UniqueConstraint(fields=["plan", "decision"], name="plan_version_decision_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="plan_version_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.plan}, v{self.number}"
