"""What views share between the right to act and the page that answers: one action, and how it went."""

from django.contrib import messages
from django.shortcuts import redirect, render

from core.errors import DomainError, StaleVersion
from core.once import once


def carry_out(request, form, act, by=None):
    """One valid form → one action. Returns what it made, or ``None`` where the page is to be shown (again).

    A form that carries a once-token (:class:`core.forms.OnceMixin`) makes its object once, however often it is sent.
    What the action refuses is told in the form, and ``form.http_status`` is what the page answers.

    Args:
        act: takes the clean data without the token, and returns what the action wrote.
        by: who acts, where that is not who is signed in.
    """
    if not form.is_bound:
        return None
    form.http_status = 422
    if not form.is_valid():
        return None
    data = dict(form.cleaned_data)
    token = data.pop("once", None)
    try:
        return once(token, lambda: act(data), by=by or request.user) if token else act(data)
    except DomainError as error:
        form.refuse(error)
        form.http_status = 409 if isinstance(error, StaleVersion) else 422
    return None


def press(request, act, done, back, *, onward=False):
    """A button without fields: one action, then ``back`` with what was done or why it was not.

    Args:
        done: a sentence, or a function that says it of what the action wrote.
        onward: the action makes something that has a page, which is where one goes from here.
    """
    try:
        made = act()
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(back)
    messages.success(request, done(made) if callable(done) else done)
    return redirect(made if onward else back)


def turn_back(request, check, back):
    """A form that could only be refused is not shown: ``back``, with the reason. ``None`` where one may go on.

    A POST goes on in any case: the action refuses it, and its form keeps what was typed.

    Args:
        check: raises what the action would raise now.
    """
    if request.method == "POST":
        return None
    try:
        check()
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(back)
    return None


def show_form(request, form, *, title, verb, back, intro="", kicker="", back_label="", **more):
    """A form that has a page of its own; ``kicker`` names what it is about.

    Args:
        back_label: of the link that leads back without an act, where « Cancel » could be taken for the act.
    """
    context = {
        "form": form, "title": title, "verb": verb, "back": back, "intro": intro, "kicker": kicker,
        "back_label": back_label, **more,
    }  # fmt: skip
    return render(request, "form_page.html", context, status=form.http_status)
