"""A snapshot made straight from the year file, without the database: what the report should say of that year."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.conf import settings

from reports import snapshot as shapes

QUARTERS = ("T1", "T2", "T3", "T4")
STANCES = {
    "agree": "supports",
    "agree_with_comment": "can_live_with",
    "abstain": "stands_aside",
    "objection": "objects",
    "objection_withdrawn": "lifts_objection",
}


@cache
def year_file() -> dict[str, Any]:
    return json.loads((settings.BASE_DIR / "reseau/demo/sample_year.json").read_text())


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def at(day_: str, hour: str) -> datetime:
    return datetime.fromisoformat(f"{day_}T{hour}:00+00:00")


def sample_snapshot(year: int = 2026) -> shapes.Snapshot:
    data = year_file()
    decisions = [one for one in data["decisions"] if one["code"].startswith(f"DEC-{year}")]
    adopted = [one for one in decisions if one["status"] == "adopted"]
    meetings = [one for one in data["meetings"] if one["date"].startswith(str(year))]
    return shapes.Snapshot(
        year=year,
        taken_at=datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
        network="RNUM-SN",
        members=tuple(_member(one) for one in data["members"]),
        co_chairs=tuple(_co_chair(one) for one in data["co_chair_terms"] if one["start"].startswith(str(year))),
        meetings=tuple(_meeting(one) for one in meetings),
        action_points=tuple(
            _action(point, one) for one in meetings for item in one["agenda"] for point in item["action_points"]
        ),
        decisions=tuple(_decision(one, number) for number, one in enumerate(adopted, 1)),
        open_decisions=tuple(_decision(one, None) for one in decisions if one["status"] == "consultation_open"),
        plan=_plan(data["work_plan"]),
        objectives=objectives(),
    )


def _person(code: str) -> dict[str, Any]:
    return next(one for one in year_file()["people"] if one["code"] == code)


def _name(code: str) -> str:
    return f"{_person(code)['given_name']} {_person(code)['family_name'].upper()}"


def _member(one: dict[str, Any]) -> shapes.Member:
    people = [(one.get("principal"), "point focal titulaire"), (one.get("alternate"), "point focal suppléant")]
    named = [shapes.Person(_name(code), _person(code)["title_fr"], rank) for code, rank in people if code]
    since = day(one["joined_at"])
    label = {"member": "membre", "standing_invitee": "invité permanent"}[one["status"]]
    return shapes.Member(one["entity"], f"Entité {one['entity']}", one["status"], label, since, None, tuple(named))


def _co_chair(one: dict[str, Any]) -> shapes.CoChair:
    title = _person(one["person"])["title_fr"]
    return shapes.CoChair(
        one["seat"], one["entity"], _name(one["person"]), title, day(one["start"]), day(one["end"]), one["note_fr"]
    )


def _meeting(one: dict[str, Any]) -> shapes.Meeting:
    presences = [
        shapes.Presence(row["entity"], row["status"], row["status"], row.get("mode") or "") for row in one["attendance"]
    ]
    agenda = [
        shapes.AgendaPoint(
            item["order"], item["title_fr"], item["kind"], item["lead_entity"] or "", item["duration_min"]
        )
        for item in one["agenda"]
    ]
    return shapes.Meeting(
        title=one["title_fr"],
        short_title={"plenary": one["code"][-2:], "annual_review": "Bilan annuel"}.get(one["type"], one["type"]),
        kind=one["type"],
        kind_label=one["type"],
        starts_at=at(one["date"], one["start"]),
        ends_at=at(one["date"], one["end"]),
        mode_label=one["mode"],
        place=one["room"] or "",
        state_label=one["status"],
        is_held=one["status"] == "held",
        chair=one["chair"] or "",
        attendance=tuple(presences),
        agenda=tuple(agenda),
    )


def _action(point: dict[str, Any], meeting: dict[str, Any]) -> shapes.ActionPoint:
    done, due = point["status"] == "done", day(point["due"])
    late = not done and due < date(2026, 11, 23)
    return shapes.ActionPoint(
        point["text_fr"], meeting["title_fr"], point["responsible"], due, point["status"], done, late
    )


def _decision(one: dict[str, Any], number: int | None) -> shapes.Decision:
    stands = [
        shapes.Stand(row["entity"], STANCES.get(row["position"], "silent"), row["comment_fr"] or "")
        for row in one["positions"]
    ]
    raised = [
        shapes.Objection(
            row["entity"],
            day(row["raised_at"]),
            row["reason_fr"],
            "",
            day(row["withdrawn_at"]),
            row["resolution_fr"] or "",
        )
        for row in one["objections"]
    ]
    return shapes.Decision(
        reference=f"RNUM-SN/{one['code'][4:8]}/D-{number:03d}" if number else "",
        title=one["title_fr"],
        text=one["text_fr"],
        state_label=one["status"],
        mode_label="en séance" if one["consultation_mode"] == "in_session" else "par écrit",
        proposed_by=one["proposed_by"],
        adopted_on=day(one["adopted_at"]),
        deadline=at(one["consultation_closed_at"], "17:00") if one["consultation_closed_at"] else None,
        responsible=one["responsible"] or "",
        due_on=day(one["due_date"]),
        follow_up=one["follow_up_status"] or "",
        stands=tuple(stands),
        objections=tuple(raised),
    )


def _plan(data: dict[str, Any]) -> shapes.Plan:
    outcomes = [
        shapes.Outcome(
            one["number"],
            one["title_fr"],
            tuple(_activity(row) for row in data["activities"] if row["outcome"] == one["code"]),
        )
        for one in data["outcomes"]
    ]
    return shapes.Plan(
        data["title_fr"],
        "en exécution",
        "USD",
        day(data["endorsed_at"]),
        "RNUM-SN/2025/D-003",
        day(data["sent_to_rc_at"]),
        day(data["acknowledged_by_rc_at"]),
        tuple(outcomes),
    )


def _activity(one: dict[str, Any]) -> shapes.Activity:
    money = one["budget"]
    return shapes.Activity(
        code=one["code"].removeprefix("PTA26-"),
        title=one["title_fr"],
        description=one["description_fr"],
        lead=one["lead"],
        contributors=tuple(one["contributing"]),
        regions=tuple(one["regions"]),
        quarters=tuple(key for key, planned in one["schedule"].items() if planned),
        objectives=tuple(int(code[4:]) for code in one["gcm_objectives"]),
        status=one["status"],
        status_label=one["status"],
        progress=one["progress_pct"],
        planned=Decimal(money["planned_usd"]),
        mobilised=Decimal(money["mobilized_usd"]),
        spent=Decimal(money["spent_usd"]),
        note="",
        risk=one["risk_fr"] or "",
        indicators=tuple(_indicator(row) for row in one["indicators"]),
    )


def _indicator(one: dict[str, Any]) -> shapes.Indicator:
    reported = [(quarter, value) for quarter in QUARTERS if (value := one["progress"].get(quarter)) is not None]
    quarter, result = reported[-1] if reported else ("", None)
    return shapes.Indicator(
        one["label_fr"],
        one["unit"],
        Decimal(str(one["baseline"])),
        Decimal(str(one["target"])),
        None if result is None else Decimal(str(result)),
        quarter,
        result is not None and result >= one["target"],
    )


def objectives() -> tuple[shapes.Objective, ...]:
    rows = json.loads((settings.BASE_DIR / "frameworks/data/gcm_objectives.json").read_text())
    return tuple(
        shapes.Objective(one["number"], one["label_fr"], one["title_fr"], one["imrf_roundtable"]) for one in rows
    )


def empty_snapshot(year: int = 2026) -> shapes.Snapshot:
    """A year of which nothing is on record."""
    return replace(
        sample_snapshot(year),
        members=(), co_chairs=(), meetings=(), action_points=(), decisions=(), open_decisions=(), plan=None,
    )  # fmt: skip
