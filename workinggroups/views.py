"""Pages of working groups: the register, a group, each step of its life, who sits in it."""

from functools import partial
from io import BytesIO

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.access import require
from core.files import download
from core.steps import carry_out, press, show_form, turn_back
from core.transitions import require_move
from core.uploads import kind_of
from core.word import DOCX
from members.standing import standing_of
from workinggroups import actions, forms, letter, pages, queries, terms
from workinggroups.models import GroupMember

VIEW, PROPOSE, EDIT = "workinggroups.view_groups", "workinggroups.propose_group", "workinggroups.edit_group"
MANAGE, RECORD = "workinggroups.manage_groups", "workinggroups.record_unct_endorsement"
FORWARD = "workinggroups.forward_text"
JOIN, SEAT_ANYBODY, LEAVE = "workinggroups.join_group", "workinggroups.seat_anybody", "workinggroups.leave_group"
FIELDS = ("title_fr", "title_en", "need", "terms", "version")
form_page = require_http_methods(["GET", "POST"])


def find_group(request, number):
    require(request.user, VIEW)
    return get_object_or_404(queries.one_group(request.user), number=number)


@require_safe
def group_list(request):
    require(request.user, VIEW)
    groups = list(queries.groups(request.user, clock.today()))
    context = {
        "groups": groups, "table": pages.group_table(groups), "may_propose": request.user.has_perm(PROPOSE),
    }  # fmt: skip
    return render(request, "workinggroups/group_list.html", context)


@require_safe
def group_detail(request, group_number):
    return render(
        request, "workinggroups/group_detail.html", pages.group_page(request.user, find_group(request, group_number))
    )  # fmt: skip


@form_page
def group_propose(request):
    require(request.user, PROPOSE)
    form = forms.GroupProposeForm(request.POST or None, initial={"terms": terms.blank()})
    propose = partial(actions.propose_group, proposed_by=standing_of(request.user).entity, by=request.user)
    if group := carry_out(request, form, lambda data: propose(**data)):
        messages.success(request, _("Group proposed: it is now to be brought before the Network."))
        return redirect(group)
    back = reverse("groups:group_list")
    return show_form(request, form, title=_("Propose a working group"), verb=_("Propose the group"), back=back)


@form_page
def group_edit(request, group_number):
    group = find_group(request, group_number)
    require(request.user, EDIT, group)
    if back := turn_back(request, lambda: actions.check_editable(group), group):
        return back
    initial = {name: getattr(group, name) for name in FIELDS} | {"objectives": group.objectives.all()}
    form = forms.GroupEditForm(request.POST or None, initial=initial)
    return group_step(
        request, group, form, partial(actions.edit_group, group), _("Proposal saved."), _("Change the proposal"),
        _("Save"),
    )  # fmt: skip


@require_POST
def group_withdraw(request, group_number):
    group = find_group(request, group_number)
    require(request.user, EDIT, group)
    return press(
        request, partial(actions.withdraw_group, group, by=request.user), _("Proposal withdrawn."), group
    )  # fmt: skip


@form_page
def text_forward(request, group_number):
    group = find_group(request, group_number)
    require(request.user, FORWARD, group)
    if back := turn_back(request, lambda: actions.check_forwardable(group), group):
        return back
    form = forms.ForwardForm(request.POST or None)
    entity = standing_of(request.user).entity
    forward = partial(actions.forward_text, group, entity=entity, by=request.user)
    if decision := carry_out(request, form, lambda data: forward(**data)):
        messages.success(request, _("Text handed on as a draft; the co-chairs and the secretariat are told by e-mail."))
        return redirect(decision)
    return show_form(
        request, form, title=_("Hand a text of the group to the Network"), verb=_("Hand it on"),
        back=group.get_absolute_url(), kicker=str(group),
    )  # fmt: skip


@form_page
def unct_submit(request, group_number):
    return _managed(
        request, group_number, MANAGE, forms.SubmitForm, actions.submit_to_unct, _("Submission recorded."),
        _("Submit to the UNCT"), _("Record the submission"),
    )  # fmt: skip


@form_page
def unct_return(request, group_number):
    return _managed(
        request, group_number, RECORD, forms.ReasonForm, actions.return_from_unct,
        _("Recorded: the group is to be submitted again."),
        _("The UNCT asks for something else"), _("Record what it asks"),
    )  # fmt: skip


@form_page
def unct_endorse(request, group_number):
    return _managed(
        request, group_number, RECORD, forms.UnctEndorsementForm, actions.record_unct_endorsement,
        _("Validation recorded."), _("Validation by the UNCT"), _("Record the validation"),
    )  # fmt: skip


@require_safe
def unct_letter_docx(request, group_number):
    group = find_group(request, group_number)
    if not letter.may_be_written(group):
        raise Http404
    return download(BytesIO(letter.letter(group)), letter.filename(group), DOCX)


@form_page
def unct_record_correct(request, group_number):
    group = find_group(request, group_number)
    require(request.user, RECORD)
    if back := turn_back(request, lambda: actions.check_recorded(group), group):
        return back
    initial = {"unct_reference": group.unct_reference}
    form = forms.RecordForm(request.POST or None, request.FILES or None, initial=initial)
    return group_step(
        request, group, form, partial(actions.correct_unct_record, group), _("Record of the UNCT corrected."),
        _("Correct or complete the record of the UNCT"), _("Save the record"),
    )  # fmt: skip


@require_safe
def unct_record_file(request, group_number):
    group = find_group(request, group_number)
    kind = kind_of(group.unct_record.name)
    if kind is None:
        raise Http404
    return download(group.unct_record.open("rb"), group.unct_record_name, kind.content_type)


@form_page
def group_start(request, group_number):
    return _managed(
        request, group_number, MANAGE, forms.StartForm, actions.start_group, _("The group is at work."),
        _("The group begins its work"), _("Record the beginning"),
    )  # fmt: skip


@form_page
def group_sleep(request, group_number):
    return _managed(
        request, group_number, MANAGE, forms.ReasonForm, actions.put_to_sleep, _("The group is dormant."),
        _("Put the group to sleep"), _("Put to sleep"), check=actions.check_no_meeting_ahead,
    )  # fmt: skip


@require_POST
def group_wake(request, group_number):
    group = find_group(request, group_number)
    require(request.user, MANAGE)
    return press(request, partial(actions.wake_group, group, by=request.user), _("The group is at work again."), group)


@form_page
def group_close(request, group_number):
    return _managed(
        request, group_number, MANAGE, forms.ClosingForm, actions.close_group, _("The group is closed."),
        _("Close the group"), _("Close the group"), check=actions.check_closing,
        intro_of=pages.open_deliverables,
    )  # fmt: skip


@form_page
def group_join(request, group_number):
    group = find_group(request, group_number)
    require(request.user, JOIN)
    own = None if request.user.has_perm(SEAT_ANYBODY) else standing_of(request.user).entity
    if back := turn_back(request, lambda: actions.check_joinable(group, own), group):
        return back
    form = forms.SeatForm(request.POST or None, request.FILES or None, entity=own)

    def join(*, who=None, **days):
        return actions.join_group(group, **(who or {"entity": own}), **days)

    return group_step(
        request, group, form, join, _("Member entered."), _("Join the group") if own else _("Enter a member"),
        _("Join the group") if own else _("Enter the member"),
    )  # fmt: skip


@form_page
def group_leave(request, group_number, seat_pk):
    group = find_group(request, group_number)
    seat = get_object_or_404(GroupMember.objects.select_related("group", "entity", "partner"), pk=seat_pk, group=group)
    require(request.user, LEAVE, seat)
    form = forms.LeaveForm(request.POST or None)
    title = _("Last day of %s in the group") % seat.who
    return group_step(
        request, group, form, partial(actions.leave_group, seat), _("Last day saved."), title, _("Set the last day")
    )


def _managed(request, group_number, permission, form_class, act, done, title, verb, *, check=None, intro_of=None):
    group = find_group(request, group_number)
    require(request.user, permission)

    def check_possible():
        require_move(group, act.__name__)
        if check:
            check(group)

    if back := turn_back(request, check_possible, group):
        return back
    form = form_class(request.POST or None, request.FILES or None)
    more = {"intro": intro_of(group)} if intro_of else {}
    return group_step(request, group, form, partial(act, group), done, title, verb, **more)


def group_step(request, group, form, act, done, title, verb, **more):
    """One form about a group, then its page, which begins with what was done."""
    back = group.get_absolute_url()
    if carry_out(request, form, lambda data: act(**data, by=request.user)):
        messages.success(request, done)
        return redirect(back)
    return show_form(request, form, title=title, verb=verb, back=back, kicker=str(group), **more)
