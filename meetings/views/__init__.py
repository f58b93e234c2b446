"""Pages of meetings. Each state-changing address takes POST only, or asks first and acts on POST."""

from django.http import Http404

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
