from meetings.models.agenda import ActionPoint, AgendaItem, Remark
from meetings.models.calendar_reply import CalendarReply, MailboxMark
from meetings.models.feed import CalendarFeed
from meetings.models.group_review import GroupReview
from meetings.models.guests import GuestPass
from meetings.models.meeting import Meeting, MeetingRequest
from meetings.models.presence import Attendance, Reply

__all__ = [
    "ActionPoint",
    "AgendaItem",
    "Attendance",
    "CalendarFeed",
    "CalendarReply",
    "GroupReview",
    "GuestPass",
    "MailboxMark",
    "Meeting",
    "MeetingRequest",
    "Remark",
    "Reply",
]
