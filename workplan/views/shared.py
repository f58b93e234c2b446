"""What the views share: fetching what this person may see, and the page of a plan with a form in its place."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from workplan import pages, queries
from workplan.models import Activity


def the_plan(request, year):
    plan = queries.plan_of(request.user, year)
    if plan is None:
        raise Http404
    return plan


def the_activity(request, year, code):
    """With everything its page shows."""
    found = queries.full_activities(Activity.objects.visible_to(request.user))
    return get_object_or_404(found, plan__year=year, code=code)


def plan_detail_page(request, plan, **bound):
    """The plan's page; a refused form comes back in its place with what was typed."""
    context = pages.plan_page(request.user, plan, request.GET, bound)
    context["form"] = form = next(iter(bound.values()), None)
    return render(request, "workplan/plan_detail.html", context, status=form.http_status if form else 200)
