"""The page on which a text is written in another language, beside the text itself."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import require
from core.steps import carry_out, turn_back
from decisions import actions, languages, queries, translation_pages
from decisions.forms import TranslationForm
from decisions.views import decision_or_404


@require_http_methods(["GET", "POST"])
def text_translate(request, pk, language):
    decision = decision_or_404(request, pk)
    if language not in languages.translated():
        raise Http404
    require(request.user, "decisions.translate_text", decision)
    text = queries.last_text(decision)
    if back := turn_back(request, lambda: actions.check_translatable(decision, text), decision):
        return back
    form = TranslationForm(request.POST or None, initial=_begin_with(decision, text, language), language=language)
    write = partial(actions.translate_text, decision, language=language, by=request.user)
    if carry_out(request, form, lambda data: write(**data)):
        messages.success(request, _("Translation saved."))
        return redirect(decision)
    # Asked again: another version may have been written after this request had read it.
    shown = queries.last_text(decision) if form.http_status == 409 else text
    context = {"decision": decision, "form": form, "text": shown, "language": language}
    context |= {"language_name": languages.name_of(language), **translation_pages.prevails()}
    return render(request, "decisions/translation_form.html", context, status=form.http_status)


def _begin_with(decision, text, language):
    """The translation of this version, or that of the last version which had one, to go on from."""
    found = [one for one in queries.translations(decision) if one.language == language]
    present = next((one for one in found if one.text_id == text.pk), None)
    begun = present or max(found, key=lambda one: one.text_id, default=None)
    words = {"title": begun.title, "words": begun.words} if begun else {}
    return {**words, "text_number": text.number, "version": present.version if present else 0}
