"""Files are never public: they leave through a view that asked for a permission, as a download or a picture."""

from django.core.files.base import File
from django.http import FileResponse


def download(file: File, filename: str, content_type: str) -> FileResponse:
    """The file as an attachment that no browser will sniff, run or frame."""
    response = FileResponse(file, as_attachment=True, filename=filename, content_type=content_type)
    return _closed(response, "private, no-store")


def picture(file: File) -> FileResponse:
    """A PNG that the portal drew (:func:`core.uploads.small_picture`), shown in a page; its address changes with it."""
    return _closed(FileResponse(file, content_type="image/png"), "private, max-age=604800")


def _closed(response: FileResponse, keeping: str) -> FileResponse:
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = keeping
    return response
