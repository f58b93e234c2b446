"""Roles, and the last day or the removal of any tie."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import require
from core.steps import carry_out, press, show_form
from members import actions, forms
from members.models import CoChairTerm, FocalPoint, InstitutionalRole, Membership, User


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


# --- The tie, for who may change it, and the page to go back to ----------------------------------------------------
def _membership(request, pk):
    tie = _tie(request, Membership, pk, "entity")
    return tie, tie.entity.get_absolute_url()


def _focal_point(request, pk):
    tie = _tie(request, FocalPoint, pk, "entity", "person")
    return tie, tie.entity.get_absolute_url()


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
