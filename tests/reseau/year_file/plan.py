"""The work plan and its activities."""

from collections import Counter
from typing import Any

from tests.reseau.year_file.words import (
    REGIONS,
    Raw,
    acronym,
    acronyms,
    amount,
    day,
    entity_name,
    framework,
    reference,
    short_day,
    start,
    text,
)

ACTIVITIES = {
    "not_started": "Non commencée", "in_progress": "En cours", "delayed": "En retard", "completed": "Achevée",
    "postponed": "Reportée", "cancelled": "Annulée",
}  # fmt: skip
QUARTERS = ("T1", "T2", "T3", "T4")
SERVED = {
    row["code"]: " ".join(row["title_fr"].split())
    for name in ("gcm_objectives", "gcm_guiding_principles", "sdg_targets", "mpfa", "ecowas", "national_priorities")
    for row in framework(name)
}


def short(code: str) -> str:
    """« PTA26-1.1 » is activity 1.1 of its plan."""
    return code.partition("-")[2]


def plan(raw: Raw) -> dict[str, Any]:
    """What the page of the plan shows about the plan itself."""
    part = raw["work_plan"]
    named = {"Requis": "planned", "Mobilisé": "mobilized", "Dépensé": "spent", "À mobiliser": "gap"}
    totals = part["totals"]
    running = [row for row in part["activities"] if row["status"] not in {"postponed", "cancelled"}]
    served = Counter(int(code[-2:]) for row in running for code in row["gcm_objectives"])
    return {
        "title": text(part["title_fr"]),
        "address": f"/pta/{part['year']}/",
        "validated": f"Validé au bilan annuel du {day(part['endorsed_at'])} · "
        f"décision {reference(part['endorsing_decision'])}",
        "custody": f"Transmis au Coordonnateur résident le {day(part['sent_to_rc_at'])}, "
        f"accusé de réception le {day(part['acknowledged_by_rc_at'])}",
        "list": (
            text(part["title_fr"]), short_day(part["endorsed_at"]), short_day(part["sent_to_rc_at"]),
            short_day(part["acknowledged_by_rc_at"]),
        ),
        "tabled": part["presented_at"],
        "rate": f"1 USD = {part['xof_per_usd']} XOF, taux du plan.",
        "totals": {
            word: f"{amount(totals[f'{name}_usd'])} USD · {amount(totals[f'{name}_xof'])} XOF"
            for word, name in named.items()
        },
        "whole": _totals("Ensemble du plan", part["activities"], totals["planned_usd"], totals["gap_usd"]),
        "outcomes": [_outcome(part, row) for row in part["outcomes"]],
        "objectives": {str(number): str(served[number] or "aucune") for number in range(1, 24)},
        "consultations": sorted(
            (row["date"], text(row["with_fr"]), text(row["note_fr"])) for row in part["consultations"]
        ),
        "versions": [
            (row["date"], str(row["number"]), reference(row["decision"]), text(row["note_fr"]))
            for row in part["versions"][1:]
        ],
    }  # fmt: skip


def _outcome(part: Raw, row: Raw) -> dict[str, Any]:
    of_it = [activity for activity in part["activities"] if activity["outcome"] == row["code"]]
    money = [sum(activity["budget"][f"{name}_usd"] for activity in of_it) for name in ("planned", "gap")]
    return _totals(f"R{row['number']} {text(row['title_fr'])}", of_it, *money)


def _totals(title: str, activities: list[Raw], planned: int, gap: int) -> dict[str, Any]:
    counted = [activity["progress_pct"] for activity in activities if activity["status"] != "cancelled"]
    return {
        "Résultat": title,
        "Avancement": f"{round(sum(counted) / len(counted))} %",
        "Activités": str(len(activities)),
        "Requis": amount(planned),
        "À mobiliser": amount(gap),
    }


def activity_rows(raw: Raw) -> dict[str, Any]:
    """« 1.1 Secrétariat » → (outcome, lead, status, progress, required) on the page of the plan."""
    outcomes = {row["code"]: f"R{row['number']} · {text(row['title_fr'])}" for row in raw["work_plan"]["outcomes"]}
    return {
        f"{short(row['code'])} {text(row['title_fr'])}": (
            outcomes[row["outcome"]], acronym(row["lead"]), ACTIVITIES[row["status"]], f"{row['progress_pct']} %",
            amount(row["budget"]["planned_usd"]),
        )
        for row in raw["work_plan"]["activities"]
    }  # fmt: skip


def activities(raw: Raw) -> dict[str, Any]:
    """code → what the activity's own page shows."""
    return {short(row["code"]): _activity(raw, row) for row in raw["work_plan"]["activities"]}


def _activity(raw: Raw, row: Raw) -> dict[str, Any]:
    budget = row["budget"]
    funders = {funder["code"]: text(funder["name_fr"]) for funder in raw["donors"]}
    partners = {partner["code"]: text(partner["name_fr"]) for partner in raw["partners"]}
    check = row["rights_check"]
    codes = ("gcm_objectives", "guiding_principles", "sdg_targets", "mpfa", "ecowas", "national_priorities")
    return {
        "title": text(row["title_fr"]),
        "status": ACTIVITIES[row["status"]],
        "progress": f"Avancement {row['progress_pct']} %",
        "lead": f"{acronym(row['lead'])} · {entity_name(row['lead'])}",
        "contributing": ", ".join(acronyms(row["contributing"])),
        "where": sorted("Niveau national" if code == "SN" else f"Région de {REGIONS[code]}" for code in row["regions"]),
        "when": ", ".join(quarter for quarter in QUARTERS if row["schedule"][quarter]),
        "partners": sorted(partners[code] for code in row["external_partners"]),
        "risk": text(row["risk_fr"]),
        "rights": f"{day(check['date'])}, par {acronym(check['by'])}" if check["done"] else "Pas encore fait",
        "serves": sorted(SERVED[code] for name in codes for code in row[name]),
        "indicators": sorted(
            (
                start(text(one["label_fr"])), text(one["unit"]), text(one["means_of_verification_fr"]),
                amount(one["baseline"]), amount(one["target"]),
                *(amount(one["progress"][quarter]) for quarter in QUARTERS),
            )
            for one in row["indicators"]
        ),
        "funds": sorted((funders[one["donor"]], amount(one["amount_usd"])) for one in row["funding"]),
        "planned, mobilised, spent": tuple(amount(budget[f"{name}_usd"]) for name in ("planned", "mobilized", "spent")),
        "gap": amount(budget["gap_usd"]),
        "in francs": f"{amount(budget['planned_xof'])} XOF requis, {amount(budget['mobilized_xof'])} XOF mobilisés, "
        f"{amount(budget['spent_xof'])} XOF dépensés, {amount(budget['gap_xof'])} XOF à mobiliser "
        f"(1 USD = {raw['work_plan']['xof_per_usd']} XOF).",
    }  # fmt: skip
