"""Files are never public: they leave through a view that asked for a permission, as a download."""

from django.core.files.base import File
from django.http import FileResponse


def download(file: File, filename: str, content_type: str) -> FileResponse:
    """The file as an attachment that no browser will sniff, run or frame."""
    response = FileResponse(file, as_attachment=True, filename=filename, content_type=content_type)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
