"""The log of engagements: list, page, record, next step."""

from functools import partial
from io import BytesIO

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import require
from core.files import download
from core.filters import active_filters
from core.steps import carry_out, press, show_form
from core.workbook import XLSX
from members.standing import standing_of
from outreach import actions, exports, forms, pages, queries
from outreach.filters import EngagementFilter

VIEW, RECORD, EDIT = "outreach.view_engagements", "outreach.record_engagement", "outreach.edit_engagement"


def _engagement(request, pk):
    return get_object_or_404(queries.engagements(request.user), pk=pk)


def _found(request):
    return EngagementFilter(request.GET, queryset=queries.engagements(request.user))


@require_safe
def engagement_list(request):
    require(request.user, VIEW)
    found = _found(request)
    page = Paginator(found.qs, 25).get_page(request.GET.get("page"))
    context = {
        "filter": found,
        "active_filters": active_filters(found),
        "page": page,
        "table": pages.engagement_table(page.object_list),
        "may_record": request.user.has_perm(RECORD),
    }
    return render(request, "outreach/engagement_list.html", context)


@require_safe
def engagement_export(request):
    require(request.user, VIEW)
    return download(BytesIO(exports.engagements_xlsx(_found(request).qs)), exports.engagements_filename(), XLSX)


@require_safe
def engagement_detail(request, pk):
    context = pages.engagement_page(request.user, _engagement(request, pk))
    return render(request, "outreach/engagement_detail.html", context)


@require_http_methods(["GET", "POST"])
def engagement_record(request):
    require(request.user, RECORD)
    own = None if request.user.has_perm("outreach.record_for_any_entity") else standing_of(request.user).entity
    # The page of a partner leads here with the partner chosen.
    form = forms.EngagementRecordForm(
        request.POST or None, entity=own, initial={"partner": request.GET.get("partner", "")}
    )
    record = partial(actions.record_engagement, **({"entity": own} if own else {}), by=request.user)
    if engagement := carry_out(request, form, lambda data: record(**data)):
        messages.success(request, _("Engagement recorded."))
        return redirect(engagement)
    back = reverse("engagements:engagement_list")
    return show_form(request, form, title=_("Record an engagement with a partner"), verb=_("Record it"), back=back)


@require_http_methods(["GET", "POST"])
def engagement_edit(request, pk):
    engagement = _engagement(request, pk)
    require(request.user, EDIT, engagement)
    names = ("partner", "happened_on", "kind", "subject", "account", "next_step", "next_step_due", "version")
    initial = {name: getattr(engagement, name) for name in names}
    form = forms.EngagementEditForm(request.POST or None, entity=engagement.entity, initial=initial)
    if carry_out(request, form, lambda data: actions.edit_engagement(engagement, **data, by=request.user)):
        messages.success(request, _("Engagement saved."))
        return redirect(engagement)
    back = engagement.get_absolute_url()
    return show_form(request, form, title=_("Change an engagement"), verb=_("Save"), back=back)


@require_POST
def next_step_close(request, pk):
    engagement = _engagement(request, pk)
    require(request.user, EDIT, engagement)
    act = partial(actions.close_next_step, engagement, by=request.user)
    return press(request, act, _("Next step noted as done."), engagement)


@require_http_methods(["GET", "POST"])
def engagement_remove(request, pk):
    """GET asks, naming it; POST takes it back."""
    engagement = _engagement(request, pk)
    require(request.user, EDIT, engagement)
    if request.method != "POST":
        return render(request, "outreach/engagement_remove.html", {"engagement": engagement})
    act = partial(actions.remove_engagement, engagement, by=request.user)
    return press(request, act, _("Removed from the log."), "engagements:engagement_list")
