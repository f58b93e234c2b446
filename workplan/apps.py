from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core import components
from core.personal import register_holdings
from core.sentences import register_sentences
from decisions import subjects
from workplan.enums import REVISION, ActivityStatus, PlanState

SENTENCES = {
    "workplan.create_plan": _("Drafting opened by %(actor)s"),
    "workplan.edit_plan": _("Title or rate changed by %(actor)s"),
    "workplan.record_consultation": _("Consultation recorded by %(actor)s: %(with)s"),
    "workplan.add_outcome": _("Outcome added by %(actor)s: %(outcome)s"),
    "workplan.edit_outcome": _("Outcome changed by %(actor)s: %(outcome)s"),
    "workplan.remove_outcome": _("Outcome removed by %(actor)s: %(outcome)s"),
    "workplan.open_consultation": _("Consultation of the Network opened by %(actor)s"),
    "workplan.rework": _("Taken back to drafting by %(actor)s: %(reason)s"),
    "workplan.table_at_review": _("Tabled by %(actor)s at %(review)s"),
    "workplan.submit_for_validation": _("Decision of validation proposed by %(actor)s"),
    "workplan.adopt": _("Adopted by the Network: decision %(decision)s"),
    "workplan.sign_plan": _("Signed by %(actor)s"),
    "workplan.validate": _("Validated, signed for both seats"),
    "workplan.propose_revision": _("Revision proposed by %(actor)s: %(decision)s"),
    "workplan.record_revision": _("Version %(number)s, by decision %(decision)s"),
    "workplan.transmit": _("Transmitted to the Resident Coordinator by %(actor)s"),
    "workplan.attach_transmitted_file": _("The file that was transmitted is kept"),
    "workplan.retry_transmitted_file": _("Printing of the transmitted file started again by %(actor)s"),
    "workplan.acknowledge": _("Receipt acknowledged by %(actor)s"),
    "workplan.start_execution": _("Execution started by %(actor)s"),
    "workplan.review": _("Reviewed at %(review)s, noted by %(actor)s"),
    "workplan.archive": _("Archived by %(actor)s"),
    "workplan.add_activity": _("Added to the draft by %(actor)s"),
    "workplan.edit_activity": _("Changed by %(actor)s"),
    "workplan.remove_activity": _("Removed from the draft by %(actor)s"),
    "workplan.add_funder": _("Listed by %(actor)s"),
    "workplan.report_progress": _("Q%(quarter)s reported by %(actor)s: %(progress)s%%"),
    "workplan.add_funding": _("Funds of %(funder)s added by %(actor)s"),
    "workplan.record_rights_check": _("Human rights check recorded by %(actor)s"),
}
PLAN_TAGS = {
    PlanState.DRAFTING: "neutral",
    PlanState.CONSULTATION: "active",
    PlanState.TABLED: "waiting",
    PlanState.VALIDATED: "done",
    PlanState.TRANSMITTED: "done",
    PlanState.ACKNOWLEDGED: "done",
    PlanState.IN_EXECUTION: "active",
    PlanState.REVIEWED: "done",
    PlanState.ARCHIVED: "neutral",
}
ACTIVITY_TAGS = {
    ActivityStatus.NOT_STARTED: "neutral",
    ActivityStatus.IN_PROGRESS: "active",
    ActivityStatus.DELAYED: "problem",
    ActivityStatus.COMPLETED: "done",
    ActivityStatus.POSTPONED: "waiting",
    ActivityStatus.CANCELLED: "neutral",
}


class WorkplanConfig(AppConfig):
    name = "workplan"

    def ready(self):
        from members import duties, panels  # noqa: PLC0415 - models are loaded only now
        from members.models import Entity  # noqa: PLC0415 - as above
        from workplan import personal, todo  # noqa: PLC0415 - as above
        from workplan.actions import revision_adopted, validation_adopted  # noqa: PLC0415 - as above
        from workplan.pages import entity_objectives  # noqa: PLC0415 - as above
        from workplan.queries import plan_url_of  # noqa: PLC0415 - as above

        panels.register(Entity, entity_objectives)
        duties.register(duties.awaited(_("Work plan"), todo.todo))
        register_sentences(SENTENCES)
        register_holdings(personal.HOLDINGS, personal.IN_JOURNAL)
        components.register_state_tags(PlanState, PLAN_TAGS)
        components.register_state_tags(ActivityStatus, ACTIVITY_TAGS)
        # The register also holds decisions on the plan in general: no object is needed.
        subjects.register("work_plan", label=_("work plan"), on_adopted=validation_adopted, url_of=plan_url_of)
        subjects.register(
            REVISION, label=_("revision of the work plan"), on_adopted=revision_adopted, url_of=plan_url_of,
            needs_object=True,
        )  # fmt: skip
