"""The constraints of the plan that a person's own input can run into, and the field of a form each belongs to."""

from core.refusals import refusals_of
from workplan.models import Funder, WorkPlan

FIELDS = {
    "workplan_workplan_year_key": "year",
    "workplan_funder_name_key": "name",
    "workplan_funder_slug_key": "name",
}


def _unique(model, name):
    return model._meta.get_field(name).error_messages["unique"]


# PostgreSQL names the constraints of unique fields itself.
refusals = refusals_of(
    FIELDS,
    {
        "workplan_workplan_year_key": _unique(WorkPlan, "year"),
        "workplan_funder_name_key": _unique(Funder, "name"),
        "workplan_funder_slug_key": _unique(Funder, "name"),
    },
)
