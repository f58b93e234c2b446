"""The register as an Excel file."""

from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from core import clock
from core.workbook import Sheet, workbook
from decisions import queries
from decisions.models import Decision, DecisionText


def register_filename() -> str:
    return f"{settings.NETWORK_CODE}_decisions_{clock.today():%Y-%m-%d}.xlsx"


def register_xlsx(decisions: QuerySet[Decision]) -> bytes:
    """One row a decision with the last version of its text."""
    last = DecisionText.objects.filter(decision=OuterRef("pk")).order_by("-number").values("text")[:1]
    headings = [
        (_("Number"), 22), (_("Title"), 60), (_("Text of the decision"), 60), (_("Subject"), 20), (_("State"), 16),
        (_("Proposed by"), 16), (_("Positions are given"), 20), (_("Adopted on"), 16), (_("Replaces"), 22),
        (_("Replaced by"), 22), (_("In force from"), 16), (_("In force until"), 16), (_("To be reviewed on"), 16),
        (_("In charge"), 16), (_("Due on"), 16), (_("Follow-up"), 16),
        (_("Seal of the register"), 68),
    ]  # fmt: skip
    found = decisions.annotate(text=Subquery(last)).prefetch_related("supersedes", "superseded_by")
    return workbook(Sheet(_("Register"), headings, map(partial(_cells, queries.objected()), found)))


def _cells(objected: set[int], decision: Any) -> list[Any]:
    return [
        decision.reference, decision.title, decision.text, str(decision.subject.label),
        _("open objection") if decision.pk in objected else decision.get_state_display(),
        decision.proposed_by, decision.get_mode_display(), decision.recorded_at and localdate(decision.recorded_at),
        _numbers(decision.supersedes.all()), _numbers(decision.superseded_by.all()), decision.in_force_from,
        decision.in_force_until, decision.review_on, decision.responsible, decision.due_on,
        decision.get_follow_up_display() if decision.number else "", decision.seal,
    ]  # fmt: skip


def _numbers(decisions: Any) -> str:
    return ", ".join(sorted(one.reference for one in decisions if one.number))
