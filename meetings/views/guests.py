from io import BytesIO

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import require
from core.files import download
from core.steps import carry_out, press, turn_back
from meetings import actions, calendars, exports, forms, guest_pages
from meetings import guests as guest_list
from meetings.actions.meeting import check_preparing
from meetings.enums import ANNOUNCED
from meetings.views import find_meeting
from members.middleware import speak_to


@require_http_methods(["GET", "POST"])
def guests_invite(request, pk):
    meeting = find_meeting(request, pk)
    require(request.user, "meetings.invite_guests", meeting)
    if away := turn_back(request, lambda: check_preparing(meeting), meeting):
        return away
    form = forms.GuestsForm(request.POST or None, meeting=meeting)
    given = carry_out(request, form, lambda data: actions.invite_guests(meeting, **data, by=request.user))
    if given is not None:
        done = ngettext("%(n)s guest invited to this meeting.", "%(n)s guests invited to this meeting.", len(given))
        messages.success(request, done % {"n": len(given)})
        return redirect(meeting.get_absolute_url() + "#invites")
    context = {"meeting": meeting, "form": form}
    return render(request, "meetings/guests_form.html", context, status=form.http_status)


@require_POST
def pass_revoke(request, pk, pass_pk):
    meeting = find_meeting(request, pk)
    require(request.user, "meetings.revoke_pass", meeting)
    guest_pass = guest_list.one_pass(meeting, pass_pk)
    if guest_pass is None:
        raise Http404
    done = _("The invitation of %s is withdrawn; the link opens nothing any more.") % guest_pass.contact.person
    return press(request, lambda: actions.revoke_pass(guest_pass, by=request.user), done, meeting)


def _closed(request, guest_pass):
    return render(request, "meetings/guest_closed.html", {"guest_pass": guest_pass}, status=410)


@login_not_required
@never_cache
@require_safe
def guest_meeting(request, token):
    """One meeting and its papers, for whoever holds the link; it writes nothing."""
    guest_pass = guest_list.pass_of(token)
    if guest_pass:
        speak_to(guest_pass.contact.person, request)
    if guest_pass is None or not guest_pass.is_open:
        return _closed(request, guest_pass)
    return render(request, "meetings/guest_meeting.html", guest_pages.guest_page(guest_pass))


@login_not_required
@never_cache
@require_safe
def guest_ics(request, token):
    guest_pass = guest_list.pass_of(token)
    if guest_pass is None or not guest_pass.is_open:
        return _closed(request, guest_pass)
    meeting = guest_pass.meeting
    if meeting.state not in ANNOUNCED:
        return redirect(guest_pass)
    page = guest_pass.get_absolute_url()
    content = calendars.render(meeting, "PUBLISH", items=guest_list.agenda(meeting), page=page)
    return download(BytesIO(content), f"reunion-{meeting.day:%Y-%m-%d}.ics", exports.ICS)
