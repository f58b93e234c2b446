from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core import components
from core.personal import register_holdings
from core.sentences import register_sentences
from members.enums import ImportState


class MembersConfig(AppConfig):
    name = "members"

    def ready(self):
        from members import personal  # noqa: PLC0415 - models are not there before ready()

        components.register_state_tags(
            ImportState,
            {ImportState.CHECKED: "waiting", ImportState.IMPORTED: "done", ImportState.GIVEN_UP: "neutral"},
        )
        register_holdings(personal.HOLDINGS, personal.IN_JOURNAL)
        register_sentences(
            {
                "members.add_person": _("%(actor)s added this person"),
                "members.check_import": _("%(actor)s read a file of %(count)s lines"),
                "members.carry_out_import": _("%(actor)s entered the %(count)s lines of the file"),
                "members.give_up_import": _("%(actor)s gave the file up"),
                "members.edit_person": _("%(actor)s changed the details"),
                "members.delegate_voice": _("%(actor)s delegated a voice"),
                "members.hand_over": _("%(actor)s handed over to %(successor)s"),
                "members.deactivate_person": _("%(actor)s closed the account"),
                "members.reactivate_person": _("%(actor)s opened the account again"),
                "members.anonymise_person": _("%(actor)s took the name out of the records"),
                "members.invite_person": _("%(actor)s sent an invitation"),
                "members.revoke_invitation": _("%(actor)s withdrew the invitation"),
                "members.accept_invitation": _("%(actor)s accepted the invitation"),
                "members.add_entity": _("%(actor)s added the entity"),
                "members.edit_entity": _("%(actor)s reviewed the profile"),
                "members.set_logo": _("%(actor)s changed the logo"),
                "members.remove_logo": _("%(actor)s removed the logo"),
                "members.confirm_details": _("%(actor)s confirmed the contacts"),
                "members.record_membership": _("%(actor)s recorded the membership"),
                "members.name_focal_point": _("%(actor)s named a focal point"),
                "members.record_co_chair_term": _("%(actor)s recorded a co-chair term"),
                "members.grant_role": _("%(actor)s granted a role"),
                "members.add_partner": _("%(actor)s added the partner"),
                "members.edit_partner": _("%(actor)s changed the record of the partner"),
                "members.name_contact": _("%(actor)s named a contact"),
                "members.end_tie": _("%(actor)s set the last day"),
                "members.remove_tie": _("%(actor)s removed what was recorded by mistake"),
            }
        )
