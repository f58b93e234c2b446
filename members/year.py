"""The Network's year above the list of members. An upper floor knows its meetings and registers who draws it.

# meetings/apps.py, in ready()
year.register(pages.year_figure)
"""

from collections.abc import Callable
from datetime import date

from core.charts import Figure

Draw = Callable[[date], Figure]
_draw: list[Draw] = []


def register(draw: Draw) -> None:
    """``draw(day)`` gives the line of the year in which ``day`` is; the last one registered draws."""
    _draw[:] = [draw]


def figures(day: date) -> list[Figure]:
    """The line, as a list of one; of none where nobody draws."""
    return [draw(day) for draw in _draw]
