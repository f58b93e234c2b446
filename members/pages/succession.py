"""The page of checking of a succession, and the empty seats."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core.components import SummaryRow
from core.templatetags.typography import french_day
from members import queries
from members.enums import Rank
from members.models import CoChairTerm, FocalPoint, InstitutionalRole
from members.succession import Succession


def succession_page(change: Succession) -> dict[str, Any]:
    """What changes hands and what does not, in the words of the page of checking."""
    choice = change.choice
    return {
        "change": change,
        "seen": change.word,
        "facts": [
            SummaryRow(_("Leaves"), choice.person),
            SummaryRow(_("Last day"), french_day(choice.last_day)),
            SummaryRow(_("Succeeds"), choice.successor),
            SummaryRow(_("First day"), french_day(choice.first_day)),
        ],
        "ended": [str(tie) for tie in change.ended],
        "kept": [_tie_in_words(tie) for tie in change.kept],
        "vacated": _tie_in_words(change.vacated) if change.vacated else "",
        "charges": [(charge, found) for charge, found in change.charges if found],
    }


def _tie_in_words(tie: Any) -> str:
    label = getattr(tie, f"get_{_NAMED[type(tie)]}_display")()
    return f"{label}, {tie.entity}" if hasattr(tie, "entity") else str(label)


_NAMED: dict[type, str] = {FocalPoint: "rank", CoChairTerm: "seat", InstitutionalRole: "role"}


def empty_seats_page(day: date) -> dict[str, Any]:
    """Who is missing where, for those who keep the list of members (clauses M-39, M-45, M-57)."""
    return {
        "without_principal": queries.members_without(Rank.PRINCIPAL, day).by_acronym(),
        "without_alternate": queries.members_without(Rank.ALTERNATE, day).by_acronym(),
        "unreachable": queries.members_nobody_signs_in_for(day).by_acronym(),
        "seats": [view for view in queries.seats_on(day) if view.current is None or view.succession_is_due],
    }
