from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import require
from core.files import download
from core.steps import press
from core.transitions import can_move
from decisions.proposing import proposal_page
from decisions.queries import sees
from reports import actions, adoption, document, queries
from reports.models import YearlyReport


def _report_or_404(user, year):
    report = queries.report_of(user, year)
    if report is None:
        raise Http404
    require(user, "reports.view_report", report)
    return report


@require_safe
def report_list(request):
    require(request.user, "reports.view_report")
    return render(request, "reports/report_list.html", {"reports": queries.reports(request.user)})


def _page(request, report):
    """What the page and its fragment show."""
    progress = queries.progress_of(report)
    orders = request.user.has_perm("reports.order_report", report)
    asked = adoption.under_way(report)
    may_propose = can_move(report, "adopt_report") and request.user.has_perm("reports.propose_report", report)
    return {
        "report": report,
        "progress": progress,
        "asked": asked if asked and sees(request.user, asked) else None,
        "may_propose": may_propose and not asked,
        "may_order": orders and can_move(report, "order") and not progress.is_running and not asked,
        "may_retry": orders and progress.is_failed,
    }


@require_safe
def report_detail(request, year):
    report = _report_or_404(request.user, year)
    figures = document.key_figures_of(report.content) if report.snapshot_at else []
    return render(request, "reports/report_detail.html", {**_page(request, report), "key_figures": figures})


@require_safe
def report_progress(request, year):
    """The fragment that the page asks for again while the file is being printed."""
    report = _report_or_404(request.user, year)
    return render(request, "reports/_progress.html", _page(request, report))


@require_safe
def report_download(request, year):
    report = get_object_or_404(YearlyReport.objects.visible_to(request.user).light(), year=year)
    require(request.user, "reports.view_report", report)
    if not report.file:
        raise Http404
    return download(report.file.open("rb"), report.filename, "application/pdf")


@require_safe
def report_export(request, year):
    report = get_object_or_404(YearlyReport.objects.visible_to(request.user), year=year, snapshot_at__isnull=False)
    require(request.user, "reports.view_report", report)
    response = JsonResponse(report.snapshot, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{actions.filename_of(report, "json")}"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def report_order(request, year):
    report = _report_or_404(request.user, year)
    require(request.user, "reports.order_report", report)
    done = _("Report ordered. It will be here in about a minute.")
    return press(request, lambda: actions.order_report(year, by=request.user), done, report)


@require_http_methods(["GET", "POST"])
def report_propose(request, year):
    report = _report_or_404(request.user, year)
    require(request.user, "reports.propose_report", report)
    return proposal_page(
        request, report, actions.propose_report, check=actions.check_proposable, words=adoption.words,
        title=_("Ask the Network to adopt the report"),
        intro=adoption.warning(report),
    )  # fmt: skip


@require_POST
def report_retry(request, year):
    report = get_object_or_404(YearlyReport.objects.visible_to(request.user).light(), year=year)
    require(request.user, "reports.order_report", report)
    return press(request, lambda: actions.retry_report(report, by=request.user), _("Started again."), report)
