"""What the database refuses, told in the words of the constraint and by the field of the form.

# the constraints that a person's own input can run into, and the field of a form each belongs to
refusals = refusals_of({"funder_slug_key": "name"})

with refusals(Funder):
    Funder.objects.create(…)
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.db import IntegrityError, models, transaction

from core.errors import DomainError

Refusals = Callable[[type[models.Model]], AbstractContextManager[None]]


class Refused(DomainError):
    """What the record already holds contradicts it; ``field`` is where a form shows the sentence."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        self.field = field
        super().__init__(sentence)


def refusals_of(fields: Mapping[str, str], sentences: Mapping[str, Any] | None = None) -> Refusals:
    """A context that turns a refusal of the database which a person can understand into words; any other is a bug.

    Args:
        fields: name of a constraint → field of the form.
        sentences: for constraints that PostgreSQL names itself (unique fields); the others have their own on the model.

    The context raises:
        Refused: with the constraint's own sentence.
    """

    @contextmanager
    def refusals(model: type[models.Model]) -> Iterator[None]:
        try:
            with transaction.atomic():
                yield
        except IntegrityError as error:
            name = error.__cause__.diag.constraint_name  # type: ignore[union-attr]
            if name not in fields:
                raise
            own = {constraint.name: constraint.violation_error_message for constraint in model._meta.constraints}
            raise Refused(str({**own, **(sentences or {})}[name]), fields[name]) from error

    return refusals
