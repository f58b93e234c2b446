"""The append-only journal: who did what to which thing, when. Written by actions, in their own transaction."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import connection
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


def record_all(
    verb: str, things: Iterable[Model], *, by: Any, data: Callable[[Any], Mapping[str, Any]] | None = None
) -> None:
    """The same act on many things of one kind, one event each; ``data`` gives the facts of one of them."""
    at = clock.now()
    events = [
        JournalEvent(
            at=at, actor=by, verb=f"{thing._meta.app_label}.{verb}", object_type=thing._meta.label_lower,
            object_id=str(thing.pk), object_label=str(thing)[:300], request_id=request_id.get(),
            data=dict(data(thing) if data else {}),
        )
        for thing in things
    ]  # fmt: skip
    JournalEvent.objects.bulk_create(events, batch_size=1000)


def history(thing: Model) -> list[JournalEvent]:
    """Events about one object, oldest first, with their actors."""
    return _events("at", "pk", kind=thing._meta.label_lower, pk=str(thing.pk))


def latest(thing: Model, count: int) -> list[JournalEvent]:
    """The last events about one object, newest first."""
    return _events("-at", "-pk", count, kind=thing._meta.label_lower, pk=str(thing.pk))


def forget_words(replacements: Mapping[str, str]) -> int:
    """Put other words in place of a person's own, in labels and data: the act stays, the name goes.

    In the caller's transaction, and only there, the trigger lets words change. Returns how many events had some.
    """
    changed = set()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL reseau.may_anonymise = on")
        for words, other in replacements.items():
            # In JSON a word stands escaped, and is looked for as it stands.
            written, instead = json.dumps(words, ensure_ascii=False)[1:-1], json.dumps(other, ensure_ascii=False)[1:-1]
            cursor.execute(
                "UPDATE core_journalevent SET object_label = left(replace(object_label, %s, %s), 300),"
                " data = replace(data::text, %s, %s)::jsonb"
                " WHERE strpos(object_label, %s) > 0 OR strpos(data::text, %s) > 0 RETURNING id",
                [words, other, written, instead, words, written],
            )
            changed |= {pk for (pk,) in cursor.fetchall()}
        cursor.execute("SET LOCAL reseau.may_anonymise = off")
    return len(changed)


@prepared
def _events(at: str, then: str, count: int | None = None, *, kind: Any, pk: Any) -> QuerySet[JournalEvent]:
    events = JournalEvent.objects.filter(object_type=kind, object_id=pk)
    return events.select_related("actor").order_by(at, then)[:count]


def sentence(event: JournalEvent) -> str:
    """One event, told in the reader's language."""
    return tell(event.verb, event.actor, event.data)
