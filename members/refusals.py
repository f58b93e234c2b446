"""What the database refuses, told in the words of the constraint and by the field of the form."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, models, transaction

from core.errors import DomainError
from members.models import EMAIL_TAKEN, SLUG_TAKEN

# The constraints that a person's own input can run into, and the field of a form each belongs to.
FIELDS = {
    "user_email_any_case": "email",
    "members_user_email_key": "email",
    "members_entity_slug_key": "slug",
    "entity_acronym_fr_once": "acronym_fr",
    "entity_acronym_en_once": "acronym_en",
    "membership_once": "starts_on",
    "membership_in_order": "ends_on",
    "focal_point_one_per_rank": "rank",
    "focal_point_one_per_person": "person",
    "focal_point_in_order": "ends_on",
    "co_chair_one_per_seat": "seat",
    "co_chair_one_per_person": "person",
    "co_chair_term_in_order": "ends_on",
    "role_once": "role",
    "role_in_order": "ends_on",
}


class Refused(DomainError):
    """What the record already holds contradicts it; ``field`` is where a form shows the sentence."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        self.field = field
        super().__init__(sentence)


@contextmanager
def refusals(model: type[models.Model]) -> Iterator[None]:
    """Turn a refusal of the database that a person can understand into words; any other is a bug and goes on.

    Raises:
        Refused: with the constraint's own sentence.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = error.__cause__.diag.constraint_name  # type: ignore[union-attr]
        if name not in FIELDS:
            raise
        raise Refused(sentence_of(model, name), FIELDS[name]) from error


def sentence_of(model: type[models.Model], name: str) -> str:
    own = {constraint.name: constraint.violation_error_message for constraint in model._meta.constraints}
    # PostgreSQL names the constraints of unique fields itself.
    by_database = {"members_user_email_key": EMAIL_TAKEN, "members_entity_slug_key": SLUG_TAKEN}
    return str({**own, **by_database}[name])
