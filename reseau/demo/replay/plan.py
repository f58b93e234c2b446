"""The work plan of a year file: drafted, consulted on, validated at the annual review, transmitted, carried out."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from core import jobs
from frameworks import models as frameworks
from reseau.demo.plan_part import ActivityPart, IndicatorPart, PlanConsultationPart, PlanVersionPart, Quarter
from reseau.demo.replay.stage import Event, Stage, at
from reseau.demo.year import Year
from workplan import actions
from workplan.actions import BudgetLineData, IndicatorData, LineAmounts
from workplan.custody import FILE_JOB
from workplan.enums import ActivityStatus
from workplan.models import Activity

# The file dates no quarterly report: ten days after each quarter, and the last one four days before the file's day.
REPORTED: dict[Quarter, int] = {"T1": 227, "T2": 136, "T3": 45, "T4": 4}
QUARTERS: dict[Quarter, int] = {"T1": 1, "T2": 2, "T3": 3, "T4": 4}
GOVERNMENT = "PC-01"


def events(year: Year, stage: Stage) -> list[Event]:
    part = year.work_plan
    decision = next(row for row in year.decisions if row.code == part.endorsing_decision)
    opened = decision.consultation_opened_at or part.presented_at
    coordinator = partial(stage.person, stage.coordinator)
    rotating = partial(stage.person, stage.rotating)
    rc_office = partial(stage.person, stage.rc_office)
    acknowledged = part.acknowledged_by_rc_at
    found = [
        Event(at(min([opened, *(row.date for row in part.consultations)]), 7), _draft(stage, year)),
        Event(at(opened, 8, 30), lambda: actions.open_consultation(stage.plan, by=coordinator())),
        Event(at(part.presented_at, 8), _table(stage, decision.adopted_in or "")),
        Event(at(part.endorsed_at, 19), lambda: actions.sign_plan(stage.plan, by=coordinator())),
        Event(at(part.endorsed_at, 19, 30), lambda: actions.sign_plan(stage.plan, by=rotating())),
        Event(at(part.sent_to_rc_at, 10), lambda: actions.transmit_plan(stage.plan, by=rotating())),
        Event(at(part.sent_to_rc_at, 10, 5), _print(stage)),
        Event(at(acknowledged, 10), lambda: actions.acknowledge_plan(stage.plan, by=rc_office())),
        Event(at(acknowledged, 15), lambda: actions.start_execution(stage.plan, by=coordinator())),
    ]
    government = {row.code for row in year.partners if row.category == GOVERNMENT}
    found += [Event(at(row.date, 7, 30), _consult(stage, row, government)) for row in part.consultations]
    found += [Event(at(row.date, 17), _revise(stage, row)) for row in part.versions[1:]]
    for activity in part.activities:
        found += _execution(year, stage, activity)
    return found


def _draft(stage: Stage, year: Year):
    def act():
        part, by = year.work_plan, stage.person(stage.secretary)
        stage.plan = actions.create_plan(year=part.year, title=part.title_fr, xof_per_usd=part.xof_per_usd, by=by)
        funders = {
            row.code: actions.add_funder(name=row.name_fr, kind=row.kind, slug=row.code.lower(), by=by)
            for row in year.donors
        }
        partners = {row.code: row.name_fr for row in year.partners}
        outcomes = {}
        for row in part.outcomes:
            outcomes[row.code] = actions.add_outcome(
                stage.plan,
                number=row.number,
                title_fr=row.title_fr,
                title_en=row.title_en,
                agenda2063=_rows(frameworks.Agenda2063Item, row.agenda2063),
                national_priorities=_rows(frameworks.NationalPriority, row.unsdcf),
                by=by,
            )
        for activity in part.activities:
            _add_activity(stage, outcomes[activity.outcome], activity, funders, partners, by)

    return act


def _rows(model: Any, codes: list[str]) -> list[Any]:
    return list(model.objects.filter(slug__in=[code.lower() for code in codes]).order_by("order", "pk"))


def _short(code: str) -> str:
    """« PTA26-1.1 » is activity 1.1 of its plan."""
    return code.partition("-")[2]


def _add_activity(stage: Stage, outcome, part: ActivityPart, funders, partners, by):
    lines = [BudgetLineData(funders[row.donor], row.amount_usd, mobilised=row.amount_usd) for row in part.funding]
    if part.budget.gap_usd:
        lines.append(BudgetLineData(None, part.budget.gap_usd))
    stage.activities[part.code] = actions.add_activity(
        outcome,
        code=_short(part.code),
        title=part.title_fr,
        lead=stage.entities[part.lead],
        lines=lines,
        indicators=[_indicator(row) for row in part.indicators],
        description=part.description_fr,
        added_value=part.added_value_fr,
        external_partners="\n".join(partners[code] for code in part.external_partners),
        is_national="SN" in part.regions,
        in_q1=part.schedule["T1"],
        in_q2=part.schedule["T2"],
        in_q3=part.schedule["T3"],
        in_q4=part.schedule["T4"],
        risk=part.risk_fr or "",
        mandate_clauses=part.mandate_clauses,
        contributing=[stage.entities[code] for code in part.contributing],
        regions=_rows(frameworks.Region, part.regions),
        gcm_objectives=_rows(frameworks.GcmObjective, part.gcm_objectives),
        guiding_principles=_rows(frameworks.GuidingPrinciple, part.guiding_principles),
        sdg_targets=_rows(frameworks.SdgTarget, part.sdg_targets),
        mpfa_items=_rows(frameworks.MpfaItem, part.mpfa),
        ecowas_instruments=_rows(frameworks.EcowasInstrument, part.ecowas),
        national_priorities=_rows(frameworks.NationalPriority, part.national_priorities),
        by=by,
    )


def _indicator(part: IndicatorPart) -> IndicatorData:
    return IndicatorData(
        label=part.label_fr,
        code=_short(part.code),
        unit=part.unit,
        baseline=Decimal(str(part.baseline)),
        target=Decimal(str(part.target)),
        direction=part.direction,
        means_of_verification=part.means_of_verification_fr,
    )


def _consult(stage: Stage, part: PlanConsultationPart, government: set[str]):
    return lambda: actions.record_consultation(
        stage.plan,
        held_on=part.date,
        with_whom=part.with_fr,
        is_government=bool(government.intersection(part.partners)),
        note=part.note_fr,
        by=stage.person(stage.secretary),
    )


def _table(stage: Stage, meeting: str):
    return lambda: actions.table_at_review(
        stage.plan, meeting=stage.meeting(meeting), by=stage.person(stage.coordinator)
    )


def _print(stage: Stage):
    """At once: nobody acknowledges receipt of a plan that is still being printed."""

    def act():
        if job := jobs.latest(FILE_JOB, stage.plan):
            jobs.execute(job.pk)

    return act


def _revise(stage: Stage, part: PlanVersionPart):
    return lambda: actions.record_revision(
        stage.plan, decision=stage.decision(part.decision), note=part.note_fr, by=stage.person(stage.secretary)
    )


def _execution(year: Year, stage: Stage, part: ActivityPart) -> list[Event]:
    as_of, found = year.meta.as_of, []
    for quarter, days in REPORTED.items():
        found.append(Event(at(as_of - timedelta(days=days), 12), _report(stage, part, quarter)))
    check = part.rights_check
    if check.done and check.date and check.by:
        found.append(Event(at(check.date, 15), _check_rights(stage, part, check.date, check.by)))
    return found


def _check_rights(stage: Stage, part: ActivityPart, on: date, by: str):
    def act():
        activity = Activity.objects.get(pk=stage.activities[part.code].pk)
        entity = stage.entities[by]
        actions.record_rights_check(activity, on=on, entity=entity, version=activity.version, by=stage.principal_of(by))

    return act


def _report(stage: Stage, part: ActivityPart, quarter: Quarter):
    def act():
        activity = Activity.objects.get(pk=stage.activities[part.code].pk)
        status, percent = _standing(part, quarter)
        indicators = {row.code: row for row in activity.indicators.all()}
        values = {indicators[_short(row.code)]: Decimal(str(row.progress[quarter])) for row in part.indicators}
        actions.report_progress(
            activity,
            quarter=QUARTERS[quarter],
            status=status,
            progress_percent=percent,
            values=values,
            amounts=_spent(activity, part.budget.spent_usd) if quarter == "T4" else {},
            version=activity.version,
            by=stage.principal_of(part.lead),
        )

    return act


def _standing(part: ActivityPart, quarter: Quarter) -> tuple[str, int]:
    """Status and percentage: the file's own at the end; before, in the measure of what its first indicator reached."""
    if quarter == "T4":
        return part.status, part.progress_pct
    first = part.indicators[0]
    way = first.progress["T4"] - first.baseline
    percent = round(part.progress_pct * (first.progress[quarter] - first.baseline) / way) if way else 0
    if not percent:
        return ActivityStatus.NOT_STARTED, 0
    return (ActivityStatus.COMPLETED if percent == 100 else ActivityStatus.IN_PROGRESS), percent


def _spent(activity: Activity, total: int) -> dict[Any, LineAmounts]:
    """The file knows what each activity spent, not from which source: sources are drawn on in their order."""
    amounts = {}
    for line in activity.budget_lines.filter(funder__isnull=False).order_by("pk"):
        spent = min(total, line.mobilised)
        total -= spent
        amounts[line] = LineAmounts(mobilised=line.mobilised, spent=spent)
    return amounts
