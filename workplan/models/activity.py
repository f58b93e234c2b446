"""What the plan is made of: outcomes, activities, who funds them and how they are measured."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from frameworks.models import (
    Agenda2063Item,
    EcowasInstrument,
    GcmObjective,
    GuidingPrinciple,
    MpfaItem,
    NationalPriority,
    Region,
    SdgTarget,
    in_active_language,
)
from members.models import Entity
from workplan.enums import AT_REST, ActivityStatus, Direction, FunderKind, Quarter
from workplan.models.plan import WorkPlan

MAX_USD = 2_000_000_000
PER_CENT = "%"  # the unit of a share, which ends at 100; « % de variation » is a unit like any other


class Outcome(models.Model):
    """A result the Network wants to see in the year."""

    plan = models.ForeignKey(WorkPlan, on_delete=models.PROTECT, related_name="outcomes")
    number = models.PositiveSmallIntegerField(_("number"))
    title_fr = models.CharField(_("outcome in French"), max_length=300)
    title_en = models.CharField(_("outcome in English"), max_length=300, blank=True)
    agenda2063 = models.ManyToManyField(Agenda2063Item, blank=True, related_name="+", verbose_name=_("Agenda 2063"))
    national_priorities = models.ManyToManyField(
        NationalPriority, blank=True, related_name="+", verbose_name=_("national priorities and cooperation framework")
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("outcome")
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="outcome_number_once"),
            models.CheckConstraint(condition=Q(number__range=(1, 99)), name="outcome_number_1_to_99"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def code(self) -> str:
        return f"R{self.number}"

    @property
    def title(self) -> str:
        return in_active_language(self.title_fr, self.title_en or self.title_fr)


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, user: Any) -> "ActivityQuerySet":
        return self.filter(plan__in=WorkPlan.objects.visible_to(user))

    def of_entity(self, entity: Entity) -> "ActivityQuerySet":
        """Those it leads or contributes to."""
        return self.filter(Q(lead=entity) | Q(pk__in=entity.contributed_activities.values("pk")))  # type: ignore[attr-defined]

    def in_order(self) -> "ActivityQuerySet":
        """1.2 comes before 1.10."""
        return self.order_by("outcome__number", Length("code"), "code", "pk")


class Activity(models.Model):
    """One activity with its lead, its place in the frameworks (M-04 to M-12) and where it stands."""

    plan = models.ForeignKey(WorkPlan, on_delete=models.PROTECT, related_name="activities")
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="activities", verbose_name=_("outcome"))
    code = models.CharField(_("code"), max_length=7)
    title = models.CharField(_("activity"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    added_value = models.TextField(_("added value of acting jointly"), blank=True)
    lead = models.ForeignKey(
        Entity, on_delete=models.PROTECT, related_name="led_activities", verbose_name=_("lead entity")
    )
    contributing = models.ManyToManyField(
        Entity, blank=True, related_name="contributed_activities", verbose_name=_("contributing entities")
    )
    external_partners = models.TextField(_("external partners"), blank=True)
    is_national = models.BooleanField(_("national level"), default=False)
    regions = models.ManyToManyField(Region, blank=True, related_name="activities", verbose_name=_("regions"))
    in_q1 = models.BooleanField(_("Q1"), default=False)
    in_q2 = models.BooleanField(_("Q2"), default=False)
    in_q3 = models.BooleanField(_("Q3"), default=False)
    in_q4 = models.BooleanField(_("Q4"), default=False)
    gcm_objectives = models.ManyToManyField(
        GcmObjective, blank=True, related_name="activities", verbose_name=_("GCM objectives")
    )
    guiding_principles = models.ManyToManyField(
        GuidingPrinciple, blank=True, related_name="activities", verbose_name=_("guiding principles")
    )
    sdg_targets = models.ManyToManyField(
        SdgTarget, blank=True, related_name="activities", verbose_name=_("SDG targets")
    )
    mpfa_items = models.ManyToManyField(MpfaItem, blank=True, related_name="activities", verbose_name=_("MPFA"))
    ecowas_instruments = models.ManyToManyField(
        EcowasInstrument, blank=True, related_name="activities", verbose_name=_("ECOWAS instruments")
    )
    national_priorities = models.ManyToManyField(
        NationalPriority, blank=True, related_name="activities", verbose_name=_("national priorities")
    )
    mandate_clauses = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=ActivityStatus, default=ActivityStatus.NOT_STARTED)
    progress_percent = models.PositiveSmallIntegerField(
        _("progress in per cent"), default=0, validators=[MaxValueValidator(100)]
    )
    risk = models.TextField(_("risk or obstacle"), blank=True)
    rights_checked_on = models.DateField(_("human rights check on"), null=True, blank=True)
    rights_checked_by_entity = models.ForeignKey(
        Entity, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("checked by")
    )
    version = models.PositiveIntegerField(default=1)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="activity_code_once"),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[1-9][0-9]?\.[1-9][0-9]{0,2}$"), name="activity_code_shape"
            ),
            models.CheckConstraint(condition=Q(status__in=ActivityStatus.values), name="activity_status_known"),
            models.CheckConstraint(condition=Q(progress_percent__lte=100), name="activity_progress_percent"),
            models.CheckConstraint(
                condition=~Q(status=ActivityStatus.COMPLETED) | Q(progress_percent=100),
                name="activity_completed_is_100",
                violation_error_message=_("A completed activity has reached 100%."),
            ),
            models.CheckConstraint(
                condition=~Q(status=ActivityStatus.NOT_STARTED) | Q(progress_percent=0),
                name="activity_not_started_is_0",
                violation_error_message=_("An activity that has not started is at 0%."),
            ),
            models.CheckConstraint(
                condition=Q(rights_checked_on__isnull=True, rights_checked_by_entity__isnull=True)
                | Q(rights_checked_on__isnull=False, rights_checked_by_entity__isnull=False),
                name="activity_rights_check_pair",
            ),
        ]

    @property
    def place(self) -> tuple[int, ...]:
        """For sorting what is loaded: 1.2 comes before 1.10."""
        return tuple(int(part) for part in self.code.split("."))

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("workplan:activity_detail", args=[self.plan.year, self.code])

    @property
    def quarters(self) -> list[Quarter]:
        planned = (self.in_q1, self.in_q2, self.in_q3, self.in_q4)
        return [quarter for quarter, is_planned in zip(Quarter, planned, strict=True) if is_planned]

    @property
    def is_at_rest(self) -> bool:
        """Postponed or cancelled: nobody acts on it this year."""
        return self.status in AT_REST


class Funder(models.Model):
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(
        _("name"), max_length=150, unique=True, error_messages={"unique": _("This source is already listed.")}
    )
    kind = models.CharField(_("kind"), max_length=20, choices=FunderKind)

    class Meta:
        verbose_name = _("source of funds")
        constraints = [models.CheckConstraint(condition=Q(kind__in=FunderKind.values), name="funder_kind_known")]

    def __str__(self) -> str:
        return self.name


def _usd(label: Any) -> Any:
    return models.PositiveIntegerField(label, default=0, validators=[MaxValueValidator(MAX_USD)])


class BudgetLine(models.Model):
    """Whole US dollars. The line without funder has no source yet: nothing came in, nothing went out."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="budget_lines")
    funder = models.ForeignKey(
        Funder, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("source of funds")
    )
    planned = _usd(_("planned (USD)"))
    mobilised = _usd(_("mobilised (USD)"))
    spent = _usd(_("spent (USD)"))

    class Meta:
        verbose_name = _("budget line")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "funder"], nulls_distinct=False, name="budget_line_one_per_funder",
                violation_error_message=_("This source appears twice; put its amounts on one line."),
            ),
            models.CheckConstraint(
                condition=Q(planned__lte=MAX_USD, mobilised__lte=MAX_USD, spent__lte=MAX_USD),
                name="budget_line_sensible",
            ),
            models.CheckConstraint(
                condition=Q(funder__isnull=False) | Q(mobilised=0, spent=0), name="budget_line_gap_is_empty",
                violation_error_message=_(
                    "What remains to be mobilised has neither funds nor spending: name the source."
                ),
            ),
            models.CheckConstraint(
                condition=Q(spent__lte=models.F("mobilised")), name="budget_line_spent_within_mobilised",
                violation_error_message=_("More is spent than was mobilised."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.funder) if self.funder else str(_("without a planned source"))


class Indicator(models.Model):
    """How an activity is measured, at the end of each quarter."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="indicators")
    code = models.CharField(_("code"), max_length=20)
    label = models.CharField(_("indicator"), max_length=200)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    baseline = models.DecimalField(_("baseline"), max_digits=14, decimal_places=2, default=0)
    target = models.DecimalField(_("target"), max_digits=14, decimal_places=2)
    direction = models.CharField(_("direction"), max_length=10, choices=Direction, default=Direction.UP)
    means_of_verification = models.CharField(_("means of verification"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("indicator")
        constraints = [
            models.UniqueConstraint(fields=["activity", "code"], name="indicator_code_once"),
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="indicator_direction_known"),
            models.CheckConstraint(condition=Q(baseline__gte=0, target__gte=0), name="indicator_from_zero"),
            models.CheckConstraint(
                condition=~Q(unit=PER_CENT) | Q(baseline__lte=100, target__lte=100), name="indicator_share_to_100"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_cumulative(self) -> bool:
        """Counted up from the start of the year; a share and what is to fall are measured anew each quarter."""
        return self.unit != PER_CENT and self.direction == Direction.UP

    @property
    def by_quarter(self) -> dict[int, Any]:
        """The value that counts for each quarter, ``None`` where none was reported; reads the prefetched rows."""
        values: Iterable[Any] = self.values.all()
        known = {row.report.quarter: row.value for row in sorted(values, key=lambda row: row.report.weight)}
        return {quarter: known.get(quarter) for quarter in Quarter.values}


class ActivityFacts(models.Model):
    """A view: the sums of the budget lines in whole US dollars, the objectives served, the quarters reported on.

    In the database rather than in each query: lists need all of them at once, and composing that with the ORM takes
    longer than answering it. A migration that changes a column read here drops and creates the view again.
    """

    activity = models.OneToOneField(Activity, on_delete=models.DO_NOTHING, primary_key=True, related_name="facts")
    planned = models.BigIntegerField()
    mobilised = models.BigIntegerField()
    spent = models.BigIntegerField()
    objectives = ArrayField(models.PositiveSmallIntegerField())
    quarters = ArrayField(models.PositiveSmallIntegerField())

    class Meta:
        managed = False
        db_table = "workplan_activityfacts"

    def __str__(self) -> str:
        return str(self.activity)
