from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import components
from core.personal import register_holdings
from core.sentences import register_sentences
from decisions import subjects
from members.enums import Seat
from reports.enums import ADOPTION, ReportState

SENTENCES = {
    "reports.order": _("Ordered by %(actor)s: the records of that moment were kept"),
    "reports.retry": _("Started again by %(actor)s"),
    "reports.assemble": _("Printed, %(pages)s pages"),
    "reports.propose_report": _("The Network is asked by %(actor)s to adopt the report: %(decision)s"),
    "reports.adopt_report": pgettext_lazy("report", "Adopted by decision %(decision)s"),
    "reports.prepare_handover": _("Prepared by %(actor)s"),
    "reports.freeze_member_list": _("Frozen by %(actor)s"),
    "reports.take_extract": _("Taken from the register by %(actor)s"),
    "reports.attach_sheet_file": _("Printed"),
    "reports.retry_sheet": _("Started again by %(actor)s"),
    "reports.share_member_list": _("Shared with the Network by %(actor)s"),
}


IN_JOURNAL = (
    "reports.YearlyReport.snapshot_by", "reports.HandoverPack.taken_by", "reports.MemberList.taken_by",
    "reports.MemberList.shared_by", "reports.DecisionExtract.taken_by",
)  # fmt: skip


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self):
        from core import jobs  # noqa: PLC0415 - models are not there before ready()
        from members import panels  # noqa: PLC0415 - as above
        from reports import actions, adoption, plan, rendering, sheet_pages  # noqa: PLC0415 - as above
        from workplan import custody  # noqa: PLC0415 - as above

        subjects.on_recorded(actions.take_extract)
        subjects.register(
            ADOPTION, label=_("yearly report"), on_adopted=actions.report_adopted, url_of=adoption.url_of,
            facts_of=adoption.facts_of, needs_object=True,
        )  # fmt: skip
        subjects.register_places(sheet_pages.place_of_extract)
        jobs.register(actions.KIND, rendering.render_yearly)
        jobs.register(plan.KIND, plan.render_plan)
        jobs.register(actions.SHEET_JOB, rendering.render_sheet)
        panels.register(Seat, sheet_pages.seat_handover)
        custody.register(plan.order_plan_pdf)
        register_sentences(SENTENCES)
        register_holdings([], in_journal=IN_JOURNAL)
        components.register_state_tags(
            ReportState,
            {ReportState.COLLECTING: "waiting", ReportState.ASSEMBLED: "active", ReportState.ADOPTED: "done"},
        )
