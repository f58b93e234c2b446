"""The list of plans, the page of one, and what is written about it while it is prepared."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import require
from workplan import actions, forms, queries
from workplan.models import Outcome
from workplan.views.shared import act, act_at_once, plan_detail_page, the_plan


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


def _form_page(request, form, title, back, *, verb=None, status=200, **more):
    """One form on a page of its own."""
    context = {
        "form": form,
        "title": title,
        "back": back,
        "verb": verb or _("Save"),
        "stands": None,
        "remove_url": None,
        **more,
    }
    return render(request, "workplan/form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def plan_create(request):
    require(request.user, "workplan.create_plan")
    form = forms.PlanForm(request.POST or None)

    def page(status=200):
        return _form_page(
            request,
            form,
            _("Open the drafting of a plan"),
            reverse("workplan:plan_list"),
            verb=_("Open the drafting"),
            status=status,
        )

    if request.method != "POST":
        return page()
    return act(
        request, form, lambda data: actions.create_plan(**data, by=request.user),
        _("Draft opened. Write its outcomes, then the entities add their activities."),
        lambda plan: plan.get_absolute_url(), page,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def plan_edit(request, year):
    plan = the_plan(request, year)
    require(request.user, "workplan.edit_plan", plan)
    form = forms.PlanEditForm(
        request.POST or None,
        initial={"title": plan.title, "xof_per_usd": plan.xof_per_usd.normalize(), "version": plan.version},
    )

    def page(status=200):
        stands = f"{plan.title}\n{plan.xof_per_usd.normalize():f}" if status == 409 else None
        return _form_page(request, form, _("Title and rate of the plan"), plan.get_absolute_url(), status=status,
                          stands=stands)  # fmt: skip

    if request.method != "POST":
        return page()
    return act(
        request, form, lambda data: actions.edit_plan(plan, **data, by=request.user),
        _("Plan saved."), plan.get_absolute_url(), page,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def consultation_add(request, year):
    plan = the_plan(request, year)
    require(request.user, "workplan.record_consultation", plan)
    form = forms.ConsultationForm(request.POST or None)

    def page(status=200):
        return _form_page(
            request,
            form,
            _("Record a consultation on the plan"),
            plan.get_absolute_url(),
            verb=_("Record the consultation"),
            status=status,
        )

    if request.method != "POST":
        return page()
    return act(
        request, form, lambda data: actions.record_consultation(plan, **data, by=request.user),
        _("Consultation recorded."), plan.get_absolute_url(), page,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def revision_add(request, year):
    plan = the_plan(request, year)
    require(request.user, "workplan.record_revision", plan)
    form = forms.RevisionForm(request.POST or None, plan=plan)

    def page(status=200):
        return _form_page(
            request,
            form,
            _("Record a revision of the plan"),
            plan.get_absolute_url(),
            verb=_("Record the revision"),
            status=status,
        )

    if request.method != "POST":
        return page()
    return act(
        request, form, lambda data: actions.record_revision(plan, **data, by=request.user),
        _("Revision recorded."), plan.get_absolute_url(), page,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def outcome_add(request, year):
    plan = the_plan(request, year)
    require(request.user, "workplan.edit_plan", plan)
    form = forms.OutcomeForm(request.POST or None)

    def page(status=200):
        return _form_page(
            request, form, _("Add an outcome"), plan.get_absolute_url(), verb=_("Add the outcome"), status=status
        )

    if request.method != "POST":
        return page()
    return act(
        request, form, lambda data: actions.add_outcome(plan, **data, by=request.user),
        _("Outcome added."), plan.get_absolute_url() + "#activites", page,
    )  # fmt: skip


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

    def page(status=200):
        stands = f"{outcome.title_fr}\n{outcome.title_en}" if status == 409 else None
        remove = None if outcome.activities.exists() else reverse("workplan:outcome_remove", args=[year, number])
        return _form_page(request, form, str(outcome), plan.get_absolute_url(), status=status, stands=stands,
                          remove_url=remove)  # fmt: skip

    if request.method != "POST":
        return page()
    return act(
        request, form, lambda data: actions.edit_outcome(outcome, **data, by=request.user),
        _("Outcome saved."), plan.get_absolute_url() + f"#r{number}", page,
    )  # fmt: skip


@require_POST
def outcome_remove(request, year, number):
    plan = the_plan(request, year)
    require(request.user, "workplan.edit_plan", plan)
    outcome = _outcome(plan, number)
    return act_at_once(
        request, plan, lambda _plan, by: actions.remove_outcome(outcome, by=by), _("Outcome removed from the draft.")
    )


@require_http_methods(["GET", "POST"])
def funder_add(request):
    require(request.user, "workplan.add_funder")
    form = forms.FunderForm(request.POST or None)

    def page(status=200):
        return _form_page(
            request,
            form,
            _("List a source of funds"),
            reverse("workplan:plan_list"),
            verb=_("Add the source"),
            status=status,
        )

    if request.method != "POST":
        return page()
    return act(
        request, form, lambda data: actions.add_funder(**data, by=request.user),
        _("Source of funds listed: it can now be chosen in budgets."), reverse("workplan:plan_list"), page,
    )  # fmt: skip
