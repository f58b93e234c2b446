"""Roles, and the last day or the removal of any tie."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import require
from core.steps import carry_out, press, show_form
from core.templatetags.typography import long_day
from members import actions, forms
from members.models import CoChairTerm, Delegation, FocalPoint, InstitutionalRole, Membership, PartnerContact, User


@require_http_methods(["GET", "POST"])
def role_grant(request, pk):
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    require(request.user, "members.grant_role")
    form = forms.RoleForm(request.POST or None)

    if carry_out(request, form, lambda data: actions.grant_role(person, **data, by=request.user)):
        messages.success(request, _("Role granted."))
        return redirect(person)
    title = _("Role of %(person)s") % {"person": person}
    return show_form(request, form, title=title, verb=_("Grant the role"), back=person.get_absolute_url())


@require_http_methods(["GET", "POST"])
def membership_end(request, pk):
    return _end(request, *_membership(request, pk))


@require_http_methods(["GET", "POST"])
def membership_remove(request, pk):
    return _remove(request, *_membership(request, pk))


@require_http_methods(["GET", "POST"])
def focal_point_end(request, pk):
    return _end(request, *_focal_point(request, pk))


@require_http_methods(["GET", "POST"])
def focal_point_remove(request, pk):
    return _remove(request, *_focal_point(request, pk))


@require_http_methods(["GET", "POST"])
def term_end(request, pk):
    return _end(request, *_term(request, pk))


@require_http_methods(["GET", "POST"])
def term_remove(request, pk):
    return _remove(request, *_term(request, pk))


@require_http_methods(["GET", "POST"])
def role_end(request, pk):
    return _end(request, *_role(request, pk))


@require_http_methods(["GET", "POST"])
def role_remove(request, pk):
    return _remove(request, *_role(request, pk))


@require_http_methods(["GET", "POST"])
def voice_delegate(request):
    """One's own voice, for a while."""
    require(request.user, "members.delegate_voice")
    form = forms.DelegationForm(request.POST or None, giver=request.user)
    act = partial(actions.delegate_voice, request.user, by=request.user)
    if delegation := carry_out(request, form, lambda data: act(**data)):
        done = _("%(person)s speaks in your place from %(start)s to %(end)s, and is told by e-mail.")
        days = {"start": long_day(delegation.starts_on), "end": long_day(delegation.ends_on)}
        messages.success(request, done % {"person": delegation.person, **days})
        return redirect("members:account")
    intro = _("In your rank, for these days; you may go on speaking too: the last word counts.")
    return show_form(
        request, form, title=_("Delegate your voice"), verb=_("Delegate"), back=reverse("members:account"), intro=intro
    )


@require_http_methods(["GET", "POST"])
def delegation_end(request, pk):
    return _end(request, *_delegation(request, pk))


@require_http_methods(["GET", "POST"])
def delegation_remove(request, pk):
    return _remove(request, *_delegation(request, pk))


@require_http_methods(["GET", "POST"])
def contact_end(request, pk):
    return _end(request, *_contact(request, pk))


@require_http_methods(["GET", "POST"])
def contact_remove(request, pk):
    return _remove(request, *_contact(request, pk))


# --- The tie, for who may change it, and the page to go back to ----------------------------------------------------
def _membership(request, pk):
    tie = _tie(request, Membership, pk, "entity")
    return tie, tie.entity.get_absolute_url()


def _focal_point(request, pk):
    tie = _tie(request, FocalPoint, pk, "entity", "person")
    return tie, tie.entity.get_absolute_url()


def _delegation(request, pk):
    tie = get_object_or_404(Delegation.objects.select_related("entity", "giver", "person"), pk=pk)
    require(request.user, "members.end_delegation", tie)
    own = tie.giver_id == request.user.pk
    return tie, reverse("members:account") if own else tie.entity.get_absolute_url()


def _contact(request, pk):
    tie = _tie(request, PartnerContact, pk, "partner", "person", permission="members.manage_partners")
    return tie, tie.partner.get_absolute_url()


def _term(request, pk):
    return _tie(request, CoChairTerm, pk, "entity", "person"), reverse("members:co_chairs")


def _role(request, pk):
    tie = _tie(request, InstitutionalRole, pk, "person", permission="members.grant_role")
    return tie, tie.person.get_absolute_url()


def _tie(request, model, pk, *related, permission="members.manage_members"):
    require(request.user, permission)
    return get_object_or_404(model.objects.select_related(*related), pk=pk)


def _end(request, tie, back):
    form = forms.EndForm(request.POST or None)
    if carry_out(request, form, lambda data: actions.end_tie(tie, **data, by=request.user)):
        messages.success(request, _("Last day recorded."))
        return redirect(back)
    title = _("End: %(tie)s") % {"tie": tie}
    return show_form(request, form, title=title, verb=_("Record the last day"), back=back)


def _remove(request, tie, back):
    """GET asks, naming the tie; POST takes it back."""
    if request.method != "POST":
        return render(request, "members/tie_remove.html", {"tie": tie, "back": back})
    return press(request, lambda: actions.remove_tie(tie, by=request.user), _("Removed from the record."), back)
