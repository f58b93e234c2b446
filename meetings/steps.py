"""What moves a meeting on, and what may be written meanwhile: a button is there when table and permission allow it."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import clock
from core.transitions import can_move
from meetings import queries
from meetings.enums import AGENDA_OPEN, ANNOUNCED, MINUTES_OPEN, PREPARING, MeetingState
from meetings.models import Meeting


@dataclass(frozen=True)
class Step:
    """One thing the person may do now. ``is_post`` acts at once, else the address is a page that asks first."""

    label: Any
    url: str
    is_post: bool = False
    style: str = "secondary"


PREPARATION = (gettext_lazy("Date and place"), gettext_lazy("Agenda"), gettext_lazy("Check before convening"))
# verb of the table → permission, address, words, acts at once
_STEPS: tuple[tuple[str, str, str, Any, bool], ...] = (
    ("convene", "convene_meeting", "meeting_convene", gettext_lazy("Check before convening"), False),
    ("open_session", "open_session", "session_open", gettext_lazy("Open the session"), True),
    ("close_session", "close_session", "session_close", gettext_lazy("Close the session"), True),
    ("circulate_minutes", "circulate_minutes", "minutes_circulate", gettext_lazy("Check before circulating"), False),
    ("approve_minutes", "approve_minutes", "minutes_approve", gettext_lazy("Approve the minutes"), False),
    ("close", "close_meeting", "meeting_close", gettext_lazy("Close the file"), True),
)
_WAYS_OUT: tuple[tuple[str, str, str, Any], ...] = (
    ("postpone", "postpone_meeting", "meeting_postpone", gettext_lazy("Postpone")),
    ("cancel", "cancel_meeting", "meeting_cancel", gettext_lazy("Cancel the meeting")),
)
# (permission, states in which it makes sense, address, words)
_WRITINGS: tuple[tuple[str, Any, str, Any], ...] = (
    ("edit_meeting", PREPARING, "meeting_edit", gettext_lazy("Change the facts")),
    ("edit_agenda", AGENDA_OPEN, "agenda", gettext_lazy("Write the agenda")),
    ("record_attendance", MINUTES_OPEN, "attendance", gettext_lazy("Record the attendance")),
    ("edit_minutes", MINUTES_OPEN, "minutes", gettext_lazy("Write the minutes")),
    ("propose_approval", {MeetingState.MINUTES_CIRCULATED}, "approval_propose",
     gettext_lazy("Ask the Network to approve the minutes")),
    ("view_deliveries", ANNOUNCED | {MeetingState.POSTPONED, MeetingState.CANCELLED}, "deliveries",
     gettext_lazy("Mails sent")),
)  # fmt: skip


def steps(user: Any, meeting: Meeting) -> list[Step]:
    """What moves the meeting on, and what may be written meanwhile."""
    found = []
    for verb, permission, name, label, is_post in _STEPS:
        if verb == "convene" and meeting.awaits_date:
            name, label = "meeting_edit", _("Set the new date")
        possible = can_move(meeting, verb) and not _too_early(meeting, verb)
        if possible and user.has_perm(f"meetings.{permission}", meeting):
            step = Step(label, reverse(f"meetings:{name}", args=[meeting.pk]), is_post, "primary")
            found.append((_before_approval(meeting) if verb == "approve_minutes" else None) or step)
    if meeting.takes_group_reviews and user.has_perm("meetings.review_groups", meeting):
        found.append(Step(_("Review the working groups"), reverse("meetings:group_reviews", args=[meeting.pk])))
    if meeting.state == MeetingState.CONVENED and user.has_perm("meetings.publish_agenda", meeting):
        label = _("Publish the agenda again") if meeting.agenda_published_at else _("Publish the agenda")
        found.append(Step(label, reverse("meetings:agenda_publish", args=[meeting.pk])))
    there = {step.url for step in found}
    return found + [step for step in _written_meanwhile(user, meeting) if step.url not in there]


def _written_meanwhile(user: Any, meeting: Meeting) -> list[Step]:
    """While the Network is asked to approve the minutes, it is asked once, and on minutes that stand."""
    asked, over = meeting.approval_asked, set()
    found = []
    if asked and user.has_perm("meetings.propose_approval", meeting):
        over = {"propose_approval"} | ({"record_attendance", "edit_minutes"} if asked.frozen_at else set())
        found.append(Step(_("Approval asked of the Network: %s") % asked.title, asked.get_absolute_url()))
    for permission, states, name, label in _WRITINGS:
        possible = meeting.state in states and permission not in over
        if possible and user.has_perm(f"meetings.{permission}", meeting):
            found.append(Step(label, reverse(f"meetings:{name}", args=[meeting.pk])))
    return found


def _too_early(meeting: Meeting, verb: str) -> bool:
    """A session opens on the day for which it was convened, and closes after its hour."""
    if verb == "open_session":
        return clock.today() < meeting.day
    return verb == "close_session" and clock.now() < meeting.starts_at


def _before_approval(meeting: Meeting) -> Step | None:
    """Instead of the approval: the decision that the Network is asked for, or the corrections that await an answer."""
    if pending := meeting.approval_asked:
        return Step(_("Approval asked of the Network: %s") % pending.title, pending.get_absolute_url())
    return _corrections_first(meeting)


def _corrections_first(meeting: Meeting) -> Step | None:
    """Instead of the approval, while corrections await their answers: where they stand."""
    awaiting = list(queries.remarks(meeting).unanswered())
    if not awaiting:
        return None
    words = ngettext("%(n)s correction awaits its answer", "%(n)s corrections await their answers", len(awaiting))
    url = reverse("meetings:minutes", args=[meeting.pk]) + f"#correction-{awaiting[0].pk}"
    return Step(words % {"n": len(awaiting)}, url)


def ways_out(user: Any, meeting: Meeting) -> list[Step]:
    return [
        Step(label, reverse(f"meetings:{name}", args=[meeting.pk]), style="danger")
        for verb, permission, name, label in _WAYS_OUT
        if can_move(meeting, verb) and user.has_perm(f"meetings.{permission}", meeting)
    ]
