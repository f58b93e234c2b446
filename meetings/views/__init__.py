"""Pages of meetings. Each state-changing address takes POST only, or asks first and acts on POST."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from core.errors import DomainError
from core.once import once
from meetings import queries


def find_meeting(request, pk):
    found = queries.one_meeting(request.user, pk)
    if found is None:
        raise Http404
    return found


def find_item(request, pk, item_pk):
    """The meeting this person may see, and one of its own items."""
    meeting = find_meeting(request, pk)
    item = queries.one_item(meeting, item_pk, request.user)
    if item is None:
        raise Http404
    return meeting, item


def act(request, action, done, back):
    """Carry out one action that needs no form; a refusal is told on the page one came from."""
    try:
        action()
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect(back)


def attempt(form, action):
    """One valid form → one action. Returns what it made, or ``None`` with what was refused in the form."""
    if not form.is_valid():
        return None
    try:
        return action(form.cleaned_data)
    except DomainError as error:
        form.add_error(None, str(error))
        return None


def attempt_once(request, form, action):
    """The same for a creating form: its token makes a double click one object."""

    def create(data):
        token = data.pop("once")
        return once(token, lambda: action(data), by=request.user)

    return attempt(form, create)


def take_version(form, version):
    """After a conflict the page carries the newer version, so that saving again, knowingly, is possible."""
    form.data = {**form.data.dict(), "version": version}
