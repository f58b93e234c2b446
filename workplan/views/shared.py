"""What the views share: fetching what this person may see, and carrying out one action with its refusals."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from core.errors import DomainError, StaleVersion
from core.once import once
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


def plan_detail_page(request, plan, *, status=200, **bound):
    """The plan's page; a refused form comes back in its place with what was typed."""
    context = pages.plan_page(request.user, plan, request.GET, bound)
    context["form"] = next(iter(bound.values()), None)
    return render(request, "workplan/plan_detail.html", context, status=status)


def act(request, form, do, done, back, again):
    """One valid form → one action → message → redirect; refused → ``again(status)`` shows what was typed.

    Args:
        do: takes the clean data; whatever it creates is made once when the form carries a once-token.
        back: an address, or a function of what the action returned.
    """
    if not form.is_valid():
        return again(422)
    data = dict(form.cleaned_data)
    token = data.pop("once", None)
    try:
        made = once(token, lambda: do(data), by=request.user) if token else do(data)
    except StaleVersion as error:
        form.add_error(None, str(error))
        return again(409)
    except DomainError as error:
        form.add_error(None, str(error))
        return again(422)
    messages.success(request, done)
    return redirect(back(made) if callable(back) else back)


def act_at_once(request, plan, do, done):
    """A button without form: one action → message → the plan's page."""
    try:
        do(plan, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect(plan)
