"""Rows of dated ties, with what the reader may do to each."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from core import clock
from members import queries
from members.models import CoChairTerm, Delegation, FocalPoint, InstitutionalRole, Membership, PartnerContact


@dataclass(frozen=True)
class TieRow:
    """One dated tie as a page shows it; an address is empty when the reader may not do that, or no longer."""

    label: Any
    tie: Any
    is_current: bool
    end_url: str = ""
    remove_url: str = ""

    @property
    def is_to_come(self) -> bool:
        return bool(self.tie.starts_on > clock.today())


# how the routes of a kind of tie begin
_ROUTES: dict[type, str] = {
    Membership: "members:membership", FocalPoint: "members:focal_point", CoChairTerm: "members:term",
    InstitutionalRole: "members:role", Delegation: "members:delegation", PartnerContact: "partners:contact",
}  # fmt: skip


@dataclass(frozen=True)
class TieRows:
    """Makes the rows of one page. A reader who may change such ties gives those that were recorded today."""

    recorded_today: set[tuple[str, str]] | None

    def row(self, tie: Any, label: Any) -> TieRow:
        today, route = clock.today(), _ROUTES[type(tie)]
        if self.recorded_today is None:
            return TieRow(label, tie, tie.holds_on(today))
        is_removable = queries.is_removable(tie, today, self.recorded_today)
        return TieRow(
            label, tie, tie.holds_on(today),
            end_url="" if is_over(tie) else reverse(f"{route}_end", args=[tie.pk]),
            remove_url=reverse(f"{route}_remove", args=[tie.pk]) if is_removable else "",
        )  # fmt: skip


def is_over(tie: Any) -> bool:
    return tie.ends_on is not None and tie.ends_on <= clock.today()


def recorded_today(may_change: bool) -> set[tuple[str, str]] | None:
    return queries.ties_recorded_on(clock.today()) if may_change else None
