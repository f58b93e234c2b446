"""What never stands in a log: the secret part of an address that opens something to whoever holds it."""

import logging
import re

SECRET = re.compile(
    r"(/(?:compte/(?:invitation|password/reset/key)|decisions/repondre|invites(?:/groupes)?|reunions/calendrier)/)"
    r"(?!(?:groupes|ouvrir|retirer)/)[^/\s\"'<>]+"
)


class TokenFilter(logging.Filter):
    """Whoever reads the log could use the link: the framework names the whole path of a request that went wrong."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = _redacted(record.getMessage()), ()
        if record.exc_info:
            record.exc_text = _redacted(logging.Formatter().formatException(record.exc_info))
        return True


def _redacted(text: str) -> str:
    return SECRET.sub(r"\1…", text)
