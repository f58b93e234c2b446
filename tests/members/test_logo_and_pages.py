"""What an entity shows of itself: its other web pages, and a logo that the portal draws anew."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, PngImagePlugin

from core.models import JournalEvent
from core.uploads import PictureField, small_picture
from members import actions
from members.forms import WebPagesField
from members.models import Entity
from tests.factories.pictures import a_picture

pytestmark = pytest.mark.django_db


# --- Pictures ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_picture_is_drawn_anew_and_small(kind):
    drawn = Image.open(PictureField(longest=480).clean(a_picture(kind)))

    assert (drawn.format, drawn.size) == ("PNG", (480, 240))


def test_small_picture_keeps_its_size():
    assert Image.open(small_picture(a_picture(size=(90, 40)), 480)).size == (90, 40)


def test_nothing_of_the_file_but_its_pixels_is_left():
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "<script>alert(1)</script>")
    file = a_picture(pnginfo=words)
    file = SimpleUploadedFile("logo.png", file.read() + b"PK\x03\x04<script>")

    content = small_picture(file, 480).read()

    assert b"script" not in content
    assert b"PK\x03\x04" not in content


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\n" + b"\0" * 200])
def test_broken_picture_is_refused(content):
    with pytest.raises(ValidationError, match="ne peut pas être lue"):
        PictureField(longest=480).clean(SimpleUploadedFile("logo.png", content))


def test_picture_that_would_swell_is_refused_before_it_is_drawn(monkeypatch):
    file = a_picture(size=(5000, 4000))
    monkeypatch.setattr(Image.Image, "convert", lambda *args: pytest.fail("it was drawn"))

    with pytest.raises(ValidationError, match="trop grande"):
        PictureField(longest=480).clean(file)


# --- The logo ---------------------------------------------------------------------------------------------------------
def change(client, entity, **given):
    return client.post(reverse("members:logo_change", args=[entity.slug]), {"csrfmiddlewaretoken": "x", **given})


def test_entity_changes_and_removes_its_logo(personas, sign_in, django_capture_on_commit_callbacks):
    client, entity = sign_in(personas.focal_a), personas.unicef
    assert change(client, entity).status_code == 422

    with django_capture_on_commit_callbacks(execute=True):
        assert change(client, entity, logo=a_picture()).status_code == 302
    entity.refresh_from_db()
    first, storage = entity.logo.name, entity.logo.storage
    assert first.startswith("logos/")
    page = client.get(entity.get_absolute_url()).content.decode()
    assert f'src="{entity.logo_url}" alt="Logo : UNICEF"' in page
    answer = client.get(entity.logo_url)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")

    with django_capture_on_commit_callbacks(execute=True):
        assert change(client, entity, remove="on").status_code == 302
    assert not storage.exists(first)
    assert client.get(reverse("members:entity_logo", args=[entity.slug])).status_code == 404
    verbs = JournalEvent.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs)[-2:] == ["members.set_logo", "members.remove_logo"]


def test_former_logo_stays_when_the_change_fails(personas, django_capture_on_commit_callbacks, monkeypatch):
    entity = actions.set_logo(personas.unicef, logo=small_picture(a_picture(), 480), by=personas.focal_a)
    former = entity.logo.name
    monkeypatch.setattr("core.journal.record", lambda *args, **options: 1 / 0)

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError):
        actions.set_logo(entity, logo=None, by=personas.focal_a)

    assert entity.logo.storage.exists(former)
    assert Entity.objects.get(pk=entity.pk).logo.name == former


# --- Web pages --------------------------------------------------------------------------------------------------------
def test_pages_are_written_one_a_line():
    clean = WebPagesField().clean("https://a.example.org/x  Bureau   de Dakar\r\n\r\nb.example.org\n")

    assert clean == "https://a.example.org/x Bureau de Dakar\nhttps://b.example.org"
    assert Entity(web_pages=clean).pages == [
        ("https://a.example.org/x", "Bureau de Dakar"), ("https://b.example.org", "https://b.example.org"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("https://a.example.org\nNotre page https://b.example.org", "Ligne 2"),
        ("javascript:alert(1) Cliquez", "Ligne 1"),
        ("\n".join(["https://a.example.org"] * 11), "10 pages"),
    ],
)
def test_line_that_is_no_address_is_refused_by_its_number(text, why):
    with pytest.raises(ValidationError, match=why):
        WebPagesField().clean(text)


def test_pages_are_links_under_their_titles(personas, sign_in):
    client, entity = sign_in(personas.focal_a), personas.unicef
    pages = "https://a.example.org/<b> Bureau <script>"

    answer = client.post(
        reverse("members:entity_edit", args=[entity.slug]), {"version": entity.version, "web_pages": pages}
    )

    assert answer.status_code in {302, 422}
    actions.edit_entity(
        Entity.objects.get(pk=entity.pk), web_pages="https://a.example.org/x Bureau <b>",
        version=Entity.objects.get(pk=entity.pk).version, by=personas.focal_a,
    )  # fmt: skip
    page = client.get(entity.get_absolute_url()).content.decode()
    assert '<a href="https://a.example.org/x" rel="noopener">Bureau &lt;b&gt;</a>' in page
