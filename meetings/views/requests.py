from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access import require
from core.steps import carry_out, press
from meetings import actions, forms, queries
from meetings.models import Meeting
from members.standing import standing_of


@require_http_methods(["GET", "POST"])
def request_create(request):
    require(request.user, "meetings.request_meeting")
    entity = standing_of(request.user).entity
    form = forms.MeetingRequestForm(request.POST or None, entity=entity)
    if carry_out(request, form, lambda data: actions.request_meeting(requested_by=entity, **data, by=request.user)):
        messages.success(request, _("Your request is with the co-chairs."))
        return redirect("meetings:meeting_list")
    return render(request, "meetings/request_form.html", {"form": form, "entity": entity}, status=form.http_status)


@require_http_methods(["GET", "POST"])
def request_answer(request, pk):
    require(request.user, "meetings.answer_meeting_request")
    asked = get_object_or_404(queries.requests(), pk=pk)
    meetings = Meeting.objects.visible_to(request.user).to_come().order_by("starts_at", "pk")
    form = forms.RequestAnswerForm(request.POST or None, meetings=meetings)
    if carry_out(request, form, lambda data: actions.answer_meeting_request(asked, **data, by=request.user)):
        messages.success(request, _("Request answered."))
        return redirect("meetings:meeting_list")
    return render(request, "meetings/request_answer.html", {"form": form, "asked": asked}, status=form.http_status)


@require_POST
def request_withdraw(request, pk):
    require(request.user, "meetings.request_meeting")
    asked = get_object_or_404(queries.requests(), pk=pk)
    require(request.user, "meetings.withdraw_meeting_request", asked)
    done = _("Request withdrawn.")
    return press(
        request, lambda: actions.withdraw_meeting_request(asked, by=request.user), done, "meetings:meeting_list"
    )
