"""The plan as files."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from core.access import require
from workplan import exports
from workplan.views.shared import the_plan


def _file(content, name, content_type):
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def plan_xlsx(request, year):
    plan = the_plan(request, year)
    require(request.user, "workplan.view_plans", plan)
    return _file(exports.plan_xlsx(plan), exports.filename(plan, "xlsx"), exports.XLSX)


@require_safe
def plan_json(request, year):
    plan = the_plan(request, year)
    require(request.user, "workplan.view_plans", plan)
    return _file(exports.plan_json(plan), exports.filename(plan, "json"), "application/json")
