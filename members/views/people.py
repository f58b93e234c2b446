"""A person: page, details, account."""

from copy import copy

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.access import require
from core.filters import active_filters
from core.steps import carry_out, press, show_form
from members import actions, forms, pages, queries
from members.filters import PersonFilter
from members.models import Invitation, User


def _person(request, pk):
    return get_object_or_404(User.objects.visible_to(request.user), pk=pk)


@require_safe
def person_list(request):
    require(request.user, "members.view_directory")
    found = PersonFilter(request.GET, queryset=queries.people(request.user, clock.today()))
    page = Paginator(found.qs, 25).get_page(request.GET.get("page"))
    context = {
        "filter": found,
        "active_filters": active_filters(found),
        "page": page,
        "rows": pages.person_rows(page.object_list),
        "may_add": request.user.has_perm("members.add_person"),
    }
    return render(request, "members/person_list.html", context)


@require_safe
def person_detail(request, pk):
    person = _person(request, pk)
    return render(request, "members/person_detail.html", pages.person_page(request.user, person))


@require_http_methods(["GET", "POST"])
def person_add(request):
    require(request.user, "members.add_person")
    form = forms.PersonAddForm(request.POST or None)

    if person := carry_out(request, form, lambda data: actions.add_person(**data, by=request.user)):
        messages.success(
            request, _("Person added. Nothing was sent yet: the invitation that opens an account is for you to send.")
        )
        return redirect(person)
    return show_form(
        request, form, title=_("Add a person"), verb=_("Add the person"), back=reverse("members:person_list")
    )


@require_http_methods(["GET", "POST"])
def person_edit(request, pk):
    person = _person(request, pk)
    require(request.user, "members.edit_person", person)
    kind = forms.PersonEditForm if request.user.has_perm("members.add_person") else forms.OwnDetailsForm
    form = kind(request.POST or None, instance=copy(person), initial={"version": person.version})
    if carry_out(request, form, lambda data: actions.edit_person(person, **data, by=request.user)):
        messages.success(request, _("Details saved."))
        return redirect(person)
    title = _("Details of %(person)s") % {"person": person}
    return show_form(request, form, title=title, verb=_("Save the details"), back=person.get_absolute_url())


@require_POST
def person_invite(request, pk):
    person = _person(request, pk)
    require(request.user, "members.invite_person")
    done = _("Invitation sent; the link is good for seven days.")
    return press(request, lambda: actions.invite_person(person, by=request.user), done, person)


@require_POST
def invitation_revoke(request, pk):
    require(request.user, "members.invite_person")
    invitation = get_object_or_404(Invitation.objects.select_related("person"), pk=pk)
    done = _("Invitation withdrawn.")
    return press(request, lambda: actions.revoke_invitation(invitation, by=request.user), done, invitation.person)


@require_http_methods(["GET", "POST"])
def person_deactivate(request, pk):
    """GET asks, naming the person; POST closes the account."""
    person = _person(request, pk)
    require(request.user, "members.deactivate_person")
    if request.method != "POST":
        return render(request, "members/person_deactivate.html", {"person": person})
    return press(request, lambda: actions.deactivate_person(person, by=request.user), _("Account closed."), person)


@require_POST
def person_reactivate(request, pk):
    person = _person(request, pk)
    require(request.user, "members.deactivate_person")
    done = _("Account open again; send an invitation.")
    return press(request, lambda: actions.reactivate_person(person, by=request.user), done, person)
