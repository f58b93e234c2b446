"""What awaits a person about the yearly report and the list of members."""

from typing import Any

from django.db.models import DateField, Exists, ExpressionWrapper, F, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.todo import Question, TodoItem, ask
from decisions import procedure
from members.models import User
from members.standing import standing_of
from reports import queries
from reports.enums import ReportState
from reports.models import MemberList, YearlyReport


def todo(user: Any) -> list[TodoItem]:
    """For the secretariat: the report of last year to order, or to start again; the list of members to share."""
    return [*of_reports(user), *ask(questions(user))]


def questions(user: Any) -> list[Question]:
    """For the secretariat: the list of members, when the last share lies too far back (clause M-58)."""
    standing = standing_of(user)
    if not standing.is_secretariat:
        return []

    def tell(facts: dict[str, Any]) -> TodoItem:
        why = _("The mandate has it shared regularly; the last share lies more than %s days back.") % facts["days"]
        return TodoItem(_("Share the list of members"), reverse("lists:list_index"), why, tag=_("to be shared"))

    def rows(person: Any, day: Any) -> QuerySet[User]:
        # The person's own row, unless a share is recent: what is missing has no row to be found by.
        days = procedure.target_on(day, "days_since_list_shared")
        first = ExpressionWrapper(Cast(day, DateField()) - days, DateField())
        recent = MemberList.objects.annotate(first=first).filter(shared_at__date__gte=F("first"))
        return User.objects.annotate(days=days).filter(~Exists(recent), pk=person)

    asked = {"person": user.pk, "day": standing.day}
    return [Question("list-to-share", rows, {"pk": "pk", "days": "days"}, tell, "pk", asked)]


def of_reports(user: Any) -> list[TodoItem]:
    """The report of last year."""
    if not standing_of(user).is_secretariat:
        return []
    today = clock.today()
    report = YearlyReport.objects.light().filter(year=today.year - 1).first()
    url = reverse("reports:report_detail", args=[today.year - 1])
    if report and report.state == ReportState.COLLECTING and queries.progress_of(report).is_failed:
        title = _("Start the yearly report %(year)s again") % {"year": report.year}
        return [TodoItem(title, url, _("Its printing failed; nothing was lost."), tag=_("failed"))]
    if report is None and today <= queries.due_on(today.year - 1):
        title = _("Order the yearly report %(year)s") % {"year": today.year - 1}
        why = _("The Network reports each year to the regional Network.")
        return [TodoItem(title, url, why, tag=_("first quarter"))]
    return []
