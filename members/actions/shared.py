"""What the actions on people, entities and ties share: writing a row whose refusals get words."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from members.refusals import refusals


def changed_values(thing: models.Model, values: Mapping[str, Any], allowed: frozenset[str]) -> dict[str, Any]:
    """The values that differ from the row's own; a field that may not be written is a bug of the caller."""
    if unknown := values.keys() - allowed:
        raise TypeError(f"not editable: {', '.join(sorted(unknown))}")
    return {name: value for name, value in values.items() if getattr(thing, name) != value}


def update(thing: Any, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(thing, name, value)
    thing.version += 1
    with refusals(type(thing)):
        thing.save(update_fields=[*values, "version"])


def insert(thing: models.Model) -> None:
    with refusals(type(thing)):
        thing.save(force_insert=True)
