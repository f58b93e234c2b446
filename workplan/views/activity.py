"""One activity: its page, its draft, its quarterly update, its funds."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.access import require
from members.standing import standing_of
from workplan import actions, forms, pages, queries
from workplan.drafts import ActivityDraft
from workplan.enums import Quarter
from workplan.views.shared import act, act_at_once, the_activity, the_plan


def _quarter(request, fallback):
    """``?trimestre=3``; anything else gives ``fallback``."""
    asked = request.GET.get("trimestre") or request.POST.get("quarter") or ""
    return int(asked) if asked in {str(value) for value in Quarter.values} else fallback


def _detail(request, activity, *, status=200, **bound):
    quarter = _quarter(request, pages.default_quarter(activity))
    context = pages.activity_page(request.user, activity, quarter, bound)
    context |= {"is_stale": status == 409, "form": next(iter(bound.values()), None)}
    return render(request, "workplan/activity_detail.html", context, status=status)


@require_safe
def activity_detail(request, year, code):
    return _detail(request, the_activity(request, year, code))


@require_POST
def progress_report(request, year, code):
    activity = the_activity(request, year, code)
    require(request.user, "workplan.report_progress", activity)
    form = forms.ProgressForm(request.POST, activity=activity, quarter=_quarter(request, 1))
    return act(
        request, form,
        lambda _data: actions.report_progress(activity, **form.report(), by=request.user),
        _("Update of %s saved.") % code, activity.get_absolute_url() + "#avancement",
        lambda status: _detail(request, the_activity(request, year, code), status=status, progress_form=form),
    )  # fmt: skip


def _draft_page(request, plan, draft, title, status=200, **more):
    context = {"plan": plan, "form": draft.form, "lines": draft.lines, "indicators": draft.indicators,
               "title": title, "activity": None, "stands": None, **more}  # fmt: skip
    return render(request, "workplan/activity_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def activity_add(request, year):
    plan = the_plan(request, year)
    require(request.user, "workplan.add_activity", plan)
    if not pages.may_draft(request.user, plan):
        return redirect(plan)
    if not plan.outcomes.exists():
        raise Http404
    draft = ActivityDraft(request.user, plan, request.POST or None, outcome=request.GET.get("resultat", ""))

    def page(status=200):
        return _draft_page(request, plan, draft, _("Add an activity"), status)

    if request.method != "POST":
        return page()
    return act(
        request, draft, lambda data: actions.add_activity(data.pop("outcome"), **data, by=request.user),
        _("Activity added to the draft."), lambda activity: activity.get_absolute_url(), page,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def activity_edit(request, year, code):
    activity = the_activity(request, year, code)
    require(request.user, "workplan.edit_activity", activity)
    if not pages.may_draft(request.user, activity.plan):
        return redirect(activity)
    draft = ActivityDraft(request.user, activity.plan, request.POST or None, activity=activity)

    def page(status=200):
        stands = the_activity(request, year, code) if status == 409 else None
        return _draft_page(request, activity.plan, draft, _("Change the activity"), status, activity=activity,
                           stands=stands)  # fmt: skip

    if request.method != "POST":
        return page()
    return act(
        request, draft, lambda data: actions.edit_activity(activity, **data, by=request.user),
        _("Activity saved."), activity.get_absolute_url(), page,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def activity_remove(request, year, code):
    activity = the_activity(request, year, code)
    require(request.user, "workplan.edit_activity", activity)
    plan = activity.plan
    if not pages.may_draft(request.user, plan):
        return redirect(activity)
    if request.method != "POST":
        return render(request, "workplan/activity_remove.html", {"activity": activity, "plan": plan})
    return act_at_once(
        request, plan, lambda _plan, by: actions.remove_activity(activity, by=by), _("Activity removed from the draft.")
    )


def _side_form(request, activity, form, title, do, done):
    """A short form of its own page, beside the activity."""

    def page(status=200):
        context = {
            "form": form,
            "title": title,
            "back": activity.get_absolute_url(),
            "verb": _("Save"),
            "stands": None,
            "remove_url": None,
        }
        return render(request, "workplan/form.html", context, status=status)

    if request.method != "POST":
        return page()
    return act(request, form, do, done, activity.get_absolute_url(), page)


@require_http_methods(["GET", "POST"])
def funding_add(request, year, code):
    activity = the_activity(request, year, code)
    require(request.user, "workplan.add_funding", activity)
    return _side_form(
        request, activity, forms.FundingForm(request.POST or None, activity=activity),
        _("Funds that came in for %s") % activity,
        lambda data: actions.add_funding(activity, **data, by=request.user), _("Funds added."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def rights_check(request, year, code):
    activity = the_activity(request, year, code)
    require(request.user, "workplan.record_rights_check", activity)
    return _side_form(
        request, activity, forms.RightsCheckForm(request.POST or None),
        _("Human rights check of %s") % activity,
        lambda data: actions.record_rights_check(activity, **data, by=request.user), _("Check recorded."),
    )  # fmt: skip


@require_safe
def own_activities(request, year):
    plan = get_object_or_404(queries.plans(request.user), year=year)
    if standing_of(request.user).entity is None:
        return redirect(plan)
    today = clock.today()
    due = queries.due_quarter(plan, today) or queries.begun_quarters(plan, today)[-1]
    return render(request, "workplan/own_activities.html", pages.own_page(request.user, plan, _quarter(request, due)))
