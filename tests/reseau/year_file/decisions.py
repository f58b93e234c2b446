"""The register, and each decision with its voices."""

from collections import Counter
from datetime import date, timedelta
from operator import itemgetter
from typing import Any

from tests.reseau.year_file.words import Raw, acronym, day, entity_name, full_day, reference, short_day, start, text

SUBJECTS = {
    "report": "rapport", "co_chair": "coprésidence", "work_plan": "plan de travail",
    "working_group": "groupe de travail", "procedure": "procédure", "statement": "déclaration",
    "data": "données", "coordination": "coordination", "partners": "partenaires",
    "membership": "admission ou départ d’un membre", "group_text": "texte d’un groupe de travail",
}  # fmt: skip
FOLLOW_UPS = {"not_started": "Non commencée", "in_progress": "En cours", "late": "En cours", "done": "Fait"}


def _is_adopted(row: Raw) -> bool:
    return row["status"] == "adopted"


def replaced(raw: Raw) -> set[str]:
    """Codes of the decisions that a later one took the place of."""
    return {code for row in raw["decisions"] for code in row.get("replaces", ())}


GIVEN_UP = {"withdrawn": "Retirée", "no_consensus": "Pas de consensus"}


def state(raw: Raw, row: Raw) -> str:
    if row["code"] in replaced(raw):
        return "Remplacée"
    if row["status"] in GIVEN_UP:
        return GIVEN_UP[row["status"]]
    if row.get("deferral"):
        return "Reportée à une réunion"
    if any(not one["withdrawn_at"] for one in row["objections"]):
        return "Objection ouverte"
    if row["status"] == "consultation_open" and not row["positions"]:
        return "En consultation"
    return {"adopted": "Adoptée", "consultation_open": "Appel en cours", "draft": "Projet"}[row["status"]]


def register(raw: Raw) -> dict[str, Any]:
    """title → its row of the register."""
    return {
        text(row["title_fr"]): {
            "number": reference(row["code"]) if _is_adopted(row) else "—",
            "state": state(raw, row),
            "proposed by": acronym(row["proposed_by"]),
            "adopted": short_day(row["adopted_at"]) or "—",
        }
        for row in raw["decisions"]
    }


def decisions(raw: Raw) -> dict[str, Any]:
    """title → what the decision's own page shows."""
    return {text(row["title_fr"]): _decision(raw, row) for row in raw["decisions"]}


# Rules of procedure, as the page of the decision that changes them says them.
RULES = {
    "silence_days": "Procédure de silence : %s jours ouvrables au moins",
    "quorum": "Quorum : %s %% des entités membres",
}


def _decision(raw: Raw, row: Raw) -> dict[str, Any]:
    return {
        "number": reference(row["code"]) if _is_adopted(row) else "",
        "state": state(raw, row),
        "text": text(" ".join([row["text_fr"], *_terms(raw, row)])),
        "versions": [(earlier["replaced_at"], str(n)) for n, earlier in enumerate(row.get("earlier_texts", ()), 2)],
        "translations": [tuple(map(text, (one["title"], one["text"]))) for one in row.get("translations", ())],
        "comments": sorted(map(_comment, row.get("comments", ())), key=itemgetter("day", "by")),
        "subject": "Règles de procédure" if row.get("rules_of_procedure") else start(SUBJECTS[row["type"]]),
        "rules": sorted(RULES[name] % value for name, value in (row.get("rules_of_procedure") or {}).items()),
        "effect": f"À partir du {day(row['membership']['day'])}" if "membership" in row else "",
        "mode": _mode(raw, row),
        "proposed by": entity_name(row["proposed_by"]),
        "consensus": start(full_day(row["adopted_at"])),
        "in charge": entity_name(row["responsible"]) if row["responsible"] else "",
        "due": start(full_day(row["due_date"])),
        "follow-up": FOLLOW_UPS[row["follow_up_status"]] if _is_adopted(row) else "",
        "note": text(row["follow_up_note_fr"]),
        "consultation": row["consultation_opened_at"] or "",
        "until": "" if row["status"] == "withdrawn" else start(full_day(row["consultation_closed_at"])),
        "ends": _ends(raw, row),
        "review": start(full_day(row.get("review_date"))),
        "notes": sorted(
            (note["at"], text(note["text_fr"])) for one in row["objections"] for note in one.get("notes", ())
        ),
        "advice": _advice(row.get("referral")),
        "deferred": row["deferral"]["at"] if row.get("deferral") else "",
        "voices": _voices(raw, row),
        "days": dict(Counter(
            said["at"] for said in [*row["positions"], *_of_rounds(row)] if said["position"] in SAID
        )),
        "reservations": [(said["at"], text(said["comment_fr"])) for said in _of_rounds(row, with_reason=True)],
        "rounds": [_round(row, one) for one in row.get("rounds", ())],
        "reopened": [(one["reopened_at"], text(one["reason_fr"])) for one in row.get("rounds", ())],
        "given up": (row["ending"]["at"], text(row["ending"]["reason_fr"])) if "ending" in row else (),
        "replaces": [reference(code) for code in row.get("replaces", ())],
        "objections": sorted(
            (one["raised_at"], acronym(one["entity"]), _objection(one)) for one in row["objections"]
        ),
        "lifted": sorted(
            (one["withdrawn_at"], acronym(one["entity"]), text(one["resolution_fr"]))
            for one in row["objections"]
            if one["withdrawn_at"]
        ),
    }  # fmt: skip


def _terms(raw: Raw, row: Raw) -> list[str]:
    """The terms of reference that a decision approves stand in its text."""
    return [
        f"Termes de référence du groupe de travail {group['number']} {group['tor_summary_fr']}"
        for group in raw["working_groups"]
        if group["adopted_by"] == row["code"]
    ]


def _objection(one: Raw) -> str:
    return f"{text(one['reason_fr'])} Ce qui la lèverait : {text(one['alternative_fr'])}"


def _advice(one: Raw | None) -> list[tuple[str, str]]:
    """What was asked and answered, each on its day."""
    if one is None:
        return []
    answer = f"{text(one['advice_fr'])} Référence : {one['reference']}"
    return [(one["asked_at"], text(one["question_fr"])), (one["advised_on"], answer)]


def _mode(raw: Raw, row: Raw) -> str:
    """Silence is consent from the decision on that says so, where the call was opened."""
    if row["consultation_mode"] == "in_session":
        return "En séance"
    adopted = next(one["adopted_at"] for one in raw["decisions"] if one.get("rules_of_procedure"))
    is_called = bool(row["positions"]) and (row["consultation_opened_at"] or "") > adopted
    return "Par procédure de silence" if is_called else "Par écrit"


ASKED = {
    "comment": "commentaire", "rewording": "nouvelle rédaction", "addition": "nouveau paragraphe à la suite",
    "deletion": "suppression",
}  # fmt: skip
REPLIES = {"accepted": "Retenu", "adapted": "Retenu en partie", "declined": "Non retenu", None: "Attend une réponse"}


def _comment(one: Raw) -> dict[str, Any]:
    return {
        "by": acronym(one["entity"]),
        "on": f"§ {one['paragraph']}" if one["paragraph"] else "ensemble du texte",
        "asks": ASKED[one["kind"]],
        "words": text(one["wording_fr"]),
        "said": text(one["comment_fr"]),
        "day": short_day(one["at"]),
        "reply": REPLIES[one["reply"]],
        "answer": text(one["answer_fr"]),
        "answered": short_day(one["answered_at"]),
    }


SAID = {"agree": "Soutiennent", "agree_with_comment": "Peuvent vivre avec", "abstain": "S’abstiennent"}


def _ends(raw: Raw, row: Raw) -> str:
    """On the eve of the adoption of what replaces it, or as it was adopted."""
    later = next((one for one in raw["decisions"] if row["code"] in one.get("replaces", ())), None)
    if later is None:
        return full_day(row.get("in_force_until")).partition(" ")[2]
    return day(str(date.fromisoformat(later["adopted_at"]) - timedelta(days=1)))


def _of_rounds(row: Raw, *, with_reason: bool = False) -> list[Raw]:
    """What was said on earlier versions; with its reason it is told by itself, as no voice shows it any more."""
    said = [said for one in row.get("rounds", ()) for said in one["positions"]]
    return [one for one in said if bool(one["comment_fr"]) == with_reason]


def _round(row: Raw, one: Raw) -> dict[str, Any]:
    """heading → who said so on an earlier version, with the reason given."""
    found: dict[str, Any] = {}
    for said in one["positions"]:
        found.setdefault(SAID[said["position"]], []).append((acronym(said["entity"]), text(said["comment_fr"])))
    for objection in row["objections"]:
        if objection["raised_at"] <= one["reopened_at"]:
            found.setdefault("Objection", []).append((acronym(objection["entity"]), text(objection["reason_fr"])))
    return {heading: sorted(group) for heading, group in found.items()}


def _voices(raw: Raw, row: Raw) -> dict[str, Any]:
    """heading → who stands under it, with the reason given. Each member stands somewhere once the call is open."""
    if not (row["consultation_opened_at"] and row["positions"]):
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
