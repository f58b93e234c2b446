"""What the year file says, in the words in which the pages have to say it. Nothing of the portal is asked here."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import frameworks
import reseau.demo
from reseau.demo.accounts import OTHERS

Raw = dict[str, Any]
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MODES = {"in_person": "en présentiel", "online": "en ligne", "hybrid": "bimodale"}
MEETINGS = {
    "plenary": "Réunion ordinaire", "ad_hoc": "Réunion ad hoc", "annual_review": "Bilan annuel",
    "partners": "Rencontre avec les partenaires",
}  # fmt: skip
VENUES = {"IOM": "Bureau de l’OIM", "RCO": "Bureau du Coordonnateur résident"}
KINDS = {
    "opening": "Ouverture", "progress": "Progrès du Réseau", "collaboration": "Collaboration",
    "challenges": "Nouveaux défis", "co_chair": "Coprésidence", "work_plan": "Plan de travail",
    "information_sharing": "Partage d’informations", "working_groups": "Groupes de travail",
    "membership": "Composition du Réseau", "gcm_review": "Examen du Pacte mondial",
    "work_plan_follow_up": "Suivi du plan de travail", "standards": "Normes et standards",
    "statements": "Déclarations", "dialogue": "Dialogue", "conclusions": "Conclusions",
    "partners_follow_up": "Suites avec les partenaires", "emerging_issues": "Questions émergentes",
    "annual_review_preparation": "Préparation du bilan annuel", "aob": "Divers",
}  # fmt: skip
SUBJECTS = {
    "report": "rapport", "co_chair": "coprésidence", "work_plan": "plan de travail",
    "working_group": "groupe de travail", "procedure": "procédure", "statement": "déclaration",
    "data": "données", "coordination": "coordination", "partners": "partenaires",
}  # fmt: skip
FOLLOW_UPS = {"not_started": "Non commencée", "in_progress": "En cours", "late": "En cours", "done": "Fait"}
ACTIVITIES = {
    "not_started": "Non commencée", "in_progress": "En cours", "delayed": "En retard", "completed": "Achevée",
    "postponed": "Reportée", "cancelled": "Annulée",
}  # fmt: skip
QUARTERS = ("T1", "T2", "T3", "T4")


def _data(package: Any, name: str) -> list[dict[str, Any]]:
    return json.loads((Path(package.__file__).parent / name).read_text("utf-8"))


ENTITIES = {row["code"]: row for row in _data(reseau.demo, "un_entities.json")}
REGIONS = {row["code"]: row["name"] for row in _data(frameworks, "data/regions.json")}
OBJECTIVES = {
    row["code"]: f"{row['number']}. {row['label_fr']}" for row in _data(frameworks, "data/gcm_objectives.json")
}
SERVED = {
    row["code"]: " ".join(row["title_fr"].split())
    for name in ("gcm_objectives", "gcm_guiding_principles", "sdg_targets", "mpfa", "ecowas", "national_priorities")
    for row in _data(frameworks, f"data/{name}.json")
}


# --- Words of the pages ----------------------------------------------------------------------------------------------
def acronym(code: str | None) -> str:
    return ENTITIES[code]["acronym_fr"] if code else ""


def entity_name(code: str) -> str:
    return " ".join(ENTITIES[code]["fr"].split())


def acronyms(codes: Any) -> list[str]:
    return sorted(acronym(code) for code in codes)


def person(raw: Raw, code: str | None) -> str:
    """« Aïssatou Bineta BALDÉ-MOREAU »."""
    row = next((row for row in raw["people"] if row["code"] == code), None)
    return f"{row['given_name']} {row['family_name'].upper()}" if row else ""


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


# --- Members ---------------------------------------------------------------------------------------------------------
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
                    people[code]["phone"], day(row["joined_at"]),
                )
                for code, rank in ((row["principal"], "titulaire"), (row["alternate"], "suppléant"))
                if code
            ],
        }
        for row in raw["members"]
    }  # fmt: skip


def people(raw: Raw) -> dict[str, Any]:
    """name → (function, e-mail) in the list of people, those of the demo accounts among them."""
    others = {f"{given} {family.upper()}": (title, email) for email, (given, family, title) in OTHERS.items()}
    return others | {person(raw, row["code"]): (text(row["title_fr"]), row["email"]) for row in raw["people"]}


def co_chairs(raw: Raw) -> Any:
    """(seat, person, entity, first day, last day) of each term somebody holds, has held or will hold."""
    seats = {"coordinator": "Siège du Coordonnateur", "rotating": "Siège tournant"}
    return sorted(
        (seats[row["seat"]], person(raw, row["person"]), acronym(row["entity"]), day(row["start"]), day(row["end"]))
        for row in raw["co_chair_terms"]
        if row["person"]
    )


# --- Meetings --------------------------------------------------------------------------------------------------------
def _present(row: Raw) -> list[Raw]:
    return [line for line in row["attendance"] if line["status"] == "present"]


def _points(raw: Raw, points: list[Raw]) -> list[tuple[str, ...]]:
    """What is to be done, who, until when, and where it stands: what is not done in its time is late."""
    return sorted(
        (text(point["text_fr"]), acronym(point["responsible"]), short_day(point["due"]), _point_state(raw, point))
        for point in points
    )


def _point_state(raw: Raw, point: Raw) -> str:
    if point["status"] == "done":
        return "Fait"
    return "En retard" if point["due"] < raw["meta"]["as_of"] else "En cours"


def _place(row: Raw) -> str:
    """The room; one that is still to be found is said after the house."""
    return f"{VENUES[row['venue']]}, {text(row['room'])}" if row["room"] == "À confirmer" else text(row["room"])


def meeting_list(raw: Raw) -> dict[str, Any]:
    """title → its row among those held, or its lines among those to come."""
    found: dict[str, Any] = {}
    for row in raw["meetings"]:
        if row["status"] == "held":
            found[text(row["title_fr"])] = {
                "date": day(row["date"]),
                "mode": MODES[row["mode"]],
                "present": f"{len(_present(row))} sur {len(row['attendance'])}",
                "state": "Compte rendu approuvé" if row["minutes_adopted_in"] else "Compte rendu diffusé",
            }
        else:
            points = len(row["agenda"])
            found[text(row["title_fr"])] = {
                "date": full_day(row["date"]),
                "hours": f"{hour(row['start'])} – {hour(row['end'])}",
                "mode": MODES[row["mode"]],
                "state": "Convoquée" if row["notice_sent_at"] else "En préparation",
                "agenda": f"{points} points à l’ordre du jour" if points else "Ordre du jour à rédiger",
            }
    return found


def requests(raw: Raw) -> dict[str, Any]:
    """subject → (who asked and when, with whom, answer and its day)."""
    answers = {"accepted": "Acceptée", "added_to_agenda": "Inscrite à un ordre du jour"}
    titles = {row["code"]: text(row["title_fr"]) for row in raw["meetings"]}
    found = {}
    for row in raw["meeting_requests"]:
        others = f", avec {', '.join(acronyms(row['co_requested_by']))}" if row["co_requested_by"] else ""
        answer = [f"{answers[row['answer']]} {day(row['answered_at'])}", titles[row["meeting"]], text(row["reason_fr"])]
        found[text(row["subject_fr"])] = [
            f"Demandée par {acronym(row['requested_by'])} le {day(row['requested_at'])}{others}.",
            " · ".join(part for part in answer if part),
        ]
    return found


def meetings(raw: Raw) -> dict[str, Any]:
    """title → what the meeting's own page shows."""
    return {text(row["title_fr"]): _meeting(raw, row) for row in raw["meetings"]}


def _meeting(raw: Raw, row: Raw) -> dict[str, Any]:
    later = {other["code"]: other for other in raw["meetings"]}.get(row["minutes_adopted_in"] or "")
    points = [point for item in row["agenda"] for point in item["action_points"]]
    planned, length = sum(item["duration_min"] for item in row["agenda"]), _length(row)
    return {
        "when": f"{full_day(row['date'])}, {hour(row['start'])} – {hour(row['end'])} (heure de Dakar)",
        "mode": MODES[row["mode"]],
        "place": _place(row),
        "kind": MEETINGS[row["type"]],
        "chair": person(raw, row["chair"]),
        "rapporteur": person(raw, row["rapporteur"]),
        "convened": day(row["notice_sent_at"]),
        "agenda published": day(row["agenda_published_at"]),
        "minutes circulated": day(row["minutes_circulated_at"]),
        "minutes approved": day(later["date"]) if later else "",
        "approved in": text(later["title_fr"]) if later else "",
        "time": f"Les points prennent {lasting(planned)} ; la réunion dure {lasting(length)}." if planned else "",
        "agenda": [
            (
                f"{item['order']}. {text(item['title_fr'])}",
                f"{KINDS[item['kind']]} · {item['duration_min']} min · {acronym(item['lead_entity'])}",
            )
            for item in row["agenda"]
        ],
        "attendance": _attendance(row),
        "sheet": _sheet(raw, row),
        "decisions": sorted(_decision_link(raw, code) for item in row["agenda"] for code in item["decisions"]),
        "points": _points(raw, points),
    }  # fmt: skip


def _attendance(row: Raw) -> str:
    return f"{len(_present(row))} entités présentes sur {len(row['attendance'])}." if row["attendance"] else ""


def _length(row: Raw) -> int:
    return minutes_of(row["end"]) - minutes_of(row["start"])


def _sheet(raw: Raw, row: Raw) -> dict[str, list[str]]:
    """heading → who stands under it."""
    found: dict[str, list[str]] = {}
    for line in row["attendance"]:
        present = line["status"] == "present"
        heading = {"in_person": "Sur place", "online": "En ligne"}[line["mode"]] if present else line["status"]
        heading = {"apologies": "Excusées", "absent": "Absentes"}.get(heading, heading)
        who = f" · {person(raw, line['person'])}" if present else ""
        found.setdefault(heading, []).append(acronym(line["entity"]) + who)
    return {heading: sorted(lines) for heading, lines in found.items()}


def reference(code: str) -> str:
    """« DEC-2026-01 » is number 1 of the register of 2026."""
    _prefix, year, number = code.split("-")
    return f"RNUM-SN/{year}/D-0{number}"


def _decision_link(raw: Raw, code: str) -> tuple[str, str]:
    row = next(row for row in raw["decisions"] if row["code"] == code)
    return text(row["title_fr"]), reference(code)


def minutes(raw: Raw) -> dict[str, Any]:
    """title of a meeting → its minutes: item, text, decisions, action points."""
    found = {}
    for row in raw["meetings"]:
        if row["minutes_circulated_at"]:
            found[text(row["title_fr"])] = [
                {
                    "item": f"{item['order']}. {text(item['title_fr'])}",
                    "text": text(item["minutes_fr"]),
                    "lines": [
                        *(f"Décision : {reference(code)} · {_decision_link(raw, code)[0]} Adoptée"
                          for code in item["decisions"]),
                        *(f"Action : {text(point['text_fr'])} · {acronym(point['responsible'])} · {day(point['due'])} "
                          f"{_point_state(raw, point)}" for point in item["action_points"]),
                    ],
                }
                for item in row["agenda"]
            ]  # fmt: skip
    return found


def action_list(raw: Raw) -> Any:
    """Every action point of the year, in its own list."""
    return _points(raw, [point for row in raw["meetings"] for item in row["agenda"] for point in item["action_points"]])


# --- Decisions -------------------------------------------------------------------------------------------------------
def _is_adopted(row: Raw) -> bool:
    return row["status"] == "adopted"


def _state(row: Raw) -> str:
    return {"adopted": "Adoptée", "consultation_open": "Appel en cours", "draft": "Projet"}[row["status"]]


def register(raw: Raw) -> dict[str, Any]:
    """title → its row of the register."""
    return {
        text(row["title_fr"]): {
            "number": reference(row["code"]) if _is_adopted(row) else "—",
            "state": _state(row),
            "proposed by": acronym(row["proposed_by"]),
            "adopted": short_day(row["adopted_at"]) or "—",
        }
        for row in raw["decisions"]
    }


def decisions(raw: Raw) -> dict[str, Any]:
    """title → what the decision's own page shows."""
    return {text(row["title_fr"]): _decision(raw, row) for row in raw["decisions"]}


def _decision(raw: Raw, row: Raw) -> dict[str, Any]:
    return {
        "number": reference(row["code"]) if _is_adopted(row) else "",
        "state": "Objection ouverte" if _standing(row) else _state(row),
        "text": text(row["text_fr"]),
        "subject": start(SUBJECTS[row["type"]]),
        "mode": "En séance" if row["consultation_mode"] == "in_session" else "Par écrit",
        "proposed by": entity_name(row["proposed_by"]),
        "consensus": start(full_day(row["adopted_at"])),
        "in charge": entity_name(row["responsible"]),
        "due": start(full_day(row["due_date"])),
        "follow-up": FOLLOW_UPS[row["follow_up_status"]] if _is_adopted(row) else "",
        "note": text(row["follow_up_note_fr"]),
        "consultation": row["consultation_opened_at"] or "",
        "until": start(full_day(row["consultation_closed_at"])),
        "voices": _voices(raw, row),
        "days": dict(Counter(said["at"] for said in row["positions"] if said["position"] in SAID)),
        "objections": sorted(
            (one["raised_at"], acronym(one["entity"]), text(one["reason_fr"])) for one in row["objections"]
        ),
        "lifted": sorted(
            (one["withdrawn_at"], acronym(one["entity"]), text(one["resolution_fr"]))
            for one in row["objections"]
            if one["withdrawn_at"]
        ),
    }  # fmt: skip


SAID = {"agree": "Soutiennent", "agree_with_comment": "Peuvent vivre avec", "abstain": "S’abstiennent"}


def _standing(row: Raw) -> bool:
    return any(not one["withdrawn_at"] for one in row["objections"])


def _voices(raw: Raw, row: Raw) -> dict[str, Any]:
    """heading → who stands under it, with the reason given. Each member stands somewhere once the call is open."""
    if not row["consultation_opened_at"]:
        return {}
    found: dict[str, Any] = {}
    for said in row["positions"]:
        if said["position"] in SAID:
            found.setdefault(SAID[said["position"]], []).append((acronym(said["entity"]), text(said["comment_fr"])))
    for one in row["objections"]:
        heading = "Objections levées" if one["withdrawn_at"] else "Objection"
        found.setdefault(heading, []).append((acronym(one["entity"]), text(one["reason_fr"])))
    heard = {said for group in found.values() for said, _reason in group}
    voices = {acronym(member["entity"]) for member in raw["members"] if member["status"] == "member"}
    silent = [(entity, "") for entity in voices - heard]
    return {heading: sorted(group) for heading, group in [*found.items(), ("Silence", silent)] if group}


# --- Work plan -------------------------------------------------------------------------------------------------------
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


FAMILIES = {
    "directory": directory, "entities": entities, "people": people, "co-chairs": co_chairs,
    "meeting list": meeting_list, "requests": requests, "meetings": meetings, "minutes": minutes,
    "action points": action_list, "register": register, "decisions": decisions, "plan": plan,
    "activity rows": activity_rows, "activities": activities,
}  # fmt: skip
