"""Minutes that the Network is asked to approve by a decision, between two meetings."""

from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.templatetags.typography import long_day
from decisions.enums import UNDER_WAY
from decisions.models import Decision, DecisionText
from meetings.enums import APPROVAL
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


def asked_with_it() -> Subquery:
    """What :attr:`Meeting.approval_asked` would ask for, in the same query."""
    last = DecisionText.objects.filter(decision=OuterRef("pk")).order_by("-number").values("frozen_at")[:1]
    asked = Decision.objects.filter(
        subject_kind=APPROVAL, subject_id=Cast(OuterRef("pk"), CharField()), state__in=UNDER_WAY
    )
    row = JSONObject(id="pk", title="title", state="state", proposed_by_id="proposed_by_id", frozen_at=Subquery(last))
    return Subquery(asked.order_by("-pk").values(row=row)[:1])
