"""The national lists are the secretariat's to keep; the official ones are data of the portal."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core import journal
from core.errors import DomainError
from core.transitions import check_version, lock
from frameworks import workdays
from frameworks.enums import FreeDayKind, PriorityKind
from frameworks.models import DAY_TAKEN, CalendarDay, GcmObjective, NationalPriority

STANDS_ALONE = {PriorityKind.FRAMEWORK, PriorityKind.COMMITMENT}


class PriorityMisplaced(DomainError):
    """The row would stand at the wrong place among the others."""

    field = "parent"


class CodeTaken(DomainError):
    field = "code"


class DayMisplaced(DomainError):
    """Nothing would change in the calendar, or the day stands in it already."""

    field = "day"


@transaction.atomic
def add_national_priority(
    *,
    code: str,
    kind: str,
    title_fr: str,
    title_en: str,
    parent: NationalPriority | None = None,
    gcm_objectives: Iterable[GcmObjective] = (),
    note: str = "",
    source: str = "",
    by: Any,
) -> NationalPriority:
    """A framework of the State, or a line of one. It comes last among its kind.

    Raises:
        PriorityMisplaced: an axis or a priority without the framework it is part of.
        CodeTaken: another row has this code.
    """
    check_place(None, kind, parent)
    last = NationalPriority.objects.order_by("-order", "-pk").values_list("order", flat=True).first() or 0
    priority = NationalPriority(
        slug=slugify(code), order=min(last + 1, 32_000), kind=kind, title_fr=title_fr, title_en=title_en, parent=parent,
        note=note, source=source, version=2,
    )  # fmt: skip
    try:
        with transaction.atomic():
            priority.save(force_insert=True)
    except IntegrityError as error:
        raise CodeTaken(_("Another row already has this code.")) from error
    priority.gcm_objectives.set(gcm_objectives)
    journal.record("add_national_priority", priority, by=by, data={"code": priority.code, "kind": kind})
    return priority


@transaction.atomic
def edit_national_priority(
    priority: NationalPriority,
    *,
    version: int,
    kind: str,
    title_fr: str,
    title_en: str,
    parent: NationalPriority | None,
    gcm_objectives: Iterable[GcmObjective],
    note: str,
    source: str,
    by: Any,
) -> NationalPriority:
    """From now on the row is the secretariat's: the data file no longer overwrites it.

    Raises:
        StaleVersion: somebody changed it meanwhile.
        PriorityMisplaced: it would have no framework, or be part of itself.
    """
    priority = lock(priority)
    check_version(priority, version)
    check_place(priority, kind, parent)
    values = {
        "kind": kind, "title_fr": title_fr, "title_en": title_en, "parent": parent, "note": note, "source": source,
    }  # fmt: skip
    before = {name: str(getattr(priority, name)) for name, value in values.items() if getattr(priority, name) != value}
    for name, value in values.items():
        setattr(priority, name, value)
    priority.version += 1
    priority.save(update_fields=[*values, "version"])
    priority.gcm_objectives.set(gcm_objectives)
    changed = {name: [old, str(values[name])] for name, old in before.items()}
    journal.record("edit_national_priority", priority, by=by, data=changed)
    return priority


def check_place(priority: NationalPriority | None, kind: str, parent: NationalPriority | None) -> None:
    """Refuse a line without its framework, and a circle.

    Raises:
        PriorityMisplaced: see above.
    """
    if parent is None and kind not in STANDS_ALONE:
        raise PriorityMisplaced(_("An axis or a priority is part of a framework: say which one."))
    above = parent
    while above is not None:
        if priority is not None and above.pk == priority.pk:
            raise PriorityMisplaced(_("A row cannot be part of itself."))
        above = above.parent


@transaction.atomic
def correct_calendar(
    day: date,
    *,
    is_free: bool,
    kind: str = FreeDayKind.NATIONAL,
    name_fr: str = "",
    name_en: str = "",
    by: Any,
) -> CalendarDay:
    """Write a free day that is not computed, or say that a computed feast is worked after all.

    Raises:
        DayMisplaced: the day was corrected already, no feast is computed for a day that is to be worked, or a day
            that is to be free is so anyhow.
    """
    computed = workdays.computed_feast(day)
    if not is_free and not computed:
        raise DayMisplaced(_("No feast is computed for this day: it is worked already, or a weekend."))
    if is_free and computed:
        raise DayMisplaced(_("This day is free already: %s.") % computed)
    row = CalendarDay(day=day, is_free=is_free, kind=kind, name_fr=name_fr, name_en=name_en)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise DayMisplaced(DAY_TAKEN) from error
    journal.record("correct_calendar", row, by=by, data={"day": day, "is_free": is_free, "name": name_fr})
    return row


@transaction.atomic
def remove_correction(row: CalendarDay, *, by: Any) -> None:
    """Go back to what is computed for the day. The journal keeps what was written."""
    row = lock(row)
    journal.record("remove_correction", row, by=by, data={"day": row.day, "is_free": row.is_free, "name": row.name_fr})
    row.delete()
