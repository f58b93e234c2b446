"""Minutes that the Network is asked to approve by a decision, between two meetings."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.templatetags.typography import long_day
from decisions.enums import UNDER_WAY
from decisions.models import Decision
from meetings.enums import APPROVAL, MeetingState
from meetings.models import Meeting


def under_way(meeting: Meeting) -> Decision | None:
    """The decision by which the Network is asked to approve these minutes, from its draft until its end."""
    if meeting.state != MeetingState.MINUTES_CIRCULATED:
        return None
    asked = Decision.objects.filter(subject_kind=APPROVAL, subject_id=str(meeting.pk), state__in=UNDER_WAY)
    return asked.order_by("-pk").first()


def url_of(decision: Decision) -> str:
    """The minutes that the decision approves."""
    return reverse("meetings:minutes", args=[decision.subject_id])


def link(decision: Decision) -> SafeString:
    """Its reference, which leads to it."""
    return format_html('<a href="{}">{}</a>', decision.get_absolute_url(), decision.reference)


def words(meeting: Meeting) -> dict[str, str]:
    """How the decision is usually worded: ``title`` and ``text``."""
    named = {"meeting": meeting, "day": long_day(meeting.day), "circulated": long_day(meeting.minutes_circulated_at)}
    text = _("The Network approves the minutes of “%(meeting)s”, of %(day)s, circulated on %(circulated)s.")
    return {"title": (_("Approval of the minutes: %(meeting)s") % named)[:200], "text": text % named}
