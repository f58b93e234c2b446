"""Who may do what to a meeting. *When* is the transition table's and the actions' business."""

from typing import Any

import rules

from members.rules import is_administrator, is_co_chair, is_network, is_secretariat
from members.standing import standing_of


@rules.predicate
def is_focal_point(user: Any) -> bool:
    """Speaks, in whatever rank, for an entity that belongs to the Network today (members and standing invitees)."""
    standing = standing_of(user)
    return standing.rank is not None and standing.is_member


@rules.predicate
def is_rapporteur(user: Any, meeting: Any) -> bool:
    return meeting is not None and meeting.rapporteur_id == user.pk and standing_of(user).is_network


@rules.predicate
def is_of_responsible_entity(user: Any, action_point: Any) -> bool:
    own = standing_of(user).entity
    return action_point is not None and own is not None and action_point.responsible_id == own.pk


@rules.predicate
def is_of_requesting_entity(user: Any, request: Any) -> bool:
    own = standing_of(user).entity
    return request is not None and own is not None and request.requested_by_id == own.pk


def _carrier_id(action_point: Any) -> int | None:
    return action_point.handed_to_id or action_point.person_id


@rules.predicate
def is_responsible_person(user: Any, action_point: Any) -> bool:
    return action_point is not None and _carrier_id(action_point) == user.pk and standing_of(user).is_network


runs_meetings = is_secretariat | is_co_chair
writes_minutes = is_secretariat | is_rapporteur
carries_action = is_of_responsible_entity | is_responsible_person | is_secretariat

rules.add_perm("meetings.view_meeting", is_network | is_administrator)
rules.add_perm("meetings.open_feed", is_network)
rules.add_perm("meetings.create_meeting", runs_meetings)
rules.add_perm("meetings.edit_meeting", runs_meetings)
rules.add_perm("meetings.edit_agenda", runs_meetings)
rules.add_perm("meetings.publish_agenda", runs_meetings)
rules.add_perm("meetings.convene_meeting", runs_meetings)
rules.add_perm("meetings.postpone_meeting", runs_meetings)
rules.add_perm("meetings.cancel_meeting", runs_meetings)
rules.add_perm("meetings.invite_guests", runs_meetings)
rules.add_perm("meetings.revoke_pass", runs_meetings)
rules.add_perm("meetings.open_session", runs_meetings)
rules.add_perm("meetings.close_session", runs_meetings)
rules.add_perm("meetings.close_meeting", runs_meetings)
rules.add_perm("meetings.view_deliveries", runs_meetings)
rules.add_perm("meetings.reply_to_convocation", is_focal_point)
rules.add_perm("meetings.read_reply_notes", runs_meetings)
rules.add_perm("meetings.record_attendance", writes_minutes)
rules.add_perm("meetings.edit_minutes", writes_minutes)
rules.add_perm("meetings.attach_decision", writes_minutes)
rules.add_perm("meetings.add_action_point", writes_minutes)
rules.add_perm("meetings.circulate_minutes", writes_minutes)
rules.add_perm("meetings.add_remark", is_focal_point)
rules.add_perm("meetings.answer_remark", writes_minutes)
rules.add_perm("meetings.approve_minutes", is_co_chair)
rules.add_perm("meetings.propose_approval", runs_meetings)
rules.add_perm("meetings.review_groups", runs_meetings)
rules.add_perm("meetings.request_meeting", is_focal_point)
rules.add_perm("meetings.withdraw_meeting_request", is_focal_point & is_of_requesting_entity)
rules.add_perm("meetings.answer_meeting_request", runs_meetings)
rules.add_perm("meetings.start_action_point", carries_action)
rules.add_perm("meetings.close_action_point", carries_action)
