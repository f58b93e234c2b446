"""The lists as the page of frameworks shows them."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat, JSONObject
from django.utils.translation import gettext as _

from frameworks.enums import MpfaKind
from frameworks.models import (
    Agenda2063Item,
    EcowasInstrument,
    GcmObjective,
    GuidingPrinciple,
    MpfaItem,
    NationalPriority,
    PartnerCategory,
    Reference,
    Region,
    SdgTarget,
    SustainableDevelopmentGoal,
    in_active_language,
)


@dataclass(frozen=True)
class Line:
    """One row of a list; ``mark`` is its number, letter or year, ``inside`` the rows under it."""

    mark: str
    text: str
    detail: str
    slug: str
    inside: list["Line"]
    is_editable: bool = False


@dataclass(frozen=True)
class FrameworkList:
    """One framework: its anchor on the page, its name, its rows."""

    anchor: str
    title: str
    lines: list[Line]
    is_national: bool = False


def framework_lists() -> list[FrameworkList]:
    """Every list in the order of the mandate: one query each, whatever their length."""
    return [
        FrameworkList("pmm", _("Global Compact: the 23 objectives"), _objectives()),
        FrameworkList("principes", _("Global Compact: guiding principles"), _principles()),
        FrameworkList("odd", _("Sustainable Development Goals and migration targets"), _goals()),
        FrameworkList("agenda-2063", _("Agenda 2063 of the African Union"), _tree(Agenda2063Item, "number")),
        FrameworkList("mpfa", _("Migration Policy Framework for Africa"), _mpfa()),
        FrameworkList("cedeao", _("ECOWAS instruments"), _tree(EcowasInstrument, "year", "reference")),
        FrameworkList("priorites-nationales", _("National priorities"), _national(), is_national=True),
        FrameworkList("categories-de-partenaires", _("Categories of partners (mandate, M-35)"), _categories()),
        FrameworkList("regions", _("Regions of Senegal"), _regions()),
    ]


def _line(row: Any, mark: Any, text: str, detail: str = "", inside: list[Line] | None = None) -> Line:
    return Line(str(mark), text, detail, row.slug, inside or [])


def _objectives() -> list[Line]:
    rows = GcmObjective.objects.in_order()
    return [_line(row, row.number, row.label, row.title) for row in rows]


def _principles() -> list[Line]:
    return [_line(row, f"{row.letter})", row.title, row.gloss) for row in GuidingPrinciple.objects.in_order()]


def _goals() -> list[Line]:
    """Goals and, in the same query, the targets under each."""
    facts = JSONObject(mark="target", slug="slug", text=f"title_{in_active_language('fr', 'en')}")
    under = SdgTarget.objects.in_order().filter(goal=OuterRef("pk")).annotate(facts=facts)
    goals = SustainableDevelopmentGoal.objects.in_order().annotate(under=ArraySubquery(under.values("facts")))
    return [
        _line(goal, goal.number, goal.label, goal.title, [Line(**facts, detail="", inside=[]) for facts in goal.under])
        for goal in goals
    ]


def _mpfa() -> list[Line]:
    rows = list(MpfaItem.objects.in_order())
    return [_line(row, row.number if row.kind == MpfaKind.PILLAR else "–", row.title) for row in rows]


def _tree(model: type[Reference], mark: str, detail: str = "") -> list[Line]:
    """Rows under their parents, from one query."""
    rows: list[Any] = list(model.objects.in_order())
    under: dict[int, list[Line]] = {}
    for row in rows:
        if row.parent_id:
            under.setdefault(row.parent_id, []).append(_line(row, getattr(row, mark), row.title))
    tops = [row for row in rows if row.parent_id is None]
    return [
        _line(row, getattr(row, mark), row.title, getattr(row, detail) if detail else "", under.get(row.pk))
        for row in tops
    ]


def _national() -> list[Line]:
    rows = list(NationalPriority.objects.in_order())
    return [_priority(row, rows) for row in rows if row.parent_id is None]


def _priority(row: NationalPriority, rows: list[NationalPriority]) -> Line:
    inside = [_priority(child, rows) for child in rows if child.parent_id == row.pk]
    return Line("", row.title, row.note, row.slug, inside, is_editable=True)


def _categories() -> list[Line]:
    return [_line(row, row.order, row.title, row.get_group_display()) for row in PartnerCategory.objects.in_order()]


def _regions() -> list[Line]:
    rows = Region.objects.in_order()
    return [_line(row, row.iso_code, row.name, row.capital if row.capital != row.name else "") for row in rows]


def numbered_objectives(**of: Any) -> QuerySet[GcmObjective, Any]:
    """« 7. Réduire les vulnérabilités… » of those that ``of`` selects, in order: for a query of which it is a part."""
    label = f"label_{in_active_language('fr', 'en')}"
    numbered = Concat(Cast("number", CharField()), Value(". "), label, output_field=CharField())
    return GcmObjective.objects.in_order().filter(**of).annotate(numbered=numbered).values("numbered")
