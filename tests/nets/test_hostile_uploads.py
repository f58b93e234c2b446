"""Whatever file is handed in: a sentence by the field, nothing stored, never an error of ours."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.nets.portal import Form, filled, tables, undone

pytestmark = [pytest.mark.django_db, pytest.mark.drill]

PDF, ZIP, PNG = b"%PDF-1.7\n", b"PK\x03\x04" + b"\0" * 40, b"\x89PNG\r\n\x1a\n"
NAMES = (
    "../../etc/passwd", "..\\..\\boot.ini", "a\0b.pdf", "x" * 300 + ".pdf", "\u202efdp.exe", "photo.php.pdf",
    ".htaccess", "con",
    "=1+1.pdf", "<img src=x>.pdf", "sans suffixe", ".pdf", "a.svg", "a.html", "a.xlsm", "a.docm", "a.exe",
)  # fmt: skip
CONTENTS = {
    "empty": b"",
    "page": b"<html><script>alert(1)</script></html>",
    "drawing": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "program": b"MZ\x90\0",
    "archive": ZIP,
    "truncated picture": PNG,
    "two in one": PDF + ZIP,
    "noise": bytes(range(256)) * 8,
}


def forms_with_a_file(portal) -> list[tuple[str, Form, str]]:
    """Person, form, and the name of the field that takes a file."""
    found = [(who, form, field.name) for who, form in portal.forms for field in form.fields if field.kind == "file"]
    return [one for one in found if one[1].route != "ui"]  # examples


def test_some_forms_take_a_file(portal):
    assert {form.route for _who, form, _field in forms_with_a_file(portal)} >= {
        "decisions:position_record", "imports:import_check",
    }  # fmt: skip


USUAL = ("a.pdf", "a.png", "a.eml", "a.msg", "a.xlsx", "a.docx")


@pytest.mark.parametrize("content", CONTENTS)
def test_file_that_is_not_what_is_asked_for_is_refused_and_not_kept(portal, content):
    refuses(portal, CONTENTS[content], USUAL)


def test_file_with_a_name_that_is_none_is_refused_and_not_kept(portal):
    refuses(portal, PDF, NAMES)


def refuses(portal, content, names):
    """The form is refused for its file, and for a required word that is left out where the file could pass."""
    wrong = {}
    for who, form, field in forms_with_a_file(portal):
        said = {key: value for key, value in filled(form) if key not in {field, "stance", "title", "unct_reference"}}
        with undone():
            before = tables()
            for name in names:
                file = SimpleUploadedFile(name, content)
                answer = portal.client(who).post(form.action, {**said, field: file})
                if answer.status_code != 422:
                    wrong[form.route, name] = answer.status_code
            if tables() != before:
                wrong[form.route] = "something was written"

    assert wrong == {}
