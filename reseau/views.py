"""The home page and the public pages."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reseau import home as home_queries
from reseau import mandate as mandate_text


def public(view):
    """Named so that the short list of public pages can be read in urls.py."""
    return login_not_required(view)


@require_safe
def home(request):
    return render(request, "home/home.html", home_queries.home_page(request.user))


@require_safe
@login_not_required
def mandate(request):
    return render(request, "home/mandate.html", {"sections": mandate_text.sections(), "text": mandate_text.text()})


@require_safe
@login_not_required
def accessibility(request):
    return render(request, "home/accessibility.html")


@require_safe
@login_not_required
def legal(request):
    return render(request, "home/legal.html")
