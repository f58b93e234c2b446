from workplan.models.activity import Activity, ActivityFacts, BudgetLine, Funder, Indicator, Outcome
from workplan.models.plan import PlanConsultation, PlanSignature, PlanVersion, WorkPlan
from workplan.models.progress import QuarterAmount, QuarterReport, QuarterValue, counting

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
    "QuarterAmount",
    "QuarterReport",
    "QuarterValue",
    "WorkPlan",
    "counting",
]
