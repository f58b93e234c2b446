"""The append-only journal: who did what to which thing, when. Written by actions, in their own transaction."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model, QuerySet

from core import clock
from core.models import JournalEvent
from core.prepared import prepared
from core.request_id import request_id
from core.sentences import tell


def record(verb: str, thing: Model, *, by: Any, data: Mapping[str, Any] | None = None) -> JournalEvent:
    """Write one event. ``verb`` is the action's own (``convene``); the stored verb is ``meetings.convene``.

    Args:
        thing: the saved object the act is about; its label is kept, no key to it, so that the event outlives it.
        by: the acting person, ``None`` for the clock (a deadline passed, a job ended).
        data: JSON-able facts that changed.
    """
    options = thing._meta
    return JournalEvent.objects.create(
        at=clock.now(),
        actor=by,
        verb=f"{options.app_label}.{verb}",
        object_type=options.label_lower,
        object_id=str(thing.pk),
        object_label=str(thing)[:300],
        data=dict(data or {}),
        request_id=request_id.get(),
    )


def history(thing: Model) -> list[JournalEvent]:
    """Events about one object, oldest first, with their actors."""
    return _events("at", "pk", kind=thing._meta.label_lower, pk=str(thing.pk))


def latest(thing: Model, count: int) -> list[JournalEvent]:
    """The last events about one object, newest first."""
    return _events("-at", "-pk", count, kind=thing._meta.label_lower, pk=str(thing.pk))


@prepared
def _events(at: str, then: str, count: int | None = None, *, kind: Any, pk: Any) -> QuerySet[JournalEvent]:
    events = JournalEvent.objects.filter(object_type=kind, object_id=pk)
    return events.select_related("actor").order_by(at, then)[:count]


def sentence(event: JournalEvent) -> str:
    """One event, told in the reader's language."""
    return tell(event.verb, event.actor, event.data)
