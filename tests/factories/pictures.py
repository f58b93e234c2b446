"""Pictures as people hand them in."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def a_picture(kind="PNG", size=(1200, 600), **options):
    content = BytesIO()
    Image.new("RGB", size, "navy").save(content, kind, **options)
    return SimpleUploadedFile(f"logo.{kind.lower()}", content.getvalue())
