"""What the template components are given: small frozen shapes, and the register of state tags.

An app registers the look of its states in ``AppConfig.ready``::

    register_state_tags(DecisionState, {DecisionState.DRAFT: "neutral", DecisionState.CALL: "waiting", …})
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Choices
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

Text = str | Promise
T = TypeVar("T")

# kind of tag → the shape drawn beside its words (a shape, a word, then only a colour)
TAG_KINDS = {"neutral": "ring", "active": "disc", "waiting": "diamond", "done": "check", "problem": "triangle"}

# shape → its drawing in a square of ten units, in the colour of the text
SHAPES = {
    "ring": '<circle cx="5" cy="5" r="3.8" fill="none" stroke="currentColor" stroke-width="1.6"/>',
    "disc": '<circle cx="5" cy="5" r="4.2" fill="currentColor"/>',
    "half": '<circle cx="5" cy="5" r="3.8" fill="none" stroke="currentColor" stroke-width="1.6"/>'
    '<path d="M5 1.2v7.6a3.8 3.8 0 0 1 0-7.6z" fill="currentColor"/>',
    "diamond": '<path d="M5 0 10 5 5 10 0 5z" fill="currentColor"/>',
    "check": '<path d="M1 5.4 4 8.4 9.2 1.8" fill="none" stroke="currentColor" stroke-width="2"/>',
    "triangle": '<path d="M5 .6 10 9.4H0z" fill="currentColor"/>',
    "dashes": '<circle cx="5" cy="5" r="3.8" fill="none" stroke="currentColor" stroke-width="1.4"'
    ' stroke-dasharray="2 1.6"/>',
    "cross": '<path d="M1.5 1.5l7 7m0-7l-7 7" fill="none" stroke="currentColor" stroke-width="1.8"/>',
    "bars": '<path d="M0 1.5h10M0 5h10M0 8.5h10" stroke="currentColor" stroke-width="1.4"/>',
    "up": '<path d="M5 2 9 8H1z" fill="currentColor"/>',
    "down": '<path d="M5 8 1 2h8z" fill="currentColor"/>',
}


class ComponentError(TypeError):
    """A component was given something it does not know."""


@dataclass(frozen=True)
class SummaryRow:
    """One line of a summary list; ``url`` adds a « Modifier » link."""

    label: Text
    value: Any
    url: str = ""


@dataclass(frozen=True)
class TimelineEvent:
    """One line of a history; ``is_next`` for what has not happened yet, ``replaced`` says what took its place."""

    when: date | datetime
    sentence: Text
    detail: Text = ""
    is_next: bool = False
    replaced: Text = ""


@dataclass(frozen=True)
class TaskItem:
    """One thing to do. ``core.todo.TodoItem`` is accepted in its place."""

    title: Text
    url: str
    why: Text = ""
    tag_kind: str = "neutral"
    tag: Text = ""


@dataclass(frozen=True)
class Difference:
    """One field of a text that two people wrote at once: what the reader typed, what stands since."""

    label: Text
    mine: str
    theirs: str
    who: Text = ""


@dataclass(frozen=True)
class Voice:
    """What one entity said: ``reason`` of an objection or reservation, ``would_lift`` what would lift it."""

    entity: Text
    url: str = ""
    reason: Text = ""
    would_lift: Text = ""
    note: Text = ""


@dataclass(frozen=True)
class VoicesGroup:
    """The entities that said the same; ``kind`` is a key of :data:`VOICES`."""

    kind: str
    voices: Iterable[Voice]
    hint: Text = ""


def by_note(voices: Iterable[Voice]) -> list[tuple[Text, list[Voice]]]:
    """A note that several share is said once; it names them where there are others, of whom it is not said."""
    shared: dict[Text, list[Voice]] = {}
    for voice in voices:
        shared.setdefault(voice.note, []).append(voice)
    if len(shared) == 1:
        return list(shared.items())
    return [
        (gettext("%(label)s: %(value)s") % {"label": ", ".join(str(one.entity) for one in said), "value": note}, said)
        if note
        else (note, said)
        for note, said in shared.items()
    ]


# kind → (title, hint, shape, class), in the order in which they are read: what blocks comes first
VOICES: dict[str, tuple[Text, Text, str, str]] = {
    "objection": (_("Reasoned objection"), _("to be lifted before consensus can be noted"), "triangle", "objection"),
    "reservation": (_("They can live with it"), _("reservation on record"), "half", "reservation"),
    "stands_aside": (_("They stand aside"), _("neither opposed nor committed"), "ring", "aside"),
    "contested": (
        _("They contest what was recorded for them"),
        _("contested after the decision"),
        "half",
        "reservation",
    ),
    "support": (_("They support"), "", "check", "support"),
    "lifted": (_("Objections lifted"), _("kept on record"), "check", "lifted"),
    "tacit": (_("They agree by their silence"), _("silence procedure"), "dashes", "silent"),
    "silent": (_("They have not spoken yet"), "", "dashes", "silent"),
    "unheard": (_("They did not speak"), "", "dashes", "silent"),
}


@dataclass(frozen=True)
class Column:
    """A table column. ``kind``: text, num (right-aligned) or head (the cell that names its row)."""

    label: Text
    kind: str = "text"
    sort_url: str = ""
    sorted: str = ""  # "", "ascending", "descending"

    def __post_init__(self) -> None:
        if self.kind not in {"text", "num", "head"} or self.sorted not in {"", "ascending", "descending"}:
            raise ComponentError(f"unknown kind or order of column: {self.kind!r}, {self.sorted!r}")


@dataclass(frozen=True)
class DataTable:
    """A table that becomes cards on phones; each row has one cell per column."""

    caption: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    total: tuple[Any, ...] = ()
    hide_caption: bool = False
    compact: bool = False

    def __post_init__(self) -> None:
        for row in (*self.rows, *((self.total,) if self.total else ())):
            if len(row) != len(self.columns):
                raise ComponentError(f"row of {len(row)} cells in a table of {len(self.columns)} columns: {row!r}")

    @property
    def lines(self) -> list[list[tuple[Column, Any]]]:
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]

    @property
    def total_line(self) -> list[tuple[Column, Any]]:
        return list(zip(self.columns, self.total, strict=True)) if self.total else []


@dataclass(frozen=True)
class Filter:
    """An active filter and the address of the list without it."""

    label: Text
    remove_url: str


def coerce(shape: Callable[..., T], things: Iterable[Any]) -> list[T]:
    """Each thing as ``shape``: an instance stays, a mapping or a sequence gives the arguments.

    Raises:
        ComponentError: something else, or arguments the shape does not know.
    """
    made: list[T] = []
    for thing in things:
        try:
            if isinstance(thing, shape):  # type: ignore[arg-type]
                made.append(thing)
            elif isinstance(thing, Mapping):
                made.append(shape(**thing))
            elif isinstance(thing, tuple | list):
                made.append(shape(*thing))
            else:
                raise ComponentError(f"{thing!r} is not a {getattr(shape, '__name__', shape)}")
        except TypeError as error:
            raise ComponentError(f"{getattr(shape, '__name__', shape)}: {error}") from error
    return made


def count_attrs(limit: int) -> dict[str, Any]:
    """Attributes of a textarea that says how many characters remain."""
    return {
        "data-count": str(limit),
        "data-count-left": _("{n} characters left"),
        "data-count-over": _("{n} characters too many"),
    }


def autosave_attrs(key: str) -> dict[str, Any]:
    """Attributes of a text kept in this browser while it is written; ``key`` names it within its form.

    A form that comes back adds ``data-autosave-typed``: what stands there was typed after all that was kept.
    """
    return {
        "data-autosave": key,
        "data-autosave-offer": _("A text you did not send was kept in this browser on {when}."),
        "data-autosave-take": _("Take it up again"),
        "data-autosave-drop": _("Forget it"),
    }


_by_enum: dict[type[Choices], dict[str, str]] = {}


def register_state_tags(enum_class: type[Choices], kinds: Mapping[Any, str]) -> None:
    """Say which kind of tag each state of ``enum_class`` wears.

    Raises:
        ComponentError: a state is forgotten, unknown, or wears a kind that does not exist.
    """
    states, given = (
        {str(state.value) for state in enum_class},
        {str(getattr(s, "value", s)): k for s, k in kinds.items()},
    )
    if missing := states - given.keys():
        raise ComponentError(f"{enum_class.__name__}: no tag for {', '.join(sorted(missing))}")
    if unknown := given.keys() - states:
        raise ComponentError(f"{enum_class.__name__}: unknown states {', '.join(sorted(unknown))}")
    if wrong := set(given.values()) - TAG_KINDS.keys():
        raise ComponentError(f"{enum_class.__name__}: unknown kinds {', '.join(sorted(wrong))}")
    for other, known in _by_enum.items():
        if other is not enum_class and known.keys() == given.keys() and known != given:
            raise ComponentError(f"{enum_class.__name__} and {other.__name__} have the same states with other tags")
    _by_enum[enum_class] = given


def registered_enums() -> set[type[Choices]]:
    """The enums whose states have tags; a test of each app compares with its state fields."""
    return set(_by_enum)


def kind_of_state(thing: Any, field: str = "state") -> str:
    """The kind of tag of ``thing`` (a member of a registered enum, or a model instance with ``field``).

    Raises:
        ComponentError: nobody registered these states.
    """
    if isinstance(thing, Choices):
        enum_class = type(thing)
        if enum_class in _by_enum:
            return _by_enum[enum_class][str(thing.value)]
        raise ComponentError(f"no state tags registered for {enum_class.__name__}")
    choices = {str(value) for value, _label in thing._meta.get_field(field).flatchoices}
    for known in _by_enum.values():
        if known.keys() == choices:
            return known[str(getattr(thing, field))]
    raise ComponentError(f"no state tags registered for {type(thing).__name__}.{field}")
