"""The page of frameworks, and the national rows the secretariat keeps."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access import require
from core.errors import DomainError, StaleVersion
from core.once import once
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
    if request.method == "POST" and form.is_valid():
        token = form.cleaned_data.pop("once")
        try:
            priority = once(
                token, lambda: actions.add_national_priority(**form.cleaned_data, by=request.user), by=request.user
            )
        except DomainError as error:
            _tell(form, error)
        else:
            messages.success(request, _("National priority added."))
            return redirect(priority)
    return _show(request, form, _("Add a national priority"))


@require_http_methods(["GET", "POST"])
def priority_edit(request, slug):
    require(request.user, MANAGE)
    priority = get_object_or_404(NationalPriority, slug=slug)
    form = PriorityEditForm(request.POST or None, initial=_initial(priority) if request.method == "GET" else None)
    if request.method == "POST" and form.is_valid():
        try:
            priority = actions.edit_national_priority(priority, **form.cleaned_data, by=request.user)
        except StaleVersion as error:
            return _show_conflict(request, form, error)
        except DomainError as error:
            _tell(form, error)
        else:
            messages.success(request, _("National priority saved."))
            return redirect(priority)
    return _show(request, form, _("Change a national priority"))


def _initial(priority):
    names = ("kind", "parent", "title_fr", "title_en", "note", "source", "version")
    objectives = list(priority.gcm_objectives.order_by("order", "pk"))
    return {**{name: getattr(priority, name) for name in names}, "gcm_objectives": objectives}


def _tell(form, error):
    field = getattr(error, "field", None)
    form.add_error(field if field in form.fields else None, str(error))


def _show(request, form, title, *, status=200, current=None):
    context = {"form": form, "title": title, "current": current, "back": reverse("frameworks:framework_list")}
    return render(request, "frameworks/priority_form.html", context, status=status)


def _show_conflict(request, form, error):
    """What was typed stays, beside what was saved meanwhile; saving again is then a choice."""
    form.data = form.data.copy()
    form.data["version"] = error.thing.version
    form.add_error(None, str(error))
    return _show(request, form, _("Change a national priority"), status=409, current=error.thing)
