"""The joint work plan as a file, for its transmission to the Resident Coordinator (clause M-54)."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from core import clock, jobs
from core.jobs import Report as Progress
from core.models import Job
from reports import charts, collect, figures, narrative, plan_tables, snapshot, tables
from reports.press import print_pdf
from reports.rendering import page_by_page
from workplan import actions as workplan
from workplan.custody import FILE_JOB
from workplan.models import WorkPlan

KIND = FILE_JOB


def order_plan_pdf(plan: WorkPlan, *, by: Any) -> None:
    """Registered with ``workplan.custody``: in the transaction that transmits, keep the plan as it is and print it."""
    with translation.override("fr"):
        data = snapshot.to_json(collect.transmitted_plan(plan, clock.now()))
    jobs.order_job(KIND, plan, by=by, params={"snapshot": data})


def render_plan(job: Job, progress: Progress) -> None:
    """Handler of ``reports.render_plan``. Run twice it makes the same bytes, which the plan accepts once."""
    data = job.params["snapshot"]
    content = snapshot.from_data(snapshot.TransmittedPlan, data)
    identifier = snapshot.digest(data)
    with translation.override("fr"):
        progress(10, _("Writing the plan"))
        document = plan_document(content, digest=identifier)
        printed = print_pdf(
            document,
            identifier=identifier,
            moment=content.taken_at,
            on_page=page_by_page(progress, expected=4 + len(content.plan.activities) // 3),
        )
    progress(95, _("Saving the file"))
    plan = WorkPlan.objects.get(pk=job.subject_id)
    workplan.attach_transmitted_file(plan, content=printed.content, by=None)


def plan_document(content: snapshot.TransmittedPlan, *, digest: str) -> str:
    plan = content.plan
    coverage = figures.served(content.objectives, plan.activities)
    return render_to_string(
        "reports/pdf/plan.html",
        {
            "content": content,
            "plan": plan,
            "digest": digest,
            "path": narrative.plan_path(plan),
            "grid": charts.objectives(coverage),
            "coverage": narrative.coverage(coverage),
            "budget_chart": charts.budget(plan.outcomes, plan.currency),
            "budget_table": tables.budget(plan.outcomes, plan.currency),
            "activity_tables": [
                (one, plan_tables.planned_activities(one), plan_tables.placings(one, content.placings))
                for one in plan.outcomes
            ],
            "indicator_tables": [
                plan_tables.targets(one) for one in plan.outcomes if figures.indicators(one.activities)
            ],
        },
    )
