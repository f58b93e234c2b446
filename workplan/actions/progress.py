"""What is reported during the year: progress, indicator values, funds that come in and go out, human rights checks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import DomainError
from core.refusals import Refused
from core.templatetags.typography import money, number
from core.transitions import check_version, lock
from members.models import Entity, User
from members.standing import standing_on
from workplan.actions.content import check_amounts, check_measure
from workplan.enums import FROZEN, REPORTABLE, ActivityStatus, Quarter
from workplan.models import (
    Activity,
    ActivityFacts,
    BudgetLine,
    Funder,
    Indicator,
    QuarterAmount,
    QuarterReport,
    QuarterValue,
    counting,
)


@dataclass(frozen=True)
class LineAmounts:
    """What was mobilised and spent on one budget line since the start of the year, in whole US dollars."""

    mobilised: int
    spent: int


class AbovePlan(DomainError):
    """More came in for the activity than it requires; who means it says so. ``line`` is where it rose."""

    field = "mobilised"

    def __init__(self, activity: Activity, mobilised: int, planned: int, line: BudgetLine | None = None) -> None:
        self.line = line
        said = {"mobilised": money(mobilised), "planned": money(planned), "activity": activity.code}
        super().__init__(
            _(
                "With this amount, %(mobilised)s are mobilised for the %(planned)s that activity %(activity)s "
                "requires. Correct it, or tick “More came in than planned”."
            )
            % said
        )


class TotalFalls(DomainError):
    """A total since the start of the year does not fall from one quarter to the next: a value, or what was spent."""

    def __init__(
        self, sentence: str, *, indicator: Indicator | None = None, spent_on: BudgetLine | None = None
    ) -> None:
        self.indicator, self.spent_on = indicator, spent_on
        super().__init__(sentence)


@transaction.atomic
def report_progress(
    activity: Activity,
    *,
    quarter: int,
    status: str,
    progress_percent: int,
    values: Mapping[Indicator, Decimal | int] | None = None,
    amounts: Mapping[BudgetLine, LineAmounts] | None = None,
    note: str = "",
    risk: str | None = None,
    above_plan: bool = False,
    version: int,
    by: User,
) -> QuarterReport:
    """Say where an activity stands for a quarter: one more record, which replaces none.

    The activity then stands where the report that counts says (:func:`workplan.models.counting`): that of the latest
    quarter, there the lead’s, there the last one.

    Args:
        values: by indicator, where there is one.
        amounts: by budget line, where they are known.
        risk: ``None`` leaves the risk as it is written.
        above_plan: more came in than the activity requires, and that is meant.

    Raises:
        DomainError: the plan is not in force, or status, percentage and amounts contradict each other.
        AbovePlan: the funds rise above what is required, without ``above_plan``.
        TotalFalls: a total is below that of an earlier quarter, or above that of a later one.
        StaleVersion: somebody else reported meanwhile.
    """
    plan = lock(activity.plan)
    if plan.state not in REPORTABLE:
        raise DomainError(_("Progress is reported from the validation of the plan until its annual review."))
    activity = lock(activity)
    check_version(activity, version)
    _check_progress(ActivityStatus(status), progress_percent)
    before = {"status": activity.status, "progress": activity.progress_percent}
    standing = standing_on(by, clock.today())
    report = QuarterReport.objects.create(
        activity=activity,
        quarter=Quarter(quarter),
        status=status,
        progress_percent=progress_percent,
        note=note,
        risk=activity.risk if risk is None else risk,
        entity=standing.entity,
        is_contribution=not standing.is_secretariat and standing.entity != activity.lead,
        reported_at=clock.now(),
        reported_by=by,
    )
    if not report.is_contribution:
        _check_amounts(report, amounts or {}, above_plan)
    _write_values(report, values or {})
    _write_amounts(report, amounts or {})
    if counting(activity.reports.all()) == report:
        _bring_up_to(report, amounts or {})
    Activity.objects.filter(pk=activity.pk).update(version=activity.version + 1)
    after = {"quarter": quarter, "progress": progress_percent, "status": status, "before": before, "note": note}
    journal.record("report_progress", activity, by=by, data=after)
    return report


def _check_amounts(report: QuarterReport, amounts: Mapping[BudgetLine, LineAmounts], above_plan: bool) -> None:
    if not above_plan:
        _check_within_plan(report.activity, {line.pk: amount.mobilised for line, amount in amounts.items()})
    for line, amount in amounts.items():
        told = QuarterAmount.objects.filter(line=line, report__is_contribution=False).select_related("report")
        by_weight = sorted(told, key=lambda row: row.report.weight)
        sentence = _falls({row.report.quarter: row.spent for row in by_weight}, report.quarter, amount.spent)
        if sentence:
            raise TotalFalls(sentence, spent_on=line)


def _bring_up_to(report: QuarterReport, amounts: Mapping[BudgetLine, LineAmounts]) -> None:
    """The activity and its budget lines stand where this report says."""
    activity = report.activity
    activity.status, activity.progress_percent, activity.risk = report.status, report.progress_percent, report.risk
    activity.save(update_fields=["status", "progress_percent", "risk"])
    for line, amount in amounts.items():
        line = lock(line)
        line.mobilised, line.spent = amount.mobilised, amount.spent
        line.save(update_fields=["mobilised", "spent"])


def _check_within_plan(activity: Activity, mobilised: Mapping[int, int]) -> None:
    lines = list(activity.budget_lines.order_by("pk"))
    planned = sum(line.planned for line in lines)
    total = sum(mobilised.get(line.pk, line.mobilised) for line in lines)
    risen = next((line for line in lines if mobilised.get(line.pk, 0) > line.mobilised), None)
    if risen and total > planned:
        raise AbovePlan(activity, total, planned, risen)


def _check_progress(status: ActivityStatus, percent: int) -> None:
    if not 0 <= percent <= 100:
        raise DomainError(_("Progress is a number between 0 and 100."))
    if status == ActivityStatus.COMPLETED and percent != 100:
        raise DomainError(_("A completed activity has reached 100%."))
    if status == ActivityStatus.NOT_STARTED and percent != 0:
        raise DomainError(_("An activity that has not started is at 0%."))


def _write_values(report: QuarterReport, values: Mapping[Indicator, Decimal | int]) -> None:
    for indicator, value in values.items():
        if indicator.activity_id != report.activity_id:
            raise ValueError(f"indicator {indicator.pk} is not of activity {report.activity_id}")
        check_measure(indicator.unit, value)
        known = {one: total for one, total in indicator.by_quarter.items() if total is not None}
        sentence = _falls(known, report.quarter, value) if indicator.is_cumulative else ""
        if sentence:
            raise TotalFalls(sentence, indicator=indicator)
        QuarterValue.objects.create(report=report, indicator=indicator, value=value)


def _falls(known: Mapping[int, Decimal | int], quarter: int, value: Decimal | int) -> str:
    """Which known total ``value`` contradicts, in words; empty when it contradicts none."""
    earlier = [one for one in sorted(known) if one < quarter and known[one] > value]
    later = [one for one in sorted(known) if one > quarter and known[one] < value]
    if not earlier and not later:
        return ""
    sentence = (
        _("This is a total since the start of the year: it is not below that of %(quarter)s, %(total)s.")
        if earlier
        else _("This is a total since the start of the year: it is not above that of %(quarter)s, %(total)s.")
    )
    one = earlier[-1] if earlier else later[0]
    return sentence % {"quarter": Quarter(one).label, "total": number(known[one], 2)}


def _write_amounts(report: QuarterReport, amounts: Mapping[BudgetLine, LineAmounts]) -> None:
    for line, amount in amounts.items():
        if line.activity_id != report.activity_id:
            raise ValueError(f"budget line {line.pk} is not of activity {report.activity_id}")
        check_amounts(line.funder, amount.mobilised, amount.spent)
        QuarterAmount.objects.create(report=report, line=line, mobilised=amount.mobilised, spent=amount.spent)


@transaction.atomic
def add_funding(
    activity: Activity, *, funder: Funder, mobilised: int, spent: int = 0, above_plan: bool = False, by: User
) -> BudgetLine:
    """Funds come in from a new source after the adoption: what is required stays, what is to be mobilised falls.

    Raises:
        DomainError: the plan is still a draft, or the source has its line already.
        AbovePlan: the funds rise above what is required, without ``above_plan``.
    """
    plan = lock(activity.plan)
    if plan.state not in FROZEN:
        raise DomainError(_("The plan is still a draft: change the budget of the activity instead."))
    check_amounts(funder, mobilised, spent)
    facts = ActivityFacts.objects.get(pk=activity.pk)
    if facts.mobilised + mobilised > facts.planned and not above_plan:
        raise AbovePlan(activity, facts.mobilised + mobilised, facts.planned)
    if activity.budget_lines.filter(funder=funder).exists():
        raise Refused(_("%s already has a line: report the new amount there.") % funder, "funder")
    line = BudgetLine.objects.create(activity=activity, funder=funder, planned=0, mobilised=mobilised, spent=spent)
    journal.record("add_funding", activity, by=by, data={"funder": funder.name, "mobilised": mobilised})
    return line


@transaction.atomic
def record_rights_check(activity: Activity, *, on: date, entity: Entity, version: int, by: User) -> Activity:
    """The activity was held against norms and human rights (clause M-32), on a day, by an entity.

    Raises:
        Refused: the day is to come.
        StaleVersion: somebody else saved meanwhile.
    """
    activity = lock(activity)
    check_version(activity, version)
    if on > clock.today():
        raise Refused(_("This day is still to come; note the check once it is done."), "on")
    activity.rights_checked_on, activity.rights_checked_by_entity = on, entity
    activity.version += 1
    activity.save(update_fields=["rights_checked_on", "rights_checked_by_entity", "version"])
    journal.record("record_rights_check", activity, by=by, data={"on": on, "entity": entity.slug})
    return activity
