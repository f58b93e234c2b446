"""Pages of the rules of procedure: which version was in force when, what the next one would change."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import require
from core.steps import carry_out, press, show_form, turn_back
from decisions import actions, forms, procedure, procedure_pages, thresholds
from decisions.models import RulesOfProcedure
from members.standing import standing_of

VIEW, PREPARE = "decisions.view_procedure", "decisions.prepare_procedure"


def _version(request, pk):
    require(request.user, VIEW)
    return get_object_or_404(RulesOfProcedure.objects.visible_to(request.user).select_related("decision"), pk=pk)


@require_safe
def procedure_list(request):
    require(request.user, VIEW)
    return render(request, "decisions/procedure_list.html", procedure_pages.list_page(request.user))


@require_safe
def procedure_detail(request, pk):
    context = procedure_pages.version_page(request.user, _version(request, pk))
    return render(request, "decisions/procedure_detail.html", context)


@require_POST
def procedure_prepare(request):
    require(request.user, PREPARE)
    return press(
        request, lambda: actions.prepare_procedure(by=request.user),
        _("Draft of a new version: change what is to be different, then bring it before the Network."),
        "procedure:procedure_list",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def procedure_edit(request, pk):
    draft = _version(request, pk)
    require(request.user, PREPARE)
    if back := turn_back(request, lambda: actions.check_editable(draft), draft):
        return back
    form = forms.ProcedureForm(request.POST or None, initial=_values(draft))
    if carry_out(request, form, lambda data: actions.edit_procedure(draft, **data, by=request.user)):
        messages.success(request, _("Version saved."))
        return redirect(draft)
    back = draft.get_absolute_url()
    return show_form(request, form, title=_("Change the version in preparation"), verb=_("Save"), back=back)


def _values(draft):
    return {name: getattr(draft, name) for name in ("starts_on", *(rule.field for rule in procedure.RULES), "version")}


@require_safe
def threshold_list(request, pk):
    context = procedure_pages.thresholds_page(request.user, _version(request, pk))
    return render(request, "decisions/threshold_list.html", context)


@require_http_methods(["GET", "POST"])
def threshold_edit(request, pk, key):
    draft = _version(request, pk)
    require(request.user, PREPARE)
    threshold = next((one for one in thresholds.of(draft) if one.measure.key == key), None)
    if threshold is None:
        raise Http404
    back = reverse("procedure:threshold_list", args=[pk])
    if frozen := turn_back(request, lambda: actions.check_editable(draft), back):
        return frozen
    form = forms.ThresholdForm(request.POST or None, threshold=threshold, initial={"version": draft.version})
    if carry_out(request, form, lambda data: actions.edit_threshold(draft, key, **data, by=request.user)):
        messages.success(request, _("Threshold saved."))
        return redirect(f"{back}#{threshold.measure.clause}")
    return show_form(request, form, title=threshold.name, verb=_("Save the threshold"), back=back)


@require_http_methods(["GET", "POST"])
def procedure_propose(request, pk):
    draft = _version(request, pk)
    require(request.user, PREPARE)
    if back := turn_back(request, lambda: actions.check_proposable(draft), draft):
        return back
    form = forms.ProcedureProposalForm(request.POST or None, initial=procedure_pages.proposal(draft))
    propose = partial(actions.propose_procedure, draft, entity=standing_of(request.user).entity, by=request.user)
    if proposed := carry_out(request, form, lambda data: propose(**data)):
        messages.success(request, _("Decision drafted: open its consultation when it is ready."))
        return redirect(proposed.decision)
    return show_form(
        request, form, title=_("Bring the new version before the Network"), verb=_("Write the decision"),
        back=draft.get_absolute_url(),
    )  # fmt: skip


@require_POST
def procedure_rework(request, pk):
    draft = _version(request, pk)
    require(request.user, PREPARE)
    return press(
        request, lambda: actions.rework_procedure(draft, by=request.user), _("The version may be changed again."), draft
    )


@require_POST
def procedure_withdraw(request, pk):
    draft = _version(request, pk)
    require(request.user, PREPARE)
    return press(
        request, lambda: actions.withdraw_procedure(draft, by=request.user), _("Draft given up."),
        "procedure:procedure_list",
    )  # fmt: skip
