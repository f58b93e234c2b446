"""The decision by which the Network adopts the report of a year (clauses M-61, M-78)."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from core import clock
from decisions.enums import UNDER_WAY
from decisions.models import Decision
from reports.enums import ADOPTION
from reports.models import YearlyReport


def under_way(report: YearlyReport) -> Decision | None:
    """From its draft until its end."""
    asked = Decision.objects.filter(subject_kind=ADOPTION, subject_id=str(report.pk), state__in=UNDER_WAY)
    return asked.order_by("-pk").first() if report.pk else None


def url_of(decision: Decision) -> str:
    """The page of the report."""
    report = YearlyReport.objects.light().filter(pk=decision.subject_id).first()
    return report.get_absolute_url() if report else ""


def facts_of(decision: Decision) -> list[tuple[str, Any]]:
    """Which file it is about."""
    report = YearlyReport.objects.light().filter(pk=decision.subject_id).first()
    if report is None:
        return []
    printed = format_html("<code>{}</code>", report.sha256)
    return [(_("File"), report.filename), (_("Fingerprint of the file"), printed)]


def words(report: YearlyReport) -> dict[str, str]:
    """How the decision is usually worded: ``title`` and ``text``."""
    named = {"year": report.year, "file": report.filename, "print": report.sha256}
    text = _(
        "The Network adopts its report on %(year)s, as it stands in the file %(file)s (fingerprint SHA-256: "
        "%(print)s), and asks the co-chairs to send it to the regional Network."
    )
    return {"title": _("Adoption of the yearly report %(year)s") % named, "text": text % named}


def warning(report: YearlyReport) -> str:
    """What is said before the decision is worded."""
    said = _("It is not ordered again while the Network is asked, nor once it is adopted.")
    if report.year < clock.today().year:
        return said
    return (
        _("The year %(year)s is not over: what is still to come will not be in its report.") % {"year": report.year}
        + " "
        + said
    )
