"""Files that people hand in: kinds, sizes and names."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from core import uploads
from core.word import DOCX

SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def office(*names):
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(name, "<x/>")
    return content.getvalue()


def clean(name, content, **options):
    field = uploads.DocumentField(kinds=uploads.KINDS, **options)
    return field.clean(SimpleUploadedFile(name, content))


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("A.JPEG", b"\xff\xd8\xff\xe0" + b"0" * 50, "image/jpeg"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "image/png"),
        ("a.eml", b"Received: from x\r\n", "message/rfc822"),
        ("a.docx", office("word/document.xml"), DOCX),
        ("a.pptx", office("ppt/presentation.xml"), SLIDES),
        ("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 9, "application/vnd.ms-outlook"),
    ],
)
def test_known_kinds_are_taken(name, content, content_type):
    file = clean(name, content)

    assert file.read() == content
    assert uploads.kind_of(file.name).content_type == content_type


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.php", PDF, "Ce type de fichier n’est pas accepté"),
        ("a.pdf.exe", PDF, "Ce type de fichier n’est pas accepté"),
        ("a.svg", b"<svg onload=alert(1)>", "Ce type de fichier n’est pas accepté"),
        ("sans-suffixe", PDF, "Ce type de fichier n’est pas accepté"),
        ("a.pdf", b"<html><script>alert(1)</script>", "n’est pas celui d’un fichier PDF"),
        ("a.png", b"<svg onload=alert(1)>", "n’est pas celui d’un fichier PNG"),
        ("a.eml", b"\0\0\0From: x", "n’est pas celui d’un fichier EML"),
        ("a.eml", b"<html>", "n’est pas celui d’un fichier EML"),
        ("a.pdf", b"", "vide"),
        ("a.docx", office("xl/workbook.xml"), "n’est pas celui d’un fichier DOCX"),
        ("a.docx", b"PK\x03\x04" + b"\0" * 40, "n’est pas celui d’un fichier DOCX"),
        ("a.xlsx", office("word/document.xml"), "n’est pas celui d’un fichier XLSX"),
        ("a.docx", office("word/document.xml", "word/vbaProject.bin"), "enregistrez-le en .docx, sans elles"),
    ],
)
def test_what_is_not_what_its_name_says_is_refused(name, content, why):
    with pytest.raises(ValidationError) as refused:
        clean(name, content)

    assert why in str(refused.value.messages)


def test_too_large_is_refused_with_both_sizes():
    with pytest.raises(ValidationError) as refused:
        clean("a.pdf", PDF + b"0" * 3_000_000, limit=2 * uploads.MB)

    (said,) = refused.value.messages
    assert said == "Ce fichier pèse 3\xa0Mo\xa0; 2\xa0Mo au plus sont acceptés."


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Réponse.pdf", "Réponse.pdf"),
        ("..\\..\\x.pdf", "_.._x.pdf"),
        ("facture\u202efdp.exe.pdf", "facturefdp.exe.pdf"),
        ("a\0\r\nb.pdf", "ab.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_name_is_kept_without_what_could_mislead(given, kept):
    assert uploads.kept_name(given) == kept


def test_stored_name_tells_nothing_of_the_given_one():
    first, second = uploads.made_name("proofs", "Secret.PDF"), uploads.made_name("proofs", "Secret.PDF")

    assert first != second
    assert "ecret" not in first
    assert first.startswith("proofs/")
    assert first.endswith(".pdf")
