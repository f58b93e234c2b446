"""Working groups, who sits in them and chairs them, what they work with and hand over."""

from workinggroups.models.chairs import ChairCall, ChairOffer, ChairOfferQuerySet, GroupChair
from workinggroups.models.groups import GroupMember, GroupQuerySet, WorkingGroup, record_path
from workinggroups.models.meetings import GroupMeeting
from workinggroups.models.papers import Deliverable, GroupPaper, GroupPass

__all__ = [
    "ChairCall",
    "ChairOffer",
    "ChairOfferQuerySet",
    "Deliverable",
    "GroupChair",
    "GroupMeeting",
    "GroupMember",
    "GroupPaper",
    "GroupPass",
    "GroupQuerySet",
    "WorkingGroup",
    "record_path",
]
