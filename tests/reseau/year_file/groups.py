"""The register of working groups, and each group with who sits in it."""

from datetime import date, timedelta
from typing import Any

from tests.reseau.year_file.words import Raw, acronym, day, full_name, person, reference, short_day, text


def groups(raw: Raw) -> dict[str, Any]:
    """title → its row of the register and its own page."""
    partners = {row["code"]: text(row["name_fr"]) for row in raw["partners"]}
    contacts = {row["code"]: [full_name(one) for one in row.get("contacts", ())] for row in raw["partners"]}
    return {
        f"GT {row['number']} – {text(row['title_fr'])}": {
            "row": (
                GROUP_STATES[row["status"]], str(len(_sitting(row, "members"))), str(len(_sitting(row, "partners"))),
                short_day(row["unct_validated_at"]), short_day(row["active_from"]),
            ),
            "submitted": day(row["submitted_to_unct_at"]),
            "validated": day(row["unct_validated_at"]),
            "reference": text(row["unct_reference"]),
            "since": day(row["active_from"]),
            "proposed": row["proposed_at"],
            "terms": text(row["tor_summary_fr"]),
            "returned": [(one["returned_at"], text(one["reason_fr"])) for one in row.get("unct_returns", ())],
            "submissions": [
                *(one["submitted_at"] for one in row.get("unct_returns", ())), row["submitted_to_unct_at"],
            ],
            "asleep": [(row["asleep"]["at"], text(row["asleep"]["text_fr"]))] if "asleep" in row else [],
            "closed": (text(row["closing"]["text_fr"]),) if "closing" in row else (),
            "ended": day(row["closing"]["at"]) if "closing" in row else "",
            "texts": sorted(
                f"{reference(one['code'])} · {text(one['title_fr'])}"
                for one in raw["decisions"] if one.get("from_group") == row["code"]
            ),
            "entities": sorted(acronym(code) for code in _sitting(row, "members")),
            "partners": sorted(partners[code] for code in _sitting(row, "partners")),
            "chairs": sorted(_chair(one, row, raw) for one in row["chairs"]),
            "called": (
                row["chair_call"]["opened_at"],
                # those who offered did so on the last day
                [row["chair_call"]["closed_at"]] * len(row["chairs"]),
            ),
            "meetings": sorted(day(one) for one in row["meetings"]),
            "deliverables": sorted(_deliverable(one, row) for one in row["deliverables"]),
            "papers": sorted(
                (f"{text(paper['title_fr'])} (DOCX)", day(paper["added_at"])) for paper in row["papers"]
            ),
            "guests": sorted(
                (f"{person}, {partners[one['partner']]}", f"lien valable jusqu’au {day(one['expires_on'])}")
                for one in row["passes"]
                for person in contacts[one["partner"]]
            ),
            "invited": sorted(one["given_at"] for one in row["passes"]),
            "objectives": sorted(int(code.removeprefix("GCM-")) for code in row["gcm_objectives"]),
        }
        for row in raw["working_groups"]
    }  # fmt: skip


GROUP_STATES = {"active": "Actif", "dormant": "En sommeil", "closed": "Clos"}


def _sitting(group: Raw, who: str) -> list[str]:
    """Nobody sits in a group that is closed."""
    return [] if "closing" in group else group[who]


def _chair(one: Raw, group: Raw, raw: Raw) -> tuple[str, ...]:
    """(person, entity or partner, term of a year from the day after the call)."""
    first = date.fromisoformat(group["chair_call"]["closed_at"]) + timedelta(days=1)
    last = group.get("closing", {}).get("at") or one.get("until") or f"{first + timedelta(days=364)}"
    term = f"du {day(f'{first}')} au {day(last)}"
    if "entity" in one:
        return person(raw, one["person"]), acronym(one["entity"]), term
    partner = next(row for row in raw["partners"] if row["code"] == one["partner"])
    contact = next(row for row in partner["contacts"] if row["email"] == one["contact"])
    return full_name(contact), text(partner["name_fr"]), term


STATES = {
    "not_started": "Non commencé", "in_progress": "En cours", "delayed": "En retard", "completed": "Achevé",
    "cancelled": "Abandonné",
}  # fmt: skip


def _deliverable(one: Raw, group: Raw) -> tuple[str, ...]:
    handed_over = any(paper["title_fr"] == one["title_fr"] for paper in group["papers"])
    return text(one["title_fr"]), short_day(one["due"]), STATES[one["status"]], "DOCX" if handed_over else "—"
