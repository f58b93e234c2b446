"""The page that the link of a mail opens: GET shows the text and the form, POST gives the position."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.errors import DomainError
from core.steps import carry_out
from decisions import actions, call_link_pages, call_links, queries
from decisions.enums import Channel
from members.middleware import speak_to


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def call_answer(request, call_token):
    link = call_links.opened_by(call_token)
    if link:
        speak_to(link.person, request)
    if link is None or link.why_closed:
        return render(request, "decisions/call_closed.html", {"link": link}, status=410)
    if request.method == "GET" and request.user == link.person:
        return redirect(link.decision)  # where the whole decision stands beside the form
    words = queries.last_words(link.decision)
    refusal = link.why_not_from(request.user)
    form = call_link_pages.position_form(link, words, refusal, request.POST if request.method == "POST" else None)
    if form and carry_out(request, form, partial(_answer, link, refusal), by=link.person):
        messages.success(request, _("The position of %s is on record.") % link.standing.entity)
        return redirect("decisions:call_answer", call_token)
    context = call_link_pages.call_page(link, words, form, request.path) | {"refusal": refusal}
    return render(request, "decisions/call_answer.html", context, status=form.http_status if form else 200)


def _answer(link, refusal, data):
    if refusal:
        raise DomainError(refusal)
    return actions.state_position(link.decision, channel=Channel.LINK, by=link.person, **data)
