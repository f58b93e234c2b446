"""The register of partners and the log of engagements."""

from typing import Any

from tests.reseau.year_file.words import REGIONS, Raw, acronym, day, framework, full_day, full_name, start, text

CATEGORIES = {row["code"]: row["title_fr"] for row in framework("partner_categories")}
KINDS = {
    "meeting": "réunion", "workshop": "atelier ou formation", "visit": "visite conjointe",
    "exchange": "lettre, courriel ou appel", "participation": "participation aux travaux du Réseau", "other": "autre",
}  # fmt: skip


def partners(raw: Raw) -> dict[str, Any]:
    """name → what the partner's own page shows; who answers beside those of the file has a demo account."""
    return {
        text(row["name_fr"]): {
            "category": CATEGORIES[row["category"]],
            "email": row["contact_email"],
            "regions": sorted(REGIONS[code] for code in row.get("regions", ())),
            "contacts": sorted(
                (full_name(one), text(one["title_fr"]), one["email"]) for one in row.get("contacts", ())
            ),
        }
        for row in raw["partners"]
    }


def engagements(raw: Raw) -> dict[str, Any]:
    """subject → what the engagement's own page shows."""
    names = {row["code"]: text(row["name_fr"]) for row in raw["partners"]}
    return {text(row["subject_fr"]): _engagement(row, names) for row in raw["engagements"]}


def _engagement(row: Raw, names: dict[str, str]) -> dict[str, str]:
    return {
        "day": start(full_day(row["date"])), "partner": names[row["partner"]], "entity": acronym(row["by"]),
        "kind": start(KINDS[row["kind"]]), "account": text(row["account_fr"]), "step": text(row.get("next_step_fr")),
        "due": start(full_day(row.get("next_step_due"))), "done": start(full_day(row.get("next_step_done_at"))),
    }  # fmt: skip


def member_lists(raw: Raw) -> Any:
    """(number, the day it speaks of, the day it was shared) of each dated list, the latest first."""
    return [
        (
            f"Liste des membres {row['code'].removeprefix('LM-').replace('-', '/')}",
            day(row["date"]),
            day(row["shared_at"]),
        )
        for row in sorted(raw["membership_list_versions"], key=lambda row: row["code"], reverse=True)
    ]
