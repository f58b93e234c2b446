"""What a decision brings about, and the look taken at it again."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access import require
from core.steps import carry_out, show_form, turn_back
from decisions import actions, forms
from decisions.effects_forms import EffectsForm
from decisions.views import act_on, decision_or_404


@require_http_methods(["GET", "POST"])
def effects_set(request, pk):
    decision = decision_or_404(request, pk)
    require(request.user, "decisions.revise_text", decision)
    if back := turn_back(request, lambda: actions.check_settable(decision), decision):
        return back
    form = EffectsForm(request.POST or None, decision=decision)
    if carry_out(request, form, lambda data: actions.set_effects(decision, **data, by=request.user)):
        messages.success(request, _("Saved: it is asked of the Network with the text."))
        return redirect(decision)
    return show_form(
        request, form, title=_("What the decision brings about"), verb=_("Save"), back=decision.get_absolute_url(),
        kicker=decision.title, intro=_("Frozen with the text once positions are asked for."),
    )  # fmt: skip


@require_POST
def decision_review(request, pk):
    decision = decision_or_404(request, pk)
    require(request.user, "decisions.review_decision", decision)
    return act_on(
        request, decision, "review_form", forms.ReviewForm(request.POST),
        lambda data: actions.review_decision(decision, **data, by=request.user),
        _("Review saved."),
    )  # fmt: skip
