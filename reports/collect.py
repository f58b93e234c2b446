"""Fills the snapshot from the records, in French and with a constant number of queries."""

from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.db.models import Prefetch, Q
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from decisions.enums import BEFORE_NETWORK, Stance
from decisions.models import Decision, DecisionText, Position
from decisions.objections import Objection, objections
from decisions.queries import decisions_of_year
from frameworks.models import GcmObjective
from meetings.enums import OVER, ActionState
from meetings.models import ActionPoint, Attendance, Meeting
from meetings.queries import invited_on_their_day, meetings_between, short_names, unrecorded
from members.enums import MembershipKind, Rank
from members.models import CoChairTerm, Entity, FocalPoint, Membership
from reports import snapshot as shapes
from workplan.enums import FROZEN, Direction, Quarter
from workplan.models import Activity, Indicator, WorkPlan, counting
from workplan.queries import activities_of, tags_of

PRECEDENCE = list(Rank.values)


def snapshot_of(year: int, taken_at: datetime) -> shapes.Snapshot:
    """Everything the report says of ``year``, as the records stand at ``taken_at``."""
    start, end, day = date(year, 1, 1), date(year, 12, 31), timezone.localdate(taken_at)
    with translation.override("fr"):
        return shapes.Snapshot(
            year=year,
            taken_at=taken_at,
            network=settings.NETWORK_CODE,
            members=_members(start, end, day),
            co_chairs=_co_chairs(start, end),
            meetings=_meetings(start, end),
            action_points=_action_points(year, day),
            decisions=_decisions(year),
            open_decisions=_open_decisions(end),
            plan=_plan(year),
            objectives=_objectives_of_compact(),
        )


def transmitted_plan(plan: WorkPlan, taken_at: datetime) -> shapes.TransmittedPlan:
    """The plan that leaves for the Resident Coordinator, with the signatures of both seats."""
    signatures = plan.signatures.select_related("person", "entity").order_by("seat", "pk")
    return shapes.TransmittedPlan(
        year=plan.year,
        taken_at=taken_at,
        network=settings.NETWORK_CODE,
        plan=plan_of(plan),
        placings=_placings(plan),
        signatures=tuple(
            shapes.Signature(
                str(one.person), one.entity.acronym, one.get_seat_display(), timezone.localdate(one.signed_at)
            )
            for one in signatures
        ),
        objectives=_objectives_of_compact(),
    )


def _placings(plan: WorkPlan) -> tuple[shapes.Placing, ...]:
    activities = list(activities_of(plan))
    tags = tags_of([one.pk for one in activities])
    frameworks = [
        ("gcm_objectives", _("GCM")), ("sdg_targets", _("SDGs")), ("mpfa_items", _("MPFA")),
        ("ecowas_instruments", _("ECOWAS")), ("national_priorities", _("National priorities")),
    ]  # fmt: skip
    return tuple(
        shapes.Placing(
            code=one.code,
            partners=tuple(filter(None, map(str.strip, one.external_partners.splitlines()))),
            funding=tuple(shapes.Funding(str(line), Decimal(line.planned)) for line in one.budget_lines.all()),
            serving=tuple(
                shapes.Serving(label, tuple(tag.mark or tag.title for tag in tags[one.pk][name]))
                for name, label in frameworks
                if tags[one.pk][name]
            ),
        )
        for one in activities
    )


def _objectives_of_compact() -> tuple[shapes.Objective, ...]:
    rows = GcmObjective.objects.order_by("number", "pk")
    return tuple(shapes.Objective(one.number, one.label, one.title, one.imrf_roundtable) for one in rows)


# --- People ----------------------------------------------------------------------------------------------------------
def _overlap(start: date, end: date) -> Q:
    """Ties that hold on at least one day of the period."""
    return Q(starts_on__lte=end) & (Q(ends_on__isnull=True) | Q(ends_on__gte=start))


def _members(start: date, end: date, day: date) -> tuple[shapes.Member, ...]:
    """Every membership of the year, with those who spoke for the entity at its end, or speak for it today."""
    speaking: dict[int, list[shapes.Person]] = {}
    ties = FocalPoint.objects.on(min(end, day)).select_related("person").order_by("pk")
    for tie in sorted(ties, key=lambda tie: PRECEDENCE.index(tie.rank)):
        person = shapes.Person(str(tie.person), tie.person.title, tie.get_rank_display())
        speaking.setdefault(tie.entity_id, []).append(person)
    rows = Membership.objects.filter(_overlap(start, end)).select_related("entity").order_by("starts_on", "pk")
    members = [
        shapes.Member(
            acronym=row.entity.acronym,
            name=row.entity.name,
            kind=row.kind,
            kind_label=row.get_kind_display(),
            since=row.starts_on,
            until=row.ends_on,
            people=tuple(speaking.get(row.entity_id, [])),
        )
        for row in rows
    ]
    return tuple(sorted(members, key=lambda one: (one.kind != MembershipKind.MEMBER, one.acronym.casefold())))


def _co_chairs(start: date, end: date) -> tuple[shapes.CoChair, ...]:
    rows = CoChairTerm.objects.filter(_overlap(start, end)).select_related("entity", "person")
    return tuple(
        shapes.CoChair(
            seat=row.get_seat_display(),
            entity=row.entity.acronym,
            person=str(row.person),
            title=row.person.title,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            basis=row.basis,
        )
        for row in rows.order_by("seat", "starts_on", "pk")
    )


# --- Meetings --------------------------------------------------------------------------------------------------------
def _meetings(start: date, end: date) -> tuple[shapes.Meeting, ...]:
    sheet = Attendance.objects.select_related("entity").order_by("entity__acronym_fr", "pk")
    rows = list(meetings_between(start, end).prefetch_related(Prefetch("attendance", sheet)))
    invited = invited_on_their_day(rows)
    return tuple(_meeting(one, name, invited[one.pk]) for one, name in zip(rows, short_names(rows), strict=True))


def _attendance(one: Meeting, invited: list[Entity]) -> tuple[shapes.Presence, ...]:
    """The sheet of a meeting that was held, with those whom it forgot: they were invited, so they count."""
    sheet = list(one.attendance.all())
    recorded = [
        shapes.Presence(row.entity.acronym, row.status, row.get_status_display(), row.get_mode_display())
        for row in sheet
    ]
    forgotten = [
        shapes.Presence(entity.acronym, shapes.UNRECORDED, _("not recorded"), "")
        for entity in unrecorded(invited, sheet)
    ]
    return (*recorded, *forgotten)


def _meeting(one: Meeting, name: str, invited: list[Entity]) -> shapes.Meeting:
    return shapes.Meeting(
        title=one.title,
        short_title=name,
        kind=one.kind,
        kind_label=one.get_kind_display(),
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        mode_label=one.get_mode_display(),
        place=one.place,
        state_label=one.get_state_display(),
        is_held=one.state in OVER,
        chair=str(one.chair or ""),
        attendance=_attendance(one, invited),
        agenda=tuple(
            shapes.AgendaPoint(
                item.order, item.title, item.get_kind_display(), str(item.lead_entity or ""), item.duration_min
            )
            for item in one.items.all()
        ),
    )


def _action_points(year: int, day: date) -> tuple[shapes.ActionPoint, ...]:
    rows = ActionPoint.objects.filter(agenda_item__meeting__starts_at__year=year)
    return tuple(
        shapes.ActionPoint(
            text=one.text,
            meeting=one.agenda_item.meeting.title,
            responsible=one.responsible.acronym,
            due_on=one.due_on,
            state_label=one.get_state_display(),
            is_done=one.state == ActionState.DONE,
            is_overdue=one.state != ActionState.DONE and one.due_on < day,
        )
        for one in rows.select_related("agenda_item__meeting", "responsible").order_by("due_on", "pk")
    )


# --- Decisions -------------------------------------------------------------------------------------------------------
def _decisions(year: int) -> tuple[shapes.Decision, ...]:
    voices = list(Membership.objects.filter(kind=MembershipKind.MEMBER).select_related("entity").order_by("pk"))
    return tuple(_decision(one, voices) for one in decisions_of_year(year))


def _open_decisions(end: date) -> tuple[shapes.Decision, ...]:
    """Proposals the whole Network saw by the end of the year; drafts belong to their authors."""
    rows = (
        Decision.objects.filter(state__in=BEFORE_NETWORK, consultation_opened_at__date__lte=end)
        .select_related("proposed_by", "responsible")
        .prefetch_related(
            Prefetch("positions", Position.objects.counted().select_related("entity").order_by("pk")),
            Prefetch("texts", DecisionText.objects.order_by("number")),
        )
    )
    return tuple(_decision(one, []) for one in rows.order_by("call_deadline", "pk"))


def _decision(one: Decision, voices: list[Membership]) -> shapes.Decision:
    text = list(one.texts.all())[-1]
    positions = list(one.positions.all())
    words = {row.entity: row for row in positions}
    last = {entity: row for entity, row in words.items() if row.counts_on(text.number)}
    spoken = [shapes.Stand(who.acronym, row.stance, row.reason) for who, row in last.items()]
    noted_on = timezone.localdate(one.noted_at) if one.noted_at else None
    silent = {row.entity for row in voices if noted_on and row.holds_on(noted_on)} - last.keys()
    stands = [*spoken, *(shapes.Stand(who.acronym, "silent", "") for who in silent)]
    deadline = one.call_deadline or one.consultation_ends_at
    return shapes.Decision(
        reference=one.reference,
        title=one.title,
        text=text.text,
        state_label=one.get_state_display(),
        mode_label=one.get_mode_display(),
        proposed_by=one.proposed_by.acronym,
        adopted_on=timezone.localdate(one.recorded_at) if one.recorded_at else None,
        deadline=deadline,
        responsible=one.responsible.acronym if one.responsible else "",
        due_on=one.due_on,
        follow_up=one.get_follow_up_display() if one.number else "",
        stands=tuple(sorted(stands, key=lambda stand: stand.entity.casefold())),
        objections=tuple(_objection(life) for life in objections(positions)),
    )


def _objection(one: Objection) -> shapes.Objection:
    ended_on = timezone.localdate(one.ended_at) if one.ended_at else None
    return shapes.Objection(
        entity=one.entity.acronym,
        raised_on=timezone.localdate(one.raised.at),
        reason=one.last.reason,
        would_lift=one.last.alternative,
        lifted_on=ended_on,
        how_lifted=_answer(one.ended_by),
    )


def _answer(end: Position | None) -> str:
    """What met the objection: the reason given, or the stance taken instead."""
    if end is None or end.stance == Stance.LIFTS_OBJECTION:
        return end.reason if end else ""
    stance = capfirst(end.get_stance_display())
    return f"{stance} — {end.reason}" if end.reason else f"{stance}."


# --- Work plan -------------------------------------------------------------------------------------------------------
def _plan(year: int) -> shapes.Plan | None:
    """The plan of the year once it is validated; a draft is nobody's plan yet (clause M-55)."""
    plan = WorkPlan.objects.filter(year=year, state__in=FROZEN).select_related("validating_decision").first()
    return plan_of(plan) if plan else None


def plan_of(plan: WorkPlan) -> shapes.Plan:
    """One plan with everything in it."""
    activities = list(activities_of(plan))
    tags = tags_of([one.pk for one in activities])
    numbers = dict(GcmObjective.objects.order_by().values_list("slug", "number"))
    own: dict[int, list[shapes.Activity]] = {}
    for one in activities:
        own.setdefault(one.outcome_id, []).append(_activity(one, tags[one.pk], numbers))
    decision = plan.validating_decision
    return shapes.Plan(
        title=plan.title,
        state_label=plan.get_state_display(),
        currency="USD",
        validated_on=timezone.localdate(plan.validated_at) if plan.validated_at else None,
        validated_by=decision.reference if decision else "",
        transmitted_on=timezone.localdate(plan.transmitted_at) if plan.transmitted_at else None,
        acknowledged_on=timezone.localdate(plan.acknowledged_at) if plan.acknowledged_at else None,
        outcomes=tuple(
            shapes.Outcome(row.number, row.title, tuple(own.get(row.pk, [])))
            for row in plan.outcomes.order_by("number", "pk")
        ),
    )


def _activity(one: Activity, tags: dict[str, list], numbers: dict[str, int]) -> shapes.Activity:
    last = counting(one.reports.all())
    regions = ([_("national level")] if one.is_national else []) + [tag.title for tag in tags["regions"]]
    amounts: dict[str, int] = {name: getattr(one.facts, name) for name in ("planned", "mobilised", "spent")}
    return shapes.Activity(
        code=one.code,
        title=one.title,
        description=one.description,
        lead=one.lead.acronym,
        contributors=tuple(entity.acronym for entity in one.contributing.all()),
        regions=tuple(regions),
        quarters=tuple(str(quarter.label) for quarter in one.quarters),
        objectives=tuple(sorted(numbers[tag.slug] for tag in tags["gcm_objectives"])),
        status=one.status,
        status_label=one.get_status_display(),
        progress=one.progress_percent,
        planned=Decimal(amounts["planned"]),
        mobilised=Decimal(amounts["mobilised"]),
        spent=Decimal(amounts["spent"]),
        note=last.note if last else "",
        risk=one.risk,
        indicators=tuple(_indicator(row) for row in one.indicators.all()),
    )


def _indicator(one: Indicator) -> shapes.Indicator:
    known = {quarter: value for quarter, value in one.by_quarter.items() if value is not None}
    last = max(known, default=None)
    result = known[last] if last else None
    reached = result is not None and (result <= one.target if one.direction == Direction.DOWN else result >= one.target)
    return shapes.Indicator(
        label=one.label,
        unit=one.unit,
        baseline=one.baseline,
        target=one.target,
        result=result,
        result_quarter=str(Quarter(last).label) if last else "",
        is_reached=reached,
    )
