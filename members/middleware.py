"""The person's own language, unless this browser has chosen another one; a second proof where a role asks for it."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.shortcuts import redirect
from django.utils import translation

from members.enums import Role
from members.standing import standing_of

TITLES = {*Role.values, "co_chair", "focal_point"}
# What somebody without the second proof may open, besides the public pages: the way to set it up, and the way out.
SET_UP = ("mfa_", "account_reauthenticate", "account_logout", "set_language")


def speak_to(person, request):
    if not request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME):
        translation.activate(person.language)
        request.LANGUAGE_CODE = person.language


class PersonLanguageMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            speak_to(request.user, request)
        return self.get_response(request)


class SecondFactorMiddleware:
    """Who holds a role of ``SECOND_FACTOR_ROLES`` sets up a second proof before anything else."""

    def __init__(self, get_response):
        if unknown := set(settings.SECOND_FACTOR_ROLES) - TITLES:
            raise ImproperlyConfigured(f"SECOND_FACTOR_ROLES: nobody is {', '.join(sorted(unknown))}")
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        is_public = not getattr(view, "login_required", True)
        if is_public or not request.user.is_authenticated or not standing_of(request.user).lacks_second_factor:
            return None
        if (request.resolver_match.view_name or "").startswith(SET_UP):
            return None
        return redirect("mfa_index")
