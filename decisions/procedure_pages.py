"""What the pages of the rules of procedure show."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from core import clock, journal
from core.components import Column, DataTable, SummaryRow, TimelineEvent
from core.models import JournalEvent
from core.templatetags.typography import long_day
from core.transitions import can_move
from decisions import procedure, thresholds
from decisions.enums import GIVEN_UP, ProcedureState
from decisions.models import Decision, RulesOfProcedure
from frameworks.measures import measures


@dataclass(frozen=True)
class VersionRow:
    """One version in the list, with the days in which it was in force."""

    one: RulesOfProcedure
    period: str
    is_current: bool


def list_page(user: Any) -> dict[str, Any]:
    day = clock.today()
    seen = RulesOfProcedure.objects.visible_to(user).select_related("decision").order_by("-starts_on", "-number", "-pk")
    adopted = [one for one in seen if one.state == ProcedureState.ADOPTED]
    current = next(one for one in adopted if one.starts_on <= day)
    ends = dict(zip([one.pk for one in adopted], [None, *(one.starts_on for one in adopted)], strict=False))
    others = [one for one in seen if one.state in {ProcedureState.DRAFT, ProcedureState.PROPOSED}]
    return {
        "current": current,
        "rules": rows(current),
        "versions": [VersionRow(one, _period(one, ends[one.pk]), one == current) for one in adopted],
        "in_preparation": others,
        "may_prepare": user.has_perm("decisions.prepare_procedure") and not others,
    }


def _period(one: RulesOfProcedure, until: date | None) -> str:
    """From the first day to the one before its successor’s."""
    # One that was replaced on its own first day was in force on that day only.
    start, end = long_day(one.starts_on), long_day(max(one.starts_on, until - timedelta(days=1))) if until else ""
    if one.number == 1:
        return (
            _("from the foundation of the Network until %s") % end if end else _("since the foundation of the Network")
        )
    return _("from %(start)s until %(end)s") % {"start": start, "end": end} if end else _("since %s") % start


def rows(one: RulesOfProcedure) -> list[SummaryRow]:
    return [SummaryRow(label, words) for label, words in procedure.in_words(one)]


def version_page(user: Any, one: RulesOfProcedure) -> dict[str, Any]:
    may = user.has_perm("decisions.prepare_procedure")
    decision = one.decision if one.decision and _may_see(user, one.decision) else None
    withdrawn = one.decision is not None and one.decision.state in GIVEN_UP
    later = procedure.after(one) if one.number else None
    return {
        "one": one,
        "decision": decision,
        "period": _period(one, later.starts_on if later else None)
        if one.number
        else _("from %s on") % long_day(one.starts_on),
        "rules": rows(one),
        "changes": changes_table(one),
        "may_edit": may and procedure.is_open(one),
        "may_propose": may and can_move(one, "propose_procedure"),
        "may_rework": may and can_move(one, "rework_procedure") and withdrawn,
        "history": [_told(event) for event in journal.history(one)],
    }


def thresholds_page(user: Any, one: RulesOfProcedure) -> dict[str, Any]:
    return {
        "one": one,
        "thresholds": thresholds.of(one),
        "may_edit": user.has_perm("decisions.prepare_procedure") and procedure.is_open(one),
    }


def _told(event: JournalEvent) -> TimelineEvent:
    """A change says which rules it touched."""
    touched = [rule.label() for rule in procedure.RULES if rule.field in event.data]
    if event.data.get("measure") in measures():
        touched = [measures()[event.data["measure"]].label]
    return TimelineEvent(event.at, journal.sentence(event), ", ".join(touched))


def _may_see(user: Any, decision: Decision) -> bool:
    """A decision in draft is its entity's alone, as :meth:`DecisionQuerySet.visible_to` has it."""
    return Decision.objects.visible_to(user).filter(pk=decision.pk).exists()


def changes_table(one: RulesOfProcedure) -> DataTable | None:
    """Rule by rule, before and after; nothing for the first version or where nothing differs."""
    changed = procedure.changes(procedure.before(one), one)
    if not changed:
        return None
    columns = (Column(_("Rule"), "head"), Column(_("Until now")), Column(_("New")))
    return DataTable(_("What changes"), columns, tuple(changed), hide_caption=True)


def changed_by(decision: Decision) -> DataTable | None:
    """What the decision changes in the rules of procedure, for its page; nothing where it is about something else."""
    one = procedure.proposed_by(decision)
    return changes_table(one) if one else None


def proposal(one: RulesOfProcedure) -> dict[str, str]:
    """The words that the form of the decision begins with."""
    last = procedure.last_adopted()
    return {
        "title": _("Rules of procedure, version %s") % ((last.number or 0) + 1),
        "text": procedure.text_of_decision(last, one),
    }


def link(one: RulesOfProcedure) -> Any:
    """« version 2, en vigueur depuis le … », for the pages of what ran under it."""
    return format_html('<a href="{}">{}</a>', one.get_absolute_url(), _("version %s") % one.number)
