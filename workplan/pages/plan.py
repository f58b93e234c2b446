"""What the plan's page shows to one person. A step is there when the transition table and the permission allow it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from core import clock
from core.charts import Figure, ObjectiveTile, objectives_grid
from core.components import Column, DataTable, TimelineEvent
from core.memo import drawn_once
from core.models import JournalEvent
from core.templatetags.components import meter, state_tag
from core.templatetags.typography import long_day, number, typo
from core.todo import end_of_day
from core.transitions import can_move
from decisions.enums import WAITING, DecisionState, Mode
from decisions.models import Decision
from decisions.queries import sees
from members.enums import Seat
from members.models import Entity
from members.queries import co_chairs_on
from members.standing import standing_of
from workplan import forms, queries, revising
from workplan.actions.custody import validation_text, validation_title
from workplan.enums import DRAFTABLE, FROZEN, OVER, REPORTABLE, ActivityStatus, PlanState
from workplan.models import Activity, PlanSignature, WorkPlan

# What moves the plan on; the rest of the steps stands at the foot of the page.
FORWARD = (
    "may_open", "table_form", "validation_form", "may_sign", "transmit_form", "acknowledge_form", "may_start",
)  # fmt: skip


def plan_page(user: Any, plan: WorkPlan, chosen: Any, bound: dict[str, Any]) -> dict[str, Any]:
    """The context of ``/pta/<year>/``; ``bound`` holds the form that was just refused, by name."""
    activities = queries.plan_activities(plan)
    served = queries.served_objectives(activities)
    outcomes = queries.plan_progress(plan, activities)
    contributors = queries.contributors(plan)
    entities = {activity.lead for activity in activities}.union(*contributors.values())
    taking_part = sorted(entities, key=lambda entity: (entity.acronym, entity.pk))
    filter_form = forms.ActivityFilterForm(
        chosen or None, objectives=[row.objective for row in served], entities=taking_part
    )
    active = filter_form.chosen() if chosen else {}
    shown = _narrowed(activities, served, contributors, active)
    totals = queries.sum_of(activities)
    progress = queries.mean_progress(activities)
    pending, revision = _pending(plan), revising.shown(plan)
    signatures = queries.signatures_of(plan)
    steps = plan_steps(user, plan, pending, signatures)
    return {
        "plan": plan,
        "activities": activities,
        "shown_count": len(shown),
        "groups": [
            (row, activities_table(row.outcome.title, [one for one in row.activities if one in shown]))
            for row in outcomes
        ],
        "outcomes_table": outcomes_table(outcomes, progress),
        "totals": totals,
        "totals_xof": totals.in_xof(plan),
        "covered": sum(1 for row in served if row.count),
        "grid": grid(plan, served, _("Activities by objective of the Global Compact")),
        "filter_form": filter_form,
        "is_filtered": bool(active),
        "custody": custody_of(plan, signatures),
        "signatures_awaited": _signatures_awaited(plan, signatures),
        "file_progress": queries.file_progress(plan),
        "may_print_again": user.has_perm("workplan.transmit", plan),
        "pending": pending,
        "may_see_pending": pending is not None and sees(user, pending),
        "pending_revision": revision if revision and sees(user, revision) else None,
        "may_propose_revision": not revision
        and plan.state in FROZEN - OVER
        and user.has_perm("workplan.propose_revision", plan),
        **_tools(user, plan, pending),
        **steps,
        **bound,
        "has_steps": any({**steps, **bound}[name] for name in FORWARD),
    }


def grid(
    plan: WorkPlan, served: Iterable[queries.Served], title: str, entity: Entity | None = None, **size: Any
) -> Figure:
    """The 23 tiles; one that is served leads to its activities, or to those of ``entity`` among them."""
    own = f"&entite={entity.slug}" if entity else ""

    def tile(row: queries.Served) -> ObjectiveTile:
        url = f"{plan.get_absolute_url()}?objectif={row.objective.number}{own}#activites" if row.activity_ids else ""
        return ObjectiveTile(row.objective.number, row.objective.label, row.count, url)

    return objectives_grid([tile(row) for row in served], title=title, **size)


def _narrowed(
    activities: list[Activity],
    served: list[queries.Served],
    contributors: dict[int, set[Entity]],
    chosen: dict[str, Any],
) -> list[Activity]:
    tagged = next((row.activity_ids for row in served if row.objective.number == chosen.get("objectif")), None)
    return [
        activity
        for activity in activities
        if (tagged is None or activity.pk in tagged)
        and chosen.get("statut") in (None, activity.status)
        and chosen.get("entite")
        in {None, activity.lead.slug, *(entity.slug for entity in contributors.get(activity.pk, ()))}
    ]


def activities_table(caption: str, activities: Iterable[Activity]) -> DataTable:
    lines = [
        (row.get_absolute_url(), row.code, row.title, row.lead.acronym, ActivityStatus(row.status),
         row.progress_percent, row.facts.planned)
        for row in activities
    ]  # fmt: skip
    return _activities_table(caption, lines)


@drawn_once
def _activities_table(caption: str, lines: list[tuple[Any, ...]]) -> DataTable:
    columns = (
        Column(_("Activity"), "head"), Column(_("Lead")), Column(_("Status")), Column(_("Progress")),
        Column(_("Required (USD)"), "num"),
    )  # fmt: skip
    cells = tuple(
        (
            format_html('<a href="{}">{} {}</a>', url, code, typo(title)),
            lead,
            state_tag(status),
            meter(progress),
            number(planned),
        )
        for url, code, title, lead, status, progress, planned in lines
    )
    return DataTable(caption, columns, cells, hide_caption=True)


def outcomes_table(outcomes: Iterable[queries.OutcomeProgress], progress: Any) -> DataTable:
    """Outcomes with their progress, the number of activities, what is required and what is to be mobilised."""
    rows = list(outcomes)
    total = sum((row.totals for row in rows), queries.Totals())
    cells = tuple(
        (
            format_html('<a href="#r{}">{}</a> {}', row.outcome.number, row.outcome.code, row.outcome.title),
            meter(row.progress),
            len(row.activities),
            number(row.totals.planned),
            number(row.totals.gap),
        )
        for row in rows
    )
    columns = (
        Column(_("Outcome"), "head"), Column(_("Progress")), Column(_("Activities"), "num"),
        Column(_("Required"), "num"), Column(_("To be mobilised"), "num"),
    )  # fmt: skip
    count = sum(len(row.activities) for row in rows)
    last = (_("Whole plan"), meter(progress), count, number(total.planned), number(total.gap))
    caption = _("Progress on %s, amounts in USD") % long_day(clock.today())
    return DataTable(caption, columns, cells, total=last)


def custody_of(plan: WorkPlan, signatures: Iterable[PlanSignature]) -> list[TimelineEvent]:
    """The chain of custody, from the drafting to the archive, and what comes next."""
    events = [TimelineEvent(plan.created_at, _("Drafting opened by %s") % plan.created_by)]
    events += [
        TimelineEvent(row.held_on, _("Consultation: %s") % row.with_whom, row.note)
        for row in queries.consultations(plan)
    ]
    steps: list[tuple[datetime | None, str, str]] = [(event.at, *_turn(event)) for event in queries.turns_of(plan)]
    if plan.validating_decision:
        decision = plan.validating_decision
        steps.append((decision.recorded_at, _("Adopted by the Network: decision %s") % decision.reference, ""))
        steps += [
            (
                row.signed_at,
                _("Signed by %(person)s, %(seat)s") % {"person": row.person, "seat": row.get_seat_display()},
                "",
            )
            for row in signatures
        ]
    steps += _later_steps(plan)
    events += [TimelineEvent(at, sentence, detail) for at, sentence, detail in steps if at]
    return sorted(events, key=lambda event: _instant(event.when))


def _turn(event: JournalEvent) -> tuple[str, str]:
    """Back and forth before the adoption: what happened, and the reason given."""
    if event.verb == "workplan.open_consultation":
        return _("Put before the Network for consultation"), ""
    if event.verb == "workplan.table_at_review":
        return _("Tabled at “%s”") % event.data["review"], ""
    return _("Taken back to drafting by %s") % event.actor, event.data["reason"]


def _signatures_awaited(plan: WorkPlan, signatures: Iterable[PlanSignature]) -> list[str]:
    """Whose signature is missing once the other seat has signed."""
    signed = {row.seat for row in signatures}
    if not signed or plan.validated_at:
        return []
    missing = [seat for seat in Seat if seat not in signed]
    holders = {term.seat: term for term in co_chairs_on(clock.today())}
    return [f"{holders[seat].person}, {seat.label}" if seat in holders else str(seat.label) for seat in missing]


def _later_steps(plan: WorkPlan) -> list[tuple[datetime | None, str, str]]:
    return [
        (plan.validated_at, _("Validated, signed for both seats"), ""),
        *[
            (row.adopted_at, _("Version %(number)s, by decision %(decision)s")
             % {"number": row.number, "decision": row.decision.reference}, row.note)
            for row in queries.revisions(plan)
        ],
        (plan.transmitted_at, _("Transmitted to the Resident Coordinator"), plan.transmission_note),
        (plan.acknowledged_at, _("Receipt acknowledged by the Resident Coordinator’s office"),
         plan.acknowledgement_note),
        (plan.execution_started_at, _("Execution started"), ""),
        (plan.reviewed_at, _("Reviewed by the Network at its annual review"), str(plan.reviewed_in or "")),
        (plan.archived_at, _("Archived"), ""),
    ]  # fmt: skip


def _instant(when: date | datetime) -> datetime:
    return when if isinstance(when, datetime) else end_of_day(when).replace(hour=12, minute=0)


# --- What this person may do to the plan -----------------------------------------------------------------------------
def plan_steps(
    user: Any, plan: WorkPlan, pending: Decision | None, signatures: Iterable[PlanSignature]
) -> dict[str, Any]:
    """Each possible step: its form or ``True``; ``None`` or ``False`` when it is not this person's now."""

    def may(verb: str, permission: str = "") -> bool:
        return can_move(plan, verb) and user.has_perm(f"workplan.{permission or verb}", plan)

    adopted, signed = plan.validating_decision_id is not None, {row.seat for row in signatures}
    return {
        "may_open": may("open_consultation"),
        "table_form": forms.TableForm(plan=plan) if may("table_at_review") else None,
        "validation_form": _validation_form(user, plan, pending),
        "may_sign": adopted and may("validate", "sign_plan") and standing_of(user).seat not in signed,
        "rework_form": forms.ReworkForm() if not adopted and may("rework") else None,
        "transmit_form": forms.NoteForm(label=_("Cover note")) if may("transmit") else None,
        "acknowledge_form": forms.NoteForm() if plan.transmitted_file and may("acknowledge") else None,
        "may_start": may("start_execution"),
        "may_review": may("review"),
        "may_archive": may("archive"),
    }


def _pending(plan: WorkPlan) -> Decision | None:
    """The decision of validation that is under way."""
    if plan.validating_decision_id or plan.state not in {PlanState.CONSULTATION, PlanState.TABLED}:
        return None
    return queries.pending_validation(plan)


def _validation_form(user: Any, plan: WorkPlan, pending: Decision | None) -> forms.ValidationForm | None:
    open_states = {PlanState.CONSULTATION, PlanState.TABLED}
    if pending or plan.validating_decision_id or plan.state not in open_states:
        return None
    if not user.has_perm("workplan.submit_for_validation", plan):
        return None
    usual = {"title": validation_title(plan), "text": validation_text(plan), "mode": Mode.IN_SESSION}
    return forms.ValidationForm(initial=usual)


def _tools(user: Any, plan: WorkPlan, pending: Decision | None) -> dict[str, bool]:
    """Writing that is no step: it depends on the plan being open or in force."""
    drafts = may_draft(user, plan) and not (pending and pending.state in {DecisionState.CALL, *WAITING})
    return {
        "may_edit": drafts and user.has_perm("workplan.edit_plan", plan),
        "may_add_activity": drafts,
        "may_consult": not plan.is_frozen and user.has_perm("workplan.record_consultation", plan),
        "may_revise": plan.state in FROZEN and user.has_perm("workplan.record_revision", plan),
        "may_update": standing_of(user).has_voice and plan.state in REPORTABLE,
    }


def may_draft(user: Any, plan: WorkPlan) -> bool:
    """Entities write while the plan is drafted or in consultation; whoever is in charge also while it is tabled."""
    if plan.is_frozen or not user.has_perm("workplan.add_activity", plan):
        return False
    return plan.state in DRAFTABLE or user.has_perm("workplan.edit_plan", plan)


def is_drafted_by(user: Any, plan: WorkPlan) -> bool:
    """Whether a page offers it to ``user``: nobody writes while the Network gives its positions on the plan."""
    return may_draft(user, plan) and not queries.is_under_call(plan)
