"""The work plan in a year file. Amounts are whole US dollars."""

import datetime as dt
from typing import Literal

from pydantic import Field

from reseau.demo.part import Part

Quarter = Literal["T1", "T2", "T3", "T4"]


class Donor(Part):
    code: str
    name_fr: str
    kind: str


class OutcomePart(Part):
    code: str
    number: int
    title_fr: str
    title_en: str
    agenda2063: list[str]
    unsdcf: list[str]


class Budget(Part):
    planned_usd: int = Field(ge=0)
    mobilized_usd: int = Field(ge=0)
    spent_usd: int = Field(ge=0)
    gap_usd: int = Field(ge=0)
    planned_xof: int = Field(ge=0)
    mobilized_xof: int = Field(ge=0)
    spent_xof: int = Field(ge=0)
    gap_xof: int = Field(ge=0)


class Funding(Part):
    donor: str
    amount_usd: int = Field(gt=0)


class IndicatorPart(Part):
    code: str
    label_fr: str
    unit: str
    baseline: float
    target: float
    progress: dict[Quarter, float]
    direction: Literal["up", "down"]
    means_of_verification_fr: str


class RightsCheck(Part):
    done: bool
    date: dt.date | None
    by: str | None


class ActivityPart(Part):
    code: str
    outcome: str
    title_fr: str
    description_fr: str
    added_value_fr: str
    lead: str
    contributing: list[str]
    external_partners: list[str]
    regions: list[str]
    gcm_objectives: list[str]
    guiding_principles: list[str]
    sdg_targets: list[str]
    mpfa: list[str]
    ecowas: list[str]
    national_priorities: list[str]
    mandate_clauses: list[str]
    schedule: dict[Quarter, bool]
    status: Literal["not_started", "in_progress", "delayed", "completed", "postponed", "cancelled"]
    progress_pct: int = Field(ge=0, le=100)
    budget: Budget
    funding: list[Funding]
    indicators: list[IndicatorPart] = Field(min_length=1)
    rights_check: RightsCheck
    risk_fr: str | None


class PlanConsultationPart(Part):
    date: dt.date
    with_fr: str
    partners: list[str]
    note_fr: str


class PlanVersionPart(Part):
    number: int
    date: dt.date
    decision: str
    note_fr: str


class PlanPart(Part):
    code: str
    year: int
    title_fr: str
    endorsed_at: dt.date
    endorsing_decision: str
    presented_at: dt.date
    sent_to_rc_at: dt.date
    acknowledged_by_rc_at: dt.date
    consultations: list[PlanConsultationPart]
    versions: list[PlanVersionPart]
    outcomes: list[OutcomePart]
    activities: list[ActivityPart]
    totals: Budget
    xof_per_usd: int = Field(gt=0)
