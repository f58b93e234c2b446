from workplan.models.activity import Activity, ActivityFacts, BudgetLine, Funder, Indicator, Outcome
from workplan.models.plan import PlanConsultation, PlanSignature, PlanVersion, WorkPlan
from workplan.models.progress import QuarterReport, QuarterValue

__all__ = [
    "Activity",
    "ActivityFacts",
    "BudgetLine",
    "Funder",
    "Indicator",
    "Outcome",
    "PlanConsultation",
    "PlanSignature",
    "PlanVersion",
    "QuarterReport",
    "QuarterValue",
    "WorkPlan",
]
