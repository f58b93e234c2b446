"""Who chairs a group: the call to its members, their offers, the naming, the end of a term (clause M-68)."""

from functools import partial

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core import clock
from core.access import require
from core.sentences import elided
from core.steps import turn_back
from core.templatetags.typography import long_day
from members.standing import standing_of
from workinggroups import actions, forms, queries
from workinggroups.models import ChairOffer
from workinggroups.views import MANAGE, SEAT_ANYBODY, find_group, group_step

OFFER, WITHDRAW, END = "offer_to_chair", "withdraw_chair_offer", "end_chair"
form_page = require_http_methods(["GET", "POST"])


@form_page
def chair_call_open(request, group_number):
    group = find_group(request, group_number)
    require(request.user, MANAGE)
    if back := turn_back(request, lambda: actions.check_callable(group), group):
        return back
    initial = {"closes_on": clock.today() + forms.USUAL_CALL}
    form = forms.ChairCallForm(request.POST or None, initial=initial)
    return group_step(
        request, group, form, partial(actions.open_chair_call, group),
        _("Call opened; the members of the group are told by e-mail."), _("Call for chairs"), _("Open the call"),
        intro=_("Everybody who sits in the group is asked, partners included: guests offer through their own link."),
    )  # fmt: skip


@form_page
def chair_offer(request, group_number):
    group = find_group(request, group_number)
    require(request.user, f"workinggroups.{OFFER}", group)
    own = None if request.user.has_perm(SEAT_ANYBODY) else standing_of(request.user).entity
    if back := turn_back(request, lambda: actions.check_may_offer(group, own), group):
        return back
    # Who keeps the list may record the offer of any member; the others make their own.
    if own is None:
        seats, verb = queries.seats_to_offer_for(group), _("Record the offer")
    else:
        seats, verb = group.members.on(clock.today()).filter(entity=own).select_related("entity"), _("Offer to chair")
    form = forms.ChairOfferForm(request.POST or None, seats=seats)

    def offer(*, candidate, **data):
        return actions.offer_to_chair(group, **candidate, **data)

    return group_step(
        request, group, form, offer, _("Offer received."), _("Offer to chair the group"), verb
    )  # fmt: skip


@form_page
def chair_offer_withdraw(request, group_number, offer_pk):
    group = find_group(request, group_number)
    offers = ChairOffer.objects.with_names().select_related("call__group")
    offer = get_object_or_404(offers, pk=offer_pk, call__group=group)
    require(request.user, f"workinggroups.{WITHDRAW}", offer)
    if back := turn_back(request, lambda: actions.check_withdrawable(offer), group):
        return back
    form = forms.WithdrawalForm(request.POST or None)
    return group_step(
        request, group, form, partial(actions.withdraw_chair_offer, offer),
        _("Offer withdrawn; the secretariat and the co-chairs are told by e-mail."),
        elided(_("Withdraw the offer of %s") % offer.seat.who), _("Withdraw the offer"),
        intro=_("It stays on record that it was made. Who runs the call is told."),
    )  # fmt: skip


@form_page
def chairs_name(request, group_number):
    group = find_group(request, group_number)
    require(request.user, MANAGE)
    if back := turn_back(request, lambda: actions.check_nameable(group), group):
        return back
    form = forms.ChairsNameForm(request.POST or None, group=group, initial=forms.usual_term(clock.today()))
    return group_step(
        request, group, form, lambda **data: actions.name_chairs(group, **data)[0],
        _("Named; the members of the group are told by e-mail."), _("Name the chairs of the group"),
        _("Name the chairs"),
        intro=_("As the group chose among those who offered: a chair, or two co-chairs."),
    )  # fmt: skip


@form_page
def chair_call_close(request, group_number):
    group = find_group(request, group_number)
    require(request.user, MANAGE)
    if back := turn_back(request, lambda: actions.check_closable(group), group):
        return back
    form = forms.ReasonForm(request.POST or None)
    return group_step(
        request, group, form, partial(actions.close_chair_call, group),
        _("The call is closed; nobody was named, and the members of the group are told by e-mail."),
        _("Close the call without naming anybody"), _("Close the call"),
        intro=_("Candidacies stay on record; the members of the group may be called again."),
    )  # fmt: skip


@form_page
def chair_end(request, group_number, chair_pk):
    group = find_group(request, group_number)
    chair = get_object_or_404(group.chairs.with_names(), pk=chair_pk)
    require(request.user, f"workinggroups.{END}", chair)
    form = forms.LeaveForm(request.POST or None)
    title = elided(_("Last day of %s in the chair") % chair.offer.person)
    days = {"start": long_day(chair.starts_on), "end": long_day(chair.ends_on)}
    return group_step(
        request, group, form, partial(actions.end_chair, chair), _("Last day saved."), title, _("Set the last day"),
        intro=_("The term runs from %(start)s to %(end)s.") % days,
    )  # fmt: skip
