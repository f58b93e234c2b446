from io import BytesIO

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import require
from core.files import download
from core.richtext import to_html
from core.steps import carry_out, press, turn_back
from core.word import DOCX
from decisions.proposing import proposal_page
from meetings import actions, approvals, exports, forms, pages, queries, sending
from meetings.actions.minutes import check_circulating
from meetings.enums import MINUTES_OPEN
from meetings.views import find_item, find_item_written_on, find_meeting, give_back, send_checked


@require_safe
def minutes(request, pk):
    meeting = find_meeting(request, pk)
    require(request.user, "meetings.view_meeting", meeting)
    return render(request, "meetings/minutes.html", pages.minutes_page(request.user, meeting))


# Buttons of the writing page: each saves the minutes first, so that no text waits unsaved behind another form.
_THEN = {"decision": "meetings:decision_attach", "action": "meetings:action_add"}


@require_http_methods(["GET", "POST"])
def item_minutes(request, pk, item_pk):
    """The writing page of one item: one form, so that whatever is pressed sends the text."""
    meeting, item = find_item_written_on(request, pk, item_pk)
    require(request.user, "meetings.edit_minutes", meeting)
    if item is None:
        return give_back(request, meeting, forms.MinutesForm(request.POST))
    form = forms.MinutesForm(request.POST or None, initial={"minutes": item.minutes, "version": item.version})
    if carry_out(request, form, lambda data: actions.edit_minutes(item, **data, by=request.user)):
        then = _THEN.get(request.POST.get("then"))
        messages.success(request, _("Minutes saved.") if then else _("Minutes saved. You can go on writing."))
        return redirect(then or "meetings:item_minutes", meeting.pk, item.pk)
    context = {
        "meeting": meeting,
        "item": item,
        "is_open": meeting.state in MINUTES_OPEN,
        "remarks": queries.remarks(meeting).filter(item=item),
        "form": form,
    }
    return render(request, "meetings/item_minutes.html", context, status=form.http_status)


@require_http_methods(["GET", "POST"])
def decision_attach(request, pk, item_pk):
    meeting, item = find_item(request, pk, item_pk)
    require(request.user, "meetings.attach_decision", meeting)
    decisions = queries.attachable_decisions(item, request.user)
    form = forms.AttachDecisionForm(request.POST or None, decisions=decisions)
    if carry_out(request, form, lambda data: actions.attach_decision(item, **data, by=request.user)):
        messages.success(request, _("Decision attached."))
        return redirect("meetings:item_minutes", meeting.pk, item.pk)
    context = {"meeting": meeting, "item": item, "form": form, "is_open": meeting.state in MINUTES_OPEN}
    return render(request, "meetings/item_decisions.html", context, status=form.http_status)


@require_POST
def decision_detach(request, pk, item_pk, decision_pk):
    meeting, item = find_item(request, pk, item_pk)
    require(request.user, "meetings.attach_decision", meeting)
    decision = get_object_or_404(item.decisions, pk=decision_pk)
    back = f"{meeting.get_absolute_url()}compte-rendu/{item.pk}/rattacher/"
    done = _("Decision detached from this item; the decision itself is unchanged.")
    return press(request, lambda: actions.detach_decision(item, decision=decision, by=request.user), done, back)


@require_http_methods(["GET", "POST"])
def action_add(request, pk, item_pk):
    meeting, item = find_item_written_on(request, pk, item_pk)
    require(request.user, "meetings.add_action_point", meeting)
    if item is None:
        return give_back(request, meeting, forms.ActionPointAddForm(request.POST))
    form = forms.ActionPointAddForm(request.POST or None, initial={"responsible": item.lead_entity_id})
    if carry_out(request, form, lambda data: actions.add_action_point(item, **data, by=request.user)):
        messages.success(request, _("Action point added."))
        return redirect("meetings:item_minutes", meeting.pk, item.pk)
    context = {
        "meeting": meeting,
        "item": item,
        "form": form,
        "is_open": meeting.state in MINUTES_OPEN,
        "points": pages.point_rows(request.user, [item]),
    }
    return render(request, "meetings/item_actions.html", context, status=form.http_status)


def _unless_circulating(request, meeting):
    back = f"{meeting.get_absolute_url()}compte-rendu/"
    return turn_back(request, lambda: check_circulating(meeting), back)


@require_http_methods(["GET", "POST"])
def remark_add(request, pk, item_pk):
    meeting, item = find_item(request, pk, item_pk)
    require(request.user, "meetings.add_remark", meeting)
    if away := _unless_circulating(request, meeting):
        return away
    form = forms.RemarkForm(request.POST or None)
    if carry_out(request, form, lambda data: actions.add_remark(item, **data, by=request.user)):
        messages.success(request, _("Your correction is on record; the secretariat reads it."))
        return redirect("meetings:minutes", meeting.pk)
    context = {"meeting": meeting, "item": item, "html": to_html(item.minutes), "form": form}
    return render(request, "meetings/remark_form.html", context, status=form.http_status)


@require_http_methods(["GET", "POST"])
def remark_answer(request, pk, remark_pk):
    meeting = find_meeting(request, pk)
    require(request.user, "meetings.answer_remark", meeting)
    if away := _unless_circulating(request, meeting):
        return away
    remark = get_object_or_404(queries.remarks(meeting).filter(item__isnull=False), pk=remark_pk)
    initial = {name: getattr(remark, name) for name in ("answer", "reason", "version")}
    form = forms.RemarkAnswerForm(request.POST or None, initial=initial)
    if carry_out(request, form, lambda data: actions.answer_remark(remark, **data, by=request.user)):
        messages.success(request, _("The answer stands beside the correction."))
        return redirect("meetings:minutes", meeting.pk)
    context = {"meeting": meeting, "remark": remark, "item": remark.item, "form": form}
    return render(request, "meetings/remark_answer.html", context, status=form.http_status)


@require_POST
def minutes_accept(request, pk):
    meeting = find_meeting(request, pk)
    require(request.user, "meetings.add_remark", meeting)
    back = f"{meeting.get_absolute_url()}compte-rendu/"
    done = _("Noted: your entity has nothing to correct.")
    return press(request, lambda: actions.accept_minutes(meeting, by=request.user), done, back)


@require_http_methods(["GET", "POST"])
def minutes_circulate(request, pk):
    meeting = find_meeting(request, pk)
    require(request.user, "meetings.circulate_minutes", meeting)
    done = _("Minutes circulated: each person is told by e-mail and may ask for corrections.")
    return send_checked(
        request, meeting, actions.circulate_minutes, done, "meetings/circulate_check.html", sending.circulation_check
    )


@require_http_methods(["GET", "POST"])
def approval_propose(request, pk):
    meeting = find_meeting(request, pk)
    require(request.user, "meetings.propose_approval", meeting)
    return proposal_page(
        request, meeting, actions.propose_approval, check=actions.check_approval_proposable, words=approvals.words,
        title=_("Ask the Network to approve the minutes"),
        intro=_("By a decision between two meetings: the minutes no longer change once positions are called for, and "
                "are approved when the consensus is noted."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def minutes_approve(request, pk):
    meeting = find_meeting(request, pk)
    require(request.user, "meetings.approve_minutes", meeting)
    if away := turn_back(request, lambda: actions.check_approval_proposable(meeting), meeting):
        return away
    sessions, since = queries.later_sessions(meeting), meeting.minutes_circulated_at
    form = forms.ApprovalForm(request.POST or None, sessions=sessions, circulated_at=since)
    if carry_out(request, form, lambda data: actions.approve_minutes(meeting, **data, by=request.user)):
        messages.success(request, _("Minutes approved; they no longer change."))
        return redirect(meeting)
    context = {"meeting": meeting, "form": form, **pages.readings(meeting)}
    return render(request, "meetings/approve_form.html", context, status=form.http_status)


@require_safe
def minutes_docx(request, pk):
    meeting = find_meeting(request, pk)
    require(request.user, "meetings.view_meeting", meeting)
    return download(BytesIO(exports.minutes_docx(meeting, request.user)), exports.minutes_filename(meeting), DOCX)
