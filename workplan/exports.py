"""The plan as an Excel file and as JSON."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from core.workbook import Heading, Sheet, workbook
from workplan import queries
from workplan.enums import Quarter
from workplan.models import Activity, WorkPlan


def filename(plan: WorkPlan, suffix: str) -> str:
    return f"{settings.NETWORK_CODE}_PTA_{plan.year}.{suffix}"


def plan_xlsx(plan: WorkPlan) -> bytes:
    """Three sheets: activities, indicators, budget."""
    activities = list(queries.activities_of(plan))
    tags = queries.tags_of([activity.pk for activity in activities])
    rows = [_activity_row(activity, tags[activity.pk]) for activity in activities]
    return workbook(
        Sheet(_("Activities"), _activity_headings(), rows, frozen=2),
        Sheet(_("Indicators"), _indicator_headings(), _indicator_rows(activities), frozen=2),
        Sheet(_("Budget"), _budget_headings(), _budget_rows(activities), frozen=2),
    )


def _activity_headings() -> list[Heading]:
    return [
        (_("Code"), 8), (_("Activity"), 50), (_("Outcome"), 40), (_("Lead entity"), 14),
        (_("Contributing entities"), 24),
        (_("External partners"), 30), (_("Where"), 24), (_("Quarters"), 12), (_("Status"), 14), (_("Progress (%)"), 10),
        (_("Planned (USD)"), 14), (_("Mobilised (USD)"), 14), (_("Spent (USD)"), 14), (_("To be mobilised (USD)"), 14),
        (_("GCM objectives"), 40), (_("SDG targets"), 40), (_("MPFA"), 30), (_("ECOWAS"), 30),
        (_("National priorities"), 30), (_("Risk or obstacle"), 40),
    ]  # fmt: skip


def _activity_row(activity: Activity, tags: dict[str, list[queries.Tag]]) -> list[Any]:
    def named(name: str) -> str:
        return "; ".join(str(tag) for tag in tags[name])

    totals = queries.totals_of(activity)
    places = [_("National level")] if activity.is_national else []
    partners = ", ".join(filter(None, map(str.strip, activity.external_partners.splitlines())))
    return [
        activity.code, activity.title, str(activity.outcome), activity.lead.acronym,
        ", ".join(entity.acronym for entity in activity.contributing.all()), partners,
        ", ".join([*places, *(tag.title for tag in tags["regions"])]),
        ", ".join(str(quarter.label) for quarter in activity.quarters), str(activity.get_status_display()),
        activity.progress_percent, totals.planned, totals.mobilised, totals.spent, totals.gap,
        named("gcm_objectives"), named("sdg_targets"), named("mpfa_items"), named("ecowas_instruments"),
        named("national_priorities"), activity.risk,
    ]  # fmt: skip


def _indicator_headings() -> list[Heading]:
    quarters = [(str(quarter.label), 10) for quarter in Quarter]
    return [
        (_("Code"), 10), (_("Indicator"), 50), (_("Activity"), 50), (_("Unit"), 16), (_("Baseline"), 12),
        (_("Target"), 12), *quarters, (_("Means of verification"), 30),
    ]  # fmt: skip


def _indicator_rows(activities: Sequence[Activity]) -> list[list[Any]]:
    return [
        [row.code, row.label, str(activity), row.unit, row.baseline, row.target, *row.by_quarter.values(),
         row.means_of_verification]
        for activity in activities
        for row in activity.indicators.all()
    ]  # fmt: skip


def _budget_headings() -> list[Heading]:
    return [
        (_("Code"), 8), (_("Activity"), 50), (_("Source of funds"), 40), (_("Planned (USD)"), 14),
        (_("Mobilised (USD)"), 14), (_("Spent (USD)"), 14),
    ]  # fmt: skip


def _budget_rows(activities: Sequence[Activity]) -> list[list[Any]]:
    return [
        [activity.code, activity.title, str(line), line.planned, line.mobilised, line.spent]
        for activity in activities
        for line in activity.budget_lines.all()
    ]


def plan_json(plan: WorkPlan) -> bytes:
    """Machine-readable: amounts are whole numbers, dates ISO, frameworks by code."""
    activities = list(queries.activities_of(plan))
    tags = queries.tags_of([activity.pk for activity in activities])
    decision = plan.validating_decision
    document = {
        "code": f"PTA-{plan.year}",
        "year": plan.year,
        "title": plan.title,
        "state": plan.state,
        "xof_per_usd": float(plan.xof_per_usd),
        "validated_at": plan.validated_at,
        "validating_decision": decision.reference if decision else None,
        "transmitted_at": plan.transmitted_at,
        "acknowledged_at": plan.acknowledged_at,
        "totals": _amounts(queries.sum_of(activities), plan),
        "outcomes": [
            {
                "code": row.outcome.code,
                "number": row.outcome.number,
                "title_fr": row.outcome.title_fr,
                "title_en": row.outcome.title_en,
                "progress": float(row.progress) if row.progress is not None else None,
                "totals": _amounts(row.totals, plan),
            }
            for row in queries.plan_progress(plan, activities)
        ],
        "activities": [_activity_document(activity, tags[activity.pk], plan) for activity in activities],
    }
    return json.dumps(document, ensure_ascii=False, indent=1, default=_plain).encode()


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value.isoformat()


def _amounts(totals: queries.Totals, plan: WorkPlan) -> dict[str, int]:
    usd = {f"{name}_usd": value for name, value in vars(totals).items()}
    return {**usd, **{f"{name}_xof": value for name, value in vars(totals.in_xof(plan)).items()}}


def _activity_document(activity: Activity, tags: dict[str, list[queries.Tag]], plan: WorkPlan) -> dict[str, Any]:
    return {
        "code": activity.code,
        "outcome": activity.outcome.code,
        "title": activity.title,
        "description": activity.description,
        "added_value": activity.added_value,
        "lead": activity.lead.slug,
        "contributing": [entity.slug for entity in activity.contributing.all()],
        "external_partners": activity.external_partners.splitlines(),
        "is_national": activity.is_national,
        **{name: [tag.code for tag in rows] for name, rows in tags.items()},
        "mandate_clauses": activity.mandate_clauses,
        "quarters": [quarter.value for quarter in activity.quarters],
        "status": activity.status,
        "progress_percent": activity.progress_percent,
        "budget": _amounts(queries.totals_of(activity), plan),
        "funding": [
            {"funder": line.funder.slug if line.funder else None, "planned_usd": line.planned,
             "mobilised_usd": line.mobilised, "spent_usd": line.spent}
            for line in activity.budget_lines.all()
        ],
        "indicators": [
            {"code": row.code, "label": row.label, "unit": row.unit, "baseline": row.baseline, "target": row.target,
             "direction": row.direction, "values": {f"T{quarter}": value for quarter, value in row.by_quarter.items()}}
            for row in activity.indicators.all()
        ],
        "rights_checked_on": activity.rights_checked_on,
        "risk": activity.risk,
    }  # fmt: skip
