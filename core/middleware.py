"""A name for each request, a wall against input that no database can hold, the way back from a button's address,
private pages, an end for texts kept in a browser, and a way out for those typed in a session that has ended."""

import codecs
import re
from urllib.parse import quote
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import BadRequest
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils.cache import add_never_cache_headers, patch_cache_control

from core.request_id import request_id

# A NUL or a lone surrogate in an address or a filter can only come from a tool, never from a person.
UNHOLDABLE = re.compile("[\x00\ud800-\udfff]")


class RequestIdMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = uuid4().hex[:12]
        token = request_id.set(request.id)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response["X-Request-Id"] = request.id
        return response


class CleanInputMiddleware:
    """Answers 400 to addresses and queries that hold NUL or invalid Unicode; form fields answer for themselves."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        # Browsers send UTF-8; UTF-7 and its like can carry a lone surrogate past every check of bytes.
        if request.encoding and codecs.lookup(request.encoding).name != "utf-8":
            raise BadRequest("unholdable encoding")
        held = [request.path, *request.GET.keys(), *(value for values in request.GET.lists() for value in values[1])]
        if any(UNHOLDABLE.search(value) for value in held):
            raise BadRequest("unholdable characters")


class BackToThePageMiddleware:
    """Leads a person who opens the address of a button to the page the button stands on.

    It happens without any fault of theirs: a refused form shows its page at the button's address, where the language
    is then changed, or one signs in again after the session has ended.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET":
            page = _page_above(request.path)
            if page:
                return redirect(f"{page}?{request.GET.urlencode()}" if request.GET else page)
        return response


def _page_above(path):
    """« /decisions/20/commenter/ » → « /decisions/20/ »: the longest shorter address that the portal has."""
    while path := path.rstrip("/").rpartition("/")[0]:
        try:
            resolve(f"{path}/")
        except Resolver404:
            continue
        return f"{path}/"
    return ""


class PrivatePagesMiddleware:
    """What a signed-in person sees is kept by no cache but their own browser's, which asks again before showing it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response


class KeptTextMiddleware:
    """Tells the browser that a form was carried out, so that it forgets the texts it kept of it (autosave.js).

    A refused form comes back as a page; one that was carried out leads to another, and so does one of a person
    who is no longer signed in, whose texts are not saved. Forms that open by the link of a mail ask for no session.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if (
            response.status_code == 302
            and "kept" in request.POST
            and (request.user.is_authenticated or _is_open(request))
        ):
            address = quote(request.get_full_path(), safe="")
            response.set_cookie("kept", address, max_age=600, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax")
        return response


def _is_open(request) -> bool:
    """Whether the page asks nobody to sign in."""
    match = request.resolver_match
    return match is not None and not getattr(match.func, "login_required", True)


class SignInMiddleware(LoginRequiredMiddleware):
    """Leads to the sign-in page; who had sent a text in a session that has ended is first given it back, to copy.

    The way for a browser without script, which keeps no texts. Nothing is stored, here or by the browser's cache.
    """

    def handle_no_permission(self, request, view_func):
        sign_in = super().handle_no_permission(request, view_func)
        texts = list(_prose(request.POST))
        if not texts:
            return sign_in
        response = render(request, "session_ended.html", {"texts": texts, "sign_in": sign_in.url}, status=401)
        add_never_cache_headers(response)
        return response


def _prose(sent):
    """What was typed in words, at least three of them: no choice, no day, no address, and never a password."""
    for name, values in sent.lists():
        for text in values:
            if "password" not in name and len(text.split()) > 2 and re.search(r"[^\W\d_]", text):
                yield UNHOLDABLE.sub("\ufffd", text)
