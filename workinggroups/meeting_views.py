"""Meetings of a group: convened by who chairs it, written down by who sits in it."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import require
from core.steps import turn_back
from core.templatetags.typography import deadline, french_day
from frameworks import workdays
from workinggroups import actions, forms
from workinggroups.enums import GroupState
from workinggroups.views import find_group, group_step

CONVENE, MINUTE = "workinggroups.convene_group", "workinggroups.minute_meeting"
form_page = require_http_methods(["GET", "POST"])


@form_page
def meeting_convene(request, group_number):
    group = find_group(request, group_number)
    require(request.user, CONVENE, group)
    if back := turn_back(request, lambda: actions.check_convenable(group), group):
        return back
    form = forms.MeetingConveneForm(request.POST or None)
    return group_step(
        request, group, form, partial(_carefully, request, partial(actions.convene_group, group)),
        _("Meeting convened; those who sit in the group and its guests are told by e-mail."),
        _("Convene a meeting of the group"), _("Convene the meeting"),
        intro=_("The group is dormant: convening a meeting wakes it.") if group.state == GroupState.DORMANT else "",
    )  # fmt: skip


def _carefully(request, act, *, starts_at, **words):
    """A group meets when it likes; on a day on which nobody works its chair may not have noticed."""
    meeting, day = act(starts_at=starts_at, **words), timezone.localdate(starts_at)
    if workdays.why_not(day):
        messages.warning(request, _("Nobody works on %s: is the meeting meant for that day?") % french_day(day))
    return meeting


def _meeting(request, group_number, group_meeting_pk, right):
    group = find_group(request, group_number)
    require(request.user, right, group)
    return group, get_object_or_404(group.meetings.select_related("group"), pk=group_meeting_pk)


def _of(meeting):
    """Which meeting a form is about."""
    return f"{capfirst(deadline(meeting.starts_at))} · {meeting.location}"


@form_page
def meeting_change(request, group_number, group_meeting_pk):
    group, meeting = _meeting(request, group_number, group_meeting_pk, CONVENE)
    if back := turn_back(request, lambda: actions.check_changeable(meeting), group):
        return back
    starts_at = timezone.localtime(meeting.starts_at)
    initial = {name: getattr(meeting, name) for name in ("duration_min", "place", "online_link", "agenda", "version")}
    form = forms.MeetingChangeForm(
        request.POST or None, initial=initial | {"day": starts_at.date(), "hour": starts_at.time()}
    )
    return group_step(
        request, group, form, partial(_carefully, request, partial(actions.change_group_meeting, meeting)),
        _("Meeting changed; whoever was convened is told by e-mail."), _("Change the meeting of the group"),
        _("Save and notify"), intro=_of(meeting),
    )  # fmt: skip


@form_page
def meeting_call_off(request, group_number, group_meeting_pk):
    group, meeting = _meeting(request, group_number, group_meeting_pk, CONVENE)
    if back := turn_back(request, lambda: actions.check_may_be_called_off(meeting), group):
        return back
    form = forms.ReasonForm(request.POST or None)
    return group_step(
        request, group, form, partial(actions.call_off_group_meeting, meeting),
        _("Meeting called off; whoever was convened is told by e-mail."), _("Call the meeting off"),
        _("Call the meeting off"), intro=_of(meeting), back_label=_("Keep the meeting"),
    )  # fmt: skip


@form_page
def meeting_minute(request, group_number, group_meeting_pk):
    group, meeting = _meeting(request, group_number, group_meeting_pk, MINUTE)
    if back := turn_back(request, lambda: actions.check_minutable(meeting), group):
        return back
    initial = {"record": meeting.record, "paper": meeting.paper, "version": meeting.version}
    form = forms.MinutesForm(request.POST or None, initial=initial, group=group)
    return group_step(
        request, group, form, partial(actions.minute_group_meeting, meeting), _("What was said is on record."),
        _("Minutes of the meeting"), _("Save"), intro=_of(meeting),
    )  # fmt: skip
