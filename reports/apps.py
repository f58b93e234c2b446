from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core import components
from core.personal import register_holdings
from core.sentences import register_sentences
from reports.enums import ReportState

SENTENCES = {
    "reports.order": _("Ordered by %(actor)s: the records of that moment were kept"),
    "reports.retry": _("Started again by %(actor)s"),
    "reports.assemble": _("Printed, %(pages)s pages"),
}


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self):
        from core import jobs  # noqa: PLC0415 - models are not there before ready()
        from reports import actions, plan, rendering  # noqa: PLC0415 - as above
        from workplan import custody  # noqa: PLC0415 - as above

        jobs.register(actions.KIND, rendering.render_yearly)
        jobs.register(plan.KIND, plan.render_plan)
        custody.register(plan.order_plan_pdf)
        register_sentences(SENTENCES)
        register_holdings([], in_journal=["reports.YearlyReport.snapshot_by"])
        components.register_state_tags(ReportState, {ReportState.COLLECTING: "waiting", ReportState.ASSEMBLED: "done"})
