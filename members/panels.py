"""What upper floors show on the page of an entity. They register in ``AppConfig.ready``, the page asks each.

# workplan/apps.py, in ready(): the objectives that the entity serves in the plan in force
panels.register(entity_objectives)
"""

from collections.abc import Callable
from typing import Any

from django.utils.safestring import SafeString

from members.models import Entity

Panel = Callable[[Any, Entity], SafeString]
_panels: list[Panel] = []


def register(panel: Panel) -> None:
    """``panel(user, entity)`` gives a part of the page with its own heading, or nothing to this reader."""
    if panel not in _panels:
        _panels.append(panel)


def shown_to(user: Any, entity: Entity) -> list[SafeString]:
    return [drawn for panel in _panels if (drawn := panel(user, entity))]
