"""An entity: its page, its profile, its memberships and focal points."""

from copy import copy

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.access import require
from core.files import picture
from core.steps import carry_out, press, show_form
from members import actions, forms, pages, queries
from members.models import Entity


def _entity(request, slug):
    return get_object_or_404(Entity.objects.visible_to(request.user), slug=slug)


@require_safe
def entity_detail(request, slug):
    entity = get_object_or_404(queries.one_entity(request.user, clock.today()), slug=slug)
    return render(request, "members/entity_detail.html", pages.entity_page(request.user, entity))


@require_http_methods(["GET", "POST"])
def entity_add(request):
    require(request.user, "members.manage_members")
    form = forms.EntityAddForm(request.POST or None)

    if entity := carry_out(request, form, lambda data: actions.add_entity(**data, by=request.user)):
        messages.success(request, _("Entity added. Record its membership next."))
        return redirect(entity)
    return show_form(
        request, form, title=_("Add an entity"), verb=_("Add the entity"), back=reverse("members:directory")
    )


@require_http_methods(["GET", "POST"])
def entity_edit(request, slug):
    entity = _entity(request, slug)
    require(request.user, "members.edit_entity", entity)
    kind = forms.EntityForm if request.user.has_perm("members.manage_members") else forms.ProfileForm
    form = kind(request.POST or None, instance=copy(entity), initial={"version": entity.version})
    if carry_out(request, form, lambda data: actions.edit_entity(entity, **data, by=request.user)):
        messages.success(request, _("Profile saved."))
        return redirect(entity)
    title = _("Profile of %(entity)s") % {"entity": entity}
    return show_form(request, form, title=title, verb=_("Save the profile"), back=entity.get_absolute_url())


@require_safe
def entity_logo(request, slug):
    entity = _entity(request, slug)
    if not entity.logo:
        raise Http404
    return picture(entity.logo.open("rb"))


@require_http_methods(["GET", "POST"])
def logo_change(request, slug):
    entity = _entity(request, slug)
    require(request.user, "members.edit_entity", entity)
    form = forms.LogoForm(request.POST or None, request.FILES or None, entity=entity)
    if carry_out(request, form, lambda data: actions.set_logo(entity, **data, by=request.user)):
        messages.success(request, _("Logo saved."))
        return redirect(entity)
    title = _("Logo of %(entity)s") % {"entity": entity}
    return show_form(request, form, title=title, verb=_("Save the logo"), back=entity.get_absolute_url())


@require_POST
def details_confirm(request, slug):
    entity = _entity(request, slug)
    require(request.user, "members.edit_entity", entity)
    return press(request, lambda: actions.confirm_details(entity, by=request.user), _("Contacts confirmed."), entity)


@require_http_methods(["GET", "POST"])
def membership_record(request, slug):
    entity = _entity(request, slug)
    require(request.user, "members.manage_members")
    form = forms.MembershipForm(request.POST or None)

    if carry_out(request, form, lambda data: actions.record_membership(entity, **data, by=request.user)):
        messages.success(request, _("Membership recorded."))
        return redirect(entity)
    title = _("Membership of %(entity)s") % {"entity": entity}
    return show_form(request, form, title=title, verb=_("Record the membership"), back=entity.get_absolute_url())


@require_http_methods(["GET", "POST"])
def focal_point_name(request, slug):
    entity = _entity(request, slug)
    require(request.user, "members.manage_members")
    form = forms.FocalPointForm(request.POST or None)

    if carry_out(request, form, lambda data: actions.name_focal_point(entity, **data, by=request.user)):
        messages.success(request, _("Focal point named."))
        return redirect(entity)
    title = _("Focal point of %(entity)s") % {"entity": entity}
    intro = _("Somebody who is not in the list yet is added first, under “People”.")
    return show_form(
        request, form, title=title, verb=_("Name the focal point"), back=entity.get_absolute_url(), intro=intro
    )
