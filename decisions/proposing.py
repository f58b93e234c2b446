"""The page from which something of an upper floor is put to the Network: the words of its decision (ADR 25)."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _

from core.steps import carry_out, show_form, turn_back
from decisions import languages
from decisions.forms import DecisionWordsForm
from members.standing import standing_of


def proposal_page(
    request: Any, thing: Any, propose: Callable[..., Any], *, check: Callable[[Any], None],
    words: Callable[[Any], dict[str, str]], title: str, intro: str, form_of: Callable[..., Any] = DecisionWordsForm,
) -> Any:  # fmt: skip
    """Words → one decision, a draft of the person's entity, which is where one goes from here.

    Args:
        propose: takes ``thing``, the words, ``entity`` and ``by``; returns the decision.
        check: raises for ``thing`` what ``propose`` would raise before a word is written.
        words: how the decision on ``thing`` is usually worded.
        form_of: the form of those words, where more than a title and a text is asked for.
    """
    if back := turn_back(request, lambda: check(thing), thing):
        return back
    with translation.override(languages.prevailing()):  # in which the text prevails, whoever words it
        worded = words(thing)
    form = form_of(request.POST or None, initial=worded)
    act = partial(propose, thing, entity=standing_of(request.user).entity, by=request.user)
    if decision := carry_out(request, form, lambda data: act(**data)):
        messages.success(request, _("Decision drafted: open its consultation when it is ready."))
        return redirect(decision)
    return show_form(
        request, form, title=title, verb=_("Write the decision"), back=thing.get_absolute_url(), kicker=str(thing),
        intro=intro,
    )  # fmt: skip
