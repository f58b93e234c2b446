"""The log of engagements as an Excel file."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from core import clock
from core.workbook import Sheet, workbook
from outreach.models import Engagement


def engagements_filename() -> str:
    return f"{settings.NETWORK_CODE}_engagements_{clock.today():%Y-%m-%d}.xlsx"


def engagements_xlsx(engagements: Iterable[Engagement]) -> bytes:
    """One row an engagement."""
    headings = [
        (_("Day"), 12), (_("Partner"), 44), (_("Category"), 34), (_("Entity"), 14), (_("Kind"), 26), (_("Subject"), 50),
        (_("What came of it"), 60), (_("Next step"), 44), (_("Next step, for the"), 14), (_("Next step done on"), 14),
    ]  # fmt: skip
    return workbook(Sheet(_("Engagements"), headings, map(_cells, engagements)))


def _cells(one: Engagement) -> list[Any]:
    about = [one.happened_on, one.partner.name, one.partner.category.title, one.entity.acronym]
    said = [one.get_kind_display(), one.subject, one.account]
    return [*about, *said, one.next_step, one.next_step_due, one.next_step_done_on]
