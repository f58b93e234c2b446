"""Pages of the nomination of a co-chair: the calls, their candidates, the proposal to the Network."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.access import require
from core.errors import DomainError
from core.steps import carry_out, press, show_form, turn_back
from core.transitions import require_move
from decisions import actions, nomination, nomination_forms, nomination_pages, sounding_forms
from decisions.forms import ReasonForm
from decisions.models import Candidacy, Sounding
from members.enums import Seat
from members.standing import standing_of

VIEW, MANAGE, PUT = "decisions.view_nominations", "decisions.manage_nominations", "decisions.put_forward"


def _call(request, pk):
    require(request.user, VIEW)
    return get_object_or_404(nomination.nominations(request.user), pk=pk)


@require_safe
def nomination_list(request):
    require(request.user, VIEW)
    context = {"calls": nomination.nominations(request.user), "may_open": request.user.has_perm(MANAGE)}
    return render(request, "decisions/nomination_list.html", context)


@require_safe
def nomination_detail(request, pk):
    context = nomination_pages.nomination_page(request.user, _call(request, pk))
    return render(request, "decisions/nomination_detail.html", context)


@require_http_methods(["GET", "POST"])
def nomination_open(request):
    require(request.user, MANAGE)
    form = nomination_forms.NominationForm(request.POST or None, initial=_usual(request.GET.get("siege", "")))
    if call := carry_out(request, form, lambda data: actions.open_nomination(**data, by=request.user)):
        messages.success(request, _("Call opened; the members are told by e-mail."))
        return redirect(call)
    return show_form(
        request, form, title=_("Call for candidates to a co-chair seat"), verb=_("Open the call"),
        back=reverse("members:co_chairs"),
    )  # fmt: skip


def _usual(asked):
    """The year after the seat's last term, and three weeks to offer."""
    seat, day = (asked if asked in Seat.values else Seat.ROTATING), clock.today()
    starts_on, ends_on = nomination.next_term(Seat(seat), day)
    return {"seat": seat, "starts_on": starts_on, "ends_on": ends_on, "closes_on": day + nomination.USUAL_CALL}


@require_http_methods(["GET", "POST"])
def candidacy_put(request, pk):
    call = _call(request, pk)
    require(request.user, PUT)
    if back := turn_back(request, lambda: actions.check_receiving(call), call):
        return back
    # Who keeps the list may record the candidacy of any member; the others offer their own.
    own = None if request.user.has_perm(MANAGE) else standing_of(request.user).entity
    form = nomination_forms.CandidacyForm(request.POST or None, entity=own)
    put = partial(actions.put_forward, call, **({"entity": own} if own else {}), by=request.user)
    if carry_out(request, form, lambda data: put(**data)):
        messages.success(request, _("Candidacy received."))
        return redirect(call)
    return show_form(
        request, form, title=_("Put forward a candidate"), verb=_("Put forward"), back=call.get_absolute_url()
    )


@require_POST
def candidacy_withdraw(request, pk, candidacy_pk):
    call = _call(request, pk)
    candidacies = Candidacy.objects.select_related("nomination", "entity")
    candidacy = get_object_or_404(candidacies, pk=candidacy_pk, nomination=call)
    require(request.user, "decisions.withdraw_candidacy", candidacy)
    act = partial(actions.withdraw_candidacy, candidacy, by=request.user)
    return press(request, act, _("Candidacy withdrawn."), call)


@require_http_methods(["GET", "POST"])
def co_chair_propose(request, pk):
    call = _call(request, pk)
    require(request.user, MANAGE)
    if back := turn_back(request, lambda: actions.check_nomination_proposable(call), call):
        return back
    form = nomination_forms.CoChairProposalForm(
        request.POST or None, call=call, initial=nomination_pages.proposal(call)
    )
    propose = partial(actions.propose_co_chair, call, entity=standing_of(request.user).entity, by=request.user)
    if proposed := carry_out(request, form, lambda data: propose(**data)):
        messages.success(request, _("Decision drafted: open its consultation when it is ready."))
        return redirect(proposed.decision)
    return show_form(
        request, form, title=_("Bring a candidate before the Network"), verb=_("Write the decision"),
        back=call.get_absolute_url(),
        intro=_("The annual review takes this decision; once it is recorded, the term is in the list by itself."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def sounding_open(request, pk):
    call = _call(request, pk)
    require(request.user, "decisions.open_sounding")
    if back := turn_back(request, lambda: actions.check_sounding_openable(call), call):
        return back
    usual = {"closes_on": clock.today() + nomination.USUAL_SOUNDING}
    form = sounding_forms.SoundingForm(request.POST or None, initial=usual)
    if sounding := carry_out(request, form, lambda data: actions.open_sounding(call, **data, by=request.user)):
        messages.success(request, _("Sounding opened; the members are told by e-mail."))
        return redirect(sounding)
    intro = _(
        "Each member entity says once, in confidence, how it would receive each candidacy. Its last day does not "
        "change any more; fewer than %(n)s answers are neither shown nor kept."
    )
    return show_form(
        request, form, title=_("Sound the members in confidence"), verb=_("Open the sounding"), kicker=str(call),
        back=call.get_absolute_url(), intro=intro % {"n": settings.SOUNDING_MINIMUM},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def sounding_answer(request, pk):
    call = _call(request, pk)
    require(request.user, "decisions.answer_sounding")
    sounding = Sounding.objects.filter(nomination=call).first()
    if sounding is None:
        messages.error(request, _("The members are not sounded on these candidacies."))
        return redirect(call)
    entity = standing_of(request.user).entity
    try:  # also for a POST: what is typed here is two clicks, and may not be given any more
        actions.check_sounding_answerable(sounding, entity)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(sounding)
    form = sounding_forms.SoundingAnswerForm(request.POST if request.method == "POST" else None, sounding=sounding)
    answer = partial(actions.answer_sounding, sounding, entity=entity)
    if carry_out(request, form, lambda _data: answer(preferences=form.preferences) or True):
        messages.success(request, _("Answer counted (%s). What it says is kept nowhere beside a name.") % entity)
        return redirect(sounding)
    title = _("Answer in confidence for %s") % entity
    return show_form(
        request, form, title=title, verb=_("Give the answer"), kicker=str(call), back=sounding.get_absolute_url(),
        intro=_(
            "Once, and for good: an answer cannot be found again. If fewer than %(n)s entities answer, nothing is "
            "shown. What nobody said is shown too: if all say the same of a candidacy, everybody knows what each said."
        )
        % {"n": sounding.minimum},
    )  # fmt: skip


@require_POST
def nomination_rework(request, pk):
    call = _call(request, pk)
    require(request.user, MANAGE)
    rework = partial(actions.rework_nomination, call, by=request.user)
    return press(request, rework, _("The call is taken up again."), call)


@require_http_methods(["GET", "POST"])
def nomination_withdraw(request, pk):
    call = _call(request, pk)
    require(request.user, MANAGE)
    if back := turn_back(request, lambda: require_move(call, "withdraw_nomination"), call):
        return back
    form = ReasonForm(request.POST if request.method == "POST" else None)
    give_up = partial(actions.withdraw_nomination, call, by=request.user)
    if carry_out(request, form, lambda data: give_up(**data)):
        messages.success(request, _("The call is given up; the members are told why by e-mail."))
        return redirect(call)
    return show_form(
        request, form, title=_("Give up the call"), verb=_("Give up the call"), kicker=str(call),
        back=call.get_absolute_url(), back_label=_("Keep the call"),
        intro=_("It stays on record with its candidates, and does not come back. A sounding that runs ends with it."),
    )  # fmt: skip
