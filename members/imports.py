"""What a file of members, people or partners may hold, and what contradicts the register in it.

Each kind has its columns and a check of whole lines; :mod:`members.actions.imports` writes what passes both.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils import translation
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import DayField
from core.spreadsheet import Column, Fault, Line, LookupField, clean, plain
from frameworks.models import PartnerCategory, Region
from members.enums import ImportKind, Language, MembershipKind, Rank
from members.forms import RESERVED_SLUGS, WebsiteField, phone_number
from members.models import (
    ACRONYM_TAKEN,
    EMAIL_TAKEN,
    PARTNER_TAKEN,
    SLUG_TAKEN,
    Entity,
    FocalPoint,
    Membership,
    Partner,
    User,
)
from members.queries import HAS_LEFT, has_left

Row = dict[str, Any]
TWICE = gettext_lazy("“%s” stands on line %s already.")


@dataclass(frozen=True)
class Importer:
    """One kind of file."""

    columns: Callable[[], list[Column]]
    contradictions: Callable[[list[Row]], Iterable[tuple[Row, str, str]]]  # line, key of the column, sentence


def check(kind: str, lines: Iterable[Line]) -> tuple[list[Row], list[Fault]]:
    """The clean rows of a file, and everything that is wrong in it, cell by cell; against the register as it is now."""
    importer = IMPORTERS[ImportKind(kind)]
    columns = importer.columns()
    rows, faults = clean(lines, columns)
    headings = {column.key: str(column.heading) for column in columns}
    faults += [Fault(row["line"], headings[key], sentence) for row, key, sentence in importer.contradictions(rows)]
    return rows, sorted(faults, key=lambda fault: fault.line)


# --- Fields ----------------------------------------------------------------------------------------------------------
def _words(limit: int, *, required: bool = False) -> forms.CharField:
    return forms.CharField(max_length=limit, required=required)


def _phone() -> forms.CharField:
    return forms.CharField(max_length=40, required=False, validators=[phone_number])


class _EmailField(forms.EmailField):
    """In small letters, as addresses are kept."""

    def clean(self, value: Any) -> str:
        return super().clean(value).lower()


def _choice(choices: Sequence[tuple[str, Any]], unknown: Any, **options: Any) -> LookupField:
    """By the words of a list or by its own code."""
    words = {code: code for code, _label in choices}
    for language in ("fr", "en"):
        with translation.override(language):
            words |= {str(label): code for code, label in choices}
    return LookupField(lambda: words, unknown, **options)


class _RegionsField(forms.Field):
    """Names or codes of regions between commas → the regions."""

    def to_python(self, value: Any) -> list[Region]:
        known: dict[str, Region] = {}
        for region in Region.objects.in_order():
            known |= {plain(region.name): region, plain(region.iso_code): region}
        asked = [word.strip() for word in str(value or "").replace(";", ",").split(",") if word.strip()]
        unknown = [word for word in asked if plain(word) not in known]
        if unknown:
            raise ValidationError(_("There is no region “%s”.") % unknown[0])
        return list(dict.fromkeys(known[plain(word)] for word in asked))


# --- Entities --------------------------------------------------------------------------------------------------------
def _entity_columns() -> list[Column]:
    slug = forms.CharField(max_length=40, required=False, validators=[validate_slug])
    kinds = _choice(MembershipKind.choices, gettext_lazy("There is no status “%s”."), required=False)
    return [
        Column("acronym_fr", gettext_lazy("Acronym in French"), _words(40, required=True), "HCR"),
        Column("acronym_en", gettext_lazy("Acronym in English"), _words(40), "UNHCR",
               gettext_lazy("As in French when empty.")),
        Column("name_fr", gettext_lazy("Name in French"), _words(200, required=True),
               "Haut Commissariat des Nations Unies pour les réfugiés"),
        Column("name_en", gettext_lazy("Name in English"), _words(200),
               "United Nations High Commissioner for Refugees", gettext_lazy("As in French when empty.")),
        Column("slug", gettext_lazy("Short address"), slug, "unhcr",
               gettext_lazy("Made from the acronym in English when empty.")),
        Column("website", gettext_lazy("Website"), WebsiteField(), "https://www.unhcr.org"),
        Column("starts_on", gettext_lazy("Member since"), DayField(required=False), "2024-01-15",
               gettext_lazy("When empty, the entity is not a member yet.")),
        Column("kind", gettext_lazy("Status"), kinds, str(MembershipKind.MEMBER.label),
               gettext_lazy("Member, or standing invitee; member when empty.")),
    ]  # fmt: skip


def _entity_contradictions(rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
    for row in rows:
        row["acronym_en"] = row["acronym_en"] or row["acronym_fr"]
        row["name_en"] = row["name_en"] or row["name_fr"]
        row["slug"] = row["slug"].lower() or slugify(row["acronym_en"])
        row["kind"] = row["kind"] or MembershipKind.MEMBER
    taken = list(Entity.objects.values_list("slug", "acronym_fr", "acronym_en"))
    slugs, french, english = ({known[place].lower() for known in taken} for place in range(3))
    for row in rows:
        if row["slug"] in slugs | RESERVED_SLUGS or not row["slug"]:
            yield row, "slug", str(SLUG_TAKEN)
        if row["acronym_fr"].lower() in french:
            yield row, "acronym_fr", str(ACRONYM_TAKEN)
        if row["acronym_en"].lower() in english:
            yield row, "acronym_en", str(ACRONYM_TAKEN)
    for key in ("slug", "acronym_fr", "acronym_en"):
        yield from _twice(rows, key)


# --- People ----------------------------------------------------------------------------------------------------------
def _person_columns() -> list[Column]:
    return [
        Column("civility", gettext_lazy("Civility"), _words(20), "Mme"),
        Column("given_name", gettext_lazy("Given name"), _words(100, required=True), "Awa"),
        Column("family_name", gettext_lazy("Family name"), _words(100, required=True), "Diop"),
        Column("title", gettext_lazy("Function"), _words(200), "Chargée de programme"),
        Column("email", gettext_lazy("E-mail"), _EmailField(max_length=200), "awa.diop@example.org",
               gettext_lazy("Nobody else has this address.")),
        Column("phone", gettext_lazy("Telephone"), _phone(), "+221 33 000 00 00"),
    ]  # fmt: skip


def _people_columns() -> list[Column]:
    languages = _choice(Language.choices, gettext_lazy("There is no language “%s”."), required=False)
    entities = LookupField(_entities, gettext_lazy("There is no entity “%s”."), required=False)
    ranks = _choice(Rank.choices, gettext_lazy("There is no rank “%s”."), required=False)
    return [
        *_person_columns(),
        Column("language", gettext_lazy("Language"), languages, "fr", gettext_lazy("French when empty.")),
        Column("entity", gettext_lazy("Entity"), entities, "HCR",
               gettext_lazy("Its acronym; empty for somebody who speaks for none.")),
        Column("rank", gettext_lazy("Rank"), ranks, str(Rank.PRINCIPAL.label),
               ", ".join(capfirst(str(label)) for label in Rank.labels)),
        Column("starts_on", gettext_lazy("First day"), DayField(required=False), "2026-01-15",
               gettext_lazy("From when the person speaks for the entity.")),
    ]  # fmt: skip


def _entities() -> Mapping[str, Entity]:
    known: dict[str, Entity] = {}
    for entity in Entity.objects.all().order_by("pk"):
        known |= {entity.acronym_fr: entity, entity.acronym_en: entity, entity.slug: entity}
    return known


def _people_contradictions(rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
    yield from _address_contradictions(rows, "email")
    for row in rows:
        missing = [key for key in ("rank", "starts_on") if row["entity"] and not row[key]]
        yield from ((row, key, _("Say so for who speaks for an entity.")) for key in missing)
        if not row["entity"] and (row["rank"] or row["starts_on"]):
            yield row, "entity", _("Say for which entity.")
    named = [row for row in rows if row["entity"] and row["rank"] and row["starts_on"]]
    yield from _seat_contradictions(named)
    yield from _departure_contradictions(named)


def _seat_contradictions(named: list[Row]) -> Iterable[tuple[Row, str, str]]:
    """One holder of a rank: in the register from that day on, and in the file."""
    held = defaultdict(list)
    for tie in FocalPoint.objects.filter(entity__in={row["entity"].pk for row in named}).select_related("person"):
        held[tie.entity_id, tie.rank].append(tie)
    given: dict[tuple[int, str], int] = {}
    for row in named:
        seat = (row["entity"].pk, row["rank"])
        later = [tie for tie in held[seat] if tie.ends_on is None or tie.ends_on >= row["starts_on"]]
        if later:
            yield row, "rank", _("%s holds this rank on that day or later.") % later[0].person
        if seat in given:
            yield row, "rank", _("Line %s gives this rank already.") % given[seat]
        given.setdefault(seat, row["line"])


def _departure_contradictions(named: list[Row]) -> Iterable[tuple[Row, str, str]]:
    periods = defaultdict(list)
    for period in Membership.objects.filter(entity__in={row["entity"].pk for row in named}):
        periods[period.entity_id].append(period)
    for row in named:
        if has_left(periods[row["entity"].pk], row["starts_on"]):
            yield row, "entity", str(HAS_LEFT) % row["entity"]


# --- Partners --------------------------------------------------------------------------------------------------------
def _partner_columns() -> list[Column]:
    categories = LookupField(_categories, gettext_lazy("There is no category “%s” in the mandate."))
    return [
        Column("name_fr", gettext_lazy("Name in French"), _words(200, required=True), "Association d’élus locaux"),
        Column("name_en", gettext_lazy("Name in English"), _words(200)),
        Column("acronym", gettext_lazy("Acronym"), _words(40)),
        Column("category", gettext_lazy("Category"), categories, "PC-03",
               gettext_lazy("One of the 18 categories that the mandate names, or its code.")),
        Column("regions", gettext_lazy("Regions"), _RegionsField(required=False), "Dakar, Saint-Louis",
               gettext_lazy("Between commas.")),
        Column("organisation_email", gettext_lazy("E-mail of the organisation"), _optional_email(),
               "contact@example.org"),
        Column("website", gettext_lazy("Website"), WebsiteField(), "https://www.example.org"),
        Column("description", gettext_lazy("What it does"), _words(4000)),
        Column("given_name", gettext_lazy("Given name of the contact"), _words(100), "Awa"),
        Column("family_name", gettext_lazy("Family name of the contact"), _words(100), "Diop"),
        Column("title", gettext_lazy("Function of the contact"), _words(200), "Présidente"),
        Column("email", gettext_lazy("E-mail of the contact"), _optional_email(), "awa.diop@example.org",
               gettext_lazy("With the names, for somebody who answers for the partner from today on.")),
        Column("phone", gettext_lazy("Telephone of the contact"), _phone(), "+221 33 000 00 00"),
    ]  # fmt: skip


def _optional_email() -> forms.EmailField:
    return _EmailField(max_length=200, required=False)


def _categories() -> Mapping[str, PartnerCategory]:
    known: dict[str, PartnerCategory] = {}
    for category in PartnerCategory.objects.in_order():
        known |= {category.title_fr: category, category.title_en: category, category.slug: category}
    return known


def _partner_contradictions(rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
    taken = {name.lower() for name in Partner.objects.values_list("name_fr", flat=True)}
    contact = ("given_name", "family_name", "email")
    for row in rows:
        if row["name_fr"].lower() in taken:
            yield row, "name_fr", str(PARTNER_TAKEN)
        if any(row[key] for key in (*contact, "title", "phone")):
            for key in contact:
                if not row[key]:
                    yield row, key, _("Needed with what else is said of the contact.")
    yield from _twice(rows, "name_fr")
    yield from _address_contradictions([row for row in rows if row["email"]], "email")


# --- Shared ----------------------------------------------------------------------------------------------------------
def _address_contradictions(rows: list[Row], key: str) -> Iterable[tuple[Row, str, str]]:
    asked = [row[key] for row in rows]
    taken = {*User.objects.filter(email__in=asked).values_list("email", flat=True)}
    taken |= {*EmailAddress.objects.filter(email__in=asked, verified=True).values_list("email", flat=True)}
    for row in rows:
        if row[key] in taken:
            yield row, key, str(EMAIL_TAKEN)
    yield from _twice(rows, key)


def _twice(rows: list[Row], key: str) -> Iterable[tuple[Row, str, str]]:
    count = Counter(row[key].lower() for row in rows)
    first: dict[str, int] = {}
    for row in rows:
        word = row[key].lower()
        if count[word] > 1 and word in first:
            yield row, key, str(TWICE) % (row[key], first[word])
        first.setdefault(word, row["line"])


IMPORTERS = {
    ImportKind.ENTITIES: Importer(_entity_columns, _entity_contradictions),
    ImportKind.PEOPLE: Importer(_people_columns, _people_contradictions),
    ImportKind.PARTNERS: Importer(_partner_columns, _partner_contradictions),
}
