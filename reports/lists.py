"""The list of members as it was on a day: its shape, taken from the records, and the files made of it (M-57, M-58)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.templatetags.typography import long_day
from core.workbook import Heading, workbook
from core.workbook import Sheet as Page
from members.enums import MembershipKind, Rank
from members.models import Entity, FocalPoint, Membership
from members.queries import co_chairs_on
from reports.sheets import Part, PlainTable, Sheet, reach
from reports.tables import Column


@dataclass(frozen=True)
class ListedPerson:
    rank: str
    given_name: str
    family_name: str
    title: str
    email: str
    phone: str

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name.upper()}"


@dataclass(frozen=True)
class ListedEntity:
    acronym: str
    name: str
    kind: str
    since: date
    confirmed_on: date | None
    people: tuple[ListedPerson, ...]


@dataclass(frozen=True)
class ListOfMembers:
    """Members and standing invitees in the order of the dictionary, with those who speak for each; in French."""

    day: date
    entities: tuple[ListedEntity, ...]
    co_chairs: tuple[str, ...]


def taken(day: date) -> ListOfMembers:
    """The records of ``day``. The caller has set the language of the file."""
    held = {tie.entity_id: tie for tie in Membership.objects.on(day)}
    speaking: dict[int, list[FocalPoint]] = {}
    for tie in FocalPoint.objects.on(day).select_related("person").order_by("entity_id", "pk"):
        speaking.setdefault(tie.entity_id, []).append(tie)
    return ListOfMembers(
        day=day,
        entities=tuple(
            _listed(entity, held[entity.pk], speaking.get(entity.pk, []))
            for entity in Entity.objects.filter(pk__in=held).by_acronym()
        ),
        co_chairs=tuple(f"{term.person} ({term.entity}), {term.get_seat_display()}" for term in co_chairs_on(day)),
    )


def _listed(entity: Entity, tie: Membership, speaking: list[FocalPoint]) -> ListedEntity:
    order = [*Rank]
    people = sorted(speaking, key=lambda one: order.index(Rank(one.rank)))
    return ListedEntity(
        entity.acronym, entity.name, str(tie.kind), tie.starts_on, entity.details_confirmed_on,
        tuple(_person(one) for one in people),
    )  # fmt: skip


def _person(tie: FocalPoint) -> ListedPerson:
    one = tie.person
    return ListedPerson(str(tie.rank), one.given_name, one.family_name, one.title, one.email, one.phone)


# --- Printed ---------------------------------------------------------------------------------------------------------
def sheet(content: ListOfMembers, title: str) -> Sheet:
    members = [one for one in content.entities if one.kind == MembershipKind.MEMBER]
    others = len(content.entities) - len(members)
    lead = _("As of %(day)s: %(members)s, %(invitees)s.") % {
        "day": long_day(content.day),
        "members": ngettext("%(n)s member", "%(n)s members", len(members)) % {"n": len(members)},
        "invitees": ngettext("%(n)s standing invitee", "%(n)s standing invitees", others) % {"n": others},
    }
    columns = (Column(_("Entity"), 22, "head"), Column(_("Who speaks for it"), 40), Column(_("How to reach them"), 38))
    rows = tuple(row for one in content.entities for row in _rows(one))
    return Sheet(
        title,
        (lead,),
        (
            Part(_("Co-chairs"), content.co_chairs, empty=_("No seat is held.")),
            Part(_("Members and invitees"), tables=(PlainTable(_("Members and invitees"), columns, rows),)),
        ),
    )


def _rows(one: ListedEntity) -> Iterator[tuple[str, str, str]]:
    """One row a person; the entity is named in each, so that a row read alone says whom it is about."""
    label = one.acronym if one.kind == MembershipKind.MEMBER else f"{one.acronym} ({_('standing invitee')})"
    if not one.people:
        yield label, _("nobody is named"), ""
    for person in one.people:
        who = ", ".join(filter(None, [person.name, person.title, str(Rank(person.rank).label)]))
        yield label, who, reach(person.email, person.phone)


# --- Excel -----------------------------------------------------------------------------------------------------------
def xlsx(content: ListOfMembers) -> bytes:
    """One row a person, one for an entity without any."""
    headings: list[Heading] = [
        (_("Acronym"), 14), (_("Name"), 50), (_("Status"), 20), (_("Member since"), 14), (_("Rank"), 26),
        (_("Given name"), 20), (_("Family name"), 26), (_("Function"), 40), (_("E-mail"), 36), (_("Telephone"), 20),
        (_("Contacts confirmed on"), 18),
    ]  # fmt: skip
    return workbook(Page(_("Members"), headings, _cells(content.entities)))


def _cells(entities: Iterable[ListedEntity]) -> Iterator[list[Any]]:
    for one in entities:
        known = [one.acronym, one.name, str(MembershipKind(one.kind).label), one.since]
        for person in one.people:
            rank = str(Rank(person.rank).label)
            details = [person.given_name, person.family_name, person.title, person.email, person.phone]
            yield [*known, rank, *details, one.confirmed_on]
        if not one.people:
            yield [*known, "", "", "", "", "", "", one.confirmed_on]


# --- Address book ----------------------------------------------------------------------------------------------------
def vcards(content: ListOfMembers, moment: datetime) -> bytes:
    """One card a person, as RFC 6350 has them (vCard 4.0)."""
    cards = [_card(one, person, moment) for one in content.entities for person in one.people]
    return "".join(f"{line}\r\n" for card in cards for line in card).encode()


def _card(one: ListedEntity, person: ListedPerson, moment: datetime) -> Iterator[str]:
    role = f"{Rank(person.rank).label}, {_('United Nations Network on Migration in Senegal')}"
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield from _folded(f"FN:{_escaped(person.name)}")
    yield from _folded(f"N:{_escaped(person.family_name)};{_escaped(person.given_name)};;;")
    yield from _folded(f"ORG:{_escaped(one.name)}")
    if person.title:
        yield from _folded(f"TITLE:{_escaped(person.title)}")
    yield from _folded(f"ROLE:{_escaped(role)}")
    yield from _folded(f"EMAIL;TYPE=work:{_escaped(person.email)}")
    if person.phone:
        yield from _folded(f"TEL;TYPE=work:{_escaped(person.phone)}")
    yield from _folded(f"CATEGORIES:{_escaped(one.acronym)}")
    yield f"REV:{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield "END:VCARD"


def _escaped(text: str) -> str:
    """Backslash, comma, semicolon and line break, as RFC 6350 section 3.4 asks."""
    for sign, instead in (("\\", "\\\\"), (",", "\\,"), (";", "\\;"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        text = text.replace(sign, instead)
    return text


def _folded(line: str) -> Iterator[str]:
    """Lines of at most 75 octets, never cut inside a letter; what follows begins with a space (section 3.2)."""
    room, begun = 75, ""
    for letter in line:
        if len((begun + letter).encode()) > room:
            yield begun
            begun, room = " ", 75
        begun += letter
    yield begun
