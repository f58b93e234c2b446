from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core import components
from core.personal import register_holdings
from core.sentences import register_sentences
from decisions.enums import DecisionState, FollowUp

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
}


class DecisionsConfig(AppConfig):
    name = "decisions"

    def ready(self):
        from decisions import personal  # noqa: PLC0415 - models are not there before ready()

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
            FollowUp, {FollowUp.NOT_STARTED: "neutral", FollowUp.IN_PROGRESS: "active", FollowUp.DONE: "done"}
        )
