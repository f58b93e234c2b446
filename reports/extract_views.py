"""The extract of a decision: its page and its files. Who reads the register reads its extracts."""

from functools import partial
from io import BytesIO

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access import require
from core.files import download
from core.steps import press
from core.word import DOCX
from decisions import queries
from reports import actions, sheet_pages, sheets
from reports.models import DecisionExtract
from reports.sheet_views import printed_file, retried

TAKE = "reports.take_extract"


def _adopted(request, pk):
    require(request.user, "decisions.view_register")
    decision = queries.one_decision(request.user, pk)
    if decision is None or not decision.number:
        raise Http404
    return decision


def _extract(request, pk):
    found = DecisionExtract.objects.filter(decision=_adopted(request, pk)).select_related("decision").first()
    if found is None:
        raise Http404
    return found


@require_safe
def extract_detail(request, pk):
    decision = _adopted(request, pk)
    one = DecisionExtract.objects.filter(decision=decision).first()
    if one is None:  # of a decision that entered the register before extracts were taken
        context = {"decision": decision, "may_take": request.user.has_perm(TAKE)}
        return render(request, "reports/extract_missing.html", context)
    one.decision = decision
    return render(request, "reports/extract_detail.html", sheet_pages.extract_page(request.user, one))


@require_POST
def extract_take(request, pk):
    decision = _adopted(request, pk)
    require(request.user, TAKE)
    act = partial(actions.take_extract, decision, by=request.user)
    done = _("Extract taken. The Word file is here already, the PDF in less than a minute.")
    return press(request, act, done, decision, onward=True)


@require_safe
def extract_progress(request, pk):
    """The fragment that the page asks for again while the file is being printed."""
    context = sheet_pages.extract_page(request.user, _extract(request, pk))
    return render(request, "reports/_sheet_progress.html", context)


@require_safe
def extract_pdf(request, pk):
    return printed_file(_extract(request, pk))


@require_safe
def extract_docx(request, pk):
    one = _extract(request, pk)
    return download(BytesIO(sheets.docx(one.sheet, taken_at=one.taken_at)), one.filename("docx"), DOCX)


@require_POST
def extract_retry(request, pk):
    return retried(request, _extract(request, pk), TAKE)
