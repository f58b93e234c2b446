"""Deliverables of a group, kept by those who sit in it."""

from functools import partial

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access import require
from core.steps import press, turn_back
from workinggroups import actions, forms
from workinggroups.views import find_group, group_step

KEEP = "workinggroups.keep_deliverables"
FACTS = ("title", "due_on", "state", "paper", "version")


def _open_group(request, group_number):
    """The group, and the answer for who comes too late."""
    group = find_group(request, group_number)
    require(request.user, KEEP, group)
    return group, turn_back(request, lambda: actions.require_not_over(group), group)


@require_http_methods(["GET", "POST"])
def deliverable_add(request, group_number):
    group, back = _open_group(request, group_number)
    if back:
        return back
    form = forms.DeliverableForm(request.POST or None)
    act = partial(actions.add_deliverable, group)
    return _step(request, group, form, act, _("Deliverable entered."), _("Enter a deliverable"))


@require_http_methods(["GET", "POST"])
def deliverable_edit(request, group_number, deliverable_pk):
    group, back = _open_group(request, group_number)
    if back:
        return back
    deliverable = get_object_or_404(group.deliverables, pk=deliverable_pk)
    initial = {name: getattr(deliverable, name) for name in FACTS}
    form = forms.DeliverableEditForm(request.POST or None, initial=initial, group=group)
    act = partial(actions.edit_deliverable, deliverable)
    removal = reverse("groups:deliverable_remove", args=[group.slug, deliverable.pk])
    more = {"remove_url": removal, "remove_label": _("Remove this deliverable")}
    return _step(request, group, form, act, _("Deliverable saved."), _("How far is this deliverable?"), **more)


@require_POST
def deliverable_remove(request, group_number, deliverable_pk):
    group = find_group(request, group_number)
    require(request.user, KEEP, group)
    deliverable = get_object_or_404(group.deliverables, pk=deliverable_pk)
    act = partial(actions.remove_deliverable, deliverable, by=request.user)
    return press(request, act, _("Deliverable removed."), group)


def _step(request, group, form, act, done, title, **more):
    return group_step(request, group, form, act, done, title, _("Save"), **more)
