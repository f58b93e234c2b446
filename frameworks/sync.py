"""Loads ``data/*.json`` after each migration, by slug. Running it again changes nothing.

Works on the app registry it is handed, so that an old migration state gets the fields it knows.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.apps import apps as installed
from django.db import models

DATA = Path(__file__).parent / "data"
# Objectives come first: most other lists point to them. Keys of a row that are no field (certainty) stay in the file.
FILES = {
    "gcm_objectives": "GcmObjective",
    "gcm_guiding_principles": "GuidingPrinciple",
    "sdgs": "SustainableDevelopmentGoal",
    "sdg_targets": "SdgTarget",
    "agenda2063": "Agenda2063Item",
    "mpfa": "MpfaItem",
    "ecowas": "EcowasInstrument",
    "national_priorities": "NationalPriority",
    "regions": "Region",
    "partner_categories": "PartnerCategory",
}
Row = dict[str, Any]


def sync_on_migrate(sender: Any, apps: Any = installed, **kwargs: Any) -> None:
    """Receiver of ``post_migrate``."""
    try:
        targets = {file: apps.get_model("frameworks", name) for file, name in FILES.items()}
    except LookupError:  # migrated back to before these lists existed
        return
    for file, model in targets.items():
        sync(model, json.loads((DATA / f"{file}.json").read_text(encoding="utf-8")))


def sync(model: Any, rows: list[Row]) -> None:
    """Bring the table to what ``rows`` say, leaving what the secretariat edited as it is."""
    edited = edited_slugs(model)
    rows = [row for row in rows if slug_of(row["code"]) not in edited]
    known = {field.name: field for field in model._meta.concrete_fields}
    outside = {field.related_model: pks_of(field.related_model) for field in known.values() if points_outside(field)}
    pending = rows
    while pending:
        pks = {**outside, model: pks_of(model)}
        ready = [row for row in pending if row.get("parent") is None or slug_of(row["parent"]) in pks[model]]
        if not ready:
            raise ValueError(f"{model.__name__}: rows point to a parent that does not exist")
        write(model, [build(model, row, known, pks) for row in ready], ready[0].keys() & known.keys())
        pending = [row for row in pending if row not in ready]
    if rows and "gcm_objectives" in rows[0]:
        link_objectives(model, rows)


def slug_of(code: str) -> str:
    return code.lower()


def edited_slugs(model: Any) -> set[str]:
    if not any(field.name == "version" for field in model._meta.concrete_fields):
        return set()
    return set(model.objects.filter(version__gt=1).values_list("slug", flat=True))


def pks_of(model: Any) -> dict[str, int]:
    return dict(model.objects.values_list("slug", "pk"))


def points_outside(field: Any) -> bool:
    return field.is_relation and field.related_model is not field.model


def build(model: Any, row: Row, known: dict[str, Any], pks: dict[Any, dict[str, int]]) -> models.Model:
    values: Row = {"slug": slug_of(row["code"])}
    for name in row.keys() & known.keys():
        field, value = known[name], row[name]
        if field.is_relation:
            values[field.attname] = value and pks[field.related_model][slug_of(value)]
        elif isinstance(field, models.DateField):
            values[name] = value and date.fromisoformat(value)
        else:
            values[name] = value
    return model(**values)


def write(model: Any, things: list[Any], names: set[str]) -> None:
    model.objects.bulk_create(things, update_conflicts=True, unique_fields=["slug"], update_fields=sorted(names))


def link_objectives(model: Any, rows: list[Row]) -> None:
    """Make the many-to-many table say exactly what the rows say."""
    field = model._meta.get_field("gcm_objectives")
    through, own, other = field.remote_field.through, field.m2m_column_name(), field.m2m_reverse_name()
    objectives, everything = pks_of(field.related_model), pks_of(model)
    pks = {slug_of(row["code"]): everything[slug_of(row["code"])] for row in rows}
    wanted = {
        (pks[slug_of(row["code"])], objectives[slug_of(code)]) for row in rows for code in row["gcm_objectives"]
    }  # fmt: skip
    present = {
        (mine, theirs): pk
        for pk, mine, theirs in through.objects.filter(**{f"{own}__in": pks.values()}).values_list("pk", own, other)
    }
    through.objects.filter(pk__in=[pk for pair, pk in present.items() if pair not in wanted]).delete()
    through.objects.bulk_create(
        [through(**{own: mine, other: theirs}) for mine, theirs in sorted(wanted - present.keys())],
        ignore_conflicts=True,
    )
