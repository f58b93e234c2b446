"""The list of plans, the page of one, and what is written about it while it is prepared."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import require
from core.steps import carry_out, press, show_form
from decisions.proposing import proposal_page
from workplan import actions, forms, queries, revising
from workplan.models import Outcome
from workplan.views.shared import plan_detail_page, the_plan


@require_safe
def plan_list(request):
    require(request.user, "workplan.view_plans")
    context = {
        "plans": list(queries.plans(request.user)),
        "may_create": request.user.has_perm("workplan.create_plan"),
    }
    return render(request, "workplan/plan_list.html", context)


@require_safe
def plan_detail(request, year):
    return plan_detail_page(request, the_plan(request, year))


@require_http_methods(["GET", "POST"])
def plan_create(request):
    require(request.user, "workplan.create_plan")
    form = forms.PlanForm(request.POST or None)
    if plan := carry_out(request, form, lambda data: actions.create_plan(**data, by=request.user)):
        messages.success(request, _("Draft opened. Write its outcomes, then the entities add their activities."))
        return redirect(plan)
    title = _("Open the drafting of a plan")
    return show_form(request, form, title=title, verb=_("Open the drafting"), back=reverse("workplan:plan_list"))


@require_http_methods(["GET", "POST"])
def plan_edit(request, year):
    plan = the_plan(request, year)
    require(request.user, "workplan.edit_plan", plan)
    initial = {"title": plan.title, "xof_per_usd": plan.xof_per_usd.normalize(), "version": plan.version}
    form = forms.PlanEditForm(request.POST or None, initial=initial)
    if carry_out(request, form, lambda data: actions.edit_plan(plan, **data, by=request.user)):
        messages.success(request, _("Plan saved."))
        return redirect(plan)
    return show_form(request, form, title=_("Title and rate of the plan"), verb=_("Save"), back=plan.get_absolute_url())


@require_http_methods(["GET", "POST"])
def consultation_add(request, year):
    plan = the_plan(request, year)
    require(request.user, "workplan.record_consultation", plan)
    form = forms.ConsultationForm(request.POST or None)
    if carry_out(request, form, lambda data: actions.record_consultation(plan, **data, by=request.user)):
        messages.success(request, _("Consultation recorded."))
        return redirect(plan)
    title = _("Record a consultation on the plan")
    return show_form(request, form, title=title, verb=_("Record the consultation"), back=plan.get_absolute_url())


@require_http_methods(["GET", "POST"])
def revision_add(request, year):
    plan = the_plan(request, year)
    require(request.user, "workplan.record_revision", plan)
    form = forms.RevisionForm(request.POST or None, plan=plan)
    if carry_out(request, form, lambda data: actions.record_revision(plan, **data, by=request.user)):
        messages.success(request, _("Revision recorded."))
        return redirect(plan)
    title = _("Record a revision of the plan")
    if not form.is_bound and not form.fields["decision"].queryset:
        return render(request, "workplan/revision_none.html", {"plan": plan, "title": title})
    return show_form(request, form, title=title, verb=_("Record the revision"), back=plan.get_absolute_url())


@require_http_methods(["GET", "POST"])
def revision_propose(request, year):
    plan = the_plan(request, year)
    require(request.user, "workplan.propose_revision", plan)
    return proposal_page(
        request, plan, actions.propose_revision, check=actions.check_revisable, words=revising.words,
        title=_("Propose a revision of the plan"),
        intro=_("Say what it changes: adopted, the text stands in the register and in the history of the plan."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def outcome_add(request, year):
    plan = the_plan(request, year)
    require(request.user, "workplan.edit_plan", plan)
    form = forms.OutcomeForm(request.POST or None)
    if carry_out(request, form, lambda data: actions.add_outcome(plan, **data, by=request.user)):
        messages.success(request, _("Outcome added."))
        return redirect(plan.get_absolute_url() + "#activites")
    return show_form(request, form, title=_("Add an outcome"), verb=_("Add the outcome"), back=plan.get_absolute_url())


def _outcome(plan, number):
    return get_object_or_404(Outcome, plan=plan, number=number)


@require_http_methods(["GET", "POST"])
def outcome_edit(request, year, number):
    plan = the_plan(request, year)
    require(request.user, "workplan.edit_plan", plan)
    outcome = _outcome(plan, number)
    initial = {name: getattr(outcome, name) for name in ("title_fr", "title_en", "version")}
    tags = {name: getattr(outcome, name).values_list("pk", flat=True) for name in ("agenda2063", "national_priorities")}
    form = forms.OutcomeEditForm(request.POST or None, initial={**initial, **tags})
    if carry_out(request, form, lambda data: actions.edit_outcome(outcome, **data, by=request.user)):
        messages.success(request, _("Outcome saved."))
        return redirect(plan.get_absolute_url() + f"#r{number}")
    removal = None if outcome.activities.exists() else reverse("workplan:outcome_remove", args=[year, number])
    return show_form(
        request, form, title=str(outcome), verb=_("Save"), back=plan.get_absolute_url(),
        remove_url=removal, remove_label=_("Remove this outcome"),
    )  # fmt: skip


@require_POST
def outcome_remove(request, year, number):
    plan = the_plan(request, year)
    require(request.user, "workplan.edit_plan", plan)
    outcome = _outcome(plan, number)
    done = _("Outcome removed from the draft.")
    return press(request, lambda: actions.remove_outcome(outcome, by=request.user), done, plan)


@require_http_methods(["GET", "POST"])
def funder_add(request):
    require(request.user, "workplan.add_funder")
    form = forms.FunderForm(request.POST or None)
    if carry_out(request, form, lambda data: actions.add_funder(**data, by=request.user)):
        messages.success(request, _("Source of funds listed: it can now be chosen in budgets."))
        return redirect("workplan:plan_list")
    title = _("List a source of funds")
    return show_form(request, form, title=title, verb=_("Add the source"), back=reverse("workplan:plan_list"))
