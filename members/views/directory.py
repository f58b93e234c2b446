"""The list of members, its file, and the co-chairs."""

from io import BytesIO

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from core.access import require
from core.files import download
from core.filters import active_filters
from core.steps import carry_out, show_form
from core.workbook import XLSX
from members import actions, exports, pages, queries, year
from members.filters import DirectoryFilter
from members.forms import CoChairTermForm


def _found(request):
    return DirectoryFilter(request.GET, queryset=queries.directory(request.user, clock.today()))


@require_safe
def directory(request):
    require(request.user, "members.view_directory")
    found = _found(request)
    page = Paginator(found.qs, 25).get_page(request.GET.get("page"))
    context = {
        "filter": found,
        "active_filters": active_filters(found),
        "page": page,
        "year": year.figures(clock.today()),
        "table": pages.directory_table(queries.directory_rows(page.object_list, clock.today())),
        "may_manage": request.user.has_perm("members.manage_members"),
        "may_import": request.user.has_perm("members.import_members"),
    }
    return render(request, "members/directory.html", context)


@require_safe
def directory_export(request):
    require(request.user, "members.view_directory")
    rows = queries.directory_rows(_found(request).qs, clock.today())
    return download(BytesIO(exports.directory_xlsx(rows)), exports.directory_filename(), XLSX)


@require_safe
def co_chairs(request):
    require(request.user, "members.view_directory")
    return render(request, "members/co_chairs.html", pages.co_chairs_page(request.user))


@require_http_methods(["GET", "POST"])
def term_record(request):
    require(request.user, "members.manage_members")
    form = CoChairTermForm(request.POST or None)

    if carry_out(request, form, lambda data: actions.record_co_chair_term(data.pop("entity"), **data, by=request.user)):
        messages.success(request, _("Term recorded."))
        return redirect("members:co_chairs")
    return show_form(
        request,
        form,
        title=_("Record a co-chair term"),
        verb=_("Record the term"),
        back=reverse("members:co_chairs"),
    )
