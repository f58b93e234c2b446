"""The two steps every form page here shares: carry out one action, show the form again."""

from django.shortcuts import render

from core.errors import DomainError, StaleVersion


def carry_out(form, act):
    """One valid form, one action. Returns what it made, or ``None`` with the refusal told in the form."""
    if not form.is_valid():
        return None
    try:
        return act(form.cleaned_data)
    except StaleVersion as error:
        keep_for_comparison(form, error)
    except DomainError as error:
        field = getattr(error, "field", None)
        form.add_error(field if field in form.fields else None, str(error))
    return None


def keep_for_comparison(form, error):
    """What was typed stays; beside it stands what was saved meanwhile. Saving again is then a choice."""
    mine = dict(form.cleaned_data)
    form.comparison = [
        {"label": form.fields[name].label, "mine": as_text(mine[name]), "theirs": as_text(getattr(error.thing, name))}
        for name in form.fields
        if name in mine and not form[name].is_hidden and as_text(mine[name]) != as_text(getattr(error.thing, name))
    ]
    form.data = form.data.copy()
    form.data[form.add_prefix("version")] = error.thing.version
    form.add_error(None, str(error))


def as_text(value):
    if hasattr(value, "all"):
        return "\n".join(sorted(str(thing) for thing in value.all()))
    return "" if value is None else str(value)


def show_form(request, form, *, title, submit, back, intro=""):
    """The form's page; 409 when it was refused for an older version."""
    comparison = getattr(form, "comparison", None)
    context = {"form": form, "title": title, "submit": submit, "back": back, "intro": intro, "comparison": comparison}
    return render(request, "members/form.html", context, status=200 if comparison is None else 409)
