"""One's own account, and the way in by invitation."""

from copy import copy
from io import BytesIO

from allauth.mfa.recovery_codes.views import DownloadRecoveryCodesView
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock, personal
from core.files import download
from core.steps import carry_out, show_form
from core.workbook import XLSX
from members import actions, pages, queries
from members.forms import OwnDetailsForm, PasswordForm
from members.middleware import speak_to
from members.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_safe
def account(request):
    return render(request, "members/account.html", pages.account_page(request.user))


@require_http_methods(["GET", "POST"])
def account_edit(request):
    person = get_object_or_404(User.objects.visible_to(request.user), pk=request.user.pk)
    form = OwnDetailsForm(request.POST or None, instance=copy(person), initial={"version": person.version})
    if carry_out(request, form, lambda data: actions.edit_person(person, **data, by=person)):
        response = redirect("members:account")
        if "language" in form.changed_data:
            translation.activate(form.cleaned_data["language"])
            response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)  # what this browser had chosen before
        messages.success(request, _("Details saved."))
        return response
    return show_form(
        request, form, title=_("Your details"), verb=_("Save the details"), back=reverse("members:account")
    )


@require_safe
def own_data(request):
    context = {"holdings": personal.holdings(), "mail_days": settings.RETENTION_MAIL_DAYS}
    return render(request, "members/own_data.html", context)


@require_safe
def own_data_export(request):
    name = f"{settings.NETWORK_CODE}_mes-donnees_{clock.today():%Y-%m-%d}.xlsx"
    return download(BytesIO(personal.workbook_about(request.user)), name, XLSX)


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def invitation_accept(request, token):
    """GET only shows: mail programs open links before people do. POST sets the password and signs in."""
    invitation = queries.invitation_of(token)
    if invitation:
        speak_to(invitation.person, request)
    if invitation is None or not invitation.is_open:
        return render(request, "members/invitation_closed.html", {"invitation": invitation}, status=410)
    form = PasswordForm(request.POST or None, person=invitation.person)
    person = carry_out(request, form, lambda data: actions.accept_invitation(token, password=data["password"]))
    if person:
        login(request, person, backend=BACKEND)
        messages.success(request, _("Welcome. Your account is open."))
        return redirect("home")
    context = {"invitation": invitation, "form": form}
    return render(request, "members/invitation_accept.html", context, status=form.http_status)


@require_POST
def session_close(request, pk):
    """One of one's other sessions: the one asked from is left by signing out."""
    others = UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key)
    get_object_or_404(others, pk=pk).end()
    messages.success(request, _("Session closed: that browser asks for the password again."))
    return redirect("usersessions_list")


class _RecoveryCodes(DownloadRecoveryCodesView):
    """The library's file, under a name that the person will recognise."""

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        filename = _("recovery-codes.txt")
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
        return response


recovery_codes = _RecoveryCodes.as_view()
