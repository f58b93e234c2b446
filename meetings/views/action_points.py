from io import BytesIO

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import require
from core.files import download
from core.filters import active_filters
from core.steps import carry_out, press, turn_back
from core.transitions import require_move
from core.workbook import XLSX
from meetings import actions, exports, forms, pages, queries
from meetings.actions.action_points import check_point_open
from meetings.filters import ActionPointFilter
from meetings.models import ActionPoint
from meetings.views import find_meeting_of_removed, give_back_of_point


def _point(request, pk):
    return get_object_or_404(_points(request), pk=pk)


def _points(request):
    return ActionPoint.objects.visible_to(request.user).select_related("responsible", "agenda_item__meeting")


def _removed_meanwhile(request, pk, permission, form):
    """The page that gives back what was typed on a point which is no longer there."""
    meeting = find_meeting_of_removed(request, pk)
    require(request.user, permission, meeting)
    return give_back_of_point(request, meeting, form)


@require_safe
def action_list(request):
    require(request.user, "meetings.view_meeting")
    found = ActionPointFilter(request.GET, queryset=queries.action_points(request.user))
    page = Paginator(found.qs, 25).get_page(request.GET.get("page"))
    rows = [pages.point_row(request.user, point, point.agenda_item.meeting) for point in page]
    return render(
        request,
        "meetings/action_list.html",
        {"filter": found, "active_filters": active_filters(found), "page": page, "rows": rows},
    )


@require_safe
def action_export(request):
    require(request.user, "meetings.view_meeting")
    found = ActionPointFilter(request.GET, queryset=queries.action_points(request.user))
    return download(BytesIO(exports.actions_xlsx(found.qs)), exports.actions_filename(), XLSX)


@require_http_methods(["GET", "POST"])
def action_edit(request, pk):
    point = _points(request).filter(pk=pk).first()
    if point is None:
        form = forms.ActionPointEditForm(request.POST)
        return _removed_meanwhile(request, pk, "meetings.add_action_point", form)
    require(request.user, "meetings.add_action_point", point.agenda_item.meeting)
    if away := turn_back(request, lambda: check_point_open(point.agenda_item.meeting, point), point):
        return away
    initial = {name: getattr(point, name) for name in ("text", "responsible", "person", "due_on", "version")}
    form = forms.ActionPointEditForm(request.POST or None, initial=initial)
    if carry_out(request, form, lambda data: actions.edit_action_point(point, **data, by=request.user)):
        messages.success(request, _("Changes saved."))
        return redirect(point)
    return render(request, "meetings/action_form.html", {"point": point, "form": form}, status=form.http_status)


@require_http_methods(["GET", "POST"])
def action_remove(request, pk):
    """GET asks, POST removes."""
    point = _point(request, pk)
    require(request.user, "meetings.add_action_point", point.agenda_item.meeting)
    if away := turn_back(request, lambda: check_point_open(point.agenda_item.meeting, point), point):
        return away
    if request.method == "POST":
        done = _("Action point removed.")
        back = point.agenda_item.meeting
        return press(request, lambda: actions.remove_action_point(point, by=request.user), done, back)
    return render(request, "meetings/action_remove.html", {"point": point})


@require_POST
def action_start(request, pk):
    point = _point(request, pk)
    require(request.user, "meetings.start_action_point", point)
    done = _("Noted: the work has begun.")
    return press(request, lambda: actions.start_action_point(point, by=request.user), done, "actions:action_list")


@require_http_methods(["GET", "POST"])
def action_close(request, pk):
    point = _points(request).filter(pk=pk).first()
    if point is None:
        return _removed_meanwhile(request, pk, "meetings.view_meeting", forms.DoneForm(request.POST))
    require(request.user, "meetings.close_action_point", point)
    if away := turn_back(request, lambda: require_move(point, "close_action_point"), point):
        return away
    form = forms.DoneForm(request.POST or None)
    if carry_out(request, form, lambda data: actions.close_action_point(point, note=data["note"], by=request.user)):
        messages.success(request, _("Action closed."))
        return redirect("actions:action_list")
    return render(request, "meetings/action_close.html", {"point": point, "form": form}, status=form.http_status)
