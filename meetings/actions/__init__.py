"""Every write on meetings; one module per thing written."""

from meetings.actions.action_points import (
    add_action_point,
    close_action_point,
    edit_action_point,
    hand_over_action_point,
    remove_action_point,
    start_action_point,
)
from meetings.actions.agenda import (
    add_agenda_item,
    edit_agenda_item,
    move_agenda_item,
    publish_agenda,
    remove_agenda_item,
)
from meetings.actions.approval import (
    approval_adopted,
    check_approvable,
    check_approval_proposable,
    hold_minutes,
    propose_approval,
)
from meetings.actions.calendar_replies import receive_calendar_reply
from meetings.actions.carried_over import table_decision, untable_decision
from meetings.actions.feed import open_feed, revoke_feed
from meetings.actions.group_reviews import check_reviewing, review_group
from meetings.actions.guests import PassClosed, invite_guests, revoke_pass
from meetings.actions.meeting import (
    cancel_meeting,
    close_meeting,
    close_session,
    convene_meeting,
    create_meeting,
    edit_meeting,
    open_session,
    postpone_meeting,
)
from meetings.actions.minutes import (
    accept_minutes,
    add_remark,
    answer_remark,
    approve_minutes,
    attach_decision,
    circulate_minutes,
    detach_decision,
    edit_minutes,
    hand_over_minutes,
)
from meetings.actions.presence import Presence, record_attendance, reply_to_convocation
from meetings.actions.requests import (
    answer_meeting_request,
    check_at_work,
    forward_item,
    request_meeting,
    withdraw_meeting_request,
)
from meetings.actions.year_plan import plan_year

__all__ = [
    "PassClosed",
    "Presence",
    "accept_minutes",
    "add_action_point",
    "add_agenda_item",
    "add_remark",
    "answer_meeting_request",
    "answer_remark",
    "approval_adopted",
    "approve_minutes",
    "attach_decision",
    "cancel_meeting",
    "check_approvable",
    "check_approval_proposable",
    "check_at_work",
    "check_reviewing",
    "circulate_minutes",
    "close_action_point",
    "close_meeting",
    "close_session",
    "convene_meeting",
    "create_meeting",
    "detach_decision",
    "edit_action_point",
    "edit_agenda_item",
    "edit_meeting",
    "edit_minutes",
    "forward_item",
    "hand_over_action_point",
    "hand_over_minutes",
    "hold_minutes",
    "invite_guests",
    "move_agenda_item",
    "open_feed",
    "open_session",
    "plan_year",
    "postpone_meeting",
    "propose_approval",
    "publish_agenda",
    "receive_calendar_reply",
    "record_attendance",
    "remove_action_point",
    "remove_agenda_item",
    "reply_to_convocation",
    "request_meeting",
    "review_group",
    "revoke_feed",
    "revoke_pass",
    "start_action_point",
    "table_decision",
    "untable_decision",
    "withdraw_meeting_request",
]
