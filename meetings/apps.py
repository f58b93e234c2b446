from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core import components
from core.personal import register_holdings
from core.sentences import register_sentences
from decisions import deferral, subjects
from meetings.enums import APPROVAL, ActionState, MeetingState, Presence, RemarkAnswer, RequestAnswer

SENTENCES = {
    "meetings.create_meeting": _("Draft written by %(actor)s"),
    "meetings.edit_meeting": _("Facts changed by %(actor)s"),
    "meetings.convene": _("Convened by %(actor)s for %(starts_at)s"),
    "meetings.publish_agenda": _("Agenda published by %(actor)s"),
    "meetings.postpone": _("Postponed by %(actor)s: %(reason)s"),
    "meetings.cancel": _("Cancelled by %(actor)s: %(reason)s"),
    "meetings.open_session": _("Session opened by %(actor)s, chaired by %(chair)s"),
    "meetings.close_session": _("Session closed by %(actor)s"),
    "meetings.circulate_minutes": _("Minutes circulated by %(actor)s"),
    "meetings.propose_approval": _("The Network is asked by %(actor)s to approve the minutes: %(decision)s"),
    "meetings.approve_minutes": _("Minutes approved by %(actor)s"),
    "meetings.close": _("File closed by %(actor)s"),
    "meetings.add_agenda_item": _("Item added by %(actor)s: %(item)s"),
    "meetings.edit_agenda_item": _("Item changed by %(actor)s: %(item)s"),
    "meetings.move_agenda_item": _("Item moved by %(actor)s: %(item)s"),
    "meetings.remove_agenda_item": _("Item removed by %(actor)s: %(item)s"),
    "meetings.invite_guests": _("Guests invited by %(actor)s: %(partners)s"),
    "meetings.open_feed": _("Calendar address made by %(actor)s"),
    "meetings.revoke_feed": _("Calendar address revoked by %(actor)s"),
    "meetings.revoke_pass": _("Invitation of %(partner)s withdrawn by %(actor)s"),
    "meetings.reply_to_convocation": _("Reply of an entity given by %(actor)s"),
    "meetings.record_attendance": _("Attendance recorded by %(actor)s"),
    "meetings.edit_minutes": _("Minutes written by %(actor)s: %(item)s"),
    "meetings.table_decision": _("Item carried over, put on the agenda by %(actor)s: %(item)s"),
    "meetings.untable_decision": _("Item carried over, taken off the agenda by %(actor)s: %(item)s"),
    "meetings.attach_decision": _("Decision attached by %(actor)s: %(decision)s"),
    "meetings.detach_decision": _("Decision detached by %(actor)s: %(decision)s"),
    "meetings.add_remark": _("Correction asked for by %(actor)s: %(item)s"),
    "meetings.answer_remark": _("Correction answered by %(actor)s: %(item)s"),
    "meetings.accept_minutes": _("Minutes read by %(actor)s, nothing to correct"),
    "meetings.add_action_point": _("Action point added by %(actor)s"),
    "meetings.edit_action_point": _("Action point changed by %(actor)s"),
    "meetings.remove_action_point": _("Action point removed by %(actor)s: %(text)s"),
    "meetings.start_action_point": _("Work begun, says %(actor)s"),
    "meetings.hand_over_action_point": _("Action point handed over by %(actor)s"),
    "meetings.hand_over_minutes": _("Minutes handed over by %(actor)s"),
    "meetings.close_action_point": _("Action point closed by %(actor)s"),
    "workinggroups.forward_item": _("Item asked for on an agenda of the Network by %(actor)s: %(subject)s"),
    "workinggroups.keep_group": _("%(review)s: the group goes on as it is, noted by %(actor)s"),
    "workinggroups.refocus_group": _("%(review)s: the group goes on with another focus, noted by %(actor)s: %(note)s"),
    "meetings.request_meeting": _("Meeting asked for by %(actor)s"),
    "meetings.answer_meeting_request": _("Request answered by %(actor)s"),
    "meetings.withdraw_meeting_request": _("Request withdrawn by %(actor)s"),
    "meetings.reopen_meeting_request": _("Request to be answered again: %(actor)s removed the item %(item)s"),
}


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self):
        from meetings import actions, annual_review, approvals, deferred, duties, group_pages, pages, personal, queries  # noqa: PLC0415 - models are loaded only now
        from members import duties as people_duties  # noqa: PLC0415 - as above
        from members import panels, year  # noqa: PLC0415 - as above
        from workinggroups.models import WorkingGroup  # noqa: PLC0415 - as above

        year.register(pages.year_figure)
        panels.register(WorkingGroup, group_pages.panel)
        register_sentences(SENTENCES)
        register_holdings(personal.HOLDINGS, personal.IN_JOURNAL)
        people_duties.register(*duties.CHARGES)
        subjects.register_places(queries.places_of_decision)
        deferral.register(
            sits=deferred.sits, ahead=deferred.meetings_ahead, table=deferred.table, untable=deferred.untable
        )
        subjects.demand("nomination", check=annual_review.check_nomination, on_adopted=annual_review.place_nomination)
        subjects.register(APPROVAL, label=_("approval of minutes"), url_of=approvals.url_of, needs_object=True)
        subjects.demand(
            APPROVAL,
            check=actions.check_approvable,
            on_adopted=actions.approval_adopted,
            before_call=actions.hold_minutes,
        )
        components.register_state_tags(
            MeetingState,
            {
                MeetingState.DRAFT: "neutral",
                MeetingState.CONVENED: "waiting",
                MeetingState.IN_SESSION: "active",
                MeetingState.HELD: "done",
                MeetingState.MINUTES_CIRCULATED: "active",
                MeetingState.MINUTES_APPROVED: "done",
                MeetingState.CLOSED: "done",
                MeetingState.POSTPONED: "problem",
                MeetingState.CANCELLED: "problem",
            },
        )
        components.register_state_tags(
            ActionState, {ActionState.OPEN: "neutral", ActionState.IN_PROGRESS: "active", ActionState.DONE: "done"}
        )
        components.register_state_tags(
            RequestAnswer,
            {
                RequestAnswer.ACCEPTED: "done",
                RequestAnswer.ADDED_TO_AGENDA: "done",
                RequestAnswer.DECLINED: "neutral",
                RequestAnswer.WITHDRAWN: "neutral",
            },
        )
        components.register_state_tags(RemarkAnswer, {RemarkAnswer.CORRECTED: "done", RemarkAnswer.NOT_KEPT: "neutral"})
        components.register_state_tags(
            Presence, {Presence.PRESENT: "done", Presence.APOLOGIES: "neutral", Presence.ABSENT: "problem"}
        )
