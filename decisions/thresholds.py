"""The thresholds of the mandate board, as each version of the rules of procedure has them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from decisions.models import RulesOfProcedure
from frameworks.measures import Measure, measures


@dataclass(frozen=True)
class Threshold:
    """A measure with the target and the limit that one version gives it."""

    measure: Measure
    target: int
    limit: int

    @property
    def name(self) -> str:
        """« Seuil M-44 : Jours depuis la dernière réunion plénière »."""
        return _("Threshold %(clause)s: %(measure)s") % {"clause": self.measure.clause, "measure": self.measure.label}

    @property
    def kept(self) -> str:
        return self.measure.kept(self.target)

    @property
    def missed(self) -> str:
        return self.measure.missed(self.limit)

    @property
    def words(self) -> str:
        """« conforme : 92 jours au plus ; manquement : plus de 107 jours »."""
        return _("kept: %(kept)s; missed: %(missed)s") % {"kept": self.kept, "missed": self.missed}


def of(one: RulesOfProcedure) -> list[Threshold]:
    """In the order of the mandate. A measure that is younger than the version has its usual thresholds."""
    return [
        Threshold(measure, *one.thresholds.get(key, (measure.target, measure.limit)))
        for key, measure in measures().items()
    ]


def changes(old: RulesOfProcedure, new: RulesOfProcedure) -> list[tuple[str, str, str]]:
    """Name, words before and words after of each threshold that differs."""
    return [
        (before.name, before.words, after.words)
        for before, after in zip(of(old), of(new), strict=True)
        if before != after
    ]
