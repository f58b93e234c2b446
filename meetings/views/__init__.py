"""Pages of meetings. Each state-changing address takes POST only, or asks first and acts on POST."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.steps import carry_out
from meetings import forms, queries
from meetings.models import AgendaItem


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


def find_item_written_on(request, pk, item_pk):
    """The same for a page on which one writes: once the item was removed, ``None`` stands for it in a POST, whose text
    goes back with :func:`give_back`.
    """
    try:
        return find_item(request, pk, item_pk)
    except Http404:
        if request.method != "POST" or AgendaItem.objects.filter(pk=item_pk).exists():
            raise
    return find_meeting(request, pk), None


def give_back(request, meeting, form):
    """What was typed for an item that was removed meanwhile, to be copied to where it belongs now."""
    form.add_error(None, _("This item was removed from the agenda meanwhile. Nothing was saved: your text is below."))
    return render(request, "meetings/item_gone.html", {"meeting": meeting, "form": form}, status=409)


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
