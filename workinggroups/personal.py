"""What people offered to a working group. Who recorded what is in the journal."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.personal import Holding
from members.models import User
from workinggroups.models import ChairOffer


def _offers(person: User) -> Iterator[tuple[Any, ...]]:
    made = ChairOffer.objects.filter(person=person).select_related("call__group", "seat__entity", "seat__partner")
    for offer in made.prefetch_related("terms").order_by("offered_at", "pk"):
        term = next(iter(offer.terms.all()), None)
        yield (
            offer.offered_at, str(offer.call), str(offer.seat.who), offer.statement, offer.withdrawn_at,
            term and term.starts_on, term and term.ends_on,
        )  # fmt: skip


HOLDINGS = (
    Holding(
        _("Chairs of working groups"),
        (
            _("When"), _("Group"), _("For the member"), _("Statement"), _("Withdrawn"), _("Chair from"),
            _("Chair until"),
        ),
        ("workinggroups.ChairOffer.person",),
        _offers,
    ),
)  # fmt: skip
