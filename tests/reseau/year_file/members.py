"""The list of members, the pages of entities, people and co-chairs."""

from datetime import date, timedelta
from typing import Any

from reseau.demo.accounts import OTHERS
from tests.reseau.year_file.words import (
    REGIONS,
    Raw,
    acronym,
    day,
    entity_name,
    framework,
    full_day,
    full_name,
    person,
    short_day,
    start,
    text,
)

OBJECTIVES = {row["code"]: f"{row['number']}. {row['label_fr']}" for row in framework("gcm_objectives")}


def directory(raw: Raw) -> dict[str, Any]:
    """acronym → what its row of the directory shows."""
    return {
        acronym(row["entity"]): {
            "name": entity_name(row["entity"]),
            "principal": person(raw, row["principal"]),
            "alternate": person(raw, row["alternate"]),
            "since": short_day(row["joined_at"]),
            "invitee": row["status"] != "member",
            "reviewed": short_day(row["profile_reviewed_at"]),
        }
        for row in raw["members"]
    }


def entities(raw: Raw) -> dict[str, Any]:
    """acronym → what the entity's own page shows."""
    people = {row["code"]: row for row in raw["people"]}
    until = {row["person"]: day(row["last_day"]) for row in raw["successions"]}
    return {
        acronym(row["entity"]): {
            "since": day(row["joined_at"]),
            "reviewed": day(row["profile_reviewed_at"]),
            "confirmed": day(row["confirmed_at"]),
            "fields": text(row["fields_of_intervention_fr"]),
            "objectives": sorted(OBJECTIVES[code] for code in row["gcm_objectives"]),
            "regions": sorted(REGIONS[code] for code in row["regions"]),
            "focal points": [
                (
                    person(raw, code), text(people[code]["title_fr"]), rank, people[code]["email"],
                    people[code]["phone"], day(row["joined_at"]), until.get(code, ""),
                )
                for code, rank in _speakers(raw, row)
            ],
        }
        for row in raw["members"]
    }  # fmt: skip


HEADS = ("resident_coordinator", "co_chair_representative")


def _speakers(raw: Raw, member: Raw) -> list[tuple[str, str]]:
    """(code of the person, rank) of an entity, in order of rank."""
    heads = [one["code"] for one in raw["people"] if one["entity"] == member["entity"] and one["role"] in HEADS]
    ranked = [*((code, "chef d’entité") for code in heads), (member["principal"], "titulaire")]
    return [*ranked, (member["alternate"], "suppléant")] if member["alternate"] else ranked


def free_days(raw: Raw) -> Any:
    """(day, name) of each day that the United Nations keep, in the calendar of the year of the plan."""
    return [(start(full_day(row["day"])), text(row["name_fr"])) for row in raw["free_days"]]


def people(raw: Raw) -> dict[str, Any]:
    """name → (function, e-mail) in the list of people, those of the demo accounts among them."""
    others = {f"{given} {family.upper()}": (title, email) for email, (given, family, title) in OTHERS.items()}
    contacts = [one for row in raw["partners"] for one in row.get("contacts", ())]
    others |= {full_name(one): (text(one["title_fr"]), one["email"]) for one in contacts}
    return others | {person(raw, row["code"]): (text(row["title_fr"]), row["email"]) for row in raw["people"]}


def co_chairs(raw: Raw) -> Any:
    """(seat, person, entity, first day, last day) of each term somebody holds, has held or will hold."""
    seats = {"coordinator": "Siège du Coordonnateur", "rotating": "Siège tournant"}
    return sorted(
        (seats[row["seat"]], person(raw, row["person"]), acronym(row["entity"]), day(row["start"]), day(row["end"]))
        for row in raw["co_chair_terms"]
        if row["person"]
    )


def delegations(raw: Raw) -> Any:
    """(person, giver, first day, last day) of each delegation that has not ended, as the page of its entity has it."""
    today = raw["meta"]["as_of"]
    return sorted(
        (person(raw, row["person"]), person(raw, row["giver"]), day(row["start"]), day(row["end"]))
        for row in raw["delegations"]
        if row["end"] >= today
    )


def successions(raw: Raw) -> Any:
    """(who takes over, from when) of each succession: the day after the last one of who leaves."""
    return sorted(
        (person(raw, row["successor"]), day(f"{date.fromisoformat(row['last_day']) + timedelta(days=1)}"))
        for row in raw["successions"]
    )


def _sounding(raw: Raw, part: Any, principals: dict[str, str]) -> dict[str, Any]:
    """What was counted, by candidate; who was heard, not what they said."""
    return {
        "opened": [part["opened_at"]],
        "caption": [f"Ce que les entités ont dit jusqu’au {day(part['closes_at'])}"],
        "counts": [
            (f"{acronym(name)}, {person(raw, principals[name])}", *(str(said[one]) for one in PREFERENCES))
            for name, said in part["counts"].items()
        ],
        "heard": sorted(acronym(name) for name in part["heard"]),
    }


PREFERENCES = ("supports", "accepts", "objects")


def nominations(raw: Raw) -> Any:
    """(first day, last day, last day for candidacies, message, candidates, sounding) of each call for candidates."""
    seats = {"coordinator": "Siège du Coordonnateur", "rotating": "Siège tournant"}
    principals = {row["entity"]: row["principal"] for row in raw["members"]}
    return [
        {
            "seat": seats[row["seat"]],
            "term": f"Du {day(row['start'])} au {day(row['end'])}",
            "until": start(full_day(row["closes_at"])),
            "message": text(row["message_fr"]),
            "opened": row["opened_at"],
            "sounding": _sounding(raw, row["sounding"], principals),
            "candidates": [
                (acronym(one["entity"]), person(raw, principals[one["entity"]]), day(one["received_at"]),
                 text(one["statement_fr"]))
                for one in row["candidates"]
            ],
        }
        for row in raw["co_chair_terms"]
        if row.get("opened_at")
    ]  # fmt: skip
