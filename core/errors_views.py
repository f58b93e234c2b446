"""Error pages that say what to do next; none of them queries the database."""

from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import escape_leading_slashes
from django.utils.translation import gettext as _

from core.request_id import request_id


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def permission_denied(request, exception=None):
    return render(request, "403.html", {"title": _("This is not open to you"), "reason": ""}, status=403)


def csrf_failure(request, reason=""):
    message = _(
        "Nothing was saved: the page had been open for too long, or cookies are switched off. Go back with your "
        "browser’s button: what you wrote is still there. Copy it, reload the page and send again."
    )
    # The address of a button leads to its page.
    context = {"title": _("Nothing was sent"), "reason": message, "page": escape_leading_slashes(request.path)}
    return render(request, "403.html", context, status=403)


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def server_error(request):
    # Without the request: what the header shows needs the database, which may be what failed.
    return HttpResponseServerError(render_to_string("500.html", {"request_id": request_id.get()}))
