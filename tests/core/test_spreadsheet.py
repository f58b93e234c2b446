"""Excel files that people fill in: what is read, what is refused, and in which words."""

import struct
import zipfile
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from core import spreadsheet
from core.forms import DayField
from core.spreadsheet import Column, Fault, LookupField, Unreadable
from tests.factories.imports import a_book

COLUMNS = [
    Column("name", "Nom", forms.CharField(max_length=10)),
    Column("email", "Courriel", forms.EmailField(required=False)),
    Column("day", "Jour", DayField(required=False)),
]


def read(*rows, headings=("Nom", "Courriel", "Jour")):
    return spreadsheet.read(a_book(headings, *rows), COLUMNS)


def raw(build):
    """An archive that is no workbook."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        build(archive)
    return SimpleUploadedFile("x.xlsx", content.getvalue())


def test_cells_are_read_as_they_would_be_typed():
    lines, faults = read(["Awa", "a@example.org", datetime(2026, 1, 31)], [12.0, None, date(2026, 2, 1)])

    assert faults == []
    assert lines == [(2, ["Awa", "a@example.org", "2026-01-31"]), (3, ["12", "", "2026-02-01"])]


def test_headings_stand_in_any_order_with_stars_accents_and_capitals():
    lines, _faults = read(["x@example.org", "Awa"], headings=["COURRIEL", "nom *"])

    assert lines == [(2, ["Awa", "x@example.org", ""])]


def test_empty_lines_between_do_not_count_and_do_not_shift_numbers():
    lines, _faults = read(["Awa"], [None, "  "], ["Ndèye"])

    assert [at for at, _cells in lines] == [2, 4]


@pytest.mark.parametrize(
    ("headings", "rows", "why"),
    [
        (("Courriel",), (["a@example.org"],), "manquent : Nom"),
        (("Nom", "Salaire"), (["Awa", "3"],), "ne sont pas dans le modèle : Salaire"),
        (("Nom", "nom"), (["Awa", "Awa"],), "figure deux fois"),
        (("Nom",), (), "Aucune ligne"),
    ],
)
def test_headings_that_are_not_the_templates_are_refused_by_name(headings, rows, why):
    with pytest.raises(Unreadable) as refused:
        read(*rows, headings=headings)

    assert why in str(refused.value).replace("\xa0", " ")


def test_formula_is_refused_where_it_stands():
    _lines, faults = read(["=1+1"], ["Awa", '=HYPERLINK("http://x")'])

    assert [(fault.line, fault.column) for fault in faults] == [(2, "Nom"), (3, "Courriel")]
    assert str(faults[0]).replace("\xa0", " ") == (
        "Ligne 2, colonne Nom : une formule n’est pas acceptée ; collez plutôt sa valeur."
    )


def test_each_cell_is_refused_in_the_words_of_its_field():
    rows, faults = spreadsheet.clean(
        [(14, ["Awa", "pas une adresse", ""]), (15, ["", "", "hier"]), (16, ["Bon", "", "31/01/2026"])], COLUMNS
    )

    assert [row["line"] for row in rows] == [16]
    assert rows[0]["day"] == date(2026, 1, 31)
    assert [str(fault).replace("\xa0", " ") for fault in faults] == [
        "Ligne 14, colonne Courriel : Saisissez une adresse de courriel valide.",
        "Ligne 15, colonne Nom : Ce champ est obligatoire.",
        "Ligne 15, colonne Jour : Saisissez une date valide.",
    ]


def test_fault_is_told_in_the_readers_language():
    with translation.override("en"):
        assert str(Fault(3, "E-mail", "no.")) == "Line 3, column E-mail: no."


def test_word_is_looked_up_without_accents_and_capitals():
    field = LookupField(lambda: {"Société civile": 7}, "Rien ne s’appelle « %s ».")

    assert field.clean("SOCIETE  CIVILE") == 7
    with pytest.raises(forms.ValidationError, match="Rien ne s’appelle « xyz »"):
        field.clean("xyz")


def test_template_is_read_back_and_says_what_it_takes():
    content = spreadsheet.template("Essai", COLUMNS)
    book = openpyxl.load_workbook(BytesIO(content))

    assert [cell.value for cell in book.worksheets[0][1]] == ["Nom *", "Courriel", "Jour"]
    assert [cell.value for cell in book.worksheets[1]["A"]] == ["Colonne", "Nom", "Courriel", "Jour"]
    with pytest.raises(Unreadable, match="Aucune ligne"):
        spreadsheet.read(BytesIO(content), COLUMNS)


# --- What is refused before it is opened ------------------------------------------------------------------------------
@pytest.fixture
def closed(monkeypatch):
    """Opening a file is a failure."""
    monkeypatch.setattr(spreadsheet, "load_workbook", lambda *args, **options: pytest.fail("the file was opened"))


def bomb(archive):
    archive.writestr("xl/worksheets/sheet1.xml", b"0" * 29_000_000)


def too_much(archive):
    for number in range(4):
        archive.writestr(f"xl/{number}.xml", bytes(range(256)) * 40_000)


def many(archive):
    for number in range(501):
        archive.writestr(f"{number}.xml", b"x")


def macros(archive):
    archive.writestr("xl/vbaProject.bin", b"x")


@pytest.mark.parametrize(
    ("build", "why"),
    [(bomb, "trop volumineux"), (too_much, "trop volumineux"), (many, "trop volumineux"), (macros, "macros")],
)
def test_archive_that_would_swell_or_act_is_not_opened(closed, build, why):
    with pytest.raises(Unreadable, match=why):
        spreadsheet.read(raw(build), COLUMNS)


def test_archive_that_lies_about_its_size_gives_no_more_than_it_said():
    """The central directory says one byte; the library never unpacks more than it was told."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 20_000_000)
    data = bytearray(content.getvalue())
    entry = data.index(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 1)

    with pytest.raises(Unreadable, match="ne peut pas être lu"):
        spreadsheet.read(SimpleUploadedFile("x.xlsx", bytes(data)), COLUMNS)


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x03\x04" + b"\xff" * 500, b"", b"Nom;Courriel\n"])
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(Unreadable, match="ne peut pas être lu"):
        spreadsheet.read(SimpleUploadedFile("x.xlsx", content), COLUMNS)


@pytest.mark.parametrize("name", ["xl/workbook.xml", "[Content_Types].xml", "a.txt"])
def test_archive_that_is_no_workbook_is_refused(name):
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'

    with pytest.raises(Unreadable, match="ne peut pas être lu"):
        spreadsheet.read(raw(lambda archive: archive.writestr(name, entities)), COLUMNS)


def test_more_lines_than_are_taken_are_refused(monkeypatch):
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 3)

    assert len(read(*[["Awa"]] * 3)[0]) == 3
    with pytest.raises(Unreadable, match="3 lignes"):
        read(*[["Awa"]] * 4)


def test_line_far_below_the_others_is_not_left_out_unnoticed():
    book = openpyxl.Workbook()
    for row, word in ((1, "Nom"), (2, "Awa"), (1_048_576, "loin")):
        book.active.cell(row=row, column=1).value = word
    content = BytesIO()
    book.save(content)

    with pytest.raises(Unreadable, match="lignes au plus"):
        spreadsheet.read(BytesIO(content.getvalue()), COLUMNS)
