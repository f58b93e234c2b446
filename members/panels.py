"""What upper floors show on the page of an entity or a partner, or under a seat. They register in ``AppConfig.ready``.

# workplan/apps.py, in ready(): the objectives that the entity serves in the plan in force
panels.register(Entity, entity_objectives)
"""

from collections.abc import Callable
from typing import Any

from django.utils.safestring import SafeString

Panel = Callable[[Any, Any], SafeString]
_panels: dict[type, list[Panel]] = {}


def register(kind: type, panel: Panel) -> None:
    """``panel(user, thing)`` gives a part of the page with its own heading, or nothing to this reader."""
    known = _panels.setdefault(kind, [])
    if panel not in known:
        known.append(panel)


def shown_to(user: Any, thing: Any) -> list[SafeString]:
    return [drawn for panel in _panels.get(type(thing), ()) if (drawn := panel(user, thing))]
