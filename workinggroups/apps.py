from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import components
from core.personal import register_holdings
from core.sentences import register_sentences
from workinggroups.enums import ENDORSEMENT, TERMS_OF_A_GROUP, TEXT_OF_A_GROUP, DeliverableState, GroupState

SENTENCES = {
    "workinggroups.propose_group": pgettext_lazy("working group", "Proposed by %(actor)s"),
    "workinggroups.edit_group": pgettext_lazy("working group", "Changed by %(actor)s"),
    "workinggroups.withdraw_group": pgettext_lazy("working group", "Withdrawn by %(actor)s"),
    "workinggroups.bring_before_network": pgettext_lazy("working group", "Brought before the Network by %(actor)s"),
    "workinggroups.endorse_group": pgettext_lazy("working group", "Endorsed by decision %(decision)s"),
    "workinggroups.rework_group": pgettext_lazy("working group", "Taken up again by %(actor)s"),
    "workinggroups.correct_unct_record": _(
        "Record of the UNCT corrected by %(actor)s: %(reference)s (before: %(before)s)"
    ),
    "workinggroups.propose_terms": _("Other terms of reference put to the Network by %(actor)s"),
    "workinggroups.change_terms": _("Terms of reference changed by decision %(decision)s"),
    "workinggroups.submit_to_unct": _("Submitted to the UNCT, recorded by %(actor)s"),
    "workinggroups.return_from_unct": _("Returned by the UNCT, recorded by %(actor)s: %(reason)s"),
    "workinggroups.record_unct_endorsement": _("Validated by the UNCT (%(reference)s), recorded by %(actor)s"),
    "workinggroups.start_group": _("At work, recorded by %(actor)s"),
    "workinggroups.put_to_sleep": _("Put to sleep by %(actor)s: %(reason)s"),
    "workinggroups.wake_group": _("Woken by %(actor)s"),
    "workinggroups.forward_text": _("Text handed to the Network by %(actor)s"),
    "workinggroups.ask_chairs": _("Chairs asked by %(actor)s: no meeting since %(since)s"),
    "workinggroups.fall_asleep": _("Dormant: no meeting since %(since)s, and none convened once its chairs were asked"),
    "workinggroups.convene_group": _("Meeting convened by %(actor)s: %(starts_at)s"),
    "workinggroups.change_group_meeting": _("Meeting of %(starts_at)s changed by %(actor)s"),
    "workinggroups.call_off_group_meeting": _("Meeting of %(starts_at)s called off by %(actor)s: %(reason)s"),
    "workinggroups.minute_group_meeting": _("What was said on %(starts_at)s written down by %(actor)s"),
    "workinggroups.close_group": pgettext_lazy("working group", "Closed by %(actor)s"),
    "workinggroups.join_group": _("%(who)s joined, recorded by %(actor)s"),
    "workinggroups.open_chair_call": _("Members called for chairs by %(actor)s"),
    "workinggroups.offer_to_chair": _("%(who)s offers to chair, recorded by %(actor)s"),
    "workinggroups.withdraw_chair_offer": _("Offer of %(who)s withdrawn by %(actor)s"),
    "workinggroups.name_chairs": _("Chairs named, recorded by %(actor)s: %(who)s"),
    "workinggroups.close_chair_call": _("Call for chairs closed without a name by %(actor)s: %(reason)s"),
    "workinggroups.end_chair": _("Last day in the chair of %(who)s set by %(actor)s"),
    "workinggroups.add_paper": _("Paper added by %(actor)s"),
    "workinggroups.remove_paper": _("Paper removed by %(actor)s"),
    "workinggroups.add_deliverable": _("Deliverable entered by %(actor)s: %(deliverable)s"),
    "workinggroups.edit_deliverable": _("Deliverable updated by %(actor)s: %(deliverable)s"),
    "workinggroups.remove_deliverable": _("Deliverable removed by %(actor)s: %(deliverable)s"),
    "workinggroups.invite_to_group": _("Contacts invited by %(actor)s: %(partners)s"),
    "workinggroups.revoke_group_pass": _("Invitation of %(partner)s withdrawn by %(actor)s"),
    "workinggroups.leave_group": _("Last day of %(who)s set by %(actor)s"),
}


class WorkingGroupsConfig(AppConfig):
    name = "workinggroups"

    def ready(self):
        from decisions import subjects  # noqa: PLC0415 - models are loaded only now
        from members import duties as people_duties  # noqa: PLC0415 - as above
        from members import panels  # noqa: PLC0415 - as above
        from members.models import Entity, Partner  # noqa: PLC0415 - as above
        from workinggroups import actions, duties, pages, personal, queries  # noqa: PLC0415 - as above

        register_sentences(SENTENCES)
        register_holdings(personal.HOLDINGS)
        people_duties.register(*duties.CHARGES)
        subjects.register(ENDORSEMENT, label=_("working group"), on_adopted=actions.groups_endorsed)
        subjects.register(TEXT_OF_A_GROUP, label=_("text of a working group"), needs_object=True)
        subjects.register(
            TERMS_OF_A_GROUP, label=_("terms of reference of a working group"), on_adopted=actions.terms_adopted,
            needs_object=True,
        )  # fmt: skip
        for kind in (ENDORSEMENT, TERMS_OF_A_GROUP):
            subjects.demand(
                kind, check=subjects.nothing, on_adopted=subjects.no_effect, before_call=actions.require_terms
            )
        subjects.register_places(queries.places_of_decision)
        panels.register(Entity, pages.entity_groups)
        panels.register(Partner, pages.partner_groups)
        components.register_state_tags(
            GroupState,
            {
                GroupState.PROPOSED: "neutral",
                GroupState.ENDORSED: "waiting",
                GroupState.SUBMITTED: "waiting",
                GroupState.VALIDATED: "waiting",
                GroupState.ACTIVE: "active",
                GroupState.DORMANT: "neutral",
                GroupState.CLOSED: "done",
                GroupState.WITHDRAWN: "neutral",
            },
        )
        components.register_state_tags(
            DeliverableState,
            {
                DeliverableState.NOT_STARTED: "neutral",
                DeliverableState.IN_PROGRESS: "active",
                DeliverableState.DELAYED: "problem",
                DeliverableState.COMPLETED: "done",
                DeliverableState.CANCELLED: "neutral",
            },
        )
