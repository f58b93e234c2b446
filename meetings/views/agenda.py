from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import require
from core.steps import carry_out, press, turn_back
from meetings import actions, forms, pages, queries, sending, steps
from meetings.actions.agenda import check_agenda_open, check_removable
from meetings.enums import AGENDA_OPEN
from meetings.views import find_item, find_item_written_on, find_meeting, give_back, send_checked


def _agenda(request, meeting, form=None):
    items = queries.agenda(meeting, request.user)
    may_edit = meeting.state in AGENDA_OPEN and request.user.has_perm("meetings.edit_agenda", meeting)
    context = {
        "meeting": meeting,
        "items": items,
        "budget": pages.budget(meeting, items),
        "may_edit": may_edit,
        "labels": steps.PREPARATION,
        "form": form or (forms.AgendaItemAddForm() if may_edit else None),
        "steps": [
            step for step in steps.steps(request.user, meeting) if "convoquer" in step.url or "publier" in step.url
        ],
    }
    return render(request, "meetings/agenda.html", context, status=form.http_status if form else 200)


@require_safe
def agenda(request, pk):
    meeting = find_meeting(request, pk)
    require(request.user, "meetings.view_meeting", meeting)
    return _agenda(request, meeting)


@require_POST
def item_add(request, pk):
    meeting = find_meeting(request, pk)
    require(request.user, "meetings.edit_agenda", meeting)
    form = forms.AgendaItemAddForm(request.POST)
    if carry_out(request, form, lambda data: actions.add_agenda_item(meeting, **data, by=request.user)):
        messages.success(request, _("Item added."))
        return redirect("meetings:agenda", meeting.pk)
    return _agenda(request, meeting, form)


@require_http_methods(["GET", "POST"])
def item_edit(request, pk, item_pk):
    meeting, item = find_item_written_on(request, pk, item_pk)
    require(request.user, "meetings.edit_agenda", meeting)
    if item is None:
        return give_back(request, meeting, forms.AgendaItemEditForm(request.POST))
    back = reverse("meetings:agenda", args=[meeting.pk])
    if away := turn_back(request, lambda: check_agenda_open(meeting), back):
        return away
    names = ("title", "kind", "lead_entity", "duration_min", "version")
    form = forms.AgendaItemEditForm(request.POST or None, initial={name: getattr(item, name) for name in names})
    if carry_out(request, form, lambda data: actions.edit_agenda_item(item, **data, by=request.user)):
        messages.success(request, _("Changes saved."))
        return redirect("meetings:agenda", meeting.pk)
    context = {"meeting": meeting, "item": item, "form": form}
    return render(request, "meetings/item_form.html", context, status=form.http_status)


@require_POST
def item_move(request, pk, item_pk):
    meeting, item = find_item(request, pk, item_pk)
    require(request.user, "meetings.edit_agenda", meeting)
    form = forms.OrderForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the item a whole number, from 1 to the number of items."))
        return redirect("meetings:agenda", meeting.pk)
    back = f"{reverse('meetings:agenda', args=[meeting.pk])}#item-{item.pk}"
    order = form.cleaned_data["order"]
    done = _("“%s” moved.") % item.title
    return press(request, lambda: actions.move_agenda_item(item, order=order, by=request.user), done, back)


@require_http_methods(["GET", "POST"])
def item_remove(request, pk, item_pk):
    meeting, item = find_item(request, pk, item_pk)
    require(request.user, "meetings.edit_agenda", meeting)
    back = reverse("meetings:agenda", args=[meeting.pk])
    if away := turn_back(request, lambda: check_removable(meeting, item), back):
        return away
    if request.method == "POST":
        return press(request, lambda: actions.remove_agenda_item(item, by=request.user), _("Item removed."), back)
    context = {
        "meeting": meeting,
        "item": item,
        "reopened": item.requests.select_related("requested_by").order_by("pk"),
    }
    return render(request, "meetings/item_remove.html", context)


@require_http_methods(["GET", "POST"])
def agenda_publish(request, pk):
    meeting = find_meeting(request, pk)
    require(request.user, "meetings.publish_agenda", meeting)
    done = _("Agenda published and sent to those who were convened.")
    return send_checked(
        request, meeting, actions.publish_agenda, done, "meetings/publish_check.html", sending.publication_check
    )
