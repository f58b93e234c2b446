"""Papers of a group, for those who sit in it and, by a link of their own, for contacts of its partners."""

from datetime import timedelta
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.access import require
from core.files import download
from core.steps import carry_out, press, turn_back
from core.uploads import kind_of
from members.middleware import speak_to
from workinggroups import actions, forms, pages, queries
from workinggroups.models import GroupPass
from workinggroups.views import find_group, group_step

READ, REMOVE = "workinggroups.read_papers", "workinggroups.remove_paper"
INVITE = "workinggroups.invite_guests"
USUAL_PASS = timedelta(days=180)


def _file(group, paper_pk):
    paper = get_object_or_404(group.papers.standing(), pk=paper_pk)
    kind = kind_of(paper.file.name)
    if kind is None:
        raise Http404
    return download(paper.file.open("rb"), paper.file_name, kind.content_type)


@require_http_methods(["GET", "POST"])
def paper_add(request, group_number):
    group = find_group(request, group_number)
    require(request.user, READ, group)
    if back := turn_back(request, lambda: actions.require_not_over(group), group):
        return back
    form = forms.PaperForm(request.POST or None, request.FILES or None)
    act = partial(actions.add_paper, group)
    return group_step(request, group, form, act, _("Paper added."), _("Add a paper"), _("Add the paper"))


@require_safe
def paper_file(request, group_number, paper_pk):
    group = find_group(request, group_number)
    require(request.user, READ, group)
    return _file(group, paper_pk)


@require_POST
def paper_remove(request, group_number, paper_pk):
    group = find_group(request, group_number)
    require(request.user, REMOVE, group)
    paper = get_object_or_404(group.papers, pk=paper_pk)
    return press(request, partial(actions.remove_paper, paper, by=request.user), _("Paper removed."), group)


@require_http_methods(["GET", "POST"])
def group_invite(request, group_number):
    group = find_group(request, group_number)
    require(request.user, INVITE, group)
    if back := turn_back(request, lambda: actions.require_not_over(group), group):
        return back
    form = forms.GuestsForm(request.POST or None, group=group, initial={"expires_on": clock.today() + USUAL_PASS})
    given = carry_out(request, form, lambda data: actions.invite_to_group(group, **data, by=request.user))
    if given is not None:
        done = ngettext("%(n)s contact invited to this group.", "%(n)s contacts invited to this group.", len(given))
        messages.success(request, done % {"n": len(given)})
        return redirect(group.get_absolute_url() + "#invites")
    return render(request, "workinggroups/group_invite.html", {"group": group, "form": form}, status=form.http_status)


@require_POST
def pass_revoke(request, group_number, group_pass_pk):
    group = find_group(request, group_number)
    require(request.user, INVITE, group)
    group_pass = get_object_or_404(GroupPass.objects.with_guest(), pk=group_pass_pk, group=group)
    done = _("The invitation of %s is withdrawn; the link opens nothing any more.") % group_pass.contact.person
    return press(request, partial(actions.revoke_group_pass, group_pass, by=request.user), done, group)


def _closed(request, group_pass):
    return render(request, "workinggroups/guest_closed.html", {"group_pass": group_pass}, status=410)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def group_guest(request, group_token):
    """One group and its papers, for whoever holds the link: GET shows, POST offers to chair it."""
    group_pass = _pass(request, group_token)
    if group_pass is None or not group_pass.is_open:
        return _closed(request, group_pass)
    form = forms.GuestOfferForm(request.POST or None)
    if request.method == "POST" and carry_out(request, form, partial(_offer, group_pass)):
        messages.success(request, _("Offer received: the group will choose among those who offered."))
        return redirect(group_pass)
    context = pages.guest_page(group_pass) | {"form": form}
    return render(request, "workinggroups/group_guest.html", context, status=form.http_status)


def _offer(group_pass, data):
    group, contact = group_pass.group, group_pass.contact
    seat = group.members.sitting(clock.today()).get(partner=contact.partner)
    return actions.offer_to_chair(group, seat=seat, person=contact.person, by=contact.person, **data)


def _pass(request, group_token):
    """The pass of this link, whatever it still opens, to somebody who reads their own language from here on."""
    group_pass = queries.pass_of(group_token)
    if group_pass:
        speak_to(group_pass.contact.person, request)
    return group_pass


@login_not_required
@never_cache
@require_POST
def guest_offer_withdraw(request, group_token):
    group_pass = _pass(request, group_token)
    if group_pass is None or not group_pass.is_open:
        return _closed(request, group_pass)
    offer = queries.offer_of(group_pass)
    if offer is None:
        return redirect(group_pass)
    act = partial(actions.withdraw_chair_offer, offer, by=group_pass.contact.person)
    return press(request, act, _("Offer withdrawn."), group_pass)


@login_not_required
@never_cache
@require_safe
def guest_file(request, group_token, paper_pk):
    group_pass = queries.pass_of(group_token)
    if group_pass is None or not group_pass.is_open:
        return _closed(request, group_pass)
    return _file(group_pass.group, paper_pk)
