from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from core import components
from core.personal import register_holdings
from core.sentences import register_sentences
from decisions.enums import Answer, DecisionState, FollowUp, NominationState, ProcedureState, Reply
from members import rotation
from members.enums import Seat

SENTENCES = {
    "decisions.propose_decision": _("Proposed by %(actor)s"),
    "decisions.revise_text": _("Version %(text)s written by %(actor)s"),
    "decisions.translate_text": _("Version %(text)s translated (%(language)s) by %(actor)s"),
    "decisions.open_consultation": _("Consultation opened by %(actor)s"),
    "decisions.extend_consultation": _("More time to comment given by %(actor)s: %(reason)s"),
    "decisions.add_comment": _("Comment by %(actor)s"),
    "decisions.accept_comment": _("Comment of %(entity)s accepted by %(actor)s"),
    "decisions.adapt_comment": _("Comment of %(entity)s accepted in part by %(actor)s"),
    "decisions.decline_comment": _("Comment of %(entity)s not accepted by %(actor)s"),
    "decisions.open_call": _("Version %(text)s frozen, call for positions opened by %(actor)s"),
    "decisions.extend_call": _("More time given by %(actor)s: %(reason)s"),
    "decisions.reopen_consultation": _("Consultation reopened by %(actor)s: %(reason)s"),
    "decisions.state_position": _("%(actor)s gave a position"),
    "decisions.confirm_position": _("Position recorded for %(entity)s confirmed by %(actor)s"),
    "decisions.contest_position": _("Position recorded for %(entity)s contested by %(actor)s: %(reason)s"),
    "decisions.facilitate": _("Note on the objection of %(entity)s written by %(actor)s"),
    "decisions.defer": _("Deferred by %(actor)s to %(meeting)s: %(reason)s"),
    "decisions.refer": _("Advice asked for by %(actor)s"),
    "decisions.record_advice": _("Advice recorded by %(actor)s"),
    "decisions.close_without_consensus": _("Closed without consensus by %(actor)s: %(reason)s"),
    "decisions.note_consensus_first": _("Consensus noted by %(actor)s, the other co-chair is awaited"),
    "decisions.note_consensus": _("Consensus noted by %(actor)s"),
    "decisions.record": _("Recorded in the register under number %(number)s"),
    "decisions.withdraw": _("Withdrawn by %(actor)s: %(reason)s"),
    "decisions.set_effects": _("What it brings about set by %(actor)s"),
    "decisions.supersede": _("Replaced by decision %(decision)s"),
    "decisions.review": _("Reviewed by %(actor)s: %(note)s"),
    "decisions.follow_up": _("Follow-up reported by %(actor)s"),
    "members.propose_membership_change": _("%(change)s proposed by %(actor)s"),
    "decisions.prepare_procedure": _("Prepared by %(actor)s from the version adopted last"),
    "decisions.edit_procedure": _("Changed by %(actor)s"),
    "decisions.edit_threshold": _("Threshold changed by %(actor)s"),
    "decisions.propose_procedure": _("Brought before the Network by %(actor)s"),
    "decisions.rework_procedure": _("Taken up again by %(actor)s"),
    "decisions.adopt_procedure": _("Adopted by decision %(decision)s"),
    "decisions.withdraw_procedure": _("Given up by %(actor)s"),
    "decisions.open_nomination": _("Call opened by %(actor)s"),
    "decisions.put_forward": _("%(entity)s put %(person)s forward, recorded by %(actor)s"),
    "decisions.withdraw_candidacy": _("Candidacy of %(entity)s withdrawn by %(actor)s"),
    "decisions.open_sounding": _("Members sounded in confidence by %(actor)s, until %(closes_on)s"),
    "decisions.close_sounding": _("Confidential sounding closed"),
    "decisions.propose_co_chair": _("%(candidate)s brought before the Network by %(actor)s"),
    "decisions.rework_nomination": _("Taken up again by %(actor)s"),
    "decisions.name_co_chair": _("%(person)s named by decision %(decision)s"),
    "decisions.withdraw_nomination": _("Call given up by %(actor)s: %(reason)s"),
}


class DecisionsConfig(AppConfig):
    name = "decisions"

    def ready(self):
        # Here, because models are not there before ready().
        from decisions import actions, membership, nomination, nomination_pages, personal, procedure, subjects, todo  # noqa: PLC0415
        from members import duties, panels  # noqa: PLC0415
        from members.models import Entity  # noqa: PLC0415

        duties.register(duties.awaited(_("Positions and decisions"), todo.todo))
        rotation.register(procedure.coordinator_rotates)
        post_migrate.connect(procedure.found, sender=self)
        subjects.register(
            procedure.SUBJECT, label=_("rules of procedure"), on_adopted=actions.procedure_adopted,
            url_of=procedure.url_of, needs_object=True,
        )  # fmt: skip
        subjects.register(
            nomination.SUBJECT, label=_("nomination of a co-chair"), on_adopted=actions.co_chair_named,
            url_of=nomination.url_of, needs_object=True,
        )  # fmt: skip
        subjects.register(
            membership.SUBJECT, label=_("admission or departure of a member"), on_adopted=actions.membership_decided,
            url_of=membership.url_of, facts_of=membership.facts_of, needs_object=True,
        )  # fmt: skip
        panels.register(Seat, nomination_pages.seat_nomination)
        panels.register(Entity, membership.entity_panel)
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
                DecisionState.DEFERRED: "waiting",
                DecisionState.REFERRED: "waiting",
                DecisionState.WITHDRAWN: "neutral",
                DecisionState.NO_CONSENSUS: "neutral",
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
            NominationState,
            {
                NominationState.OPEN: "waiting",
                NominationState.PROPOSED: "active",
                NominationState.NAMED: "done",
                NominationState.WITHDRAWN: "neutral",
            },
        )
        components.register_state_tags(
            Answer, {Answer.AWAITED: "waiting", Answer.CONFIRMED: "done", Answer.CONTESTED: "problem"}
        )
        components.register_state_tags(
            Reply,
            {
                Reply.AWAITED: "waiting",
                Reply.ACCEPTED: "done",
                Reply.ADAPTED: "active",
                Reply.DECLINED: "neutral",
            },
        )
        components.register_state_tags(
            FollowUp, {FollowUp.NOT_STARTED: "neutral", FollowUp.IN_PROGRESS: "active", FollowUp.DONE: "done"}
        )
