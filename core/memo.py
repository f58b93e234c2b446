"""Draw once what depends on nothing but its arguments: charts, components, forms of filters.

The value itself is the key, so nothing ever has to be told that a record changed: another value is another key.
"""

import pickle
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.utils.translation import get_language

T = TypeVar("T")
KEPT = 500
_drawings: OrderedDict[bytes, Any] = OrderedDict()


def drawn(key: Any, draw: Callable[[], T]) -> T:
    """What ``draw`` made the last time for an equal ``key`` in this language; the last 500 stay in this process.

    ``key`` is made of plain values (numbers, words, dates, tuples, frozen dataclasses) and holds all that ``draw``
    looks at. It is compared in its pickled form, because Python takes 1 and True, or words marked safe and those that
    are not, for equal.
    """
    known = pickle.dumps((get_language(), key), pickle.HIGHEST_PROTOCOL)
    try:
        _drawings.move_to_end(known)
        return _drawings[known]
    except KeyError:
        made = _drawings[known] = draw()
        if len(_drawings) > KEPT:
            _drawings.popitem(last=False)
        return made


def drawn_once(draw: Callable[..., T]) -> Callable[..., T]:
    """The same for a function of plain values alone, that asks neither the clock nor the database."""

    @wraps(draw)
    def known(*args: Any, **kwargs: Any) -> T:
        return drawn((draw.__module__, draw.__qualname__, args, kwargs), lambda: draw(*args, **kwargs))

    return known
