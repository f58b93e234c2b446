"""Whether a meeting sits on a day: on every one, or on those for which one was convened."""

from contextlib import AbstractContextManager
from unittest.mock import patch

from decisions import deferral

_real = deferral.sits


def every_day(_first, _last) -> bool:
    return True


def as_convened() -> AbstractContextManager:
    return patch.object(deferral, "sits", _real)
