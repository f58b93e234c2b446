from io import BytesIO

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock, outbox
from core.access import require
from core.files import download
from core.filters import active_filters
from core.steps import carry_out, press, turn_back
from core.transitions import require_move
from meetings import actions, calendars, exports, forms, guest_pages, pages, queries, sending, steps
from meetings.actions.meeting import check_preparing
from meetings.enums import ANNOUNCED
from meetings.filters import DeliveryFilter, MeetingFilter
from meetings.views import find_meeting, send_checked


@require_safe
def meeting_list(request):
    require(request.user, "meetings.view_meeting")
    found = MeetingFilter(request.GET, queryset=queries.past(request.user))
    context = {
        "upcoming": queries.upcoming(request.user),
        "cancelled": queries.cancelled(request.user),
        "filter": found,
        "active_filters": active_filters(found),
        "page": Paginator(found.qs, 25).get_page(request.GET.get("page")),
        "line": pages.year_figure(clock.today()),
        "requests": pages.request_rows(request.user, queries.requests()[:10]),
        "may_create": request.user.has_perm("meetings.create_meeting"),
        "may_subscribe": request.user.has_perm("meetings.open_feed"),
        "may_request": request.user.has_perm("meetings.request_meeting"),
    }
    return render(request, "meetings/meeting_list.html", context)


@require_safe
def meeting_detail(request, pk):
    meeting = find_meeting(request, pk)
    require(request.user, "meetings.view_meeting", meeting)
    return render(
        request,
        "meetings/meeting_detail.html",
        {**pages.meeting_page(request.user, meeting), **guest_pages.guests_of(request.user, meeting)},
    )


@require_http_methods(["GET", "POST"])
def meeting_create(request):
    require(request.user, "meetings.create_meeting")
    form = forms.MeetingCreateForm(request.POST or None)
    if meeting := carry_out(request, form, lambda data: actions.create_meeting(**data, by=request.user)):
        messages.success(request, _("Draft saved. Only the secretariat and the co-chairs see it until it is convened."))
        return redirect("meetings:agenda", meeting.pk)
    context = {"form": form, "meeting": None, "labels": steps.PREPARATION}
    return render(request, "meetings/meeting_form.html", context, status=form.http_status)


@require_http_methods(["GET", "POST"])
def meeting_edit(request, pk):
    meeting = find_meeting(request, pk)
    require(request.user, "meetings.edit_meeting", meeting)
    if away := turn_back(request, lambda: check_preparing(meeting), meeting):
        return away
    form = forms.MeetingEditForm(request.POST or None, meeting=meeting)
    if carry_out(request, form, lambda data: actions.edit_meeting(meeting, **data, by=request.user)):
        messages.success(request, _("Changes saved."))
        return redirect(meeting)
    return render(request, "meetings/meeting_form.html", {"form": form, "meeting": meeting}, status=form.http_status)


@require_http_methods(["GET", "POST"])
def meeting_convene(request, pk):
    meeting = find_meeting(request, pk)
    require(request.user, "meetings.convene_meeting", meeting)
    done = _("Convened. Each person receives a mail with the date, the place and a calendar invitation.")
    return send_checked(
        request, meeting, actions.convene_meeting, done, "meetings/convene_check.html", sending.convocation_check
    )


def _call_off(request, meeting, verb, action, done, words):
    if away := turn_back(request, lambda: require_move(meeting, verb), meeting):
        return away
    form = forms.ReasonForm(request.POST or None)
    if carry_out(request, form, lambda data: action(meeting, reason=data["reason"], by=request.user)):
        messages.success(request, done)
        return redirect(meeting)
    context = {"form": form, "meeting": meeting, **words}
    return render(request, "meetings/call_off.html", context, status=form.http_status)


@require_http_methods(["GET", "POST"])
def meeting_postpone(request, pk):
    meeting = find_meeting(request, pk)
    require(request.user, "meetings.postpone_meeting", meeting)
    words = {
        "heading": _("Postpone: %s") % meeting.title,
        "explanation": _("The meeting leaves the calendars of those who were convened, and their answers are cleared. "
                         "Give it a new date, then convene it again."),
        "verb": _("Postpone the meeting"),
    }  # fmt: skip
    return _call_off(request, meeting, "postpone", actions.postpone_meeting, _("Meeting postponed."), words)


@require_http_methods(["GET", "POST"])
def meeting_cancel(request, pk):
    meeting = find_meeting(request, pk)
    require(request.user, "meetings.cancel_meeting", meeting)
    words = {
        "heading": _("Cancel: %s") % meeting.title,
        "explanation": _("Those who were convened are told, and the meeting leaves their calendar. "
                         "It stays here with its reason. This cannot be undone."),
        "verb": _("Cancel the meeting"),
    }  # fmt: skip
    return _call_off(request, meeting, "cancel", actions.cancel_meeting, _("Meeting cancelled."), words)


@require_POST
def session_open(request, pk):
    meeting = find_meeting(request, pk)
    require(request.user, "meetings.open_session", meeting)
    return press(request, lambda: actions.open_session(meeting, by=request.user), _("The session is open."), meeting)


@require_POST
def session_close(request, pk):
    meeting = find_meeting(request, pk)
    require(request.user, "meetings.close_session", meeting)
    return press(request, lambda: actions.close_session(meeting, by=request.user), _("The session is closed."), meeting)


@require_POST
def meeting_close(request, pk):
    meeting = find_meeting(request, pk)
    require(request.user, "meetings.close_meeting", meeting)
    return press(request, lambda: actions.close_meeting(meeting, by=request.user), _("The file is closed."), meeting)


@require_safe
def deliveries(request, pk):
    meeting = find_meeting(request, pk)
    require(request.user, "meetings.view_deliveries", meeting)
    mails = outbox.deliveries(meeting)
    found = DeliveryFilter(request.GET, queryset=mails)
    context = {
        "meeting": meeting,
        "filter": found,
        "active_filters": active_filters(found),
        "counts": pages.mail_counts(mails),
        "calendar_replies": pages.calendar_replies(meeting),
        "page": Paginator(found.qs, 25).get_page(request.GET.get("page")),
    }
    return render(request, "meetings/deliveries.html", context)


@require_safe
def delivery(request, pk, mail_pk):
    """One mail as its recipient reads it."""
    meeting = find_meeting(request, pk)
    require(request.user, "meetings.view_deliveries", meeting)
    mail = get_object_or_404(outbox.deliveries(meeting), pk=mail_pk)
    context = {"meeting": meeting, "mail": mail, "text": outbox.text_of(mail)}
    return render(request, "meetings/delivery.html", context)


@require_safe
def invitation_ics(request, pk):
    """The meeting for one's own calendar. PUBLISH: the REQUEST came by mail to each person."""
    meeting = find_meeting(request, pk)
    require(request.user, "meetings.view_meeting", meeting)
    if meeting.state not in ANNOUNCED:
        return redirect(meeting)
    content = calendars.render(meeting, "PUBLISH", items=queries.agenda(meeting, request.user))
    return download(BytesIO(content), f"reunion-{meeting.day:%Y-%m-%d}.ics", exports.ICS)
