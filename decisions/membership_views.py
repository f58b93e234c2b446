"""Proposing to the Network that an entity joins or leaves."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core import clock
from core.access import require
from core.steps import carry_out, show_form, turn_back
from decisions import actions, membership
from decisions.enums import Change
from decisions.forms import MembershipChangeForm
from members.models import Entity
from members.standing import standing_of


@require_http_methods(["GET", "POST"])
def change_propose(request, slug):
    require(request.user, "decisions.propose_membership")
    entity = get_object_or_404(Entity.objects.visible_to(request.user), slug=slug)
    change = membership.possible(entity)
    if back := turn_back(request, lambda: actions.check_change_possible(entity, change), entity):
        return back
    day = clock.today()
    initial = {"change": change, "day": day, **membership.words(entity, change, day)}
    form = MembershipChangeForm(request.POST or None, initial=initial, is_departure=change == Change.DEPARTURE)
    own = standing_of(request.user).entity
    propose = partial(actions.propose_membership_change, entity, proposed_by=own, by=request.user)
    if proposed := carry_out(request, form, lambda data: propose(**data)):
        messages.success(request, _("Decision drafted: open its consultation when it is ready."))
        return redirect(proposed.decision)
    leaves = change == Change.DEPARTURE
    title = _("Departure of %(entity)s") if leaves else _("Admission of %(entity)s")
    return show_form(
        request, form, title=title % {"entity": entity}, verb=_("Write the decision"), back=entity.get_absolute_url(),
        intro=_("Once the decision is recorded, the membership changes by itself and names it as its basis."),
    )  # fmt: skip
