"""Members, people and partners from Excel files: the template, the file, the page of checking, the word to enter it."""

from io import BytesIO

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import spreadsheet
from core.access import require
from core.components import Column, DataTable
from core.files import download
from core.forms import CheckedForm
from core.steps import carry_out, press
from core.templatetags.typography import ABSENT
from core.workbook import XLSX
from members import actions
from members.actions import Faulty
from members.enums import ImportKind, ImportState
from members.forms import ImportForm
from members.imports import IMPORTERS
from members.models import Import

IMPORT = "members.import_members"
SHOWN = 100  # faults told on the page
ENTERED = {
    ImportKind.ENTITIES: "members:directory",
    ImportKind.PEOPLE: "members:person_list",
    ImportKind.PARTNERS: "partners:partner_list",
}


@require_safe
def template_xlsx(request, kind):
    require(request.user, IMPORT)
    if kind not in ImportKind.values:
        raise Http404
    title = str(ImportKind(kind).label)
    content = spreadsheet.template(title.capitalize(), IMPORTERS[ImportKind(kind)].columns())
    return download(BytesIO(content), f"modele_{title.replace(' ', '-')}.xlsx", XLSX)


def _with_faults(act):
    """The same act, and the list into which it puts what is to be corrected when it is refused for that."""
    faults = []

    def telling(data):
        try:
            return act(data)
        except Faulty as refusal:
            faults.extend(refusal.faults)
            raise

    return telling, faults


@require_http_methods(["GET", "POST"])
def import_check(request):
    require(request.user, IMPORT)
    form = ImportForm(request.POST or None, request.FILES or None)
    act, faults = _with_faults(lambda data: actions.check_import(**data, by=request.user))
    if checked := carry_out(request, form, act):
        return redirect(checked)
    context = {
        "form": form,
        "kinds": ImportKind.choices,
        "faults": faults[:SHOWN],
        "more": max(0, len(faults) - SHOWN),
        "waiting": Import.objects.filter(state=ImportState.CHECKED).defer("lines").order_by("-checked_at", "-pk")[:10],
    }
    return render(request, "members/import_check.html", context, status=form.http_status)


@require_http_methods(["GET", "POST"])
def import_detail(request, pk):
    """« Vérifier avant d’importer »: GET shows the lines, POST enters them all."""
    require(request.user, IMPORT)
    checked = get_object_or_404(Import.objects.select_related("checked_by"), pk=pk)
    form = CheckedForm(request.POST or None)
    act, faults = _with_faults(lambda _data: actions.carry_out_import(checked, by=request.user))
    if done := carry_out(request, form, act):
        said = ngettext("%(n)s line entered.", "%(n)s lines entered.", done.count) % {"n": done.count}
        messages.success(request, said)
        return redirect(ENTERED[ImportKind(done.kind)])
    page = Paginator(checked.lines, 50).get_page(request.GET.get("page"))
    context = {
        "checked": checked,
        "form": form,
        "page": page,
        "table": _table(checked, page.object_list),
        "faults": faults[:SHOWN],
        "more": max(0, len(faults) - SHOWN),
        "awaits": checked.state == ImportState.CHECKED,
    }
    return render(request, "members/import_detail.html", context, status=form.http_status)


def _table(checked, lines):
    """The cells as they were read, without the columns that nobody filled in."""
    columns = IMPORTERS[ImportKind(checked.kind)].columns()
    filled = [index for index in range(len(columns)) if any(cells[index] for _line, cells in checked.lines)]
    heads = (Column(_("Line"), "num"), *(Column(str(columns[index].heading)) for index in filled))
    rows = tuple((str(line), *(cells[index] or ABSENT for index in filled)) for line, cells in lines)
    return DataTable(_("Lines of the file"), heads, rows, hide_caption=True)


@require_POST
def import_give_up(request, pk):
    require(request.user, IMPORT)
    checked = get_object_or_404(Import, pk=pk)
    done = _("Given up: nothing was entered, and the lines of the file are forgotten.")
    return press(request, lambda: actions.give_up_import(checked, by=request.user), done, "imports:import_check")
