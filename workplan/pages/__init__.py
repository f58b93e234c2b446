"""The contexts of the pages. A step is shown when the transition table and the permission both allow it."""

from workplan.pages.activity import activity_page, own_page
from workplan.pages.entity import entity_objectives
from workplan.pages.plan import may_draft, plan_page

__all__ = ["activity_page", "entity_objectives", "may_draft", "own_page", "plan_page"]
