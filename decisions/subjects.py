"""What a decision may be about. An upper floor registers its subject, the decision calls it once when it is adopted.

    # workplan/apps.py, in ready()
    subjects.register("work_plan", label=_("validation of the work plan"), on_adopted=plan_decision_adopted)

A decision names its subject by ``subject_kind`` and ``subject_id``; this floor never imports what they stand for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Subject:
    """A kind of decision.

    Attributes:
        label: its name, for lists and forms.
        on_adopted: called as ``on_adopted(decision, by=person)`` in the transaction that records the decision.
        url_of: address of the thing decided on, for the decision's page.
        facts_of: what the decision's page says of the thing, as (label, words).
        needs_object: chosen from the thing's own page only, never from the blank form.
    """

    key: str
    label: Any
    on_adopted: Callable[..., None] | None = None
    url_of: Callable[[Any], str] | None = None
    facts_of: Callable[[Any], list[tuple[str, str]]] | None = None
    needs_object: bool = False


_subjects: dict[str, Subject] = {}


def register(
    key: str,
    *,
    label: Any,
    on_adopted: Callable[..., None] | None = None,
    url_of: Callable[[Any], str] | None = None,
    facts_of: Callable[[Any], list[tuple[str, str]]] | None = None,
    needs_object: bool = False,
) -> None:
    _subjects[key] = Subject(key, label, on_adopted, url_of, facts_of, needs_object)


def get(key: str) -> Subject:
    """The subject of that key; a decision whose kind nobody registered (any more) is a free one."""
    return _subjects.get(key, _subjects["free"])


@dataclass(frozen=True)
class Demand:
    """What an upper floor asks of a kind of decision.

    Attributes:
        check: called as ``check(decision)`` before the consensus is noted, and to say beforehand what is missing;
            raises a ``DomainError``.
        on_adopted: called as ``on_adopted(decision, by=person)`` before the subject's own.
        before_call: called as ``before_call(decision)`` in the transaction that calls for positions; raises like
            ``check``, and may lock what must not change from then on.
    """

    check: Callable[[Any], None]
    on_adopted: Callable[..., None]
    before_call: Callable[[Any], None]


def nothing(_decision: Any) -> None:
    """What most kinds ask for before a call, or before the consensus is noted."""


def no_effect(_decision: Any, *, by: Any) -> None:
    """Of a demand that only asks."""


_demands: dict[str, list[Demand]] = {}


def demand(
    key: str,
    *,
    check: Callable[[Any], None],
    on_adopted: Callable[..., None],
    before_call: Callable[[Any], None] = nothing,
) -> None:
    _demands.setdefault(key, []).append(Demand(check, on_adopted, before_call))


def demands_on(decision: Any) -> list[Demand]:
    return _demands.get(decision.subject_kind, [])


_recorders: list[Callable[..., None]] = []


def on_recorded(act: Callable[..., None]) -> None:
    """An upper floor does something with every decision that enters the register: ``act(decision, by=person)``."""
    _recorders.append(act)


def recorded(decision: Any, *, by: Any) -> None:
    """In the transaction that records it, after what its kind asks for."""
    for act in _recorders:
        act(decision, by=by)


Place = tuple[str, str]  # words, address
_places: list[Callable[[Any], list[Place]]] = []


def register_places(places_of: Callable[[Any], list[Place]]) -> None:
    """An upper floor says where it deals with a decision, for the decision's page."""
    _places.append(places_of)


def places(decision: Any) -> list[Place]:
    """The thing decided on, and wherever the decision is dealt with, if it has a page."""
    subject = get(decision.subject_kind)
    url = subject.url_of(decision) if subject.url_of else ""
    own = [(str(subject.label), url)] if url else []
    return own + [place for places_of in _places for place in places_of(decision)]


def choices(*, free_only: bool = False) -> list[tuple[str, Any]]:
    return [(subject.key, subject.label) for subject in _subjects.values() if not (free_only and subject.needs_object)]


register("free", label=_("other"))
register("report", label=_("report"))
register("co_chair", label=_("co-chair"))
register("working_group", label=_("working group"))
register("procedure", label=_("procedure"))
register("data", label=_("data"))
register("coordination", label=_("coordination"))
register("partners", label=_("partners"))
register("work_plan", label=_("work plan"))
