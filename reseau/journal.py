"""The journal as the secretariat reads it: who did what to which thing, searched and taken along as an Excel file."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import django_filters
from django import forms
from django.apps import apps
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.forms import DateInput, DayField
from core.journal import sentence
from core.models import JournalEvent
from core.sentences import verbs
from core.workbook import Sheet, workbook

WHO = ("actor__given_name", "actor__family_name", "actor__email")


@dataclass(frozen=True)
class Thing:
    """One object of the portal, by its own kind and number and under the last name it had."""

    kind: str
    key: str
    label: str

    def __str__(self) -> str:
        return self.label


class ThingField(forms.CharField):
    """« meetings.meeting:12 », as the links of the page write it."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> Thing | None:
        written = super().clean(value)
        if not written:
            return None
        kind, _colon, key = written.partition(":")
        last = JournalEvent.objects.filter(object_type=kind, object_id=key).order_by("-at", "-pk").first()
        return Thing(kind, key, last.object_label if last else written)


class ThingFilter(django_filters.CharFilter):
    field_class = ThingField


class DayFilter(django_filters.DateFilter):
    field_class = DayField


def verb_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every verb that the journal knows, by the part of the portal it belongs to."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for verb, words in verbs().items():
        groups.setdefault(verb.partition(".")[0], []).append((verb, capfirst(words)))
    by_words = itemgetter(1)
    return [
        (capfirst(str(apps.get_app_config(app).verbose_name)), sorted(named, key=by_words))
        for app, named in groups.items()
    ]


class PeriodForm(forms.Form):
    """Days in their order."""

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", _("This day is before the first one."))
        return given


class JournalFilter(django_filters.FilterSet):
    """What is typed in the address passes through validated fields; what is not valid filters nothing."""

    q = django_filters.CharFilter(
        label=gettext_lazy("Name of the object"), field_name="object_label", lookup_expr="unaccent__icontains",
        max_length=100,
    )  # fmt: skip
    who = django_filters.CharFilter(label=gettext_lazy("Person"), method="filter_who", max_length=100)
    verb = django_filters.ChoiceFilter(
        label=gettext_lazy("Act"), choices=verb_choices, empty_label=gettext_lazy("all acts")
    )
    since = DayFilter(label=gettext_lazy("From"), field_name="at", lookup_expr="date__gte", widget=DateInput)
    until = DayFilter(label=gettext_lazy("Until"), field_name="at", lookup_expr="date__lte", widget=DateInput)
    thing = ThingFilter(label=gettext_lazy("Object"), method="filter_thing", max_length=130)

    class Meta:
        model = JournalEvent
        fields = ("q", "who", "verb", "since", "until", "thing")
        form = PeriodForm

    def filter_who(self, events: QuerySet[JournalEvent], name: str, value: str) -> QuerySet[JournalEvent]:
        """Every word must be found in the name or the address, in any order."""
        for word in value.split()[:6]:
            found = Q()
            for field in WHO:
                found |= Q(**{f"{field}__unaccent__icontains": word})
            events = events.filter(found)
        return events

    def filter_thing(self, events: QuerySet[JournalEvent], name: str, value: Thing) -> QuerySet[JournalEvent]:
        return events.filter(object_type=value.kind, object_id=value.key)


def events() -> QuerySet[JournalEvent]:
    """All of them, the last act first."""
    return JournalEvent.objects.select_related("actor").order_by("-at", "-pk")


@dataclass(frozen=True)
class Row:
    """One act as the page shows it; ``thing`` finds all that was done to the same object."""

    event: JournalEvent
    sentence: str
    thing: str


def rows(found: Iterable[JournalEvent]) -> list[Row]:
    return [Row(event, sentence(event), f"{event.object_type}:{event.object_id}") for event in found]


def filename() -> str:
    return f"{settings.NETWORK_CODE}_journal_{clock.today():%Y-%m-%d}.xlsx"


def journal_xlsx(found: Iterable[JournalEvent]) -> bytes:
    """One row an act, with what an auditor asks for: what changed, and the request it came with."""
    headings = [
        (_("When (Dakar time)"), 18), (_("Person"), 30), (_("E-mail"), 36), (_("Act"), 60), (_("Object"), 50),
        (_("Kind of object"), 24), (_("Number"), 10), (_("Changed data"), 60), (_("Reference of the request"), 22),
    ]  # fmt: skip
    return workbook(Sheet(_("Journal"), headings, map(_cells, found)))


def _cells(event: JournalEvent) -> list[Any]:
    person = event.actor
    data = json.dumps(event.data, ensure_ascii=False) if event.data else ""
    return [
        event.at, person, person.email if person else "", sentence(event), event.object_label, event.object_type,
        event.object_id, data, event.request_id,
    ]  # fmt: skip
