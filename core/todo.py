"""What awaits a person. Each app lists its own in ``todo.todo(user)``; the home page gathers them."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import JSONObject
from django.utils import timezone

from core.prepared import Slot, Statement


@dataclass(frozen=True)
class TodoItem:
    """One thing to do.

    Attributes:
        title: what to do, verb first.
        url: where to do it.
        why: one line of explanation; may be empty.
        due: the instant before which it is expected, if any.
        overdue: whether that instant has passed.
        tag: a short state to show when there is no due date (« corrections ouvertes »).
    """

    title: str
    url: str
    why: str = ""
    due: datetime | None = None
    overdue: bool = False
    tag: str = ""


def end_of_day(day: date) -> datetime:
    """When something is due that names no hour: the last minute of the day, which pages do not print."""
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


@dataclass(frozen=True)
class Question:
    """A small question about what awaits somebody. However many there are, :func:`ask` goes to the database once.

    It is compiled once in a process (ADR 9): a name always stands for the same query.

    Attributes:
        name: of the question alone.
        rows: what is awaited, in whatever order; given a slot for each of ``values``, it asks neither clock nor person.
        values: what the query is asked with this time.
        facts: name → expression of what ``tell`` needs of a row; days come as ISO text.
        tell: the facts of one row → what to do about it.
        order: the name of the fact by which rows are told.
    """

    name: str
    rows: Callable[..., QuerySet[Any]]
    facts: dict[str, Any]
    tell: Callable[[dict[str, Any]], TodoItem]
    order: str
    values: dict[str, Any] = field(default_factory=dict)


def ask(questions: Iterable[Question]) -> list[TodoItem]:
    """The answers to all of them, question by question: one query, or none without a question."""
    asked = list(questions)
    if not asked:
        return []
    names = tuple(question.name for question in asked)
    if names not in _compiled:
        _compiled[names] = Statement(_union(asked))
    values = {_slot(question, key): value for question in asked for key, value in question.values.items()}
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    for name, facts in _compiled[names].rows(values):
        found[name].append(json.loads(facts) if isinstance(facts, str) else facts)
    return [
        question.tell(facts)
        for question in asked
        for facts in sorted(found[question.name], key=lambda facts: facts[question.order])
    ]


_compiled: dict[tuple[str, ...], Statement] = {}


def _slot(question: Question, key: str) -> str:
    return f"{question.name} {key}"


def _union(questions: list[Question]) -> QuerySet[Any]:
    first, *others = [_answers(question) for question in questions]
    return first.union(*others, all=True) if others else first


def _answers(question: Question) -> QuerySet[Any]:
    named = Value(question.name, output_field=CharField())
    found = question.rows(**{key: Slot(_slot(question, key)) for key in question.values})
    rows = found.order_by().annotate(question_name=named, question_facts=JSONObject(**question.facts))
    return rows.values_list("question_name", "question_facts")
