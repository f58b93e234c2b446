"""Terms of reference before the Network: of a proposal, taken up again, or of a group at work (M-64, M-65)."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access import require
from core.steps import carry_out, press, show_form, turn_back
from members.standing import standing_of
from workinggroups import actions, forms, pages, queries
from workinggroups.views import EDIT, MANAGE, find_group

form_page = require_http_methods(["GET", "POST"])


@form_page
def group_bring(request, group_number):
    group = find_group(request, group_number)
    require(request.user, "workinggroups.bring_before_network", group)
    if back := turn_back(request, lambda: actions.check_proposable(group), group):
        return back
    others = queries.proposals().exclude(pk=group.pk)
    if not request.user.has_perm(MANAGE):
        others = others.filter(proposed_by=group.proposed_by)
    form = forms.EndorsementForm(request.POST or None, others=others, initial=pages.proposal([group]))

    def bring(data):
        return actions.bring_before_network([group, *data.pop("others", ())], **data, by=request.user)

    return _worded(
        request, group, form, bring, _("Bring the group before the Network"),
        _("The terms of reference of each group stand in the text of the decision, under a heading of their own: they "
          "are commented on, changed and adopted there."),
    )  # fmt: skip


@require_POST
def group_rework(request, group_number):
    group = find_group(request, group_number)
    require(request.user, EDIT, group)
    done = _("Taken up again: change the proposal, then bring it before the Network anew.")
    return press(request, partial(actions.rework_group, group, by=request.user), done, group)


@form_page
def terms_propose(request, group_number):
    group = find_group(request, group_number)
    require(request.user, "workinggroups.propose_terms", group)
    if back := turn_back(request, lambda: actions.check_terms(group), group):
        return back
    form = forms.TermsForm(request.POST or None, initial=pages.new_terms(group))
    propose = partial(actions.propose_terms, group, entity=standing_of(request.user).entity, by=request.user)
    return _worded(
        request, group, form, lambda data: propose(**data), _("Other terms of reference"),
        _("The group works on the present ones until the Network has adopted others. The UNCT, which validated it, is "
          "told of them."),
    )  # fmt: skip


def _worded(request, group, form, act, title, intro):
    """The words of a decision, which is where one goes from here."""
    if decision := carry_out(request, form, act):
        messages.success(request, _("Decision drafted: open its consultation when it is ready."))
        return redirect(decision)
    return show_form(
        request, form, title=title, verb=_("Write the decision"), back=group.get_absolute_url(), kicker=str(group),
        intro=intro,
    )  # fmt: skip
