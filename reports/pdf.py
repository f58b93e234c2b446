"""HTML in, PDF out, in a process of its own: the only file that knows WeasyPrint. It knows nothing of the portal.

``python -m reports.pdf`` reads one job from standard input (a line of JSON: options; then the HTML), tells its progress
on standard error, one line a step, and writes the PDF to standard output. The process has no secrets in its
environment, may not use the network or read a file, and stops at its own limits of time and memory.
"""

import gc
import json
import logging
import resource
import sys
from collections.abc import Callable
from typing import Any

VARIANT = "pdf/ua-1"
Progress = Callable[[str], None]


class StrictLog(logging.Handler):
    """WeasyPrint only logs what it does not know or may not load: for a report that is an error."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)

    def emit(self, record: logging.LogRecord) -> None:
        raise ValueError(record.getMessage())


class ProgressLog(logging.Handler):
    """WeasyPrint logs each step and each page."""

    def __init__(self, tell: Progress) -> None:
        super().__init__()
        self.tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        self.tell(record.getMessage())


def render(html: str, *, identifier: str, strict: bool = False, tell: Progress | None = None) -> bytes:
    """The PDF of one complete HTML document: tagged (PDF/UA-1), with bookmarks, the same bytes for the same HTML.

    Args:
        identifier: fingerprint of the content, which becomes the identifier of the file.
        strict: raise on what WeasyPrint would only log, instead of printing around it.

    Raises:
        ValueError: with ``strict``, an unknown option or style, or an address that somebody tried to load.
    """
    import weasyprint  # noqa: PLC0415 - half a second and 60 MB that only a rendering process should pay
    from weasyprint.logger import LOGGER, PROGRESS_LOGGER  # noqa: PLC0415 - as above
    from weasyprint.urls import URLFetcher  # noqa: PLC0415 - as above

    class NothingFetcher(URLFetcher):
        """Loads nothing at all: no network, no file, no data address, no redirect."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols=(), allow_redirects=False)

        def fetch(self, url: str, headers: Any = None) -> Any:
            raise ValueError(f"a report loads nothing: {url[:80]}")

    handlers: list[tuple[logging.Logger, logging.Handler]] = [(LOGGER, StrictLog())] if strict else []
    if tell:
        handlers.append((PROGRESS_LOGGER, ProgressLog(tell)))
        PROGRESS_LOGGER.setLevel(logging.INFO)
    for logger, handler in handlers:
        logger.addHandler(handler)
    # Layout makes millions of small objects that all live to the end: collecting them costs a tenth of the time.
    gc.disable()
    try:
        options = {"pdf_variant": VARIANT, "pdf_tags": True, "pdf_identifier": identifier.encode()}
        document = weasyprint.HTML(string=html, url_fetcher=NothingFetcher()).render(**options)
        if tell:
            tell(f"Pages {len(document.pages)}")
        return document.write_pdf(**options)
    finally:
        gc.enable()
        for logger, handler in handlers:
            logger.removeHandler(handler)


def _tell(step: str) -> None:
    print(step, file=sys.stderr, flush=True)


def main() -> int:
    options = json.loads(sys.stdin.buffer.readline())
    resource.setrlimit(resource.RLIMIT_AS, (options["memory"], options["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (options["seconds"], options["seconds"]))
    html = sys.stdin.buffer.read().decode()
    sys.stdout.buffer.write(render(html, identifier=options["identifier"], tell=_tell))
    return 0


if __name__ == "__main__":
    sys.exit(main())
