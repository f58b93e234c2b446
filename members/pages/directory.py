"""The list of members and the co-chairs."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core import clock
from core.components import Column, DataTable
from core.templatetags.components import status_tag
from core.templatetags.typography import ABSENT, numeric_day, typo
from members import panels, queries
from members.models import User
from members.pages.ties import TieRow, TieRows, recorded_today


def directory_table(rows: Iterable[queries.DirectoryRow]) -> DataTable:
    columns = (
        Column(_("Entity"), "head"), Column(_("Principal focal point")), Column(_("Alternate")),
        Column(_("Member since")), Column(_("Profile reviewed on")),
    )  # fmt: skip
    cells = tuple(
        (
            format_html(
                '<a href="{}">{}</a><br><span class="muted">{}</span>',
                row.entity.get_absolute_url(), row.entity.acronym, typo(row.entity.name),
            ),
            _contact(row.principal, is_expected=row.needs_principal),
            _contact(row.alternate),
            _since(row),
            _reviewed(row),
        )
        for row in rows
    )  # fmt: skip
    return DataTable(_("Members of the Network"), columns, cells, hide_caption=True)


def _contact(person: User | None, is_expected: bool = False) -> SafeString | str:
    if person:
        return format_html('<a href="{}">{}</a>', person.get_absolute_url(), person)
    return status_tag("problem", _("not named")) if is_expected else ABSENT


def _since(row: queries.DirectoryRow) -> SafeString | str:
    if row.since is None:
        return status_tag("neutral", _("outside the Network"))
    day = numeric_day(row.since)
    if not row.is_invitee:
        return day
    return format_html('{}<br><span class="muted">{}</span>', day, _("standing invitee"))


def _reviewed(row: queries.DirectoryRow) -> SafeString | str:
    reviewed_on = row.entity.profile_reviewed_on
    if reviewed_on is None:
        return status_tag("waiting", _("never reviewed"))
    day = numeric_day(reviewed_on)
    return format_html("{} {}", day, status_tag("waiting", _("to be reviewed"))) if row.is_stale else day


# --- Co-chairs -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class SeatPage:
    """One of the two seats: who holds it, what comes next, what came before."""

    title: Any
    current: TieRow | None
    coming: list[TieRow]
    past: list[TieRow]
    succession_is_due: bool
    panels: list[SafeString]


def co_chairs_page(user: User) -> dict[str, Any]:
    may_manage = user.has_perm("members.manage_members")
    rows = TieRows(recorded_today(may_manage))
    return {"seats": [_seat(user, view, rows) for view in queries.seats_on(clock.today())], "may_manage": may_manage}


def _seat(user: User, view: queries.SeatView, rows: TieRows) -> SeatPage:
    """Under the name of the seat, the entity is what there is to say of a term."""
    return SeatPage(
        title=view.seat.label,
        current=rows.row(view.current, view.current.entity.acronym) if view.current else None,
        coming=[rows.row(term, term.entity.acronym) for term in view.coming],
        past=[rows.row(term, term.entity.acronym) for term in view.past],
        succession_is_due=view.succession_is_due,
        panels=panels.shown_to(user, view.seat),
    )
