"""The register is a chain (clause M-61: decisions are noted): what is sealed stands, and one altered byte is found."""

from datetime import date, timedelta
from importlib import import_module
from io import BytesIO, StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from openpyxl import load_workbook

from core import clock
from decisions import actions, register
from decisions.enums import FollowUp, Mode, Stance
from decisions.models import Decision, DecisionText, Position
from tests.factories import decisions as made
from tests.factories import procedure as ruled

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(personas):
    """Three decisions in the register: the rules that ask for both co-chairs, then two that both noted; the second with
    a reservation and a last day, the third in its place.
    """
    first = ruled.adopted(personas, both_chairs_note=True).decision
    second = made.with_effects(made.draft(personas, title="Charte"), personas, in_force_until=date(2026, 12, 31))
    second = made.called(second, personas, mode=Mode.IN_SESSION)
    actions.state_position(second, stance=Stance.CAN_LIVE_WITH, reason="À chiffrer.", by=personas.focal_b)
    second = noted_by_both(second, personas)
    third = noted_by_both(made.heard_in_session(personas, replaced=[second]), personas)
    return [Decision.objects.get(pk=one.pk) for one in (first, second, third)]


def noted_by_both(decision, personas):
    decision = actions.note_consensus(decision, by=personas.co_chair_iom)
    return actions.note_consensus(decision, by=personas.co_chair_ohchr)


def tampered(table, change, pk):
    """What somebody with the keys of the database could do."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing is left to be checked when the triggers are put off
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"UPDATE {table} SET {change} WHERE id = %s", [pk])  # noqa: S608 - both from the table below
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def verified():
    output = StringIO()
    call_command("verify_register", stdout=output)
    return output.getvalue().splitlines()


def test_a_register_as_it_was_kept_is_found_whole(three):
    assert verified() == ["3 décisions, aucune altérée.", f"Dernier sceau\xa0: {three[-1].seal}"]


def test_an_empty_register_is_whole(db):
    assert verified() == ["0 décision, aucune altérée.", "Dernier sceau\xa0: —"]


DECISION, TEXT, POSITION = (model._meta.db_table for model in (Decision, DecisionText, Position))
ALTERED = [
    (DECISION, "title = 'Chartes'"),
    (DECISION, "mode = 'written'"),
    (DECISION, "subject_kind = 'report'"),
    (DECISION, "subject_id = '1'"),
    (DECISION, "proposed_by_id = (SELECT max(id) FROM members_entity)"),
    (DECISION, "procedure_id = NULL"),
    (DECISION, "call_opened_at = call_opened_at - interval '1 microsecond'"),
    (DECISION, "call_deadline = call_deadline + interval '1 microsecond'"),
    (DECISION, "noted_at = noted_at + interval '1 microsecond'"),
    (DECISION, "noted_by_id = (SELECT max(id) FROM members_user)"),
    (DECISION, "recorded_at = recorded_at + interval '1 microsecond'"),
    (DECISION, "in_force_from = in_force_from - 1"),
    (DECISION, "in_force_until = '2027-01-01'"),
    (DECISION, "first_noted_by_id = NULL, first_noted_at = NULL"),
    (DECISION, "first_noted_at = first_noted_at + interval '1 microsecond'"),
    (DECISION, "seal = (CASE left(seal, 1) WHEN 'f' THEN '0' ELSE 'f' END) || substr(seal, 2)"),
    (TEXT, "text = text || ' '"),
    (TEXT, "frozen_at = frozen_at + interval '1 microsecond'"),
    (TEXT, "written_at = written_at + interval '1 microsecond'"),
    (TEXT, "written_by_id = (SELECT max(id) FROM members_user)"),
    (POSITION, "stance = 'stands_aside'"),
    (POSITION, "reason = 'À chiffrer !'"),
    (POSITION, "alternative = 'x'"),
    (POSITION, "entity_id = (SELECT max(id) FROM members_entity)"),
    (POSITION, "author_id = (SELECT max(id) FROM members_user)"),
    (POSITION, "capacity = 'head'"),
    (POSITION, "channel = 'letter'"),
    (POSITION, "at = at - interval '1 microsecond'"),
    (POSITION, "text_number = 9"),
]


def test_one_altered_byte_is_found_and_its_entry_named(three):
    second = three[1]
    rows = {DECISION: second, TEXT: second.texts.get(), POSITION: second.positions.get()}
    for table, change in ALTERED:
        with transaction.atomic():
            tampered(table, change, rows[table].pk)

            assert register.first_flaw() == register.Flaw(second.year, second.number), (table, change)
            with pytest.raises(CommandError, match=f"{second.reference} a été altérée"):
                verified()
            transaction.set_rollback(True)


def test_a_link_taken_out_is_found_at_the_entry_that_held_it(three):
    third, table = three[2], Decision.supersedes.through._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - a name of our own
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    assert register.first_flaw() == register.Flaw(third.year, third.number)


def test_every_field_that_is_sealed_was_tampered_with():
    changed = {(table, change.partition(" ")[0]) for table, change in ALTERED}

    sealed = {*register.FIELDS, *register.OPTIONAL} - {"year", "number"}
    assert changed >= {(DECISION, name) for name in sealed}
    assert changed >= {(TEXT, name) for name in register.OF_A_TEXT if name != "number"}
    assert changed >= {(POSITION, name) for name in register.OF_A_POSITION}


def test_an_entry_taken_out_is_named(three):
    second = three[1]
    tampered(DECISION, "number = 7", second.pk)

    assert register.first_flaw() == register.Flaw(second.year, 2, is_missing=True)
    with pytest.raises(CommandError, match=f"{second.reference} manque"):
        verified()


def test_the_follow_up_goes_on_and_the_seal_stands(three, personas):
    done = actions.follow_up(three[0], state="done", note="Fait.", version=three[0].version, by=personas.secretariat)

    assert done.seal == three[0].seal
    assert register.first_flaw() is None


@pytest.mark.parametrize("change", [{"title": "Autre"}, {"number": 9}, {"seal": "0" * 64}, {"noted_at": None}])
def test_the_database_refuses_to_change_what_is_sealed(three, change):
    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
        Decision.objects.filter(pk=three[0].pk).update(**change)


def test_the_seal_stands_on_the_page_and_in_the_export(three, personas, sign_in):
    assert three[2].seal in sign_in(personas.focal_a).get(three[2].get_absolute_url()).content.decode()


def test_a_register_begun_before_is_sealed_as_it_stands(personas):
    three = [made.recorded(personas) for _turn in range(3)]
    migration = import_module("decisions.migrations.0014_sealed_register")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {DECISION} DROP CONSTRAINT decision_sealed_when_numbered")
    for entry in three:
        tampered(DECISION, "seal = ''", entry.pk)

    migration.seal_what_is_recorded(apps, None)
    sealed = Decision.objects.order_by("number").values_list("seal", flat=True)
    assert list(sealed) == [entry.seal for entry in three]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("D-001", True), ("d-1", True), ("RNUM-SN/2026/D-001", True), ("2025/D-001", False), ("D-002", False),
        ("charte données", True), ("données charte", True), ("charte voisine", False), ("D-001 charte", False),
    ],
)  # fmt: skip
def test_it_is_searched_by_number_and_by_words_in_any_order(personas, sign_in, typed, found):
    decision = made.recorded(personas, title="Charte des données")

    page = sign_in(personas.focal_a).get(reverse("decisions:decision_list"), {"q": typed})

    assert (decision in page.context["page"].object_list) == found


def listed(reader, **asked):
    page = reader.get(reverse("decisions:decision_list"), asked)
    assert page.status_code == 200
    return list(page.context["page"].object_list), page.content.decode()


def test_it_is_searched_in_the_texts_too(personas, sign_in):
    decision = made.recorded(personas, title="Charte", text="Les chiffres sont partagés.")

    assert listed(sign_in(personas.focal_a), q="partagés charte")[0] == [decision]
    assert listed(sign_in(personas.focal_a), q="partagés données")[0] == []


def test_an_objection_that_stands_shows_in_the_list_and_is_filtered_by(personas, sign_in):
    reader = sign_in(personas.focal_a)
    called, objected = made.in_call(personas, title="Appel"), made.objected(personas, title="Contestée")

    assert listed(reader, state="objected")[0] == [objected]
    shown = {name: listed(reader, q=name)[1].count("Objection ouverte") for name in ("Contestée", "Appel")}
    assert shown == {"Contestée": 2, "Appel": 1}  # the choice of the filter is there in any case
    assert set(listed(reader, state="call")[0]) == {called, objected}

    said = {"stance": Stance.LIFTS_OBJECTION, "reason": "Chiffré."}
    actions.state_position(objected, **said, by=personas.focal_b)
    assert listed(reader, state="objected")[0] == []


def test_it_is_filtered_by_subject_by_who_is_in_charge_and_by_follow_up(personas, sign_in):
    reader = sign_in(personas.focal_a)
    free = made.recorded(personas, responsible=personas.unicef, due_on=clock.today())
    report = made.recorded(personas, subject_kind="report", responsible=personas.unwomen)
    actions.follow_up(report, state=FollowUp.DONE, note="Publié.", version=report.version, by=personas.secretariat)

    assert listed(reader, subject_kind="report")[0] == [report]
    assert listed(reader, responsible=personas.unicef.pk)[0] == [free]
    assert listed(reader, follow_up="done")[0] == [report]
    with clock.set_to(clock.now() + timedelta(days=1)):
        assert listed(reader, follow_up="late")[0] == [free]
    page = reader.get(report.get_absolute_url())
    assert ("Fait", "Publié.") in [tuple(one.detail.split("\n")) for one in page.context["history"] if one.detail]


def test_the_file_names_subject_mode_and_what_is_replaced(personas, sign_in):
    first = made.recorded(personas)
    second = made.recorded(personas, replaced=[first])

    file = sign_in(personas.focal_a).get(reverse("decisions:decision_export"))
    heads, *rows = [list(row) for row in load_workbook(BytesIO(file.getvalue())).active.values]

    told = {row[0]: dict(zip(heads, row, strict=True)) for row in rows}
    second.refresh_from_db()
    assert told[second.reference]["Remplace"] == first.reference
    assert told[first.reference]["Remplacée par"] == second.reference
    assert (told[first.reference]["Objet"], told[first.reference]["Les positions sont données"]) == (
        "autre",
        "en séance",
    )
