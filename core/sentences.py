"""How the journal's verbs read: « Appel ouvert par Mme … ». Apps teach their verbs in ``AppConfig.ready``.

A sentence may use ``actor`` and the keys of the event's ``data``::

    register_sentences({"decisions.open_call": _("%(actor)s opened the call on version %(text)s")})
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

_sentences: dict[str, Any] = {}


def register_sentences(sentences: Mapping[str, Any]) -> None:
    _sentences.update(sentences)


def tell(verb: str, actor: Any, data: Mapping[str, Any]) -> str:
    """One act in the reader's language; a verb that no app taught is told as it is."""
    template = _sentences.get(verb, "%(actor)s · " + verb)
    return str(template) % _Facts(data, actor=str(actor) if actor else _("the portal"))


class _Facts(dict[str, Any]):
    """A fact that an older event did not record reads as a dash."""

    def __missing__(self, key: str) -> str:
        return "—"
