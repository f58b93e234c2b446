"""Forms validate and return clean values; they decide nothing."""

from workplan.forms.activity import (
    ActivityAddForm,
    ActivityEditForm,
    ActivityFilterForm,
    BudgetLineFormSet,
    IndicatorFormSet,
    funders,
)
from workplan.forms.amounts import plain
from workplan.forms.plan import (
    ConfirmForm,
    ConsultationForm,
    FunderForm,
    NoteForm,
    OutcomeEditForm,
    OutcomeForm,
    PlanEditForm,
    PlanForm,
    ReviewForm,
    RevisionForm,
    ReworkForm,
    TableForm,
    ValidationForm,
)
from workplan.forms.progress import FundingForm, ProgressForm, RightsCheckForm

__all__ = [
    "ActivityAddForm",
    "ActivityEditForm",
    "ActivityFilterForm",
    "BudgetLineFormSet",
    "ConfirmForm",
    "ConsultationForm",
    "FunderForm",
    "FundingForm",
    "IndicatorFormSet",
    "NoteForm",
    "OutcomeEditForm",
    "OutcomeForm",
    "PlanEditForm",
    "PlanForm",
    "ProgressForm",
    "ReviewForm",
    "RevisionForm",
    "ReworkForm",
    "RightsCheckForm",
    "TableForm",
    "ValidationForm",
    "funders",
    "plain",
]
