"""Meetings with their agenda, attendance and minutes; requests; action points."""

from typing import Any

from tests.reseau.year_file.words import (
    Raw,
    acronym,
    acronyms,
    day,
    full_day,
    hour,
    lasting,
    minutes_of,
    person,
    reference,
    short_day,
    text,
)

MODES = {"in_person": "en présentiel", "online": "en ligne", "hybrid": "bimodale"}
MEETINGS = {
    "plenary": "Réunion ordinaire", "ad_hoc": "Réunion ad hoc", "annual_review": "Bilan annuel",
    "partners": "Rencontre avec les partenaires",
}  # fmt: skip
VENUES = {"IOM": "Bureau de l’OIM", "RCO": "Bureau du Coordonnateur résident"}
KINDS = {
    "carried_over": "Point reporté",
    "opening": "Ouverture", "progress": "Progrès du Réseau", "collaboration": "Collaboration",
    "challenges": "Nouveaux défis", "co_chair": "Coprésidence", "work_plan": "Plan de travail",
    "information_sharing": "Partage d’informations", "working_groups": "Groupes de travail",
    "membership": "Composition du Réseau", "gcm_review": "Examen du Pacte mondial",
    "work_plan_follow_up": "Suivi du plan de travail", "standards": "Normes et standards",
    "statements": "Déclarations", "dialogue": "Dialogue", "conclusions": "Conclusions",
    "partners_follow_up": "Suites avec les partenaires", "emerging_issues": "Questions émergentes",
    "annual_review_preparation": "Préparation du bilan annuel", "aob": "Divers",
}  # fmt: skip


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


def _decision_link(raw: Raw, code: str) -> tuple[str, str]:
    row = next(row for row in raw["decisions"] if row["code"] == code)
    state = "Reportée à une réunion" if row.get("deferral") else ""
    return text(row["title_fr"]), state or reference(code)


def _state(raw: Raw, code: str) -> str:
    return "Remplacée" if any(code in row.get("replaces", ()) for row in raw["decisions"]) else "Adoptée"


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
                        *(f"Décision : {reference(code)} · {_decision_link(raw, code)[0]} {_state(raw, code)}"
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
