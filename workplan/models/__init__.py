from workplan.models.activity import Activity, BudgetLine, Funder, Indicator, Outcome
from workplan.models.plan import PlanConsultation, PlanSignature, PlanVersion, WorkPlan
from workplan.models.progress import QuarterReport, QuarterValue

__all__ = [
    "Activity",
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
