"""The register of partners: list, page, record, contacts."""

from copy import copy
from functools import partial
from io import BytesIO

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from core.access import require
from core.files import download
from core.filters import active_filters
from core.steps import carry_out, show_form
from core.workbook import XLSX
from members import actions, exports, pages, partner_forms, queries
from members.filters import PartnerFilter
from members.models import Partner

VIEW, MANAGE = "members.view_directory", "members.manage_partners"


def _partner(request, pk):
    found = Partner.objects.visible_to(request.user).select_related("category")
    return get_object_or_404(found, pk=pk)


def _found(request):
    return PartnerFilter(request.GET, queryset=queries.partners(request.user, clock.today()))


@require_safe
def partner_list(request):
    require(request.user, VIEW)
    found = _found(request)
    page = Paginator(found.qs, 25).get_page(request.GET.get("page"))
    may_manage = request.user.has_perm(MANAGE)
    context = {
        "filter": found,
        "active_filters": active_filters(found),
        "page": page,
        "table": pages.partner_table(page.object_list),
        "missing": queries.categories_without_partner(clock.today()),
        "may_manage": may_manage,
    }
    return render(request, "members/partner_list.html", context)


@require_safe
def partner_export(request):
    require(request.user, VIEW)
    return download(BytesIO(exports.partners_xlsx(_found(request).qs)), exports.partners_filename(), XLSX)


@require_safe
def partner_detail(request, pk):
    context = pages.partner_page(request.user, _partner(request, pk))
    return render(request, "members/partner_detail.html", context)


@require_http_methods(["GET", "POST"])
def partner_add(request):
    require(request.user, MANAGE)
    form = partner_forms.PartnerAddForm(request.POST or None)
    if partner := carry_out(request, form, lambda data: actions.add_partner(**data, by=request.user)):
        messages.success(request, _("Partner added. Name next who answers for it."))
        return redirect(partner)
    back = reverse("partners:partner_list")
    return show_form(request, form, title=_("Add a partner"), verb=_("Add the partner"), back=back)


@require_http_methods(["GET", "POST"])
def partner_edit(request, pk):
    partner = _partner(request, pk)
    require(request.user, MANAGE)
    form = partner_forms.PartnerEditForm(
        request.POST or None, instance=copy(partner), initial={"version": partner.version}
    )
    if carry_out(request, form, lambda data: actions.edit_partner(partner, **data, by=request.user)):
        messages.success(request, _("Record of the partner saved."))
        return redirect(partner)
    return show_form(
        request, form, title=_("Change the record of a partner"), verb=_("Save the record"),
        back=partner.get_absolute_url(),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def contact_add(request, pk):
    partner = _partner(request, pk)
    form = partner_forms.ContactAddForm(request.POST or None)
    intro = _("Somebody who stands in the list of people already is named with the other button of the page.")
    act = partial(actions.add_contact, partner)
    return _contact(request, partner, form, act, title=_("Add a contact"), intro=intro)


@require_http_methods(["GET", "POST"])
def contact_name(request, pk):
    partner = _partner(request, pk)
    form = partner_forms.ContactNameForm(request.POST or None, partner=partner)
    act = partial(actions.name_contact, partner)
    return _contact(request, partner, form, act, title=_("Name a person of the list as contact"))


def _contact(request, partner, form, act, **words):
    require(request.user, MANAGE)
    if tie := carry_out(request, form, lambda data: act(**data, by=request.user)):
        messages.success(request, _("%(person)s answers for this partner.") % {"person": tie.person})
        return redirect(partner)
    return show_form(request, form, verb=_("Save the contact"), back=partner.get_absolute_url(), **words)
