from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from core.access import require
from core.steps import carry_out
from meetings import actions, cadence_pages
from meetings.cadence_forms import RhythmForm, YearPlanForm


@require_http_methods(["GET", "POST"])
def year_plan(request):
    """The rhythm comes by the address, so that its days are looked at before anything is written."""
    require(request.user, "meetings.create_meeting")
    asked = RhythmForm(request.GET if "year" in request.GET else cadence_pages.usual_rhythm())
    begins, hints = cadence_pages.proposed(asked) if asked.is_valid() else ({}, {})
    form = YearPlanForm(request.POST if request.method == "POST" else None, initial=begins, hints=hints)
    if carry_out(request, form, lambda data: actions.plan_year(**data, by=request.user)[0]):
        n = len(form.cleaned_data["days"])
        words = ngettext(
            "%(n)s meeting is in preparation: it waits for its agenda and its convocation.",
            "%(n)s meetings are in preparation: each waits for its agenda and its convocation.",
            n,
        )
        messages.success(request, words % {"n": n})
        return redirect("meetings:meeting_list")
    context = {"asked": asked, "form": form if hints or form.is_bound else None}
    return render(request, "meetings/year_plan.html", context, status=form.http_status)
