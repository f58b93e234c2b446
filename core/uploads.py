"""What people hand in: known kinds of file, told apart by their first bytes, under names that the portal makes."""

import re
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from PIL import Image

from core.templatetags.typography import filesize_fr

HEAD = 2048  # bytes that tell what a file is
LONGEST_NAME = 120
MOST_PIXELS = 16_000_000
MB = 1_000_000  # as people and their programs count


@dataclass(frozen=True)
class Kind:
    """One kind of file: what it is called, how its name ends, how it leaves the portal, how it begins.

    An Office file is an archive: ``inside`` is the folder in which the parts of that program stand (ECMA-376).
    """

    label: str
    suffixes: tuple[str, ...]
    content_type: str
    begins: Callable[[bytes], bool]
    inside: str = ""


def _with(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(marks)


def _is_mail(head: bytes) -> bool:
    """RFC 5322: text that begins with a header."""
    return b"\0" not in head and re.match(rb"\s*[A-Za-z][A-Za-z0-9-]*:", head) is not None


PDF = Kind("PDF", (".pdf",), "application/pdf", _with(b"%PDF-"))
PNG = Kind("PNG", (".png",), "image/png", _with(b"\x89PNG\r\n\x1a\n"))
JPEG = Kind("JPEG", (".jpg", ".jpeg"), "image/jpeg", _with(b"\xff\xd8\xff"))
MAIL = Kind("EML", (".eml",), "message/rfc822", _is_mail)
OUTLOOK = Kind("MSG", (".msg",), "application/vnd.ms-outlook", _with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))


def _office(suffix: str, what: str, inside: str) -> Kind:
    content_type = f"application/vnd.openxmlformats-officedocument.{what}"
    return Kind(suffix.upper(), (f".{suffix}",), content_type, _with(b"PK\x03\x04"), inside)


DOCX = _office("docx", "wordprocessingml.document", "word/")
XLSX = _office("xlsx", "spreadsheetml.sheet", "xl/")
PPTX = _office("pptx", "presentationml.presentation", "ppt/")
KINDS = (PDF, PNG, JPEG, MAIL, OUTLOOK, DOCX, XLSX, PPTX)


def kind_of(name: str) -> Kind | None:
    """By the end of its name; what is stored was checked by its bytes before."""
    suffix = PurePath(name).suffix.lower()
    return next((kind for kind in KINDS if suffix in kind.suffixes), None)


def kept_name(name: str) -> str:
    """The name a person gave, fit to be shown and given back: one line, no folder, nothing that hides its end."""
    plain = "".join(sign for sign in unicodedata.normalize("NFC", name) if unicodedata.category(sign)[0] != "C")
    path = PurePath(re.sub(r"[\\/:*?\"<>|]", "_", plain).strip(" ."))
    return f"{path.stem[: LONGEST_NAME - len(path.suffix)]}{path.suffix}"


def made_name(folder: str, name: str) -> str:
    """Where the portal stores it: nothing of the person's name is left but the kind of file."""
    return f"{folder}/{uuid4()}{PurePath(name).suffix.lower()}"


def small_picture(file: File, longest: int) -> ContentFile:
    """The picture drawn anew as PNG, no side longer than ``longest`` pixels: of the file its pixels alone are left.

    Raises:
        ValidationError: it is no picture that can be drawn, or would swell far beyond any screen.
    """
    try:
        with Image.open(file) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(_("This picture is too large: make it smaller than 4,000 × 4,000 pixels."))
            drawn = picture.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(_("This picture cannot be read: save it again as PNG or JPEG.")) from error
    drawn.thumbnail((longest, longest))
    content = BytesIO()
    drawn.save(content, "PNG", optimize=True)
    return ContentFile(content.getvalue(), name="picture.png")


def _parts(file: File) -> list[str]:
    """Names inside an archive, none where there is no telling; nothing is unpacked."""
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return []
    finally:
        file.seek(0)


class DocumentField(forms.FileField):
    """One file of the given kinds; its ``name`` is cleaned, its content is what its name says.

    Args:
        kinds: those that are taken.
        limit: the largest one, in bytes.
    """

    def __init__(self, *, kinds: tuple[Kind, ...], limit: int = 10 * MB, **kwargs: Any) -> None:
        self.kinds, self.limit = kinds, limit
        suffixes = ",".join(suffix for kind in kinds for suffix in kind.suffixes)
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": suffixes}))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if isinstance(file, File):
            self._check(file)
            file.name = kept_name(file.name or "")
        return file

    def _check(self, file: File) -> None:
        if file.size > self.limit:
            sizes = {"size": filesize_fr(file.size), "limit": filesize_fr(self.limit)}
            raise ValidationError(_("This file has %(size)s; at most %(limit)s are taken.") % sizes)
        kind = kind_of(file.name or "")
        taken = ", ".join(one.label for one in self.kinds)
        if kind not in self.kinds:
            raise ValidationError(_("This kind of file is not taken; choose one of: %s.") % taken)
        self._check_content(file, kind)

    def _check_content(self, file: File, kind: Kind) -> None:
        file.seek(0)
        head = file.read(HEAD)
        file.seek(0)
        names = _parts(file) if kind.inside else []
        if not kind.begins(head) or (kind.inside and not any(name.startswith(kind.inside) for name in names)):
            raise ValidationError(_("The content of this file is not that of a %s file: save it again.") % kind.label)
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise ValidationError(_("This file holds macros: save it as %s, without them.") % kind.suffixes[0])


class PictureField(DocumentField):
    """A small picture: what is clean is a PNG that the portal drew (:func:`small_picture`)."""

    def __init__(self, *, longest: int, limit: int = 2 * MB, **kwargs: Any) -> None:
        self.longest = longest
        super().__init__(kinds=(PNG, JPEG), limit=limit, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        return small_picture(file, self.longest) if isinstance(file, File) else file
