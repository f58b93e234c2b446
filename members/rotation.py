"""Which co-chair seats rotate. The rotating one does (clause M-47); whether the coordinator’s does is a rule of
procedure, kept on a floor above, which registers how to read it.

# decisions/apps.py, in ready()
rotation.register(procedure.coordinator_rotates)
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q, Value

from members.enums import Seat

Rule = Callable[[date], Any]
_rules: list[Rule] = [lambda day: Value(False)]


def register(rule: Rule) -> None:
    """``rule(day)`` gives a condition of SQL: the coordinator’s seat rotates on that day; the last one counts."""
    _rules[:] = [rule]


def rotating(day: date) -> Q:
    """Terms of a seat that rotates on ``day``."""
    (rule,) = _rules
    return Q(seat=Seat.ROTATING) | Q(rule(day), seat=Seat.COORDINATOR)
