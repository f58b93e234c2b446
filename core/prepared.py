"""Queries that are compiled once in a process; each call binds its values to the same SQL (ADR 9).

@prepared
def _items(meeting):
    return AgendaItem.objects.filter(meeting=meeting).select_related("lead_entity").order_by("order")

_items(meeting=meeting.pk)  # a list of agenda items, their lead entities with them
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import wraps
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Func, Model, QuerySet
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)


class Slot(Expression):
    """The place of a value that each call brings. ``None`` equals nothing there, as in SQL."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]

    @property
    def keys(self) -> Func:
        """A list of primary keys instead of one: ``filter(plan__in=plans.keys)``."""
        return Func(self, template="(SELECT unnest(%(expressions)s::bigint[]))")


class Statement:
    """What Django makes anew of an equal query set each time: its SQL, whose slots are filled at each call."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self.compiler: Any = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            self.sql, self.params = self.compiler.as_sql()
        except EmptyResultSet:
            self.sql, self.params = "", ()

    def rows(self, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """As the database gives them.

        Raises:
            KeyError: a value is missing.
        """
        if not self.sql:
            return []
        bound = [values[param.name] if isinstance(param, Slot) else param for param in self.params]
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(self.sql, bound)
            return cursor.fetchall()  # type: ignore[no-any-return]


class _Compiled(Statement, Generic[M]):
    """The same with how its rows become objects."""

    def __init__(self, rows: QuerySet[M]) -> None:
        if not rows.ordered:
            raise ValueError("a prepared query says in which order its rows come")
        super().__init__(rows)
        if not self.sql:
            return
        info, columns = self.compiler.klass_info, self.compiler.select
        own = info["select_fields"]
        self.model, self.first, self.end = info["model"], own[0], own[-1] + 1
        self.names = [column[0].target.attname for column in columns[self.first : self.end]]
        populators: Any = get_related_populators
        self.related = populators(info, columns, DEFAULT_DB_ALIAS)
        self.annotations = self.compiler.annotation_col_map
        self.converters = self.compiler.get_converters([column[0] for column in columns])

    def fetch(self, values: dict[str, Any]) -> list[M]:
        rows: Iterable[tuple[Any, ...]] = self.rows(values)
        if rows and self.converters:
            rows = map(tuple, self.compiler.apply_converters(rows, self.converters))
        return [self._object(row) for row in rows]

    def _object(self, row: tuple[Any, ...]) -> M:
        made = self.model.from_db(DEFAULT_DB_ALIAS, self.names, row[self.first : self.end])
        for populator in self.related:
            populator.populate(row, made)
        for name, column in self.annotations.items():
            setattr(made, name, row[column])
        return made


def prepared(build: Callable[..., QuerySet[M]]) -> Callable[..., list[M]]:
    """A function that fetches what the query set of ``build`` would, compiled at its first call.

    Positional arguments choose between queries that differ in more than values (who asks, in which language) and are
    hashable; each combination is compiled for itself. Keyword arguments are bound at each call; ``build`` sees them
    as :class:`Slot`, and asks neither the clock nor the person.

    Raises:
        ValueError: the query set has no order.
        KeyError: a value is missing.
    """
    known: dict[Hashable, _Compiled[M]] = {}

    @wraps(build)
    def fetch(*shape: Hashable, **values: Any) -> list[M]:
        compiled = known.get(shape)
        if compiled is None:
            compiled = known[shape] = _Compiled(build(*shape, **{name: Slot(name) for name in values}))
        return compiled.fetch(values)

    return fetch
