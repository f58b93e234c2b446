"""Handovers of a co-chair and dated lists of members: pages and files."""

from functools import partial
from io import BytesIO

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import require
from core.files import download
from core.steps import press, turn_back
from core.word import DOCX
from core.workbook import XLSX
from members.models import CoChairTerm
from reports import actions, lists, sheet_pages, sheets
from reports.models import HandoverPack, MemberList

PDF, VCARD = "application/pdf", "text/vcard; charset=utf-8"
VIEW_HANDOVER, PREPARE = "reports.view_handover", "reports.prepare_handover"
VIEW_LIST, FREEZE = "members.view_directory", "reports.freeze_member_list"


# --- Handover --------------------------------------------------------------------------------------------------------
def _handover(request, pk):
    require(request.user, VIEW_HANDOVER)
    return get_object_or_404(HandoverPack.objects.select_related("term"), pk=pk)


@require_POST
def handover_prepare(request, pk):
    require(request.user, PREPARE)
    term = get_object_or_404(CoChairTerm, pk=pk)
    act = partial(actions.prepare_handover, term, by=request.user)
    done = _("Handover prepared. The Word file is here already, the PDF in less than a minute.")
    return press(request, act, done, "members:co_chairs", onward=True)


@require_safe
def handover_detail(request, pk):
    context = sheet_pages.handover_page(request.user, _handover(request, pk))
    return render(request, "reports/handover_detail.html", context)


@require_safe
def handover_progress(request, pk):
    """The fragment that the page asks for again while the file is being printed."""
    context = sheet_pages.handover_page(request.user, _handover(request, pk))
    return render(request, "reports/_sheet_progress.html", context)


@require_safe
def handover_pdf(request, pk):
    return printed_file(_handover(request, pk))


@require_safe
def handover_docx(request, pk):
    one = _handover(request, pk)
    return download(BytesIO(sheets.docx(one.sheet, taken_at=one.taken_at)), one.filename("docx"), DOCX)


@require_POST
def handover_retry(request, pk):
    return retried(request, _handover(request, pk), PREPARE)


# --- Lists of members ------------------------------------------------------------------------------------------------
def _list(request, pk):
    require(request.user, VIEW_LIST)
    return get_object_or_404(MemberList.objects.visible_to(request.user), pk=pk)


@require_safe
def list_index(request):
    require(request.user, VIEW_LIST)
    found = MemberList.objects.visible_to(request.user).light().latest_first()
    return render(request, "reports/list_index.html", {"lists": found, "may_freeze": request.user.has_perm(FREEZE)})


@require_POST
def list_freeze(request):
    require(request.user, FREEZE)
    act = partial(actions.freeze_member_list, by=request.user)
    done = _("The list is frozen as it is now: look at it, then share it.")
    return press(request, act, done, "lists:list_index", onward=True)


@require_safe
def list_detail(request, pk):
    return render(request, "reports/list_detail.html", sheet_pages.list_page(request.user, _list(request, pk)))


@require_safe
def list_progress(request, pk):
    return render(request, "reports/_sheet_progress.html", sheet_pages.list_page(request.user, _list(request, pk)))


@require_safe
def list_pdf(request, pk):
    return printed_file(_list(request, pk))


@require_safe
def list_xlsx(request, pk):
    one = _list(request, pk)
    with translation.override("fr"):  # the language of the list
        content = lists.xlsx(one.listed)
    return download(BytesIO(content), one.filename("xlsx"), XLSX)


@require_safe
def list_vcf(request, pk):
    one = _list(request, pk)
    with translation.override("fr"):
        content = lists.vcards(one.listed, one.taken_at)
    return download(BytesIO(content), one.filename("vcf"), VCARD)


@require_http_methods(["GET", "POST"])
def list_share(request, pk):
    """« Vérifier avant envoi », then everybody of the Network gets the mail."""
    require(request.user, FREEZE)
    one = _list(request, pk)
    if back := turn_back(request, lambda: actions.check_shareable(one), one):
        return back
    if request.method == "POST":
        act = partial(actions.share_member_list, one, by=request.user)
        return press(request, act, _("Shared: everybody of the Network gets a mail with the link."), one)
    return render(request, "reports/list_share.html", sheet_pages.share_page(one))


@require_POST
def list_retry(request, pk):
    require(request.user, FREEZE)
    return retried(request, _list(request, pk), FREEZE)


# --- All of them -----------------------------------------------------------------------------------------------------
def printed_file(one):
    """The PDF, once it is there."""
    if not one.file:
        raise Http404
    return download(one.file.open("rb"), one.filename("pdf"), PDF)


def retried(request, one, permission):
    """The button under a printing that failed."""
    require(request.user, permission)
    return press(request, partial(actions.retry_sheet, one, by=request.user), _("Started again."), one)
