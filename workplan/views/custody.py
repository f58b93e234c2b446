"""The steps of the plan's custody: one POST each."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.access import require
from core.files import download
from core.steps import carry_out, press, show_form
from workplan import actions, forms, queries
from workplan.views.shared import plan_detail_page, the_plan


def _step(request, year, permission, do, done):
    plan = the_plan(request, year)
    require(request.user, permission, plan)
    return press(request, lambda: do(plan, by=request.user), done, plan)


def _step_with_form(request, year, permission, form_name, form, do, done):
    plan = the_plan(request, year)
    require(request.user, permission, plan)
    if carry_out(request, form, lambda data: do(plan, **data, by=request.user)):
        messages.success(request, done)
        return redirect(plan)
    return plan_detail_page(request, the_plan(request, year), **{form_name: form})


@require_POST
def consultation_open(request, year):
    return _step(
        request, year, "workplan.open_consultation", actions.open_consultation,
        _("The draft is before the Network for consultation."),
    )  # fmt: skip


@require_POST
def plan_rework(request, year):
    return _step_with_form(
        request, year, "workplan.rework", "rework_form", forms.ReworkForm(request.POST), actions.rework_plan,
        _("The plan is a draft again."),
    )  # fmt: skip


@require_POST
def plan_table(request, year):
    form = forms.TableForm(request.POST, plan=the_plan(request, year))
    return _step_with_form(
        request, year, "workplan.table_at_review", "table_form", form,
        actions.table_at_review, _("The plan is tabled at the annual review."),
    )  # fmt: skip


@require_POST
def validation_propose(request, year):
    return _step_with_form(
        request, year, "workplan.submit_for_validation", "validation_form", forms.ValidationForm(request.POST),
        actions.submit_for_validation, _("Decision of validation proposed, as a draft: open its consultation."),
    )  # fmt: skip


@require_POST
def plan_sign(request, year):
    return _step(request, year, "workplan.sign_plan", actions.sign_plan, _("Your signature is on record."))


@require_POST
def plan_transmit(request, year):
    return _step_with_form(
        request, year, "workplan.transmit", "transmit_form", forms.NoteForm(request.POST), actions.transmit_plan,
        _("Plan transmitted. Its PDF is being made; the Resident Coordinator’s office is told as soon as it is here."),
    )  # fmt: skip


@require_POST
def plan_acknowledge(request, year):
    return _step_with_form(
        request, year, "workplan.acknowledge", "acknowledge_form", forms.NoteForm(request.POST),
        actions.acknowledge_plan, _("Receipt acknowledged."),
    )  # fmt: skip


def _confirm(request, plan, form, do, *, title, verb, intro, done):
    """A step that does not go back: the page names the plan and what the step closes, its button carries it out."""
    if carry_out(request, form, lambda data: do(plan, **data, by=request.user)):
        messages.success(request, done)
        return redirect(plan)
    return show_form(request, form, title=title, verb=verb, intro=intro, back=plan.get_absolute_url())


def _posted(request):
    return request.POST if request.method == "POST" else None


@require_http_methods(["GET", "POST"])
def execution_start(request, year):
    plan = the_plan(request, year)
    require(request.user, "workplan.start_execution", plan)
    intro = _("From then on the plan counts as in execution. This step cannot be undone.")
    is_early = clock.today().year < plan.year
    if is_early:
        intro = _("The year %(year)s has not begun yet.") % {"year": plan.year} + " " + intro
    return _confirm(
        request, plan, forms.ConfirmForm(_posted(request)), actions.start_execution,
        title=_("Start the execution of “%s”?") % plan,
        verb=_("Start the execution all the same") if is_early else _("Start the execution"), intro=intro,
        done=_("The plan is in execution: the entities report each quarter."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def plan_review(request, year):
    plan = the_plan(request, year)
    require(request.user, "workplan.review", plan)
    form = forms.ReviewForm(_posted(request), plan=plan)
    intro = _("The entities then report no more on its activities. This step cannot be undone.")
    if not form.fields["meeting"].choices:
        intro = _("No annual review has been held since: the plan is noted as reviewed after it.")
    return _confirm(
        request, plan, form, actions.review_plan,
        title=_("Note that “%s” was reviewed?") % plan, verb=_("Note that the plan was reviewed"),
        intro=intro, done=_("The plan is reviewed; its updates are closed."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def plan_archive(request, year):
    plan = the_plan(request, year)
    require(request.user, "workplan.archive", plan)
    return _confirm(
        request, plan, forms.ConfirmForm(_posted(request)), actions.archive_plan,
        title=_("Archive “%s”?") % plan, verb=_("Archive the plan"),
        intro=_("The file of the year is closed; everybody can still read it. This step cannot be undone."),
        done=_("Plan archived."),
    )  # fmt: skip


@require_safe
def transmitted_file(request, year):
    """The file as it left for the Resident Coordinator, byte for byte."""
    plan = the_plan(request, year)
    require(request.user, "workplan.view_plans", plan)
    if not plan.transmitted_file:
        raise Http404
    return download(plan.transmitted_file.open("rb"), f"RNUM-SN_PTA_{plan.year}.pdf", "application/pdf")


@require_safe
def file_progress(request, year):
    """The fragment that the page asks for again while the file is being printed."""
    plan = the_plan(request, year)
    require(request.user, "workplan.view_plans", plan)
    return render(request, "workplan/_file_progress.html", {"file_progress": queries.file_progress(plan)})


@require_POST
def file_retry(request, year):
    return _step(request, year, "workplan.transmit", actions.retry_transmitted_file, _("Started again."))
