"""What becomes of an objection: each address takes POST only and carries out one action."""

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.access import require
from decisions import actions, queries
from decisions import objection_forms as forms
from decisions.views import act_on, decision_or_404


@require_POST
def objection_facilitate(request, pk, objection_pk):
    decision = decision_or_404(request, pk)
    require(request.user, "decisions.facilitate", decision)
    objection = queries.one_objection(decision, objection_pk)
    if objection is None:
        raise Http404
    return act_on(
        request, decision, "facilitation_form", forms.FacilitationForm(request.POST, objection=objection.pk),
        lambda data: actions.facilitate(objection, **data, by=request.user),
        _("Note kept; %s is told by e-mail.") % objection.entity,
    )  # fmt: skip


@require_POST
def decision_defer(request, pk):
    decision = decision_or_404(request, pk)
    require(request.user, "decisions.defer_decision", decision)
    return act_on(
        request, decision, "deferral_form", forms.DeferralForm(request.POST),
        lambda data: actions.defer_decision(decision, **data, by=request.user),
        _("Deferred: the decision is an item of the agenda, and those who speak for the members are told by e-mail."),
    )  # fmt: skip


@require_POST
def decision_refer(request, pk):
    decision = decision_or_404(request, pk)
    require(request.user, "decisions.refer_decision", decision)
    return act_on(
        request, decision, "referral_form", forms.ReferralForm(request.POST),
        lambda data: actions.refer_decision(decision, **data, by=request.user),
        _("Advice asked for; the Resident Coordinator’s office is told by e-mail."),
    )  # fmt: skip


@require_POST
def advice_record(request, pk):
    decision = decision_or_404(request, pk)
    require(request.user, "decisions.record_advice", decision)
    return act_on(
        request, decision, "advice_form", forms.AdviceForm(request.POST),
        lambda data: actions.record_advice(decision, **data, by=request.user),
        _("Advice recorded; the co-chairs and the entities concerned are told by e-mail."),
    )  # fmt: skip


@require_POST
def no_consensus_note(request, pk):
    decision = decision_or_404(request, pk)
    require(request.user, "decisions.close_without_consensus", decision)
    return act_on(
        request, decision, "no_consensus_form",
        forms.NoConsensusForm(request.POST, awaited=queries.awaited_advice(decision)),
        lambda data: actions.close_without_consensus(decision, **data, by=request.user),
        _("Closed without consensus; those who speak for the members are told by e-mail."),
    )  # fmt: skip
