"""Pages of the statements that the Network adopted."""

from io import BytesIO

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access import require
from core.files import download
from core.steps import carry_out, show_form, turn_back
from core.word import DOCX
from outreach import actions, forms, statements


@require_safe
def statement_list(request):
    require(request.user, "decisions.view_register")
    return render(request, "outreach/statement_list.html", {"table": statements.statements_table(request.user)})


def _statement(pk):
    found = statements.adopted().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_safe
def statement_docx(request, pk):
    require(request.user, "decisions.view_register")
    statement = _statement(pk)
    return download(BytesIO(statements.document_of(statement)), statements.filename(statement), DOCX)


@require_http_methods(["GET", "POST"])
def statement_publish(request, pk):
    require(request.user, "outreach.record_publication")
    statement = _statement(pk)
    if back := turn_back(request, lambda: actions.check_publishable(statement), "statements:statement_list"):
        return back
    form = forms.PublicationForm(request.POST or None)
    if carry_out(request, form, lambda data: actions.record_publication(statement, **data, by=request.user)):
        messages.success(request, _("Publication recorded."))
        return redirect("statements:statement_list")
    return show_form(
        request, form, title=_("Where the statement is published"), verb=_("Record the publication"),
        back=statement.get_absolute_url(), kicker=str(statement),
    )  # fmt: skip
