from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from core import components
from core.personal import register_holdings
from core.sentences import register_sentences
from decisions.enums import DecisionState, FollowUp, ProcedureState
from members import rotation

SENTENCES = {
    "decisions.propose_decision": _("Proposed by %(actor)s"),
    "decisions.revise_text": _("Version %(text)s written by %(actor)s"),
    "decisions.open_consultation": _("Consultation opened by %(actor)s"),
    "decisions.add_comment": _("Comment by %(actor)s"),
    "decisions.open_call": _("Version %(text)s frozen, call for positions opened by %(actor)s"),
    "decisions.reopen_consultation": _("Consultation reopened by %(actor)s: %(reason)s"),
    "decisions.note_consensus": _("Consensus noted by %(actor)s"),
    "decisions.record": _("Recorded in the register under number %(number)s"),
    "decisions.withdraw": _("Withdrawn by %(actor)s: %(reason)s"),
    "decisions.follow_up": _("Follow-up reported by %(actor)s"),
    "decisions.prepare_procedure": _("Prepared by %(actor)s from the version adopted last"),
    "decisions.edit_procedure": _("Changed by %(actor)s"),
    "decisions.propose_procedure": _("Brought before the Network by %(actor)s"),
    "decisions.rework_procedure": _("Taken up again by %(actor)s"),
    "decisions.adopt_procedure": _("Adopted by decision %(decision)s"),
    "decisions.withdraw_procedure": _("Given up by %(actor)s"),
}


class DecisionsConfig(AppConfig):
    name = "decisions"

    def ready(self):
        from decisions import actions, personal, procedure, subjects, todo  # noqa: PLC0415 - models come before ready()
        from members import duties  # noqa: PLC0415 - models are not there before ready()

        duties.register(duties.awaited(_("Positions and decisions"), todo.todo))
        rotation.register(procedure.coordinator_rotates)
        post_migrate.connect(procedure.found, sender=self)
        subjects.register(
            procedure.SUBJECT, label=_("rules of procedure"), on_adopted=actions.procedure_adopted,
            url_of=procedure.url_of, needs_object=True,
        )  # fmt: skip
        register_holdings(personal.HOLDINGS, personal.IN_JOURNAL)
        register_sentences(SENTENCES)
        components.register_state_tags(
            DecisionState,
            {
                DecisionState.DRAFT: "neutral",
                DecisionState.CONSULTATION: "active",
                DecisionState.CALL: "waiting",
                DecisionState.CONSENSUS_NOTED: "done",
                DecisionState.RECORDED: "done",
                DecisionState.WITHDRAWN: "neutral",
                DecisionState.SUPERSEDED: "neutral",
            },
        )
        components.register_state_tags(
            ProcedureState,
            {
                ProcedureState.DRAFT: "neutral",
                ProcedureState.PROPOSED: "active",
                ProcedureState.ADOPTED: "done",
                ProcedureState.WITHDRAWN: "neutral",
            },
        )
        components.register_state_tags(
            FollowUp, {FollowUp.NOT_STARTED: "neutral", FollowUp.IN_PROGRESS: "active", FollowUp.DONE: "done"}
        )
