"""What the mandate board measures, where more or less of it is a matter of degree, and the usual thresholds.

The mandate sets none of these numbers: the Network changes them in its rules of procedure.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.templatetags.typography import NBSP, number
from frameworks.models import in_active_language

DATA = Path(__file__).parent / "data" / "mandate_thresholds.json"
LARGEST = {"%": 100, "days": 1000, "n": 1000}


@dataclass(frozen=True)
class Measure:
    """One measure of a clause.

    Attributes:
        clause: « M-44 ».
        key: its name on the board, ``days_since_last_plenary``.
        unit: ``%``, ``days`` or ``n``; ``of`` is the whole of a count (23 objectives), where there is one.
        better: ``more`` or ``less``.
        target, limit: the usual ones. Kept from the target on, missed beyond the limit, to watch in between.
    """

    clause: str
    key: str
    label_fr: str
    label_en: str
    unit: str
    better: str
    target: int
    limit: int
    of: int | None = None

    @property
    def label(self) -> str:
        return in_active_language(self.label_fr, self.label_en)

    @property
    def largest(self) -> int:
        return self.of or LARGEST[self.unit]

    @property
    def more_is_better(self) -> bool:
        return self.better == "more"

    @property
    def unit_in_words(self) -> str:
        if self.unit == "%":
            return _("In per cent.")
        if self.unit == "days":
            return _("In days.")
        return _("Out of %s.") % self.of if self.of else _("A number.")

    def kept(self, target: int) -> str:
        """« 92 jours au plus », « 100 % » where there is no more."""
        if target == (self.largest if self.more_is_better else 0):
            return self._quantity(target)
        return (_("%s at least") if self.more_is_better else _("%s at most")) % self._quantity(target)

    def missed(self, limit: int) -> str:
        """« plus de 107 jours »."""
        return (_("less than %s") if self.more_is_better else _("more than %s")) % self._quantity(limit)

    def leaves_room(self, target: int, limit: int) -> bool:
        """Whether the limit is not on the wrong side of the target."""
        return limit <= target if self.more_is_better else limit >= target

    def _quantity(self, value: int) -> str:
        if self.unit == "%":
            return f"{number(value)}{NBSP}%"
        if self.unit == "days":
            return ngettext("%(n)s day", "%(n)s days", value) % {"n": number(value)}
        return _("%(n)s of %(whole)s") % {"n": value, "whole": self.of} if self.of else number(value)


@cache
def measures() -> dict[str, Measure]:
    """By key, in the order of the mandate."""
    return {row["key"]: Measure(**row) for row in json.loads(DATA.read_text("utf-8"))}


def usual() -> dict[str, list[int]]:
    """Key → target and limit: what the Network begins with."""
    return {key: [one.target, one.limit] for key, one in measures().items()}
