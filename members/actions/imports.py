"""Members, people and partners from an Excel file: read, checked, then entered all together or not at all."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import ngettext

from core import clock, journal, spreadsheet
from core.errors import DomainError
from core.spreadsheet import Fault
from core.transitions import lock, move, require_move
from members import imports
from members.actions.ties import facts_of
from members.enums import ImportKind, Language
from members.imports import Row
from members.models import Entity, FocalPoint, Import, Membership, Partner, PartnerContact, User
from members.refusals import refusals

BATCH = 500


class Faulty(DomainError):
    """Some cells cannot be taken; nothing was entered. ``faults`` says which."""

    field = "file"

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        count = len(self.faults)
        sentence = ngettext(
            "%(n)s cell is to be corrected; nothing was entered.",
            "%(n)s cells are to be corrected; nothing was entered.", count,
        )  # fmt: skip
        super().__init__(sentence % {"n": count})


@transaction.atomic
def check_import(kind: str, *, file: File, by: User) -> Import:
    """Read a file and keep its lines for the page of checking; the register does not change.

    Raises:
        Unreadable: the file is no Excel file of the template's.
        Faulty: some cells are wrong, or contradict the register.
    """
    columns = imports.IMPORTERS[ImportKind(kind)].columns()
    lines, unread = spreadsheet.read(file, columns)
    _rows, wrong = imports.check(kind, lines)
    if faults := _by_cell(unread, wrong):
        raise Faulty(faults)
    checked = Import.objects.create(
        kind=kind, file_name=file.name or "", lines=lines, count=len(lines), checked_at=clock.now(), checked_by=by
    )
    journal.record("check_import", checked, by=by, data={"count": checked.count})
    return checked


def _by_cell(unread: list[Fault], wrong: list[Fault]) -> list[Fault]:
    """All faults in the order of the lines; of a cell that could not be read nothing else is said."""
    cells = {(fault.line, fault.column) for fault in unread}
    others = [fault for fault in wrong if (fault.line, fault.column) not in cells]
    return sorted([*unread, *others], key=lambda fault: fault.line)[: spreadsheet.MOST_FAULTS]


@transaction.atomic
def carry_out_import(checked: Import, *, by: User) -> Import:
    """Enter every line, as if each had been added by its form.

    Raises:
        NotAllowedNow: it was entered or given up before.
        Faulty: the register has changed since, and contradicts it now.
        Refused: somebody entered the same at this very moment.
    """
    checked = lock(checked)
    require_move(checked, "carry_out_import")
    rows, faults = imports.check(checked.kind, checked.lines)
    if faults:
        raise Faulty(faults)
    _WRITERS[ImportKind(checked.kind)](rows, by)
    return _ended(checked, "carry_out_import", by)


@transaction.atomic
def give_up_import(checked: Import, *, by: User | None) -> Import:
    """Forget the lines of a file that was checked; ``by`` is ``None`` once they were kept long enough."""
    checked = lock(checked)
    require_move(checked, "give_up_import")
    return _ended(checked, "give_up_import", by)


def _ended(checked: Import, verb: str, by: User | None) -> Import:
    return move(checked, verb, by=by, data={"count": checked.count}, ended_at=clock.now(), lines=[])


def _insert(verb: str, things: list[Any], by: User, data: Callable[[Any], dict[str, Any]] | None = None) -> list[Any]:
    """Many rows of one kind and their lines in the journal."""
    if things:
        with refusals(type(things[0])):
            type(things[0])._default_manager.bulk_create(things, batch_size=BATCH)
        journal.record_all(verb, things, by=by, data=data)
    return things


def _enter_entities(rows: list[Row], by: User) -> None:
    said = ("slug", "acronym_fr", "acronym_en", "name_fr", "name_en", "website")
    entities = _insert("add_entity", [Entity(**{key: row[key] for key in said}) for row in rows], by)
    joined = [
        Membership(entity=entity, kind=row["kind"], starts_on=row["starts_on"])
        for entity, row in zip(entities, rows, strict=True)
        if row["starts_on"]
    ]
    _insert("record_membership", joined, by, facts_of)


def _person(row: Row) -> User:
    return User(
        email=row["email"], civility=row.get("civility", ""), given_name=row["given_name"],
        family_name=row["family_name"], title=row["title"], phone=row["phone"],
        language=row.get("language") or Language.FRENCH, password=make_password(None),
    )  # fmt: skip


def _enter_people(rows: list[Row], by: User) -> None:
    people = _insert("add_person", [_person(row) for row in rows], by)
    named = [
        FocalPoint(entity=row["entity"], person=person, rank=row["rank"], starts_on=row["starts_on"])
        for person, row in zip(people, rows, strict=True)
        if row["entity"]
    ]
    _insert("name_focal_point", named, by, facts_of)


def _enter_partners(rows: list[Row], by: User) -> None:
    said = ("name_fr", "name_en", "acronym", "category", "website", "description")
    partners = _insert(
        "add_partner",
        [
            Partner(**{key: row[key] for key in said}, email=row["organisation_email"], created_at=clock.now())
            for row in rows
        ],
        by,
        lambda partner: {"category": partner.category.slug},
    )
    through = Partner.regions.through
    through.objects.bulk_create(
        [through(partner=partner, region=region) for partner, row in zip(partners, rows, strict=True)
         for region in row["regions"]],
        batch_size=BATCH,
    )  # fmt: skip
    answering = [(partner, row) for partner, row in zip(partners, rows, strict=True) if row["email"]]
    people = _insert("add_person", [_person(row) for _partner, row in answering], by)
    contacts = [
        PartnerContact(partner=partner, person=person, starts_on=clock.today())
        for person, (partner, _row) in zip(people, answering, strict=True)
    ]
    _insert("name_contact", contacts, by, facts_of)


_WRITERS = {
    ImportKind.ENTITIES: _enter_entities,
    ImportKind.PEOPLE: _enter_people,
    ImportKind.PARTNERS: _enter_partners,
}
