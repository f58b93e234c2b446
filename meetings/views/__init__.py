"""Pages of meetings. Each state-changing address takes POST only, or asks first and acts on POST."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.forms import CheckedForm
from core.steps import carry_out
from meetings import queries
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
    words = {
        "title": _("Item removed meanwhile"),
        "hint": _("Copy it to another item, or add the item to the agenda again."),
        "on_agenda": True,
    }
    return render(request, "meetings/gone.html", {"meeting": meeting, "form": form, **words}, status=409)


def find_meeting_of_removed(request, point_pk):
    """The meeting from which an action point was removed, for the text that somebody was writing on it."""
    meeting_pk = queries.meeting_of_removed_point(point_pk) if request.method == "POST" else None
    if meeting_pk is None:
        raise Http404
    return find_meeting(request, meeting_pk)


def give_back_of_point(request, meeting, form):
    """The same for an action point."""
    form.add_error(None, _("This action point was removed meanwhile. Nothing was saved: your text is below."))
    words = {
        "title": _("Action point removed meanwhile"),
        "hint": _("Copy it to another action point, or add it again under its item of the minutes."),
    }
    return render(request, "meetings/gone.html", {"meeting": meeting, "form": form, **words}, status=409)


def send_checked(request, meeting, action, done, template, show):
    """« Vérifier avant envoi »: GET shows what will go out, POST sends what was shown.

    Args:
        show: what the page shows, with the word for it in ``seen`` (:mod:`core.checks`).
    """
    form = CheckedForm(request.POST or None)
    if carry_out(request, form, lambda data: action(meeting, **data, by=request.user)):
        messages.success(request, done)
        return redirect(meeting)
    return render(request, template, {"form": form, **show(request.user, meeting)}, status=form.http_status)
