"""Kinds, states and steps of a meeting and of what it leaves behind."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """Clauses M-33 (partners), M-43 (as needed), M-44 (quarterly), M-69 (annual review)."""

    PLENARY = "plenary", _("ordinary meeting")
    AD_HOC = "ad_hoc", _("ad hoc meeting")
    ANNUAL_REVIEW = "annual_review", _("annual review")
    PARTNERS = "partners", _("meeting with partners")


class Mode(TextChoices):
    """Clause M-41: in person, online or both."""

    IN_PERSON = "in_person", _("in person")
    ONLINE = "online", _("online")
    HYBRID = "hybrid", _("hybrid")


class Venue(TextChoices):
    """Clause M-42: the IOM office or the RC office; elsewhere needs a reason."""

    IOM = "iom", _("IOM office")
    RCO = "rco", _("Resident Coordinator’s office")
    ELSEWHERE = "elsewhere", _("elsewhere")


class MeetingState(TextChoices):
    DRAFT = "draft", pgettext_lazy("meeting", "in preparation")
    CONVENED = "convened", pgettext_lazy("meeting", "convened")
    IN_SESSION = "in_session", pgettext_lazy("meeting", "in session")
    HELD = "held", pgettext_lazy("meeting", "held")
    MINUTES_CIRCULATED = "minutes_circulated", pgettext_lazy("meeting", "minutes circulated")
    MINUTES_APPROVED = "minutes_approved", pgettext_lazy("meeting", "minutes approved")
    CLOSED = "closed", pgettext_lazy("meeting", "closed")
    POSTPONED = "postponed", pgettext_lazy("meeting", "postponed")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "cancelled")


# verb → (states it may start from, state it leads to)
MEETING_TRANSITIONS = {
    "convene": ({MeetingState.DRAFT, MeetingState.POSTPONED}, MeetingState.CONVENED),
    "postpone": ({MeetingState.CONVENED}, MeetingState.POSTPONED),
    "cancel": ({MeetingState.DRAFT, MeetingState.CONVENED, MeetingState.POSTPONED}, MeetingState.CANCELLED),
    "open_session": ({MeetingState.CONVENED}, MeetingState.IN_SESSION),
    "close_session": ({MeetingState.IN_SESSION}, MeetingState.HELD),
    "circulate_minutes": ({MeetingState.HELD}, MeetingState.MINUTES_CIRCULATED),
    "approve_minutes": ({MeetingState.MINUTES_CIRCULATED}, MeetingState.MINUTES_APPROVED),
    "close": ({MeetingState.MINUTES_APPROVED}, MeetingState.CLOSED),
}

APPROVAL = "minutes"  # the kind of decision that approves the minutes of a meeting

# What may be written in which state, beside the steps above.
PREPARING = {MeetingState.DRAFT, MeetingState.CONVENED, MeetingState.POSTPONED}
AGENDA_OPEN = PREPARING | {MeetingState.IN_SESSION}
MINUTES_OPEN = {MeetingState.IN_SESSION, MeetingState.HELD, MeetingState.MINUTES_CIRCULATED}
MINUTES_FROZEN = {MeetingState.MINUTES_APPROVED, MeetingState.CLOSED}
OVER = {MeetingState.HELD, MeetingState.MINUTES_CIRCULATED, *MINUTES_FROZEN}
ANNOUNCED = {MeetingState.CONVENED, MeetingState.IN_SESSION, *OVER}
WITHOUT_DATE = {MeetingState.POSTPONED, MeetingState.CANCELLED}


class AgendaKind(TextChoices):
    OPENING = "opening", _("opening")
    PROGRESS = "progress", _("progress of the Network")
    COLLABORATION = "collaboration", _("collaboration")
    CHALLENGES = "challenges", _("new challenges")
    CO_CHAIR = "co_chair", _("co-chair")
    WORK_PLAN = "work_plan", _("work plan")
    INFORMATION_SHARING = "information_sharing", _("information sharing")
    WORKING_GROUPS = "working_groups", _("working groups")
    MEMBERSHIP = "membership", _("membership")
    GCM_REVIEW = "gcm_review", _("review of the Global Compact")
    WORK_PLAN_FOLLOW_UP = "work_plan_follow_up", _("follow-up of the work plan")
    STANDARDS = "standards", _("norms and standards")
    STATEMENTS = "statements", _("statements")
    DIALOGUE = "dialogue", _("dialogue")
    CONCLUSIONS = "conclusions", _("conclusions")
    PARTNERS_FOLLOW_UP = "partners_follow_up", _("follow-up with partners")
    EMERGING_ISSUES = "emerging_issues", _("emerging issues")
    ANNUAL_REVIEW_PREPARATION = "annual_review_preparation", _("preparation of the annual review")
    CARRIED_OVER = "carried_over", _("item carried over")
    AOB = "aob", _("any other business")


# Clauses M-70 to M-73, M-75 and M-76: what every annual review deals with.
STANDING_KINDS = (
    AgendaKind.PROGRESS,
    AgendaKind.COLLABORATION,
    AgendaKind.CHALLENGES,
    AgendaKind.CO_CHAIR,
    AgendaKind.WORK_PLAN,
)


class Answer(TextChoices):
    YES = "yes", _("will attend")
    REPRESENTED = "represented", _("will be represented")
    NO = "no", _("cannot attend")


class Received(TextChoices):
    """What became of the answer of a calendar program."""

    TAKEN = "taken", pgettext_lazy("answer of a calendar", "recorded")
    NOTED = "noted", pgettext_lazy("answer of a calendar", "noted: speaks for no entity")
    OUTDATED = "outdated", pgettext_lazy("answer of a calendar", "not recorded: of an earlier invitation")
    TOO_LATE = "too_late", pgettext_lazy("answer of a calendar", "not recorded: no answer is awaited any more")
    CALLED_OFF = "called_off", pgettext_lazy("answer of a calendar", "not recorded: the meeting is called off")
    UNCLEAR = "unclear", pgettext_lazy("answer of a calendar", "not recorded: neither yes nor no")
    STRANGER = "stranger", pgettext_lazy("answer of a calendar", "not recorded: unknown address")


class Presence(TextChoices):
    PRESENT = "present", pgettext_lazy("entity", "present")
    APOLOGIES = "apologies", pgettext_lazy("entity", "apologies")
    ABSENT = "absent", pgettext_lazy("entity", "absent")


class SeatMode(TextChoices):
    """How an entity takes part: clause M-41, per participant."""

    IN_PERSON = "in_person", _("in the room")
    ONLINE = "online", _("online")


# mode of the meeting → ways to take part in it
SEATS = {
    Mode.IN_PERSON: (SeatMode.IN_PERSON,),
    Mode.ONLINE: (SeatMode.ONLINE,),
    Mode.HYBRID: (SeatMode.IN_PERSON, SeatMode.ONLINE),
}


class RequestAnswer(TextChoices):
    """Clause M-43: a request becomes a meeting, an agenda item, or a refusal with its reason; until then its entity may
    take it back.
    """

    ACCEPTED = "accepted", pgettext_lazy("request", "accepted")
    ADDED_TO_AGENDA = "added_to_agenda", pgettext_lazy("request", "added to an agenda")
    DECLINED = "declined", pgettext_lazy("request", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "withdrawn")


class Relevance(TextChoices):
    """What the annual review finds of a working group."""

    GOES_ON = "goes_on", pgettext_lazy("working group", "goes on as it is")
    REFOCUSED = "refocused", pgettext_lazy("working group", "goes on with another focus")
    SLEEPS = "sleeps", pgettext_lazy("working group", "is put to sleep")
    CLOSES = "closes", pgettext_lazy("working group", "is closed, for good")


class RemarkAnswer(TextChoices):
    """What came of a correction that an entity asked for (clause M-77)."""

    CORRECTED = "corrected", pgettext_lazy("remark", "corrected")
    NOT_KEPT = "not_kept", pgettext_lazy("remark", "not kept")


class ActionState(TextChoices):
    OPEN = "open", pgettext_lazy("action point", "to do")
    IN_PROGRESS = "in_progress", pgettext_lazy("action point", "in progress")
    DONE = "done", pgettext_lazy("action point", "done")


ACTION_TRANSITIONS = {
    "start_action_point": ({ActionState.OPEN}, ActionState.IN_PROGRESS),
    "close_action_point": ({ActionState.OPEN, ActionState.IN_PROGRESS}, ActionState.DONE),
}
