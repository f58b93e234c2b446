"""One activity: its page, its draft, its quarterly update, its funds."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.access import require
from core.steps import carry_out, press, show_form
from members.standing import standing_of
from workplan import actions, forms, pages, queries, updates
from workplan.drafts import ActivityDraft
from workplan.enums import OVER, Quarter
from workplan.views.shared import the_activity, the_plan


def _quarter(request, fallback):
    """``?trimestre=3``; anything else gives ``fallback``."""
    asked = request.GET.get("trimestre") or request.POST.get("quarter") or ""
    return int(asked) if asked in {str(value) for value in Quarter.values} else fallback


def _detail(request, activity, **bound):
    quarter = _quarter(request, updates.usual_quarter(activity.plan, clock.today()))
    context = pages.activity_page(request.user, activity, quarter, bound)
    context["form"] = form = next(iter(bound.values()), None)
    return render(request, "workplan/activity_detail.html", context, status=form.http_status if form else 200)


@require_safe
def activity_detail(request, year, code):
    return _detail(request, the_activity(request, year, code))


@require_POST
def progress_report(request, year, code):
    activity = the_activity(request, year, code)
    require(request.user, "workplan.report_progress", activity)
    form = forms.ProgressForm(
        request.POST, activity=activity, quarter=_quarter(request, 1),
        contributor=updates.contributor(request.user, activity),
    )  # fmt: skip
    if carry_out(request, form, lambda _data: actions.report_progress(activity, **form.report(), by=request.user)):
        messages.success(request, _("Update of %s saved.") % code)
        return redirect(activity.get_absolute_url() + "#avancement")
    return _detail(request, the_activity(request, year, code), progress_form=form)


def _draft_page(request, plan, draft, title, activity=None):
    context = {"plan": plan, "form": draft.form, "lines": draft.lines, "indicators": draft.indicators,
               "title": title, "activity": activity}  # fmt: skip
    return render(request, "workplan/activity_form.html", context, status=draft.http_status)


@require_http_methods(["GET", "POST"])
def activity_add(request, year):
    plan = the_plan(request, year)
    require(request.user, "workplan.add_activity", plan)
    if not pages.may_draft(request.user, plan):
        return redirect(plan)
    if not plan.outcomes.exists():
        raise Http404
    asked = {"outcome": request.GET.get("resultat", ""), "longer": request.GET.get("ajouter", "")}
    draft = ActivityDraft(request.user, plan, request.POST or None, **asked)
    added = carry_out(request, draft, lambda data: actions.add_activity(data.pop("outcome"), **data, by=request.user))
    if added:
        messages.success(request, _("Activity added to the draft."))
        return redirect(added)
    return _draft_page(request, plan, draft, _("Add an activity"))


@require_http_methods(["GET", "POST"])
def activity_edit(request, year, code):
    activity = the_activity(request, year, code)
    require(request.user, "workplan.edit_activity", activity)
    if not pages.may_draft(request.user, activity.plan):
        return redirect(activity)
    longer = request.GET.get("ajouter", "")
    draft = ActivityDraft(request.user, activity.plan, request.POST or None, activity=activity, longer=longer)
    if carry_out(request, draft, lambda data: actions.edit_activity(activity, **data, by=request.user)):
        messages.success(request, _("Activity saved."))
        return redirect(activity)
    return _draft_page(request, activity.plan, draft, _("Change the activity"), activity)


@require_http_methods(["GET", "POST"])
def activity_remove(request, year, code):
    activity = the_activity(request, year, code)
    require(request.user, "workplan.edit_activity", activity)
    plan = activity.plan
    if not pages.may_draft(request.user, plan):
        return redirect(activity)
    if request.method != "POST":
        return render(request, "workplan/activity_remove.html", {"activity": activity, "plan": plan})
    done = _("Activity removed from the draft.")
    return press(request, lambda: actions.remove_activity(activity, by=request.user), done, plan)


@require_http_methods(["GET", "POST"])
def funding_add(request, year, code):
    activity = the_activity(request, year, code)
    require(request.user, "workplan.add_funding", activity)
    form = forms.FundingForm(request.POST or None, activity=activity)
    if carry_out(request, form, lambda data: actions.add_funding(activity, **data, by=request.user)):
        messages.success(request, _("Funds added."))
        return redirect(activity)
    title = _("Funds that came in for %s") % activity
    return show_form(request, form, title=title, verb=_("Save"), back=activity.get_absolute_url())


@require_http_methods(["GET", "POST"])
def rights_check(request, year, code):
    activity = the_activity(request, year, code)
    require(request.user, "workplan.record_rights_check", activity)
    form = forms.RightsCheckForm(request.POST or None, activity=activity)
    if carry_out(request, form, lambda data: actions.record_rights_check(activity, **data, by=request.user)):
        messages.success(request, _("Check recorded."))
        return redirect(activity)
    title = _("Human rights check of %s") % activity
    return show_form(request, form, title=title, verb=_("Save"), back=activity.get_absolute_url())


@require_safe
def own_activities(request, year):
    plan = get_object_or_404(queries.plans(request.user), year=year)
    if standing_of(request.user).entity is None or plan.state in OVER:
        return redirect(plan)
    quarter = _quarter(request, updates.usual_quarter(plan, clock.today()))
    return render(request, "workplan/own_activities.html", pages.own_page(request.user, plan, quarter))
