"""What is reported during the year: progress, indicator values, funds that come in and go out, human rights checks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import DomainError
from core.transitions import check_version, lock
from members.models import Entity, User
from members.standing import standing_on
from workplan.actions.content import check_amounts, check_measure
from workplan.enums import FROZEN, REPORTABLE, ActivityStatus, Quarter
from workplan.models import Activity, BudgetLine, Funder, Indicator, QuarterReport, QuarterValue


@dataclass(frozen=True)
class LineAmounts:
    """What was mobilised and spent on one budget line since the start of the year, in whole US dollars."""

    mobilised: int
    spent: int


@transaction.atomic
def report_progress(
    activity: Activity,
    *,
    quarter: int,
    status: str,
    progress_percent: int,
    values: Mapping[Indicator, Decimal | int | None] | None = None,
    amounts: Mapping[BudgetLine, LineAmounts] | None = None,
    note: str = "",
    risk: str | None = None,
    version: int,
    by: User,
) -> QuarterReport:
    """Say where an activity stands for a quarter. A second report of the same quarter replaces the first.

    Args:
        values: by indicator; ``None`` leaves the quarter without a value.
        amounts: by budget line, where they changed.
        risk: ``None`` leaves the risk as it is written.

    Raises:
        DomainError: the plan is not in force, or status, percentage and amounts contradict each other.
        StaleVersion: somebody else reported meanwhile.
    """
    plan = lock(activity.plan)
    if plan.state not in REPORTABLE:
        raise DomainError(_("Progress is reported from the validation of the plan until its annual review."))
    activity = lock(activity)
    check_version(activity, version)
    _check_progress(ActivityStatus(status), progress_percent)
    before = {"status": activity.status, "progress": activity.progress_percent}
    activity.status, activity.progress_percent = status, progress_percent
    activity.risk, activity.version = activity.risk if risk is None else risk, activity.version + 1
    activity.save(update_fields=["status", "progress_percent", "risk", "version"])
    _write_values(activity, Quarter(quarter), values or {}, by)
    _write_amounts(activity, amounts or {})
    report = _write_report(activity, quarter, note, by)
    after = {"quarter": quarter, "progress": progress_percent, "status": status, "before": before, "note": note}
    journal.record("report_progress", activity, by=by, data=after)
    return report


def _write_report(activity: Activity, quarter: int, note: str, by: User) -> QuarterReport:
    """The activity as it now stands, kept for the quarter."""
    written = {
        "status": activity.status,
        "progress_percent": activity.progress_percent,
        "note": note,
        "entity": standing_on(by, clock.today()).entity,
        "reported_at": clock.now(),
        "reported_by": by,
    }
    report, _created = QuarterReport.objects.update_or_create(activity=activity, quarter=quarter, defaults=written)
    return report


def _check_progress(status: ActivityStatus, percent: int) -> None:
    if not 0 <= percent <= 100:
        raise DomainError(_("Progress is a number between 0 and 100."))
    if status == ActivityStatus.COMPLETED and percent != 100:
        raise DomainError(_("A completed activity has reached 100%."))
    if status == ActivityStatus.NOT_STARTED and percent != 0:
        raise DomainError(_("An activity that has not started is at 0%."))


def _write_values(
    activity: Activity, quarter: Quarter, values: Mapping[Indicator, Decimal | int | None], by: User
) -> None:
    for indicator, value in values.items():
        if indicator.activity_id != activity.pk:
            raise ValueError(f"indicator {indicator.pk} is not of activity {activity.pk}")
        if value is None:
            indicator.values.filter(quarter=quarter).delete()
            continue
        check_measure(indicator.unit, value)
        defaults = {"value": value, "reported_at": clock.now(), "reported_by": by}
        QuarterValue.objects.update_or_create(indicator=indicator, quarter=quarter, defaults=defaults)


def _write_amounts(activity: Activity, amounts: Mapping[BudgetLine, LineAmounts]) -> None:
    for line, amount in amounts.items():
        if line.activity_id != activity.pk:
            raise ValueError(f"budget line {line.pk} is not of activity {activity.pk}")
        check_amounts(line.funder, amount.mobilised, amount.spent)
        line = lock(line)
        line.mobilised, line.spent = amount.mobilised, amount.spent
        line.save(update_fields=["mobilised", "spent"])


@transaction.atomic
def add_funding(activity: Activity, *, funder: Funder, mobilised: int, spent: int = 0, by: User) -> BudgetLine:
    """Funds come in from a new source after the adoption: what is required stays, what is to be mobilised falls.

    Raises:
        DomainError: the plan is still a draft, or the source has its line already.
    """
    plan = lock(activity.plan)
    if plan.state not in FROZEN:
        raise DomainError(_("The plan is still a draft: change the budget of the activity instead."))
    check_amounts(funder, mobilised, spent)
    try:
        with transaction.atomic():
            line = BudgetLine.objects.create(
                activity=activity, funder=funder, planned=0, mobilised=mobilised, spent=spent
            )
    except IntegrityError as error:
        raise DomainError(_("%s already has a line: report the new amount there.") % funder) from error
    journal.record("add_funding", activity, by=by, data={"funder": funder.name, "mobilised": mobilised})
    return line


@transaction.atomic
def record_rights_check(activity: Activity, *, on: date, entity: Entity, by: User) -> Activity:
    """The activity was held against norms and human rights (clause M-32), on a day, by an entity.

    Raises:
        DomainError: the day is to come.
    """
    activity = lock(activity)
    if on > clock.today():
        raise DomainError(_("This day is still to come; note the check once it is done."))
    activity.rights_checked_on, activity.rights_checked_by_entity = on, entity
    activity.save(update_fields=["rights_checked_on", "rights_checked_by_entity"])
    journal.record("record_rights_check", activity, by=by, data={"on": on, "entity": entity.slug})
    return activity
