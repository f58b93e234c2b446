"""The attendance sheet as a form: one line an entity, one choice a line, made for a thumb."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.components import Difference
from core.forms import PortalForm, VersionMixin
from meetings import queries
from meetings.actions import Presence
from meetings.actions.presence import ONE_NAME
from meetings.enums import SEATS, Answer, Mode, SeatMode
from meetings.enums import Presence as Status
from meetings.models import Attendance, Meeting
from members.models import Entity

_WORDS = {
    SeatMode.IN_PERSON: SeatMode.IN_PERSON.label,
    SeatMode.ONLINE: SeatMode.ONLINE.label,
    Status.APOLOGIES: Status.APOLOGIES.label,
    Status.ABSENT: Status.ABSENT.label,
}


@dataclass(frozen=True)
class Line:
    """One entity on the sheet with its three fields, what it had answered and what it wrote to the secretariat."""

    entity: Entity
    seat: Any
    person: Any
    stand_in: Any
    answered: str
    note: str


class SheetForm(VersionMixin, PortalForm):
    """``sheet()`` gives the lines that were filled, as the action takes them."""

    def __init__(self, *args: Any, meeting: Meeting, reads_notes: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reads_notes = reads_notes
        self.entities: list[Any] = queries.invited(meeting)
        self.people = queries.speakers(meeting)
        known = {row.entity_id: row for row in queries.attendance(meeting)}
        words = [*SEATS[Mode(meeting.mode)], Status.APOLOGIES, Status.ABSENT]
        choices = [(str(word.value), capfirst(str(_WORDS[word]))) for word in words]
        self.fields["version"].initial = meeting.sheet_version
        for entity in self.entities:
            self._add_line(entity, choices, known.get(entity.pk))

    def _add_line(self, entity: Any, choices: list[Any], row: Any) -> None:
        people = self.people.get(entity.pk, [])
        seat = forms.ChoiceField(choices=choices, required=False, widget=forms.RadioSelect, label=entity.acronym)
        person = forms.TypedChoiceField(
            choices=[("", "—"), *((str(one.pk), str(one)) for one in people)],
            required=False,
            coerce=int,
            empty_value=None,
            label=gettext("%(entity)s, person present") % {"entity": entity.acronym},
            widget=forms.Select(attrs={"class": "form-select"}),
        )
        stand_in = forms.CharField(
            max_length=200,
            required=False,
            label=gettext("%(entity)s, another name") % {"entity": entity.acronym},
            widget=forms.TextInput(attrs={"class": "form-control"}),
        )
        seat.initial = (row.mode or row.status) if row else _from_reply(entity)
        person.initial = (
            row.person_id if row else entity.given_by_id if entity.given_answer == Answer.YES else ""
        ) or ""
        stand_in.initial = row.stand_in if row else entity.given_represented_by or ""
        self.fields |= {f"seat_{entity.pk}": seat, f"person_{entity.pk}": person, f"name_{entity.pk}": stand_in}

    def lines(self) -> list[Line]:
        return [
            Line(
                entity,
                self[f"seat_{entity.pk}"],
                self[f"person_{entity.pk}"],
                self[f"name_{entity.pk}"],
                answered(entity),
                entity.given_note if self.reads_notes and entity.given_note else "",
            )
            for entity in self.entities
        ]

    def clean(self) -> dict[str, Any]:
        """A name that was typed is not dropped: it belongs to the one person who took part."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for entity in self.entities:
            name, seat = f"name_{entity.pk}", data.get(f"seat_{entity.pk}")
            if data.get(name) and name in self.changed_data and seat not in SeatMode.values:
                self.add_error(name, gettext("Say for this person: in the room or online."))
            elif data.get(name) and data.get(f"person_{entity.pk}") and seat in SeatMode.values:
                self.add_error(name, ONE_NAME)
        return data

    def sheet(self) -> dict[Entity, Presence]:
        return {
            entity: self._presence(entity) for entity in self.entities if self.cleaned_data.get(f"seat_{entity.pk}")
        }

    def _presence(self, entity: Entity) -> Presence:
        seat = self.cleaned_data[f"seat_{entity.pk}"]
        if seat not in SeatMode.values:
            return Presence(seat)
        chosen = self.cleaned_data.get(f"person_{entity.pk}")
        person = next((one for one in self.people.get(entity.pk, []) if one.pk == chosen), None)
        return Presence(Status.PRESENT, seat, person, self.cleaned_data.get(f"name_{entity.pk}", ""))

    def version_of(self, thing: Meeting) -> int:
        return thing.sheet_version

    def differences(self, thing: Meeting) -> list[Difference]:
        """The whole sheet, a line an entity: attendance is read down the page."""
        mine = [_line_in_words(entity, line) for entity, line in self.sheet().items()]
        theirs = [_line_in_words(row.entity, row) for row in queries.attendance(thing)]
        return [Difference(_("Attendance"), "\n".join(mine), "\n".join(theirs))]


def _line_in_words(entity: Entity, line: Presence | Attendance) -> str:
    words = {str(key.value): str(word) for key, word in _WORDS.items()}
    named = filter(None, [words[str(line.mode or line.status)], str(line.person or ""), line.stand_in])
    return gettext("%(label)s: %(value)s") % {"label": entity.acronym, "value": ", ".join(named)}


def _from_reply(entity: Any) -> str:
    if entity.given_answer == Answer.NO:
        return str(Status.APOLOGIES.value)
    return entity.given_mode or ""


def answered(entity: Any) -> str:
    """The answer to the convocation in words: « sera représentée (Awa Fall, en ligne) »."""
    if not entity.given_answer:
        return ""
    return answer_in_words(entity.given_answer, entity.given_mode, entity.given_represented_by)


def answer_in_words(answer: str, mode: str | None = "", represented_by: str | None = "") -> str:
    words = str(Answer(answer).label)
    more = ", ".join(filter(None, [represented_by, str(SeatMode(mode).label) if mode else ""]))
    return f"{words} ({more})" if more else words
