"""Terms of reference before the Network: of a proposal, taken up again, or of a group at work (M-64, M-65)."""

from functools import partial

from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access import require
from core.steps import press
from decisions.proposing import proposal_page
from workinggroups import actions, forms, pages, queries
from workinggroups.views import EDIT, MANAGE, find_group

form_page = require_http_methods(["GET", "POST"])


@form_page
def group_bring(request, group_number):
    group = find_group(request, group_number)
    require(request.user, "workinggroups.bring_before_network", group)
    others = queries.proposals().exclude(pk=group.pk)
    if not request.user.has_perm(MANAGE):
        others = others.filter(proposed_by=group.proposed_by)
    return proposal_page(
        request, group, _bring, check=actions.check_proposable, words=pages.proposal,
        title=_("Bring the group before the Network"), form_of=partial(forms.EndorsementForm, others=others),
        intro=_("The terms of reference of each group stand in the text of the decision, under a heading of their own: "
                "they are commented on, changed and adopted there."),
    )  # fmt: skip


def _bring(group, *, others=(), entity, by, **words):
    """The decision is of the entity that proposed the group, whoever words it."""
    return actions.bring_before_network([group, *others], **words, by=by)


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
    return proposal_page(
        request, group, actions.propose_terms, check=actions.check_terms, words=pages.new_terms,
        title=_("Other terms of reference"), form_of=forms.TermsForm,
        intro=_("The group works on the present ones until the Network has adopted others. The UNCT, which validated "
                "it, is told of them."),
    )  # fmt: skip
