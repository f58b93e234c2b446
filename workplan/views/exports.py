"""The plan as files."""

from io import BytesIO

from django.views.decorators.http import require_safe

from core.access import require
from core.files import download
from core.workbook import XLSX
from workplan import exports
from workplan.views.shared import the_plan


@require_safe
def plan_xlsx(request, year):
    plan = the_plan(request, year)
    require(request.user, "workplan.view_plans", plan)
    return download(BytesIO(exports.plan_xlsx(plan)), exports.filename(plan, "xlsx"), XLSX)


@require_safe
def plan_json(request, year):
    plan = the_plan(request, year)
    require(request.user, "workplan.view_plans", plan)
    return download(BytesIO(exports.plan_json(plan)), exports.filename(plan, "json"), "application/json")
