"""Pages of decisions. Each state-changing address takes POST only and carries out one action."""

import re
from functools import partial
from io import BytesIO

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import require
from core.files import download
from core.filters import active_filters
from core.steps import carry_out, press, turn_back
from core.uploads import kind_of
from core.workbook import XLSX
from decisions import actions, amendments, comment_pages, exports, forms, pages, queries
from decisions.enums import GIVEN_UP
from decisions.filters import DecisionFilter
from members.standing import standing_of


def decision_or_404(request, pk):
    """The decision of that number, if this person may see it."""
    found = queries.one_decision(request.user, pk)
    if found is None:
        raise Http404
    return found


@require_safe
def decision_list(request):
    require(request.user, "decisions.view_register")
    found = DecisionFilter(request.GET, queryset=queries.register(request.user))
    page = Paginator(found.qs, 25).get_page(request.GET.get("page"))
    may_propose = request.user.has_perm("decisions.propose_decision")
    context = {
        "filter": found, "page": page, "active_filters": active_filters(found), "may_propose": may_propose,
        "objected": queries.objected(),
    }  # fmt: skip
    return render(request, "decisions/decision_list.html", context)


@require_safe
def decision_export(request):
    require(request.user, "decisions.view_register")
    found = DecisionFilter(request.GET, queryset=queries.register(request.user))
    return download(BytesIO(exports.register_xlsx(found.qs)), exports.register_filename(), XLSX)


@require_http_methods(["GET", "POST"])
def decision_propose(request):
    require(request.user, "decisions.propose_decision")
    former = _given_up(request)
    form = forms.ProposalForm(request.POST or None, initial=_words_of(former))
    entity = standing_of(request.user).entity
    propose = partial(actions.propose_decision, proposed_by=entity, takes_up=former, by=request.user)
    if decision := carry_out(request, form, lambda data: propose(**data)):
        messages.success(request, _("Draft saved. It is seen by your entity, the secretariat and the co-chairs."))
        return redirect(decision)
    return render(request, "decisions/decision_form.html", {"form": form}, status=form.http_status)


def _given_up(request):
    """The proposal that somebody proposes anew (« ?reprend=12 »)."""
    asked = request.GET.get("reprend", "")
    former = queries.one_decision(request.user, asked) if re.fullmatch(r"[0-9]{1,9}", asked) else None
    return former if former and former.state in GIVEN_UP else None


def _words_of(former):
    if former is None:
        return {}
    return {
        "title": former.title, "text": queries.last_text(former).text, "subject_kind": former.subject_kind,
        "responsible": former.responsible, "due_on": pages.ahead(former.due_on),
    }  # fmt: skip


@require_safe
def decision_detail(request, pk):
    return _detail(request, decision_or_404(request, pk))


def _detail(request, decision, *, status=200, **bound_forms):
    """The decision's page; a refused form comes back in its place with what was typed."""
    return render(
        request,
        "decisions/decision_detail.html",
        pages.decision_page(request.user, decision, bound_forms),
        status=status,
    )


@require_http_methods(["GET", "POST"])
def text_revise(request, pk):
    decision = decision_or_404(request, pk)
    require(request.user, "decisions.revise_text", decision)
    if back := turn_back(request, lambda: actions.check_revisable(decision), decision):
        return back
    text = queries.last_text(decision)
    initial = {"title": decision.title, "text": text.text, "version": decision.version}
    carried_out = comment_pages.carried_out(decision, text)
    is_begun = "amendements" in request.GET and bool(carried_out)
    if is_begun:
        initial |= carried_out
    form = forms.TextForm(request.POST or None, initial=initial)
    if carry_out(request, form, lambda data: actions.revise_text(decision, **data, by=request.user)):
        messages.success(request, _("New version saved."))
        return redirect(decision)
    # Asked again: another version may have been saved after this request had read it.
    context = {
        "decision": decision, "form": form, "text": queries.last_text(decision) if form.conflict else text,
        "left_out": bool(carried_out) and not is_begun,
    }  # fmt: skip
    return render(request, "decisions/text_form.html", context, status=form.http_status)


def act_on(request, decision, form_name, form, act, done):
    """One valid form → one action → message; anything refused → the page as it is now, with what was typed."""
    if carry_out(request, form, act):
        messages.success(request, done)
        return redirect(decision)
    return _detail(request, decision_or_404(request, decision.pk), status=form.http_status, **{form_name: form})


@require_POST
def consultation_open(request, pk):
    decision = decision_or_404(request, pk)
    require(request.user, "decisions.open_consultation", decision)
    return act_on(
        request, decision, "consultation_form", forms.DeadlineForm(request.POST),
        lambda data: actions.open_consultation(decision, ends_at=data["moment"], by=request.user),
        _("Consultation opened; those who speak for the members are told by e-mail."),
    )  # fmt: skip


@require_POST
def consultation_extend(request, pk):
    decision = decision_or_404(request, pk)
    require(request.user, "decisions.extend_consultation", decision)
    return act_on(
        request, decision, "longer_form", forms.ExtensionForm(request.POST),
        lambda data: actions.extend_consultation(
            decision, ends_at=data["moment"], reason=data["reason"], by=request.user
        ),
        _("More time is given; those who speak for the members are told by e-mail."),
    )  # fmt: skip


@require_POST
def call_open(request, pk):
    decision = decision_or_404(request, pk)
    require(request.user, "decisions.open_call", decision)
    return act_on(
        request, decision, "call_form",
        forms.CallForm(
            request.POST, decision=decision, text_number=None, unanswered=decision.comments.awaiting_reply().count(),
            missing=amendments.left_out(queries.comments(decision), queries.texts(decision)),
        ),
        lambda data: actions.open_call(
            decision, deadline=data["moment"], mode=data["mode"], text_number=data["text_number"],
            close_early=data.get("close_early", False), leave_unanswered=data.get("leave_unanswered", False),
            leave_out=data.get("leave_out", False), by=request.user,
        ),
        _("The text is frozen and the call is open; those who speak for the members are told by e-mail."),
    )  # fmt: skip


@require_POST
def call_extend(request, pk):
    decision = decision_or_404(request, pk)
    require(request.user, "decisions.extend_call", decision)
    return act_on(
        request, decision, "extension_form", forms.ExtensionForm(request.POST),
        lambda data: actions.extend_call(decision, deadline=data["moment"], reason=data["reason"], by=request.user),
        _("More time is given; those who speak for the members are told by e-mail."),
    )  # fmt: skip


@require_POST
def consultation_reopen(request, pk):
    decision = decision_or_404(request, pk)
    require(request.user, "decisions.reopen_consultation", decision)
    return act_on(
        request, decision, "reopen_form", forms.ReopenForm(request.POST),
        lambda data: actions.reopen_consultation(
            decision, reason=data["reason"], ends_at=data["moment"], by=request.user
        ),
        _("Consultation reopened. The positions given count until another version of the text is written."),
    )  # fmt: skip


@require_POST
def position_state(request, pk):
    decision = decision_or_404(request, pk)
    require(request.user, "decisions.state_position", decision)
    form = forms.PositionForm(request.POST, may_lift=queries.objects_now(decision, standing_of(request.user).entity))
    return act_on(
        request, decision, "position_form", form,
        lambda data: actions.state_position(decision, **data, by=request.user),
        _("The position of %s is on record.") % standing_of(request.user).entity,
    )  # fmt: skip


@require_POST
def position_record(request, pk):
    decision = decision_or_404(request, pk)
    require(request.user, "decisions.record_position", decision)
    form = forms.RecordPositionForm(request.POST, request.FILES)
    return act_on(
        request, decision, "record_form", form,
        lambda data: actions.record_position(decision, **data, by=request.user),
        _("Position recorded on behalf of the entity, which is asked by e-mail to confirm it."),
    )  # fmt: skip


def _record(request, pk, position):
    """The decision, and one of its positions that was recorded on behalf of an entity."""
    decision = decision_or_404(request, pk)
    record = queries.one_record(decision, position)
    if record is None:
        raise Http404
    return decision, record


@require_POST
def position_confirm(request, pk, position):
    decision, record = _record(request, pk, position)
    require(request.user, "decisions.answer_position", record)
    done = _("The position of %s is confirmed.") % record.position.entity
    return press(request, lambda: actions.confirm_position(record, by=request.user), done, decision)


@require_POST
def position_contest(request, pk, position):
    decision, record = _record(request, pk, position)
    require(request.user, "decisions.answer_position", record)
    return act_on(
        request, decision, "contest_form", forms.ContestForm(request.POST),
        lambda data: actions.contest_position(record, **data, by=request.user),
        _("The position is contested; the secretariat and the co-chairs are told."),
    )  # fmt: skip


@require_safe
def position_proof(request, pk, position):
    _decision_seen, record = _record(request, pk, position)
    require(request.user, "decisions.view_proof", record)
    kind = kind_of(record.proof.name)
    if kind is None:
        raise Http404
    return download(record.proof.open("rb"), record.proof_name, kind.content_type)


@require_POST
def consensus_note(request, pk):
    decision = decision_or_404(request, pk)
    require(request.user, "decisions.note_consensus", decision)
    return press(
        request, lambda: actions.note_consensus(decision, by=request.user),
        lambda noted: (
            _("Consensus noted: decision %s.") % noted.reference if noted.number
            else _("Noted; the other co-chair is asked by e-mail to note it too.")
        ),
        decision,
    )  # fmt: skip


@require_POST
def decision_withdraw(request, pk):
    decision = decision_or_404(request, pk)
    require(request.user, "decisions.withdraw_decision", decision)
    return act_on(
        request, decision, "withdraw_form", forms.ReasonForm(request.POST),
        lambda data: actions.withdraw_decision(decision, reason=data["reason"], by=request.user),
        _("Proposal withdrawn."),
    )  # fmt: skip


@require_POST
def follow_up(request, pk):
    decision = decision_or_404(request, pk)
    require(request.user, "decisions.follow_up", decision)
    return act_on(
        request, decision, "follow_up_form", forms.FollowUpForm(request.POST),
        lambda data: actions.follow_up(decision, **data, by=request.user),
        _("Follow-up saved."),
    )  # fmt: skip
