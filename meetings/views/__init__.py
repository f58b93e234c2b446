"""Pages of meetings. Each state-changing address takes POST only, or asks first and acts on POST."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from core.steps import carry_out
from meetings import forms, queries


def find_meeting(request, pk):
    found = queries.one_meeting(request.user, pk)
    if found is None:
        raise Http404
    return found


def find_item(request, pk, item_pk):
    """The meeting this person may see, and one of its own items."""
    meeting = find_meeting(request, pk)
    item = queries.one_item(meeting, item_pk, request.user)
    if item is None:
        raise Http404
    return meeting, item


def send_checked(request, meeting, action, done, template, show):
    """« Vérifier avant envoi »: GET shows what will go out, POST sends what was shown.

    Args:
        show: what the page shows, with the word for it in ``seen`` (:mod:`meetings.checks`).
    """
    form = forms.CheckedForm(request.POST or None)
    if carry_out(request, form, lambda data: action(meeting, **data, by=request.user)):
        messages.success(request, done)
        return redirect(meeting)
    return render(request, template, {"form": form, **show(request.user, meeting)}, status=form.http_status)
