"""The report as one HTML document: chapters with their sections, numbered here and nowhere else."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.richtext import to_html
from core.templatetags.typography import number, percent
from reports import charts, figures, narrative, tables
from reports.snapshot import Decision, Plan, Snapshot


@dataclass(frozen=True)
class Section:
    slug: str
    number: str
    title: str


@dataclass(frozen=True)
class Chapter:
    """A chapter in the contents: ``slug`` names its template and its anchor."""

    slug: str
    number: str
    title: str
    sections: dict[str, Section]


# slug, title, sections (slug, title); annexes are lettered, chapters numbered
CHAPTERS: list[tuple[str, Any, list[tuple[str, Any]]]] = [
    ("life", gettext_lazy("Life of the Network"), [
        ("composition", gettext_lazy("Members")),
        ("meetings", gettext_lazy("Meetings held")),
        ("attendance", gettext_lazy("Attendance by entity")),
    ]),
    ("decisions", gettext_lazy("Decisions by consensus"), [
        ("register", gettext_lazy("Register")),
        ("stands", gettext_lazy("Who said what")),
        ("objections", gettext_lazy("Objections and how they were lifted")),
    ]),
    ("execution", gettext_lazy("Execution of the joint work plan"), [
        ("progress", gettext_lazy("Progress by outcome")),
        ("budget", gettext_lazy("Budget")),
        ("activities", gettext_lazy("Activities")),
        ("indicators", gettext_lazy("Indicators")),
    ]),
    ("objectives", gettext_lazy("Progress by objective of the Global Compact"), [
        ("overview", gettext_lazy("The 23 objectives")),
        ("round_tables", gettext_lazy("Objective by objective")),
    ]),
    ("governance", gettext_lazy("Co-chairs and governance"), [
        ("seats", gettext_lazy("Co-chair seats")),
        ("pending", gettext_lazy("Proposals under way")),
    ]),
    ("challenges", gettext_lazy("Challenges"), [
        ("troubled", gettext_lazy("Activities that did not go as planned")),
        ("standing", gettext_lazy("Objections that stand")),
        ("late", gettext_lazy("Actions that are late")),
    ]),
]  # fmt: skip
ANNEXES: list[tuple[str, Any, list[tuple[str, Any]]]] = [
    ("members", gettext_lazy("Members and focal points"), []),
    ("agendas", gettext_lazy("Meetings and their agendas"), []),
    ("actions", gettext_lazy("Action points"), []),
    ("method", gettext_lazy("Method, sources and limits"), []),
]

# Chapters that say one sentence when the year has no plan.
OF_THE_PLAN = {"execution", "objectives"}

OnChapter = Callable[[int, int, str], None]


def outline(*, has_plan: bool = True) -> list[Chapter]:
    """The chapters and annexes in order, in the active language. Without a plan there is nothing to divide in it."""
    numbered = [(str(i), *entry) for i, entry in enumerate(CHAPTERS, 1)]
    lettered = [(_("Annex %(letter)s") % {"letter": "ABCDEFG"[i]}, *entry) for i, entry in enumerate(ANNEXES)]
    return [
        Chapter(
            slug,
            label,
            str(title),
            _sections(slug, label, sections if has_plan or slug not in OF_THE_PLAN else []),
        )
        for label, slug, title, sections in (*numbered, *lettered)
    ]


def _sections(slug: str, label: str, entries: list[tuple[str, Any]]) -> dict[str, Section]:
    return {key: Section(f"{slug}-{key}", f"{label}.{i}", str(name)) for i, (key, name) in enumerate(entries, 1)}


def report_document(snapshot: Snapshot, *, digest: str, on_chapter: OnChapter = lambda *_args: None) -> str:
    """The whole report. Telling ``on_chapter`` each chapter as it is written: its number, how many, its title."""
    chapters = outline(has_plan=snapshot.plan is not None)
    bodies: list[SafeString] = []
    for index, chapter in enumerate(chapters, 1):
        on_chapter(index, len(chapters), chapter.title)
        context = {"snapshot": snapshot, "chapter": chapter, **CONTENTS[chapter.slug](snapshot)}
        bodies.append(render_to_string(f"reports/pdf/chapters/{chapter.slug}.html", context))
    return render_to_string(
        "reports/pdf/report.html",
        {
            "snapshot": snapshot,
            "chapters": chapters,
            "body": mark_safe("\n".join(bodies)),  # made by our own templates, escaped there
            "period": narrative.period(snapshot),
            "last_day": figures.last_day(snapshot),
            "year_line": charts.year(snapshot),
            "key_figures": key_figures(snapshot),
            "summary": narrative.summary(snapshot),
            "co_chairs": figures.co_chairs_at_end(snapshot),
            "digest": digest,
        },
    )


def key_figures(snapshot: Snapshot) -> list[tuple[str, str, str]]:
    """The year in figures: the figure, what it counts, and what to hold it against."""
    objections = figures.objection_count(snapshot)
    points = snapshot.action_points
    members, held, taken = len(figures.members_at_end(snapshot)), len(figures.held(snapshot)), len(snapshot.decisions)
    done, lifted = sum(one.is_done for one in points), objections.lifted
    network = [
        (number(members), ngettext("member entity", "member entities", members), ""),
        (number(held), ngettext("meeting held", "meetings held", held), ""),
        (percent(figures.mean_turnout(snapshot)), _("attendance of the entities invited"), ""),
        (number(taken), ngettext("decision by consensus", "decisions by consensus", taken), ""),
        (number(lifted), ngettext("objection lifted", "objections lifted", lifted), _of(objections.raised)),
        (number(done), ngettext("action point carried out", "action points carried out", done), _of(len(points))),
    ]
    return network + (_plan_figures(snapshot, snapshot.plan) if snapshot.plan else [])


def _plan_figures(snapshot: Snapshot, plan: Plan) -> list[tuple[str, str, str]]:
    rows, coverage = plan.activities, figures.coverage(snapshot)
    total, found = figures.budget(rows), figures.indicators(rows)
    done, served = sum(one.status == "completed" for one in rows), figures.covered(coverage)
    reached = sum(one.is_reached for one in found)
    served_label = ngettext("objective of the Compact served", "objectives of the Compact served", served)
    return [
        (number(done), ngettext("activity completed", "activities completed", done), _of(len(rows))),
        (number(served), served_label, _of(len(coverage))),
        (number(total.mobilised), _("%(currency)s mobilised") % {"currency": plan.currency}, _of(total.planned)),
        (number(reached), ngettext("target reached", "targets reached", reached), _of(len(found))),
    ]


def key_figures_of(snapshot: Snapshot) -> list[tuple[str, str]]:
    """The same for a page: what is counted, then « 9 sur 40 »."""
    return [(capfirst(label), f"{figure} {whole}".strip()) for figure, label, whole in key_figures(snapshot)]


def _of(whole: Any) -> str:
    return _("of %(whole)s") % {"whole": number(whole)} if whole else ""


def _life(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "composition": narrative.composition(snapshot),
        "changes": figures.membership_changes(snapshot),
        "meetings": narrative.meetings(snapshot),
        "meetings_table": tables.meetings(snapshot),
        "attendance_table": tables.attendance(snapshot),
    }


def _decisions(snapshot: Snapshot) -> dict[str, Any]:
    raised = figures.objections(snapshot.decisions)
    return {
        "intro": narrative.decisions(snapshot),
        "register_table": tables.register(snapshot),
        "stands": [(one, to_html(one.text), stands_of(one)) for one in snapshot.decisions],
        "objections_table": tables.objections(raised, _("Objections raised before adoption")) if raised else None,
    }


def stands_of(decision: Decision) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Entities by what they said, in the order of the portal: heading, names, reservations with their reason."""
    headings: dict[str, Callable[[int], str]] = {
        "objects": lambda n: ngettext("Still objects", "Still object", n),
        "can_live_with": lambda n: ngettext("Can live with it", "Can live with it", n),
        "stands_aside": lambda n: ngettext("Stands aside", "Stand aside", n),
        "supports": lambda n: ngettext("Supports", "Support", n),
        "lifts_objection": lambda n: ngettext("Lifted its objection", "Lifted their objection", n),
        "silent": lambda n: ngettext("Did not speak", "Did not speak", n),
    }
    groups = []
    for stance, heading in headings.items():
        said = [one for one in decision.stands if one.stance == stance]
        reasons = [(one.entity, one.reason) for one in said if one.reason and stance == "can_live_with"]
        if said:
            groups.append((heading(len(said)), ", ".join(one.entity for one in said), reasons))
    return groups


def _execution(snapshot: Snapshot) -> dict[str, Any]:
    plan = snapshot.plan
    outcomes = plan.outcomes if plan else ()
    currency = plan.currency if plan else ""
    return {
        "plan": plan,
        "path": narrative.plan_path(plan) if plan else [],
        "execution": narrative.plan_execution(snapshot),
        "money": narrative.money_sentence(snapshot),
        "outcomes_table": tables.outcomes(outcomes),
        "budget_chart": charts.budget(outcomes, currency),
        "budget_table": tables.budget(outcomes, currency),
        "activity_tables": [(one, tables.activities(one)) for one in outcomes],
        "indicator_tables": [tables.indicators(one) for one in outcomes if figures.indicators(one.activities)],
    }


def _objectives(snapshot: Snapshot) -> dict[str, Any]:
    rows = figures.coverage(snapshot)
    by_table: dict[int, list[figures.Coverage]] = {}
    for row in rows:
        by_table.setdefault(row.objective.round_table, []).append(row)
    captions = {
        key: _("Round table %(number)s of the review forum: objectives %(list)s")
        % {"number": key, "list": narrative.listed([str(row.objective.number) for row in found])}
        for key, found in by_table.items()
    }
    return {
        "plan": snapshot.plan,
        "intro": narrative.coverage(rows),
        "grid": charts.objectives(rows),
        "objective_tables": [tables.objectives(by_table[key], captions[key]) for key in sorted(by_table)],
    }


def _governance(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "co_chairs_table": tables.co_chairs(snapshot),
        "open_table": tables.open_decisions(snapshot) if snapshot.open_decisions else None,
    }


def _challenges(snapshot: Snapshot) -> dict[str, Any]:
    troubled = [one for one in figures.all_activities(snapshot) if one.status in figures.TROUBLED]
    standing, late = figures.open_objections(snapshot), figures.overdue(snapshot)
    rows = figures.coverage(snapshot) if snapshot.plan else []
    return {
        "plan": snapshot.plan,
        "intro": narrative.challenges(snapshot),
        "troubled_table": tables.troubled(troubled) if troubled else None,
        "standing_table": tables.objections(standing, _("Reasons, and what would lift them")) if standing else None,
        "late_table": tables.action_points(late, _("Past their date when the records were read")) if late else None,
        "uncovered": [row.objective for row in rows if not row.acting],
    }


def _members(snapshot: Snapshot) -> dict[str, Any]:
    return {"members_table": tables.members(snapshot.members)}


def _agendas(snapshot: Snapshot) -> dict[str, Any]:
    return {"agenda_tables": [tables.agenda(one) for one in snapshot.meetings if one.agenda]}


def _actions(snapshot: Snapshot) -> dict[str, Any]:
    points = snapshot.action_points
    return {"points_table": tables.action_points(points, _("In the order of their dates")) if points else None}


def _method(snapshot: Snapshot) -> dict[str, Any]:
    return {"last_day": figures.last_day(snapshot)}


CONTENTS: dict[str, Callable[[Snapshot], dict[str, Any]]] = {
    "life": _life,
    "decisions": _decisions,
    "execution": _execution,
    "objectives": _objectives,
    "governance": _governance,
    "challenges": _challenges,
    "members": _members,
    "agendas": _agendas,
    "actions": _actions,
    "method": _method,
}
