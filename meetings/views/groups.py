"""What working groups and meetings of the Network have to do with each other."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access import require
from core.steps import carry_out, show_form, turn_back
from meetings import actions, forms, group_pages
from meetings.enums import Kind
from meetings.views import find_meeting
from members.standing import standing_of
from workinggroups.views import find_group


@require_http_methods(["GET", "POST"])
def item_forward(request, group_number):
    group = find_group(request, group_number)
    require(request.user, "workinggroups.forward_text", group)
    if back := turn_back(request, lambda: actions.check_at_work(group), group):
        return back
    form = forms.ItemForwardForm(request.POST or None)
    ask = partial(actions.forward_item, group, entity=standing_of(request.user).entity, by=request.user)
    if carry_out(request, form, lambda data: ask(**data)):
        messages.success(request, _("The item is with the co-chairs, who put it on an agenda or say why not."))
        return redirect(group)
    return show_form(
        request, form, title=_("Ask for an item on an agenda of the Network"), verb=_("Send the request"),
        back=group.get_absolute_url(), kicker=str(group),
    )  # fmt: skip


def _review(request, pk):
    meeting = find_meeting(request, pk)
    if meeting.kind != Kind.ANNUAL_REVIEW:
        raise Http404
    return meeting


@require_safe
def group_reviews(request, pk):
    review = _review(request, pk)
    require(request.user, "meetings.view_meeting", review)
    return render(request, "meetings/group_reviews.html", group_pages.reviews_page(request.user, review))


@require_http_methods(["GET", "POST"])
def group_review(request, pk, reviewed):
    review, group = _review(request, pk), find_group(request, reviewed)
    require(request.user, "meetings.review_groups", review)
    back = reverse("meetings:group_reviews", args=[review.pk])
    if away := turn_back(request, lambda: actions.check_reviewing(review, group), back):
        return away
    form = forms.GroupReviewForm(request.POST or None)
    find = partial(actions.review_group, review, group, by=request.user)
    if carry_out(request, form, lambda data: find(**data)):
        messages.success(request, _("Noted: %s.") % group)
        return redirect(back)
    return show_form(
        request, form, title=_("Does this group still have something to do?"), verb=_("Note what was found"),
        back=back, kicker=str(group), intro=group_pages.in_short(group),
    )  # fmt: skip
