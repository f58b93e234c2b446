"""What a page of checking shows, in one word that comes back with its button: nothing is done unseen."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from core.errors import DomainError, StaleVersion


class StaleCheck(StaleVersion):
    """What was checked is no longer what would be done."""

    def __init__(self) -> None:
        self.thing = None
        DomainError.__init__(self, _("What you had checked has changed since. Nothing was done: check again below."))


def word(*facts: Any) -> str:
    """One word for facts whose ``repr`` says all that was shown."""
    return sha256(repr(facts).encode()).hexdigest()[:20]


def require_unchanged(standing: Callable[[], str], seen: str | None) -> None:
    """Refuse to do what another tab or another person changed since it was shown.

    Args:
        standing: gives the word of what would be done now.
        seen: the word of the page; ``None`` where nobody looked at one.

    Raises:
        StaleCheck: they differ.
    """
    if seen is not None and seen != standing():
        raise StaleCheck
