"""Pages of a consultation. Each state-changing address carries out one action."""

from functools import partial
from io import BytesIO

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import require
from core.files import download
from core.steps import carry_out, turn_back
from core.word import DOCX
from core.workbook import XLSX
from decisions import actions, comment_pages, matrix, paragraphs, queries
from decisions.comment_forms import AnswerForm, CommentForm, ParagraphForm, VersionsForm
from decisions.views import act_on, decision_or_404


@require_POST
def comment_add(request, pk):
    decision = decision_or_404(request, pk)
    require(request.user, "decisions.add_comment", decision)
    return act_on(
        request, decision, "comment_form", CommentForm(request.POST),
        lambda data: actions.add_comment(decision, text=data["text"], by=request.user),
        _("Comment added."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def paragraph_comment(request, pk, paragraph):
    decision = decision_or_404(request, pk)
    require(request.user, "decisions.add_comment", decision)
    if back := turn_back(request, lambda: actions.check_consulted(decision), decision):
        return back
    text = queries.last_text(decision)
    shown = comment_pages.numbered(text)
    read = shown[paragraph - 1] if 0 < paragraph <= len(shown) else None
    if read is None and request.method != "POST":
        raise Http404
    initial = {"wording": read.words if read else "", "text_number": text.number}
    form = ParagraphForm(request.POST or None, initial=initial)
    say = partial(actions.add_comment, decision, paragraph=paragraph, by=request.user)
    if made := carry_out(request, form, lambda data: say(**data)):
        messages.success(request, _("On record for %s.") % made.entity)
        return redirect(decision)
    context = {"decision": decision, "form": form, "number": paragraph, "paragraph": read, "text": text, "present": ()}
    if form.http_status == 409:  # another version was written: where to send it is to be chosen
        text = queries.last_text(decision)
        context |= {"text": text, "present": comment_pages.numbered(text)}
    return render(request, "decisions/paragraph_form.html", context, status=form.http_status)


@require_http_methods(["GET", "POST"])
def comment_answer(request, pk, comment_pk):
    decision = decision_or_404(request, pk)
    found = queries.one_comment(decision, comment_pk)
    if found is None:
        raise Http404
    require(request.user, "decisions.answer_comment", decision)
    texts = queries.texts(decision)
    if back := turn_back(request, lambda: actions.check_answerable(found, texts[0].number), decision):
        return back
    initial = {"reply": found.state if found.is_answered else None, "answer": found.answer, "version": found.version}
    form = AnswerForm(request.POST or None, initial=initial)
    if answered := carry_out(request, form, lambda data: actions.answer_comment(found, **data, by=request.user)):
        messages.success(request, _("Answer saved: %s.") % answered.get_state_display())
        return redirect(decision)
    (remark,) = comment_pages.remarks([found], texts, is_over=False)
    context = {"decision": decision, "form": form, "remark": remark, "present": texts[0].number}
    return render(request, "decisions/answer_form.html", context, status=form.http_status)


@require_safe
def text_compare(request, pk):
    decision = decision_or_404(request, pk)
    texts = {text.number: text for text in queries.texts(decision)}
    last = max(texts)
    initial = {"before": max(1, last - 1), "after": last}
    form = VersionsForm(request.GET or None, initial=initial, numbers=sorted(texts))
    if form.is_bound and not form.is_valid():
        form.http_status = 422
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else initial
    before, after = texts[chosen["before"]], texts[chosen["after"]]
    lines = paragraphs.compared(paragraphs.split(before.text), paragraphs.split(after.text))
    context = {"decision": decision, "form": form, "before": before, "after": after, "lines": lines}
    return render(request, "decisions/text_compare.html", context, status=form.http_status)


@require_safe
def matrix_xlsx(request, pk):
    return _matrix(request, pk, matrix.xlsx, "xlsx", XLSX)


@require_safe
def matrix_docx(request, pk):
    return _matrix(request, pk, matrix.docx, "docx", DOCX)


def _matrix(request, pk, write, suffix, content_type):
    decision = decision_or_404(request, pk)
    rows = matrix.rows(decision, queries.comments(decision), queries.texts(decision))
    return download(BytesIO(write(decision, rows)), matrix.filename(decision, suffix), content_type)
