"""What the page of an entity shows of the plan in force: the objectives it serves."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core import clock
from members.models import Entity
from workplan.pages.plan import grid
from workplan.serving import served_by

BESIDE_AN_ASIDE = 832.0  # the wide column of a page that has a narrow one


def entity_objectives(user: Any, entity: Entity) -> SafeString:
    """Registered with ``members.panels``; nothing before a plan is in force."""
    if not user.has_perm("workplan.view_plans"):
        return SafeString()
    plan, served = served_by(entity, clock.today().year)
    if plan is None:
        return SafeString()
    title = _("Activities of %s by objective of the Global Compact") % entity.acronym
    context = {
        "entity": entity,
        "plan": plan,
        "tagged": any(row.activity_ids for row in served),
        "covered": sum(bool(row.count) for row in served),
        "grid": grid(plan, served, title, entity, columns=6, width=BESIDE_AN_ASIDE),
    }
    return render_to_string("workplan/_entity_objectives.html", context)
