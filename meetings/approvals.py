"""Minutes that the Network is asked to approve by a decision, between two meetings."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.templatetags.typography import long_day
from decisions.models import Decision
from meetings.models import Meeting


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
