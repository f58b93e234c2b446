"""The person's own language, unless this browser has chosen another one."""

from django.conf import settings
from django.utils import translation


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
