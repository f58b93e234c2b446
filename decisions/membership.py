"""What is known of the decisions by which entities join and leave, and their subject in decisions."""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core import clock
from core.templatetags.typography import long_day
from decisions.enums import UNDER_WAY, Change
from decisions.models import Decision, MembershipChange
from members.models import Entity, Membership

SUBJECT = "membership"


def current(entity: Entity) -> Membership | None:
    """The membership of today that has no last day yet."""
    return Membership.objects.on(clock.today()).filter(entity=entity, ends_on=None).order_by("pk").first()


def possible(entity: Entity) -> Change:
    """Who belongs to the Network may leave it, who does not may join."""
    return Change.DEPARTURE if current(entity) else Change.ADMISSION


def under_way(entity: Entity) -> MembershipChange | None:
    """What the Network has before it on this entity."""
    found = MembershipChange.objects.filter(entity=entity, decision__state__in=UNDER_WAY)
    return found.select_related("decision", "entity").order_by("-pk").first()


def words(entity: Entity, change: Change, day: Any) -> dict[str, str]:
    """What the form of the decision begins with."""
    named = {"entity": entity, "name": entity.name, "day": long_day(day)}
    if change == Change.ADMISSION:
        return {
            "title": _("Admission of %(entity)s") % named,
            "text": _("The Network admits %(name)s (%(entity)s) as a member from %(day)s on.") % named,
        }
    return {
        "title": _("Departure of %(entity)s") % named,
        "text": _("The Network takes note that %(name)s (%(entity)s) leaves it; the membership ends on %(day)s.")
        % named,
    }


def url_of(decision: Decision) -> str:
    return reverse("members:entity_detail", args=[MembershipChange.objects.get(decision=decision).entity.slug])


def facts_of(decision: Decision) -> list[tuple[str, str]]:
    change = MembershipChange.objects.get(decision=decision)
    words = _("from %s on") if change.change == Change.ADMISSION else _("after %s")
    return [(_("Takes effect"), words % long_day(change.day))]


def entity_panel(user: Any, entity: Entity) -> SafeString:
    """On the page of an entity: what is before the Network, or for who may the way to bring it there; one query.

    Who may propose sees every draft, so that to them nothing under way is hidden.
    """
    on_entity = Decision.objects.visible_to(user).filter(membership_change__entity=entity, state__in=UNDER_WAY)
    decision = on_entity.order_by("-pk").first()
    if decision is None and not user.has_perm("decisions.propose_membership"):
        return SafeString("")
    context = {"decision": decision, "entity": entity, "belongs": getattr(entity, "membership_kind", None)}
    return SafeString(render_to_string("decisions/_membership_change.html", context))
