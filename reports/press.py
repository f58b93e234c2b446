"""Prints HTML in a process of its own, with limits of time and memory, and tells its progress page by page."""

import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Thread, Timer

from django.conf import settings
from django.utils.translation import gettext as _

from core.errors import DomainError

log = logging.getLogger(__name__)

SECONDS = 240
MEMORY = 1_500_000_000  # address space, of which a report of a year uses about a quarter as memory
_PAGE = re.compile(r"Step 5 .* Page (\d+)")
_TOTAL = re.compile(r"Pages (\d+)$")

OnPage = Callable[[int], None]


@dataclass(frozen=True)
class Printed:
    content: bytes
    pages: int


class PrintingFailed(DomainError):
    """The file could not be printed; the reason for the log is not for the reader."""


def print_pdf(html: str, *, identifier: str, moment: datetime, on_page: OnPage, seconds: int = SECONDS) -> Printed:
    """The PDF of one document; the same HTML, identifier and moment give the same bytes.

    Args:
        moment: when the content was taken; every date inside the file is this one.
        on_page: told the number of each page as it is laid out.

    Raises:
        PrintingFailed: it crashed, or needed more than ``seconds`` or the memory it may use.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "reports.pdf"],
        cwd=settings.BASE_DIR,
        env=_bare_environment(moment),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    options = {"identifier": identifier, "memory": MEMORY, "seconds": seconds}
    content = bytearray()
    job = json.dumps(options).encode() + b"\n" + html.encode()
    carrier = Thread(target=_exchange, args=(process, job, content), daemon=True)
    watch = Timer(seconds, process.kill)
    with process:
        watch.start()
        carrier.start()
        try:
            # Here and not in a thread: on_page writes to the database, through the caller's own connection.
            pages, errors = _listen(process, on_page)
            carrier.join()
            process.wait()
        except BaseException:
            process.kill()
            raise
        finally:
            watch.cancel()
    if process.returncode != 0 or not content.startswith(b"%PDF"):
        log.error("printing ended with %s: %s", process.returncode, " / ".join(errors[-8:]))
        raise PrintingFailed(
            _("The file could not be printed. You can start it again; if it fails again, write to us.")
        )
    return Printed(bytes(content), pages)


def _bare_environment(moment: datetime) -> dict[str, str]:
    """No secret and no address of a service; a fixed clock for what fonts and metadata write of the date."""
    names = ("PATH", "HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    return {**kept, "SOURCE_DATE_EPOCH": str(int(moment.timestamp())), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _exchange(process: "subprocess.Popen[bytes]", job: bytes, content: bytearray) -> None:
    if process.stdin is None or process.stdout is None:
        raise ValueError("the printing process has no pipes")
    try:
        process.stdin.write(job)
        process.stdin.close()
    except BrokenPipeError:  # it died at once; its last words are on standard error
        return
    content += process.stdout.read()


def _listen(process: "subprocess.Popen[bytes]", on_page: OnPage) -> tuple[int, list[str]]:
    """Until the process ends: each page goes to ``on_page``. Returns how many there are, and what else it said."""
    total, errors = 0, []
    for line in process.stderr or ():
        text = line.decode(errors="replace").strip()
        if page := _PAGE.match(text):
            on_page(int(page[1]))
        elif pages := _TOTAL.match(text):
            total = int(pages[1])
        elif not text.startswith("Step "):
            errors.append(text)
    return total, errors
