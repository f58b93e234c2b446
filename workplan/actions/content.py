"""What the plan is made of, while it may still change: outcomes, activities, budget lines, indicators, funders."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import journal
from core.errors import DomainError
from core.transitions import check_version, lock
from frameworks.models import (
    Agenda2063Item,
    EcowasInstrument,
    GcmObjective,
    GuidingPrinciple,
    MpfaItem,
    NationalPriority,
    Region,
    SdgTarget,
)
from members.models import Entity, User
from workplan.actions.plan import PlanIsFrozen, require_open
from workplan.enums import Direction
from workplan.models import Activity, BudgetLine, Funder, Indicator, Outcome, WorkPlan
from workplan.models.activity import PER_CENT
from workplan.refusals import refusals

__all__ = ["PlanIsFrozen"]
# In a draft the planned amount may still be raised; later, what comes in beyond it is confirmed (AbovePlan).
MORE_THAN_PLANNED = gettext_lazy("More is mobilised than planned for this source: raise the planned amount.")
TAGS = (
    "contributing", "regions", "gcm_objectives", "guiding_principles", "sdg_targets", "mpfa_items",
    "ecowas_instruments", "national_priorities",
)  # fmt: skip


class ActivityDetails(TypedDict, total=False):
    """Everything of an activity but its code, title, lead and progress."""

    description: str
    added_value: str
    external_partners: str
    is_national: bool
    in_q1: bool
    in_q2: bool
    in_q3: bool
    in_q4: bool
    risk: str
    mandate_clauses: list[str]
    contributing: Iterable[Entity]
    regions: Iterable[Region]
    gcm_objectives: Iterable[GcmObjective]
    guiding_principles: Iterable[GuidingPrinciple]
    sdg_targets: Iterable[SdgTarget]
    mpfa_items: Iterable[MpfaItem]
    ecowas_instruments: Iterable[EcowasInstrument]
    national_priorities: Iterable[NationalPriority]


@dataclass(frozen=True)
class BudgetLineData:
    """Whole US dollars; without funder, what has no source yet."""

    funder: Funder | None
    planned: int
    mobilised: int = 0
    spent: int = 0


@dataclass(frozen=True)
class IndicatorData:
    """An empty code is given by the portal (« 1.1-I2 »)."""

    label: str
    target: Decimal | int
    code: str = ""
    unit: str = ""
    baseline: Decimal | int = 0
    direction: str = Direction.UP
    means_of_verification: str = ""


@transaction.atomic
def add_outcome(
    plan: WorkPlan,
    *,
    title_fr: str,
    title_en: str = "",
    number: int | None = None,
    agenda2063: Iterable[Agenda2063Item] = (),
    national_priorities: Iterable[NationalPriority] = (),
    by: User,
) -> Outcome:
    """Add a result to the draft; without ``number`` it takes the next one.

    Raises:
        PlanIsFrozen: the plan is adopted.
    """
    plan = lock(plan)
    require_open(plan)
    number = number or (plan.outcomes.aggregate(Max("number"))["number__max"] or 0) + 1
    outcome = Outcome.objects.create(plan=plan, number=number, title_fr=title_fr, title_en=title_en)
    outcome.agenda2063.set(agenda2063)
    outcome.national_priorities.set(national_priorities)
    journal.record("add_outcome", plan, by=by, data={"outcome": str(outcome)})
    return outcome


@transaction.atomic
def edit_outcome(
    outcome: Outcome,
    *,
    title_fr: str,
    title_en: str,
    agenda2063: Iterable[Agenda2063Item],
    national_priorities: Iterable[NationalPriority],
    version: int,
    by: User,
) -> Outcome:
    """Change a result of the draft.

    Raises:
        PlanIsFrozen: the plan is adopted.
        StaleVersion: somebody else saved meanwhile.
    """
    plan = lock(outcome.plan)
    outcome = lock(outcome)
    require_open(plan)
    check_version(outcome, version)
    outcome.title_fr, outcome.title_en, outcome.version = title_fr, title_en, outcome.version + 1
    outcome.save(update_fields=["title_fr", "title_en", "version"])
    outcome.agenda2063.set(agenda2063)
    outcome.national_priorities.set(national_priorities)
    journal.record("edit_outcome", plan, by=by, data={"outcome": str(outcome)})
    return outcome


@transaction.atomic
def remove_outcome(outcome: Outcome, *, by: User) -> None:
    """Take an empty result out of the draft.

    Raises:
        DomainError: it has activities, or the plan is adopted.
        Gone: it was removed meanwhile.
    """
    plan = lock(outcome.plan)
    outcome = lock(outcome)
    require_open(plan)
    if outcome.activities.exists():
        raise DomainError(_("This outcome has activities: remove them first."))
    journal.record("remove_outcome", plan, by=by, data={"outcome": str(outcome)})
    outcome.delete()


@transaction.atomic
def add_activity(
    outcome: Outcome,
    *,
    title: str,
    lead: Entity,
    code: str = "",
    lines: Sequence[BudgetLineData] = (),
    indicators: Sequence[IndicatorData] = (),
    by: User,
    **details: Unpack[ActivityDetails],
) -> Activity:
    """Add an activity with its budget and indicators; without ``code`` it takes the next one of its outcome.

    Raises:
        PlanIsFrozen: the plan is adopted.
    """
    plan = lock(outcome.plan)
    require_open(plan)
    values, tags = _parted(details)
    activity = Activity(plan=plan, outcome=outcome, code=code or _next_code(outcome), title=title, lead=lead, **values)
    activity.save(force_insert=True)
    _write_tags(activity, tags)
    _write_lines(activity, lines)
    _write_indicators(activity, indicators)
    journal.record("add_activity", activity, by=by, data={"plan": plan.year, "lead": lead.slug})
    return activity


@transaction.atomic
def edit_activity(
    activity: Activity,
    *,
    title: str,
    lead: Entity,
    lines: Sequence[BudgetLineData],
    indicators: Sequence[IndicatorData],
    version: int,
    by: User,
    **details: Unpack[ActivityDetails],
) -> Activity:
    """Change an activity of the draft; ``lines`` and ``indicators`` replace those there were.

    Raises:
        PlanIsFrozen: the plan is adopted.
        StaleVersion: somebody else saved meanwhile.
    """
    plan = lock(activity.plan)
    require_open(plan)
    activity = lock(activity)
    check_version(activity, version)
    values, tags = _parted(details)
    values.update(title=title, lead=lead, version=activity.version + 1)
    for name, value in values.items():
        setattr(activity, name, value)
    activity.save(update_fields=list(values))
    _write_tags(activity, tags)
    _write_lines(activity, lines)
    _write_indicators(activity, indicators)
    journal.record("edit_activity", activity, by=by, data={"plan": plan.year})
    return activity


@transaction.atomic
def remove_activity(activity: Activity, *, by: User) -> None:
    """Take an activity out of the draft, with its budget and indicators; the journal keeps that it was there.

    Raises:
        PlanIsFrozen: the plan is adopted.
        Gone: it was removed meanwhile.
    """
    plan = lock(activity.plan)
    activity = lock(activity)
    require_open(plan)
    journal.record("remove_activity", activity, by=by, data={"plan": plan.year})
    activity.budget_lines.all().delete()
    activity.indicators.all().delete()
    activity.delete()


@transaction.atomic
def add_funder(*, name: str, kind: str, slug: str = "", by: User) -> Funder:
    """List a source of funds.

    Raises:
        Refused: it is listed already.
    """
    with refusals(Funder):
        funder = Funder.objects.create(name=name, kind=kind, slug=slug or slugify(name)[:60] or "source")
    journal.record("add_funder", funder, by=by)
    return funder


def _parted(details: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Columns of the row, and the lists that hang on it."""
    values = {name: value for name, value in details.items() if name not in TAGS}
    return values, {name: value for name, value in details.items() if name in TAGS}


def _next_code(outcome: Outcome) -> str:
    taken = [int(code.partition(".")[2]) for code in outcome.activities.values_list("code", flat=True)]
    return f"{outcome.number}.{max(taken, default=0) + 1}"


def _write_tags(activity: Activity, tags: dict[str, Any]) -> None:
    for name, things in tags.items():
        getattr(activity, name).set(things)


def _write_lines(activity: Activity, lines: Sequence[BudgetLineData]) -> None:
    funders = [line.funder for line in lines]
    if len(set(funders)) < len(funders):
        raise DomainError(_("This source appears twice; put its amounts on one line."))
    for line in lines:
        check_amounts(line.funder, line.mobilised, line.spent)
        if line.mobilised > line.planned:
            raise DomainError(MORE_THAN_PLANNED)
    activity.budget_lines.all().delete()
    BudgetLine.objects.bulk_create(
        BudgetLine(activity=activity, **{part.name: getattr(line, part.name) for part in fields(line)})
        for line in lines
    )


def check_amounts(funder: Funder | None, mobilised: int, spent: int) -> None:
    """The refusals of the table, said before it refuses.

    Raises:
        DomainError: funds without a source, or more spent than mobilised.
    """
    if funder is None and (mobilised or spent):
        raise DomainError(_("What remains to be mobilised has neither funds nor spending: name the source."))
    if spent > mobilised:
        raise DomainError(_("More is spent than was mobilised."))


def check_measure(unit: str, *values: Decimal | int) -> None:
    """The refusals of the tables, said before they refuse.

    Raises:
        DomainError: a value below zero, or a share above 100.
    """
    if any(value < 0 for value in values):
        raise DomainError(_("An indicator is never below zero."))
    if unit == PER_CENT and any(value > 100 for value in values):
        raise DomainError(_("A share goes from 0 to 100 per cent."))


def _write_indicators(activity: Activity, indicators: Sequence[IndicatorData]) -> None:
    """Indicators are known by their code: one that is left out goes, with the values of a plan never yet in force."""
    kept, number = [], 0
    for data in indicators:
        check_measure(data.unit, data.baseline, data.target)
        code = data.code
        while not code:
            number += 1
            code = f"{activity.code}-I{number}"
            code = "" if code in {other.code for other in indicators} else code
        values = {part.name: getattr(data, part.name) for part in fields(data) if part.name != "code"}
        Indicator.objects.update_or_create(activity=activity, code=code, defaults=values)
        kept.append(code)
    activity.indicators.exclude(code__in=kept).delete()
