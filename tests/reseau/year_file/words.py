"""Days, hours, sums and names in the words of the pages."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import frameworks
import reseau.demo

Raw = dict[str, Any]
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def _data(package: Any, name: str) -> list[dict[str, Any]]:
    return json.loads((Path(package.__file__).parent / name).read_text("utf-8"))


def framework(name: str) -> list[dict[str, Any]]:
    return _data(frameworks, f"data/{name}.json")


ENTITIES = {row["code"]: row for row in _data(reseau.demo, "un_entities.json")}
REGIONS = {row["code"]: row["name"] for row in framework("regions")}


def acronym(code: str | None) -> str:
    return ENTITIES[code]["acronym_fr"] if code else ""


def entity_name(code: str) -> str:
    return " ".join(ENTITIES[code]["fr"].split())


def acronyms(codes: Any) -> list[str]:
    return sorted(acronym(code) for code in codes)


def person(raw: Raw, code: str | None) -> str:
    """« Aïssatou Bineta BALDÉ-MOREAU »."""
    row = next((row for row in raw["people"] if row["code"] == code), None)
    return full_name(row) if row else ""


def full_name(row: Raw) -> str:
    return f"{row['given_name']} {row['family_name'].upper()}"


def day(iso: str | None) -> str:
    """« 1er janvier 2026 »."""
    if not iso:
        return ""
    on = date.fromisoformat(iso)
    return f"{'1er' if on.day == 1 else on.day} {MONTHS[on.month - 1]} {on.year}"


def full_day(iso: str | None) -> str:
    """« jeudi 1er janvier 2026 »."""
    return f"{WEEKDAYS[date.fromisoformat(iso).weekday()]} {day(iso)}" if iso else ""


def short_day(iso: str | None) -> str:
    """« 01/01/2026 »."""
    return "/".join(reversed(iso.split("-"))) if iso else ""


def hour(text: str) -> str:
    """« 9 h 05 »."""
    hours, minutes = text.split(":")
    return f"{int(hours)} h {minutes}"


def minutes_of(text: str) -> int:
    hours, minutes = text.split(":")
    return 60 * int(hours) + int(minutes)


def lasting(minutes: int) -> str:
    """« 2 h 30 », « 2 h », « 45 min »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02}" if rest else f"{hours} h"


def amount(value: int) -> str:
    """« 5 403 000 »."""
    return f"{value:,}".replace(",", " ")


def text(value: str | None) -> str:
    return " ".join((value or "").split())


def start(words: str) -> str:
    """Words that stand alone begin with a capital."""
    return words[:1].upper() + words[1:]


def reference(code: str) -> str:
    """« DEC-2026-01 » is number 1 of the register of 2026."""
    _prefix, year, number = code.split("-")
    return f"RNUM-SN/{year}/D-0{number}"
