"""Reads of the engagements with partners."""

from datetime import timedelta
from typing import Any

from outreach.models import Engagement, EngagementQuerySet

SHOWN_ON_PAGES = 5
SOON = timedelta(days=7)


def engagements(user: Any) -> EngagementQuerySet:
    """Those ``user`` may see, the latest first, with partner, category and entity."""
    found: EngagementQuerySet = Engagement.objects.visible_to(user).latest_first()
    return found.select_related("partner__category", "entity")


def latest_of(user: Any, **of: Any) -> list[Engagement]:
    """The latest few of a partner or of an entity, and one more where there are more."""
    return list(engagements(user).filter(**of)[: SHOWN_ON_PAGES + 1])


def steps_due(entity: Any, until: Any) -> EngagementQuerySet:
    """Next steps of ``entity`` that are late or fall due by that day."""
    found: EngagementQuerySet = Engagement.objects.awaiting().filter(entity=entity, next_step_due__lte=until)
    return found
