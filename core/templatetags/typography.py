"""Dates, hours, sums and spaces as a French-speaking office writes them, with an English form for each.

Instants are shown in the current time zone (Africa/Dakar). Absent values give « — ». Spaces inside an hour, a short
date, a sum and before French punctuation do not break.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from django import template
from django.template.defaultfilters import stringfilter
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()

NBSP, THIN, ABSENT = "\u00a0", "\u202f", "—"
_DAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
           "novembre", "décembre"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip
_SHORT_MONTHS = {
    "fr": ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."),
    "en": ("Jan", "Feb", "March", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"),
}


def _language() -> str:
    return "en" if (get_language() or "fr").startswith("en") else "fr"


def _day_of(value: date | datetime) -> date:
    """The day in Dakar of an instant; a day stays what it is."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def _hour_of(value: datetime | time) -> time:
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).time()
    return value


def _number(day: date) -> str:
    return "1er" if day.day == 1 and _language() == "fr" else str(day.day)


def month_names() -> tuple[str, ...]:
    """The twelve short names in the active language."""
    return _SHORT_MONTHS[_language()]


def weekdays() -> tuple[str, ...]:
    """Their names in the active language, from Monday on."""
    return _DAYS[_language()]


@register.filter
def french_day(value: date | datetime | None) -> str:
    """« jeudi 3 décembre 2026 » · “Thursday 3 December 2026”."""
    if not value:
        return ABSENT
    day, language = _day_of(value), _language()
    return f"{_DAYS[language][day.weekday()]} {long_day(day)}"


@register.filter
def long_day(value: date | datetime | None) -> str:
    """« 3 décembre 2026 » · “3 December 2026”."""
    if not value:
        return ABSENT
    day = _day_of(value)
    return f"{_number(day)} {_MONTHS[_language()][day.month - 1]} {day.year}"


@register.filter
def short_day(value: date | datetime | None) -> str:
    """« 3 déc. » · “3 Dec”, with a no-break space."""
    if not value:
        return ABSENT
    day = _day_of(value)
    return f"{_number(day)}{NBSP}{_SHORT_MONTHS[_language()][day.month - 1]}"


@register.filter
def numeric_day(value: date | datetime | None) -> str:
    """« 03/12/2026 »."""
    return f"{_day_of(value):%d/%m/%Y}" if value else ABSENT


@register.filter
def hour(value: datetime | time | None) -> str:
    """« 9 h 00 » · “09:00”."""
    if not value:
        return ABSENT
    at = _hour_of(value)
    return f"{at:%H:%M}" if _language() == "en" else f"{at.hour}{NBSP}h{NBSP}{at:%M}"


@register.filter
def hours(start: datetime | time | None, end: datetime | time | None = None) -> str:
    """« 9 h 00 – 13 h 00 »; one hour alone when there is no end."""
    if not start:
        return ABSENT
    return f"{hour(start)}{NBSP}– {hour(end)}" if end else hour(start)


@register.filter
def deadline(value: datetime | date | None) -> str:
    """« vendredi 4 décembre 2026, 17 h 00 (heure de Dakar) »; a day alone has no hour."""
    if not value:
        return ABSENT
    if not isinstance(value, datetime):
        return french_day(value)
    return _("%(day)s, %(hour)s (Dakar time)") % {"day": french_day(value), "hour": hour(value)}


@register.filter
def short_deadline(value: datetime | date | None) -> str:
    """« ven. 4 déc., 17 h 00 »: for tags, with « heure de Dakar » said beside it."""
    if not value:
        return ABSENT
    day = _day_of(value)
    name = _DAYS[_language()][day.weekday()][:3] + ("." if _language() == "fr" else "")
    text = f"{name}{NBSP}{short_day(day)}"
    return f"{text}, {hour(value)}" if isinstance(value, datetime) else text


@register.filter
def moment(value: datetime | None) -> str:
    """« jeudi 3 décembre 2026, 9 h 00 »: something that happened, to the minute."""
    return f"{french_day(value)}, {hour(value)}" if value else ABSENT


def _grouped(number: Decimal | int, places: int) -> str:
    text = f"{number:,.{places}f}"
    return text if _language() == "en" else text.replace(",", THIN).replace(".", ",")


@register.filter
def number(value: Decimal | int | float | None, places: int = 0) -> str:
    """« 435 000 », « 12,5 » with ``places`` decimals at most; zeros at the end go."""
    if value is None or value == "":
        return ABSENT
    try:
        exact = Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError(f"not a number: {value!r}") from error
    while places and round(exact, places) == round(exact, places - 1):
        places -= 1
    return _grouped(exact, places)


@register.filter
def money(value: Decimal | int | None, currency: str = "USD") -> str:
    """« 435 000 USD » · “USD 435,000”; whole units."""
    if value is None or value == "":
        return ABSENT
    return f"{currency}{NBSP}{number(value)}" if _language() == "en" else f"{number(value)}{NBSP}{currency}"


@register.filter
def percent(value: Decimal | int | float | None) -> str:
    """« 76 % » · “76%”, from a number between 0 and 100."""
    if value is None or value == "":
        return ABSENT
    return f"{number(value)}%" if _language() == "en" else f"{number(value)}{NBSP}%"


@register.filter
def filesize_fr(value: int | None) -> str:
    """« 184 Ko », « 1,2 Mo » · “184 KB”, “1.2 MB”."""
    if value is None or value == "":
        return ABSENT
    size = int(value)
    small, big, tiny = (_("KB"), _("MB"), _("bytes"))
    if size < 1000:
        return f"{size}{NBSP}{tiny}"
    if size < 999_500:
        return f"{number(Decimal(size) / 1000)}{NBSP}{small}"
    return f"{number(Decimal(size) / 1_000_000, 1)}{NBSP}{big}"


_RULES: list[tuple[str, str]] = [
    (r" ([;!?])", THIN + r"\1"),
    (r" :", NBSP + ":"),
    (r"« ", "«" + NBSP),
    (r" »", NBSP + "»"),
    (r"(?<=\d) h (?=\d\d)", NBSP + "h" + NBSP),
]


def _spaced(text: str) -> str:
    for pattern, replacement in _RULES:
        text = re.sub(pattern, replacement, text)
    return text


def _outside_tags(html: str, change: Callable[[str], str]) -> str:
    return "".join(part if part.startswith("<") else change(part) for part in re.split(r"(<[^>]*>)", html))


@register.filter(is_safe=True)
@stringfilter
def sentence_start(value: str) -> str:
    """With a capital, unless it is an address of the web or of a mailbox, which is copied as it stands."""
    return value if "://" in value or "@" in value else capfirst(value)


@register.filter
def typo(value: object) -> str:
    """French no-break spaces before « : ; ? ! » and inside guillemets and hours, where a space stands."""
    if value is None or value == "":
        return ""
    if not isinstance(value, SafeString):
        text = str(value)
        return _spaced(text) if _language() == "fr" else text
    return (
        format_html("{}", type(value)(_outside_tags(value, _spaced)))
        if _language() == "fr"
        else conditional_escape(value)
    )


_BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
             ("Chrome", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari"))  # fmt: skip
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
            ("Mac OS", "macOS"), ("Linux", "Linux"))  # fmt: skip


@register.filter
def browser_name(user_agent: str) -> str:
    """« Firefox, Windows »: what a person recognises of what a browser says of itself; else its words as they are."""
    found = [next((name for mark, name in names if mark in user_agent), "") for names in (_BROWSERS, _SYSTEMS)]
    return ", ".join(filter(None, found)) or user_agent
