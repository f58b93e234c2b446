"""The page of frameworks, and the national rows the secretariat keeps."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access import require
from core.steps import carry_out, show_form
from frameworks import actions, queries
from frameworks.forms import PriorityAddForm, PriorityEditForm
from frameworks.models import NationalPriority

MANAGE = "frameworks.manage_national_priorities"


@login_not_required
@require_safe
def framework_list(request):
    """Public, as the mandate is: these are official texts."""
    context = {"lists": queries.framework_lists(), "may_manage": request.user.has_perm(MANAGE)}
    return render(request, "frameworks/framework_list.html", context)


@require_http_methods(["GET", "POST"])
def priority_add(request):
    require(request.user, MANAGE)
    form = PriorityAddForm(request.POST or None)
    added = carry_out(request, form, lambda data: actions.add_national_priority(**data, by=request.user))
    if added:
        messages.success(request, _("National priority added."))
        return redirect(added)
    return _show(request, form, _("Add a national priority"))


@require_http_methods(["GET", "POST"])
def priority_edit(request, slug):
    require(request.user, MANAGE)
    priority = get_object_or_404(NationalPriority, slug=slug)
    form = PriorityEditForm(request.POST or None, initial=_initial(priority) if request.method == "GET" else None)
    saved = carry_out(request, form, lambda data: actions.edit_national_priority(priority, **data, by=request.user))
    if saved:
        messages.success(request, _("National priority saved."))
        return redirect(saved)
    return _show(request, form, _("Change a national priority"))


def _initial(priority):
    names = ("kind", "parent", "title_fr", "title_en", "note", "source", "version")
    objectives = list(priority.gcm_objectives.order_by("order", "pk"))
    return {**{name: getattr(priority, name) for name in names}, "gcm_objectives": objectives}


def _show(request, form, title):
    return show_form(request, form, title=title, verb=_("Save the priority"), back=reverse("frameworks:framework_list"))
