from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import require
from core.steps import carry_out
from meetings import actions, forms, pages, queries
from meetings.enums import MINUTES_OPEN, MeetingState
from meetings.sheets import SheetForm
from meetings.views import find_meeting
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
    if carry_out(request, form, lambda data: actions.reply_to_convocation(meeting, **data, by=request.user)):
        messages.success(request, _("Thank you: your answer is noted (%s).") % entity)
        return redirect(meeting)
    context = {
        "meeting": meeting,
        "form": form,
        "entity": entity,
        "answers": pages.answers_of(meeting, entity),
        "is_open": meeting.state == MeetingState.CONVENED,
    }
    return render(request, "meetings/reply.html", context, status=form.http_status)


@require_http_methods(["GET", "POST"])
def attendance(request, pk):
    """The sheet for those who keep it, the names for everybody else."""
    meeting = find_meeting(request, pk)
    require(request.user, "meetings.view_meeting", meeting)
    form, reads_notes = None, request.user.has_perm("meetings.read_reply_notes", meeting)
    if request.method == "POST":
        require(request.user, "meetings.record_attendance", meeting)
        form = SheetForm(request.POST, meeting=meeting, reads_notes=reads_notes)
        record = partial(actions.record_attendance, meeting, by=request.user)
        if carry_out(request, form, lambda data: record(sheet=form.sheet(), version=data["version"])):
            messages.success(request, _("Attendance recorded."))
            return redirect("meetings:attendance", meeting.pk)
    elif meeting.state in MINUTES_OPEN and request.user.has_perm("meetings.record_attendance", meeting):
        form = SheetForm(meeting=meeting, reads_notes=reads_notes)
    context = {
        "meeting": meeting,
        "form": form,
        **pages.attendance(list(queries.attendance(meeting)), queries.invited(meeting)),
    }
    return render(request, "meetings/attendance.html", context, status=form.http_status if form else 200)
