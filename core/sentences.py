"""How the journal's verbs read: « Appel ouvert par Mme … ». Apps teach their verbs in ``AppConfig.ready``.

A sentence may use ``actor`` and the keys of the event's ``data``, in which instants are kept and told as such::

    register_sentences({"decisions.open_call": _("%(actor)s opened the call on version %(text)s")})
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.templatetags.typography import deadline, long_day

_sentences: dict[str, Any] = {}


def register_sentences(sentences: Mapping[str, Any]) -> None:
    _sentences.update(sentences)


def tell(verb: str, actor: Any, data: Mapping[str, Any]) -> str:
    """One act in the reader's language; a verb that no app taught is told as it is."""
    template = _sentences.get(verb, "%(actor)s · " + verb)
    said = str(template) % _Facts(data, actor=str(actor) if actor else _("the portal"))
    return elided(said)


def elided(said: str, language: str | None = None) -> str:
    """« de Awa » is « d’Awa »: a name that a French sentence takes in begins as it likes. Other languages stay.

    Args:
        language: of the sentence; the reader's where none is given.
    """
    return _UNELIDED.sub(r"\1’", said) if (language or get_language()) == "fr" else said


def verbs() -> dict[str, str]:
    """Every verb that an app taught → its sentence with « … » for the facts, in the order of the apps."""
    return {verb: str(template) % _Blanks() for verb, template in _sentences.items()}


class _Blanks(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


class _Facts(dict[str, Any]):
    """A day and an instant are worded for the reader; a fact that an older event did not record reads as a dash."""

    def __getitem__(self, key: str) -> Any:
        return _worded(super().__getitem__(key))

    def __missing__(self, key: str) -> str:
        return "—"


_UNELIDED = re.compile(r"\b([Dd])e (?=[AÀÂEÉÈÊËIÎÏOÔUÛÙ])")
# As JSON keeps it; older events hold words, which stay as they are.
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*")


def _worded(fact: Any) -> Any:
    if isinstance(fact, str) and _DAY.fullmatch(fact):
        return long_day(date.fromisoformat(fact))
    if isinstance(fact, str) and _INSTANT.fullmatch(fact):
        fact = datetime.fromisoformat(fact)
    return deadline(fact) if isinstance(fact, datetime) else fact
