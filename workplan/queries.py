"""Reading the plan: which one is in force, how far it is, what it costs, whom it serves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Prefetch, QuerySet, Value
from django.utils.functional import cached_property

from core import jobs
from core.models import JournalEvent
from core.prepared import prepared
from decisions.enums import GIVEN_UP, WAITING, DecisionState
from decisions.models import Decision
from frameworks.models import GcmObjective, in_active_language
from meetings.enums import MINUTES_FROZEN, OVER, Kind
from meetings.models import Meeting
from members.models import Entity
from members.standing import Standing, standing_of
from workplan import revising
from workplan.custody import FILE_JOB
from workplan.enums import AT_REST, FROZEN, REPORTABLE, ActivityStatus, PlanState
from workplan.models import (
    Activity,
    BudgetLine,
    Indicator,
    Outcome,
    PlanConsultation,
    PlanSignature,
    PlanVersion,
    QuarterReport,
    QuarterValue,
    WorkPlan,
)


# --- Which plan ------------------------------------------------------------------------------------------------------
def plan_of(user: Any, year: int) -> WorkPlan | None:
    """With the meeting and the decision of its custody, if this person may see it."""
    return next(iter(_plan_of(standing_of(user).place, year=year)), None)


@prepared
def _plan_of(place: Standing, year: Any) -> QuerySet[WorkPlan]:
    seen = WorkPlan.objects.visible_to(place).filter(year=year)
    related = seen.select_related("review", "reviewed_in", "validating_decision", "created_by")
    return revising.with_asked(related).order_by("pk")


def signatures_of(plan: WorkPlan) -> list[PlanSignature]:
    """In the order in which they were given; none before the Network has adopted the plan."""
    if not plan.validating_decision_id:
        return []
    return _signatures(plan=plan.pk)


@prepared
def _signatures(plan: Any) -> QuerySet[PlanSignature]:
    return PlanSignature.objects.filter(plan=plan).select_related("person").order_by("signed_at", "pk")


def consultations(plan: WorkPlan) -> list[PlanConsultation]:
    return _consultations(plan=plan.pk)


@prepared
def _consultations(plan: Any) -> QuerySet[PlanConsultation]:
    return PlanConsultation.objects.filter(plan=plan).order_by("held_on", "pk")


def revisions(plan: WorkPlan) -> list[PlanVersion]:
    """The versions after the first, each with the decision that adopted it; none before the plan is validated."""
    return _revisions(plan=plan.pk) if plan.state in FROZEN else []


@prepared
def _revisions(plan: Any) -> QuerySet[PlanVersion]:
    adopted = PlanVersion.objects.filter(plan=plan, number__gt=1).select_related("decision")
    shown = ("plan_id", "number", "adopted_at", "note", "decision__year", "decision__number")
    return adopted.only(*shown).order_by("number", "pk")


def plans(user: Any) -> QuerySet[WorkPlan]:
    """Those this person may see, the newest first."""
    return WorkPlan.objects.visible_to(user).select_related("review", "validating_decision").order_by("-year", "pk")


def plan_in_force(plans: Iterable[WorkPlan], year: int) -> WorkPlan | None:
    """The validated plan of the year, else the last validated one before it, else the first to come."""
    in_force = sorted((plan for plan in plans if plan.state in FROZEN), key=lambda plan: plan.year)
    past = [plan for plan in in_force if plan.year <= year]
    return past[-1] if past else next(iter(in_force), None)


class PlansInHand:
    """What the home page needs of all plans, in two queries: the plans, and the activities of those that run."""

    def __init__(self, day: date):
        self.day = day
        self.plans = _all_plans()
        self.in_force = plan_in_force(self.plans, day.year)
        self.reportable = [plan for plan in self.plans if plan.state in REPORTABLE and plan.year >= day.year - 1]

    @cached_property
    def _activities(self) -> dict[int, list[Activity]]:
        running: dict[int, list[Activity]] = {plan.pk: [] for plan in [self.in_force, *self.reportable] if plan}
        for activity in _activities_of("facts", plans=list(running)):
            running[activity.plan_id].append(activity)
        return running

    def activities(self, plan: WorkPlan) -> list[Activity]:
        """Of the plan in force or a reportable one, with ``facts``."""
        return self._activities[plan.pk]

    def at(self, state: PlanState) -> list[WorkPlan]:
        return [plan for plan in self.plans if plan.state == state]


@prepared
def _all_plans() -> QuerySet[WorkPlan]:
    return WorkPlan.objects.order_by("year", "pk")


@prepared
def _activities_of(*related: str, plans: Any) -> QuerySet[Activity]:
    return Activity.objects.filter(plan__in=plans.keys).select_related(*related).order_by("pk")


def pending_validation(plan: WorkPlan) -> Decision | None:
    """The decision on this very plan that is neither given up nor replaced."""
    over = [*GIVEN_UP, DecisionState.SUPERSEDED]
    return (
        Decision.objects.filter(subject_kind="work_plan", subject_id=str(plan.pk))
        .exclude(state__in=over)
        .order_by("-pk")
        .first()
    )


def is_under_call(plan: WorkPlan) -> bool:
    """Whether the Network is giving its positions on this plan, or the call waits for a meeting or for advice."""
    on_it = Decision.objects.filter(subject_kind="work_plan", subject_id=str(plan.pk))
    return on_it.filter(state__in=[DecisionState.CALL, *WAITING]).exists()


def plan_url_of(decision: Decision) -> str:
    """The page of the plan that a decision validates; empty for a decision on the work plan in general."""
    plan = WorkPlan.objects.filter(pk=decision.subject_id).first() if decision.subject_id.isdecimal() else None
    return plan.get_absolute_url() if plan else ""


def reviews_to_table_at(plan: WorkPlan) -> QuerySet[Meeting]:
    """Annual reviews of the plan’s year or the year before whose record is still open, the newest first (M-55)."""
    reviews = Meeting.objects.announced().filter(kind=Kind.ANNUAL_REVIEW).exclude(state__in=MINUTES_FROZEN)
    return reviews.filter(starts_at__year__in=[plan.year - 1, plan.year]).order_by("-starts_at", "pk")


def reviews_that_examined(plan: WorkPlan) -> QuerySet[Meeting]:
    """Annual reviews held in the plan’s year or the year after it, the newest first (clause M-71)."""
    held = Meeting.objects.filter(kind=Kind.ANNUAL_REVIEW, state__in=OVER).exclude(tabled_plans=plan)
    return held.filter(starts_at__year__in=[plan.year, plan.year + 1]).order_by("-starts_at", "pk")


def turns_of(plan: WorkPlan) -> list[JournalEvent]:
    """Each time the plan was put before the Network, tabled, or taken back: its row only knows the last time."""
    return _turns(plan=str(plan.pk))


@prepared
def _turns(plan: Any) -> QuerySet[JournalEvent]:
    verbs = ["workplan.open_consultation", "workplan.table_at_review", "workplan.rework"]
    events = JournalEvent.objects.filter(object_type="workplan.workplan", object_id=plan, verb__in=verbs)
    return events.select_related("actor").order_by("at", "pk")


def file_progress(plan: WorkPlan) -> jobs.Progress | None:
    """How far the printing of the transmitted file is; ``None`` before the transmission and once it is there."""
    if plan.state != PlanState.TRANSMITTED or plan.transmitted_file:
        return None
    return jobs.progress_of(FILE_JOB, plan)


# --- Amounts ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Totals:
    """Whole US dollars. The gap is what remains to be mobilised; one activity's surplus fills no other's gap."""

    planned: int = 0
    mobilised: int = 0
    spent: int = 0
    gap: int = 0

    @property
    def surplus(self) -> int:
        """What came in for some activities beyond what they require: why the gap is more than a subtraction."""
        return self.mobilised + self.gap - self.planned

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(
            self.planned + other.planned,
            self.mobilised + other.mobilised,
            self.spent + other.spent,
            self.gap + other.gap,
        )

    def in_xof(self, plan: WorkPlan) -> "Totals":
        """The same in francs CFA at the plan's rate."""
        return Totals(*(plan.in_xof(usd) for usd in (self.planned, self.mobilised, self.spent, self.gap)))


def totals_of(activity: Activity) -> Totals:
    facts = activity.facts
    return Totals(facts.planned, facts.mobilised, facts.spent, max(0, facts.planned - facts.mobilised))


def sum_of(activities: Iterable[Activity]) -> Totals:
    return sum((totals_of(activity) for activity in activities), Totals())


def plan_totals(plan: WorkPlan) -> Totals:
    return sum_of(plan_activities(plan))


# --- Activities ------------------------------------------------------------------------------------------------------
def plan_activities(plan: WorkPlan) -> list[Activity]:
    """In the order of their codes, with lead and facts: one query."""
    activities = sorted(_activities_of("lead", "facts", plans=[plan.pk]), key=lambda row: row.place)
    for activity in activities:
        activity.plan = plan
    return activities


def contributors(plan: WorkPlan) -> dict[int, set[Entity]]:
    """By activity, the entities that contribute to it."""
    found: dict[int, set[Entity]] = {}
    for row in _contributors(plan=plan.pk):
        found.setdefault(row.activity_id, set()).add(row.entity)
    return found


@prepared
def _contributors(plan: Any) -> QuerySet[Any]:
    ties = Activity.contributing.through._default_manager
    named = ("activity_id", "entity__slug", "entity__acronym_fr", "entity__acronym_en")
    return ties.filter(activity__plan=plan).select_related("entity").only(*named).order_by("pk")


def activities_of(plan: WorkPlan) -> QuerySet[Activity]:
    """Everything of each activity of the plan, for reports and exports; a constant number of queries."""
    return full_activities(plan.activities).in_order()  # type: ignore[attr-defined, no-any-return]


def full_activities(activities: Any) -> QuerySet[Activity]:
    """With outcome, lead, facts, contributing entities, budget, indicators and quarterly reports."""
    values = QuarterValue.objects.select_related("report").order_by("pk")
    indicators = Indicator.objects.order_by("code", "pk").prefetch_related(Prefetch("values", values))
    reports = QuarterReport.objects.select_related("entity", "reported_by").order_by("quarter", "reported_at", "pk")
    lines = BudgetLine.objects.select_related("funder").order_by(F("funder").asc(nulls_last=True), "pk")
    prefetched = [
        Prefetch("contributing", Entity.objects.order_by("acronym_fr", "pk")),
        Prefetch("indicators", indicators),
        Prefetch("reports", reports),
        Prefetch("budget_lines", lines),
    ]
    chosen = activities.select_related("plan", "outcome", "lead", "rights_checked_by_entity", "facts")
    return chosen.prefetch_related(*prefetched)


@dataclass(frozen=True)
class Tag:
    """One line of a reference framework that an activity serves."""

    slug: str
    title: str

    @property
    def code(self) -> str:
        # Targets of the 2030 Agenda that are means are numbered with a small letter: 11.b.
        prefix = "sdg-t-"
        return prefix.upper() + self.slug[len(prefix) :] if self.slug.startswith(prefix) else self.slug.upper()

    @property
    def mark(self) -> str:
        """What people call it: « 23 », « b) », « 17.16 »; the other lists go by their titles."""
        framework, _dash, rest = self.code.partition("-")
        marks = {"GCM": str(int(rest)) if rest.isdecimal() else rest, "GP": f"{rest.lower()})"}
        return {**marks, "SDG": rest.removeprefix("T-")}.get(framework, "")

    def __str__(self) -> str:
        return f"{self.mark} · {self.title}" if self.mark else self.title


# The lists an activity is tagged with, in the order of the mandate's second paragraph.
FRAMEWORKS = (
    "regions", "gcm_objectives", "guiding_principles", "sdg_targets", "mpfa_items", "ecowas_instruments",
    "national_priorities",
)  # fmt: skip


def tags_of(activity_ids: Sequence[int]) -> dict[int, dict[str, list[Tag]]]:
    """By activity and list, the rows it is tagged with: one query for all lists."""
    found: dict[int, dict[str, list[Tag]]] = {pk: {name: [] for name in FRAMEWORKS} for pk in activity_ids}
    parts = []
    for name in FRAMEWORKS:
        target = Activity._meta.get_field(name).related_model
        rows = target._default_manager.filter(activities__in=activity_ids).order_by()  # type: ignore[union-attr]
        fields = ("activities", "order", "slug", "title_fr", "title_en")
        parts.append(rows.annotate(list_name=Value(name)).values_list("list_name", *fields))
    union = parts[0].union(*parts[1:], all=True).order_by("list_name", "order", "slug")
    for name, pk, _order, slug, french, english in union:
        found[pk][name].append(Tag(slug, in_active_language(french, english)))
    return found


# --- Progress --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class OutcomeProgress:
    """An outcome with its activities; ``progress`` is the mean of theirs, cancelled ones left out."""

    outcome: Outcome
    activities: list[Activity]
    progress: Decimal | None
    totals: Totals


def mean_progress(activities: Iterable[Activity]) -> Decimal | None:
    counted = [row.progress_percent for row in activities if row.status != ActivityStatus.CANCELLED]
    return Decimal(sum(counted)) / len(counted) if counted else None


def plan_progress(plan: WorkPlan, activities: list[Activity] | None = None) -> list[OutcomeProgress]:
    """By outcome, in order; ``activities`` spares the query when the caller has them."""
    rows = plan_activities(plan) if activities is None else activities
    by_outcome: dict[int, list[Activity]] = {}
    for row in rows:
        by_outcome.setdefault(row.outcome_id, []).append(row)
    return [
        OutcomeProgress(outcome, own, mean_progress(own), sum_of(own))
        for outcome in _outcomes(plan=plan.pk)
        for own in [by_outcome.get(outcome.pk, [])]
    ]


@prepared
def _outcomes(plan: Any) -> QuerySet[Outcome]:
    return Outcome.objects.filter(plan=plan).order_by("number", "pk")


@dataclass(frozen=True)
class Served:
    """An objective of the Global Compact and the activities of the plan tagged with it."""

    objective: GcmObjective
    activity_ids: frozenset[int]
    active_ids: frozenset[int]

    @property
    def count(self) -> int:
        return len(self.active_ids)


def served_objectives(activities: Iterable[Activity]) -> list[Served]:
    """The 23 objectives; an activity that is postponed or cancelled is tagged but does not act (clause M-06)."""
    tagged: dict[int, set[int]] = {}
    at_rest = set()
    for activity in activities:
        if activity.status in AT_REST:
            at_rest.add(activity.pk)
        for number in activity.facts.objectives:
            tagged.setdefault(number, set()).add(activity.pk)
    return [
        Served(row, frozenset(own), frozenset(own - at_rest))
        for row in _objectives()
        for own in [tagged.get(row.number, set())]
    ]


@prepared
def _objectives() -> QuerySet[GcmObjective]:
    return GcmObjective.objects.order_by("number", "pk")


def covered(activities: Iterable[Activity]) -> set[int]:
    """Numbers of the objectives that somebody acts for."""
    return {number for row in activities if row.status not in AT_REST for number in row.facts.objectives}
