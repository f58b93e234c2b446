"""What awaits a person about the work plan: a draft to read, updates, signatures, transmission, acknowledgement."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.todo import TodoItem, end_of_day
from members.models import Entity
from members.standing import standing_of
from workplan import queries, updates
from workplan.enums import AT_REST, ActivityStatus, PlanState, Quarter
from workplan.models import PlanSignature, WorkPlan


def todo(user: Any, hand: queries.PlansInHand | None = None) -> list[TodoItem]:
    """Updates of the quarter that ended, signatures, the transmission, the acknowledgement."""
    standing = standing_of(user)
    if not (standing.is_co_chair or standing.is_secretariat or standing.is_rc_office or standing.has_voice):
        return []
    hand = hand or queries.PlansInHand(standing.day)
    items: list[TodoItem] = []
    if standing.is_co_chair:
        items += _to_sign(hand, standing.seat)
    if standing.is_co_chair or standing.is_secretariat:
        items += _of(hand.at(PlanState.VALIDATED), _("Transmit the work plan %s to the Resident Coordinator"))
        items += _to_print_again(hand)
    if standing.is_rc_office:
        here = [plan for plan in hand.at(PlanState.TRANSMITTED) if plan.transmitted_file]
        items += _of(here, _("Acknowledge receipt of the work plan %s"))
    if standing.has_voice:
        items += [_draft_to_read(plan) for plan in hand.at(PlanState.CONSULTATION)]
    if standing.entity and standing.has_voice:
        items += _to_update(hand, standing.entity)
    return items


def _draft_to_read(plan: WorkPlan) -> TodoItem:
    title = _("Read the draft work plan %s and complete your activities") % plan.year
    return TodoItem(title, plan.get_absolute_url(), _("It is tabled at the annual review."), tag=_("consultation open"))


def _to_sign(hand: queries.PlansInHand, seat: Any) -> list[TodoItem]:
    adopted = [plan for plan in hand.at(PlanState.TABLED) if plan.validating_decision_id]
    signed = PlanSignature.objects.filter(plan__in=adopted, seat=seat).values_list("plan_id", flat=True)
    unsigned = [plan for plan in adopted if plan.pk not in signed.order_by("pk")] if adopted else []
    why = _("The Network has adopted it; with both signatures it is validated.")
    return [TodoItem(_("Sign the work plan %s") % plan.year, plan.get_absolute_url(), why) for plan in unsigned]


def _of(plans: list[WorkPlan], title: str) -> list[TodoItem]:
    return [TodoItem(title % plan.year, plan.get_absolute_url(), plan.get_state_display()) for plan in plans]


def _to_print_again(hand: queries.PlansInHand) -> list[TodoItem]:
    """Until it is printed, the Resident Coordinator's office has nothing to acknowledge."""
    waiting = [(plan, queries.file_progress(plan)) for plan in hand.at(PlanState.TRANSMITTED)]
    why = _("Its printing failed; nothing was lost.")
    return [
        TodoItem(_("Print the work plan %s again") % plan.year, plan.get_absolute_url(), why, tag=_("failed"))
        for plan, progress in waiting
        if progress and progress.is_failed
    ]


def _to_update(hand: queries.PlansInHand, entity: Entity) -> list[TodoItem]:
    items = []
    for plan in hand.reportable:
        quarter = updates.due_quarter(plan, hand.day)
        if quarter is None:
            continue
        over = {*AT_REST, ActivityStatus.COMPLETED}
        codes = [
            row.code
            for row in sorted(hand.activities(plan), key=lambda row: row.place)
            if row.lead_id == entity.pk and row.status not in over and quarter not in row.facts.quarters
        ]
        if codes:
            items.append(_update_item(plan, quarter, codes, hand.day))
    return items


def _update_item(plan: WorkPlan, quarter: Quarter, codes: list[str], today: date) -> TodoItem:
    end = updates.quarter_end(plan.year, quarter)
    title = ngettext(
        "Update %(count)s activity of the work plan %(year)s",
        "Update %(count)s activities of the work plan %(year)s",
        len(codes),
    ) % {"count": len(codes), "year": plan.year}
    why = _("%(quarter)s: %(codes)s") % {"quarter": quarter.label, "codes": ", ".join(codes)}
    url = reverse("workplan:own_activities", args=[plan.year]) + f"?trimestre={quarter.value}"
    return TodoItem(title, url, why, due=end_of_day(end), overdue=today > end)
