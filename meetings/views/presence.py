from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import require
from core.errors import DomainError, StaleVersion
from meetings import actions, forms, pages, queries
from meetings.enums import MINUTES_OPEN, MeetingState
from meetings.sheets import SheetForm, recorded_text
from meetings.views import attempt, find_meeting, take_version
from members.standing import standing_of


@require_http_methods(["GET", "POST"])
def reply(request, pk):
    """« Confirmer votre présence ». The mail leads here; only the button answers."""
    meeting = find_meeting(request, pk)
    require(request.user, "meetings.reply_to_convocation", meeting)
    entity = standing_of(request.user).entity
    known = meeting.replies.filter(entity=entity).first()
    names = ("answer", "mode", "represented_by", "note")
    initial = {name: getattr(known, name) for name in names} if known else {}
    form = forms.ReplyForm(request.POST or None, meeting=meeting, initial=initial)
    if attempt(form, lambda data: actions.reply_to_convocation(meeting, **data, by=request.user)):
        messages.success(request, _("Thank you: the answer of %s is noted.") % entity)
        return redirect(meeting)
    is_open = meeting.state == MeetingState.CONVENED
    context = {"meeting": meeting, "form": form, "entity": entity, "known": known, "is_open": is_open}
    return render(request, "meetings/reply.html", context)


@require_http_methods(["GET", "POST"])
def attendance(request, pk):
    """The sheet for those who keep it, the names for everybody else."""
    meeting = find_meeting(request, pk)
    require(request.user, "meetings.view_meeting", meeting)
    if request.method == "POST":
        require(request.user, "meetings.record_attendance", meeting)
        return _record(request, meeting)
    writes = meeting.state in MINUTES_OPEN and request.user.has_perm("meetings.record_attendance", meeting)
    return _sheet_page(request, meeting, SheetForm(meeting=meeting) if writes else None)


def _record(request, meeting):
    form = SheetForm(request.POST, meeting=meeting)
    status = 200
    if form.is_valid():
        sheet, version = form.sheet(), form.cleaned_data["version"]
        try:
            actions.record_attendance(meeting, sheet=sheet, version=version, by=request.user)
        except StaleVersion as error:
            form.add_error(None, str(error))
            take_version(form, meeting.sheet_version)
            status = 409
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Attendance recorded."))
            return redirect("meetings:attendance", meeting.pk)
    return _sheet_page(request, meeting, form, status)


def _sheet_page(request, meeting, form, status=200):
    rows = list(queries.attendance(meeting))
    context = {
        "meeting": meeting,
        "form": form,
        "attendance": pages.attendance_groups(rows),
        "attendance_counts": pages.attendance_counts(rows),
        "is_stale": status == 409,
        "stands": recorded_text(meeting) if status == 409 else "",
    }
    return render(request, "meetings/attendance.html", context, status=status)
