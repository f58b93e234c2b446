"""Sign-in with the organisation’s Microsoft account opens an account that exists; it never makes one (ADR 16)."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount import views as library
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from requests import RequestException

from members.queries import account_of


class EntraAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request, sociallogin):
        return False

    def pre_social_login(self, request, sociallogin):
        """Lets in who linked this account, or whose proved address Microsoft vouches for, and nobody else.

        Raises:
            PermissionDenied: the account belongs to another tenant.
            ImmediateHttpResponse: no account of the portal is linked to it.
        """
        account = sociallogin.account
        claims = account.extra_data.get("id_token") or {}
        if claims.get("tid") != settings.ENTRA_TENANT_ID:
            raise PermissionDenied("another tenant")
        # The address says which account is linked; no other claim is kept.
        account.extra_data = {"id_token": {"sub": account.uid, "email": claims.get("email") or ""}}
        if sociallogin.is_existing:
            account.save(update_fields=["extra_data"])
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        if not sociallogin.is_existing:
            person = account_of(claims["email"]) if is_vouched_for(claims) else None
            if person is None:
                raise ImmediateHttpResponse(turned_back(request, "unknown"))
            sociallogin.connect(request, person)
        elif sociallogin.user.is_active and not sociallogin.user.has_usable_password():
            # Opened again after it was closed: the new invitation is accepted first.
            raise ImmediateHttpResponse(turned_back(request, "unknown"))

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        why = "cancelled" if error == AuthError.CANCELLED else "failed"
        raise ImmediateHttpResponse(turned_back(request, why))


def is_vouched_for(claims: dict[str, Any]) -> bool:
    """Whether the address is proved: by whom the provider asked, or as the tenant’s own domain (``xms_edov``).

    An administrator of a tenant may write any address into the profile of anybody; alone it proves nothing.
    """
    marks = (claims.get("email_verified"), claims.get("xms_edov"))
    return bool(claims.get("email")) and any(str(mark).lower() in {"true", "1"} for mark in marks)


def turned_back(request, why):
    """The sentence for who comes back without being let in: ``cancelled``, ``failed`` or ``unknown``."""
    return render(request, "socialaccount/turned_back.html", {"why": why}, status=403)


def _lead_to_microsoft(request, provider_id):
    try:
        return openid_connect.login(request, provider_id)
    except RequestException:  # the library takes it for granted that Microsoft answers
        return turned_back(request, "failed")


@login_not_required
@never_cache
@require_POST
def start(request, provider_id):
    """To Microsoft: to sign in, or, for who is signed in and has just proved it, to link the account."""
    lead = reauthentication_required(_lead_to_microsoft) if request.user.is_authenticated else _lead_to_microsoft
    return lead(request, provider_id)


@login_not_required
@never_cache
def callback(request, provider_id):
    """Back from Microsoft. A GET that signs in: the protocol has it so, and its state is good for one browser, once."""
    return openid_connect.callback(request, provider_id)


@never_cache
def linked_account(request):
    """Links and unlinks; after a fresh proof, for a browser left open must give no lasting way in."""
    if not settings.SOCIALACCOUNT_PROVIDERS:
        raise Http404
    return reauthentication_required(library.connections)(request)
