"""Reading meetings: lists, the year's marks, attendance figures."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from core import clock
from core.charts import YearMark
from core.models import JournalEvent
from core.prepared import prepared
from decisions.enums import UNDER_WAY, DecisionState
from decisions.models import Decision
from meetings.enums import ANNOUNCED, APPROVAL, OVER, ActionState, Kind, MeetingState, Presence
from meetings.models import ActionPoint, AgendaItem, Attendance, Meeting, MeetingRequest, Remark, Reply
from meetings.models.agenda import RemarkQuerySet
from members.enums import MembershipKind
from members.models import CoChairTerm, Delegation, Entity, FocalPoint, Membership, User
from members.standing import Standing, standing_of

_FINISHED = {MeetingState.CANCELLED, MeetingState.MINUTES_APPROVED, MeetingState.CLOSED}
_ENDS = {MeetingState.DRAFT, MeetingState.CONVENED, MeetingState.IN_SESSION, MeetingState.POSTPONED}


# --- Lists -----------------------------------------------------------------------------------------------------------
def _bounds(start: date, end: date) -> tuple[datetime, datetime]:
    """The first moment of these days, both included, and the first after them (days of Dakar)."""
    first = timezone.make_aware(datetime.combine(start, time.min))
    return first, timezone.make_aware(datetime.combine(end, time.min)) + timedelta(days=1)


def _day_bounds(start: date, end: date) -> Q:
    """Meetings that begin on one of these days."""
    first, after = _bounds(start, end)
    return Q(starts_at__gte=first, starts_at__lt=after)


def meetings_between(start: date, end: date) -> QuerySet[Meeting]:
    """Convened and held meetings that begin between two days, in order; no draft, none postponed or cancelled."""
    chosen = Meeting.objects.announced().filter(_day_bounds(start, end)).select_related("chair", "rapporteur")
    items = AgendaItem.objects.select_related("lead_entity", "group").order_by("order", "pk")
    return chosen.prefetch_related(Prefetch("items", items)).order_by("starts_at", "pk")


def held_between(start: date, end: date) -> QuerySet[Meeting]:
    return meetings_between(start, end).filter(state__in=OVER)


def upcoming(user: Any) -> QuerySet[Meeting]:
    """What is prepared, convened, in session or waits for a new date; the next one first."""
    return (
        Meeting.objects.visible_to(user)
        .filter(state__in=_ENDS)
        .annotate(item_count=Count("items"), planned_min=Sum("items__duration_min"))
        .order_by("starts_at", "pk")
    )


def past(user: Any) -> QuerySet[Meeting]:
    """What was held, the last one first."""
    return (
        Meeting.objects.visible_to(user)
        .over()
        .annotate(
            present_count=Count("attendance", filter=Q(attendance__status=Presence.PRESENT)),
            sheet_count=Count("attendance"),
            held_on=TruncDate("starts_at"),
            invited_count=_invited_count(OuterRef("held_on")),
        )
        .order_by("-starts_at", "-pk")
    )


def cancelled(user: Any) -> QuerySet[Meeting]:
    """What was called off for good, the last one first."""
    return Meeting.objects.visible_to(user).filter(state=MeetingState.CANCELLED).order_by("-starts_at", "-pk")


def _invited_count(day: OuterRef) -> Subquery:
    belonging = Membership.objects.on(day).order_by().values(one=Value(1)).annotate(n=Count("pk"))
    return Subquery(belonging.values("n"), output_field=IntegerField())


def next_meeting(meetings: Iterable[Meeting]) -> Meeting | None:
    """The first of these that is convened or in session and not over yet."""
    ahead = {MeetingState.CONVENED, MeetingState.IN_SESSION}
    return next((one for one in meetings if one.state in ahead and one.ends_at >= clock.now()), None)


def last_ordinary() -> Meeting | None:
    """The ordinary meeting that was held last."""
    return Meeting.objects.over().filter(kind=Kind.PLENARY).order_by("-starts_at", "-pk").first()


def open_requests() -> QuerySet[MeetingRequest]:
    return requests().filter(answer="")


def requests() -> QuerySet[MeetingRequest]:
    """Requests for a meeting, the last one first."""
    return (
        MeetingRequest.objects.select_related("requested_by", "meeting", "group")
        .prefetch_related(Prefetch("co_requested_by", Entity.objects.order_by("acronym_fr", "pk")))
        .order_by("-requested_at", "-pk")
    )


def announced_in(year: int) -> list[Meeting]:
    """The announced meetings of that year, in their order."""
    begins, ends = (timezone.make_aware(datetime(one, 1, 1)) for one in (year, year + 1))
    return _announced(begins=begins, ends=ends)


@prepared
def _announced(begins: Any, ends: Any) -> QuerySet[Meeting]:
    return Meeting.objects.announced().filter(starts_at__gte=begins, starts_at__lt=ends).order_by("starts_at", "pk")


def year_marks(meetings: Iterable[Meeting], year: int) -> list[YearMark]:
    """The announced ones of that year among these, for the year line."""
    shown = [one for one in meetings if one.state in ANNOUNCED and one.day.year == year]
    return [
        YearMark(name, one.day, one.kind, one.state in OVER, one.get_absolute_url())
        for one, name in zip(shown, short_names(shown), strict=True)
    ]


def short_names(meetings: Iterable[Meeting]) -> list[str]:
    """Their short names; the second ordinary meeting of a quarter is « T4 (2) »."""
    seen: Counter[str] = Counter()
    names = []
    for name in map(short_name, meetings):
        seen[name] += 1
        names.append(f"{name} ({seen[name]})" if seen[name] > 1 else name)
    return names


def short_name(meeting: Meeting) -> str:
    """« T1 », « ad hoc », « Bilan annuel », « Partenaires »."""
    if meeting.kind == Kind.PLENARY:
        return _("Q%(quarter)s") % {"quarter": (meeting.day.month + 2) // 3}
    names = {Kind.AD_HOC: _("ad hoc"), Kind.ANNUAL_REVIEW: _("Annual review"), Kind.PARTNERS: _("Partners")}
    return names[Kind(meeting.kind)]


def later_sessions(meeting: Meeting) -> QuerySet[Meeting]:
    """Meetings that have begun after this one: where its minutes may be approved."""
    begun = Meeting.objects.filter(state__in=[MeetingState.IN_SESSION, *OVER])
    return begun.filter(starts_at__gt=meeting.starts_at, starts_at__lte=clock.now()).order_by("starts_at", "pk")


# --- One meeting -----------------------------------------------------------------------------------------------------
def one_meeting(user: Any, pk: int) -> Meeting | None:
    """With the people of its page, if this person may see it."""
    return next(iter(_meeting(standing_of(user).place, pk=pk)), None)


@prepared
def _meeting(place: Standing, pk: Any) -> QuerySet[Meeting]:
    related = ("chair", "rapporteur", "convened_by", "minutes_approved_in", "approving_decision", "procedure")
    seen = Meeting.objects.visible_to(place).filter(pk=pk).with_approval()
    return seen.select_related(*related).order_by("pk")


def agenda(meeting: Meeting, user: Any) -> list[Any]:
    """Items in order with their lead, and in ``points`` and ``carried`` their action points and the decisions that
    this person may see: three queries.
    """
    items = _items(meeting=meeting.pk)
    by_pk = {item.pk: item for item in items}
    for item in items:
        item.meeting, item.points, item.carried = meeting, [], []
    for point in _points(meeting=meeting.pk):
        by_pk[point.agenda_item_id].points.append(point)
    standing = standing_of(user)
    for decision in _carried(standing.place, meeting=meeting.pk, entity=standing.entity and standing.entity.pk):
        decision.is_kept = meeting.keeps(decision)
        by_pk[decision.item_pk].carried.append(decision)
    return items


def one_item(meeting: Meeting, item_pk: int, user: Any) -> Any:
    """The same for one item of the meeting."""
    return next((item for item in agenda(meeting, user) if item.pk == item_pk), None)


@prepared
def _items(meeting: Any) -> QuerySet[Any]:
    return AgendaItem.objects.filter(meeting=meeting).select_related("lead_entity").order_by("order", "pk")


@prepared
def _points(meeting: Any) -> QuerySet[ActionPoint]:
    points = ActionPoint.objects.filter(agenda_item__meeting=meeting)
    return points.select_related("responsible", "person", "handed_to").order_by("due_on", "pk")


@prepared
def _carried(place: Standing, meeting: Any, entity: Any) -> QuerySet[Any]:
    """Once for each item that carries it, named in ``item_pk``."""
    carried = Decision.objects.visible_to(replace(place, entity=entity)).filter(agenda_items__meeting=meeting)
    return carried.annotate(item_pk=F("agenda_items__pk")).order_by("year", "number", "pk", "item_pk")


def invited(meeting: Meeting) -> list[Any]:
    """Members and standing invitees of the meeting's day, each with its answer in ``given_*``: one query."""
    return _invited(meeting=meeting.pk, day=meeting.day)


@prepared
def _invited(meeting: Any, day: Any) -> QuerySet[Entity]:
    reply = FilteredRelation("meeting_replies", condition=Q(meeting_replies__meeting=meeting))
    return (
        Entity.objects.members_on(day, *MembershipKind)
        .annotate(
            given=reply,
            given_answer=F("given__answer"),
            given_mode=F("given__mode"),
            given_represented_by=F("given__represented_by"),
            given_note=F("given__note"),
            given_by_id=F("given__person_id"),
        )
        .order_by("acronym_fr", "pk")
    )


def attendance(meeting: Meeting) -> list[Attendance]:
    return _attendance(meeting=meeting.pk)


@prepared
def _attendance(meeting: Any) -> QuerySet[Attendance]:
    sheet = Attendance.objects.filter(meeting=meeting)
    return sheet.select_related("entity", "person").order_by("entity__acronym_fr", "pk")


def unrecorded(expected: Iterable[Entity], sheet: Iterable[Attendance]) -> list[Entity]:
    """Who stands on no line of the sheet, once somebody filled it in."""
    recorded = {row.entity_id for row in sheet}
    return [entity for entity in expected if recorded and entity.pk not in recorded]


def speakers(meeting: Meeting) -> dict[int, list[User]]:
    """Who may sit for each entity on the day of the meeting: three queries."""
    found: dict[int, list[User]] = {}
    focal_points = FocalPoint.objects.on(meeting.day).select_related("person").order_by("rank", "pk")
    terms = CoChairTerm.objects.on(meeting.day).select_related("person").order_by("seat", "pk")
    delegates = Delegation.objects.in_force(meeting.day).select_related("person").order_by("pk")
    for tie in [*focal_points, *delegates, *terms]:
        people = found.setdefault(tie.entity_id, [])
        if tie.person not in people:
            people.append(tie.person)
    return found


def remarks(meeting: Meeting) -> RemarkQuerySet:
    found = Remark.objects.filter(meeting=meeting).select_related("entity", "author", "item", "answered_by")
    return found.order_by("at", "pk")


def readers() -> QuerySet[Entity]:
    """Entities that may say something of circulated minutes today: members and standing invitees."""
    return Entity.objects.members_on(clock.today(), *MembershipKind).order_by("acronym_fr", "pk")


def places_of_decision(decision: Decision) -> list[tuple[str, str]]:
    """The announced meetings whose items carry a decision: title, and address of the item."""
    items = _items_carrying(decision=decision.pk)
    return [(item.meeting.title, f"{item.meeting.get_absolute_url()}#point-{item.pk}") for item in items]


@prepared
def _items_carrying(decision: Any) -> QuerySet[AgendaItem]:
    announced = AgendaItem.objects.filter(decisions=decision, meeting__state__in=ANNOUNCED)
    return announced.select_related("meeting").order_by("meeting__starts_at", "pk")


def attachable_decisions(item: AgendaItem, user: Any) -> QuerySet[Decision]:
    """Decisions that no item of this meeting carries yet or that it keeps and may change item, the newest first.

    Neither drafts, nor what another meeting adopted.
    """
    meeting = item.meeting
    carried = Decision.objects.exclude(noted_at__date__gte=meeting.day).filter(agenda_items__meeting=meeting)
    return (
        Decision.objects.visible_to(user)
        .exclude(pk__in=item.decisions.values("pk"))
        .exclude(pk__in=carried.values("pk"))
        .exclude(pk__in=adopted_elsewhere(meeting).values("pk"))
        .exclude(state=DecisionState.DRAFT)
        .order_by("-created_at", "-pk")
    )


def with_open_agenda(now: Any) -> QuerySet[Meeting]:
    """Where the Network may take a decision up, the soonest first: prepared, convened or sitting, and among itself."""
    ahead = Q(state__in=[MeetingState.DRAFT, MeetingState.CONVENED], starts_at__gt=now)
    awaited = ahead | Q(state__in=[MeetingState.POSTPONED, MeetingState.IN_SESSION])
    return Meeting.objects.filter(awaited).exclude(kind=Kind.PARTNERS).order_by("starts_at", "pk")


def deferred_and_on_no_agenda(now: Any) -> QuerySet[Decision]:
    """Decisions deferred to a meeting, that none ahead carries."""
    carried = AgendaItem.objects.filter(meeting__in=with_open_agenda(now), decisions=OuterRef("pk"))
    deferred = Decision.objects.filter(~Exists(carried), state=DecisionState.DEFERRED)
    return deferred.select_related("proposed_by").order_by("call_opened_at", "pk")


def adopted_elsewhere(meeting: Meeting) -> QuerySet[Decision]:
    """Decisions noted on another day than the meeting's, and carried by another meeting and not by this one."""
    there = AgendaItem.objects.exclude(meeting=meeting).filter(decisions=OuterRef("pk"))
    here = AgendaItem.objects.filter(meeting=meeting, decisions=OuterRef("pk"))
    noted = Decision.objects.filter(noted_at__isnull=False).exclude(noted_at__date=meeting.day)
    return noted.filter(Exists(there), ~Exists(here))


def meeting_of_removed_point(point_pk: int) -> str | None:
    """The key of the meeting, which the journal keeps; ``None`` for a point that never was, or still is."""
    removed = JournalEvent.objects.filter(verb="meetings.remove_action_point", data__point=point_pk)
    return removed.values_list("object_id", flat=True).first()


def action_points(user: Any) -> QuerySet[ActionPoint]:
    """What this person may see, what is due first on top and what is done at the end."""
    return (
        ActionPoint.objects.visible_to(user)
        .select_related("responsible", "person", "handed_to", "agenda_item__meeting")
        .annotate(is_over=Q(state=ActionState.DONE))
        .order_by("is_over", "due_on", "pk")
    )


# --- Figures ---------------------------------------------------------------------------------------------------------
def invited_on_their_day(meetings: Iterable[Meeting]) -> dict[int, list[Entity]]:
    """Meeting → entities that belonged to the Network on its day, members and standing invitees: one query."""
    memberships = list(Membership.objects.select_related("entity").order_by("entity__acronym_fr", "pk"))
    return {one.pk: [row.entity for row in memberships if row.holds_on(one.day)] for one in meetings}


# --- For the home page -----------------------------------------------------------------------------------------------
def current(user: Any, year: int) -> list[Meeting]:
    """What is not finished, and the whole year, as far as this person sees it: one query for all of the home page.

    Each with ``replied`` and ``read`` (their entity answered the convocation, remarked on the minutes),
    ``can_approve`` (a later meeting has begun), ``is_asked_for`` (a decision on its minutes is under way),
    ``unanswered`` (a correction awaits its answer),
    ``has_sheet`` (attendance was recorded), ``unwritten`` (an item has no minutes) and ``item_count``.
    """
    standing = standing_of(user)
    first, after = _bounds(date(year, 1, 1), date(year, 12, 31))
    entity = standing.entity and standing.entity.pk
    return _current(standing.place, entity=entity, first=first, after=after)


@prepared
def _current(place: Standing, entity: Any, first: Any, after: Any) -> QuerySet[Any]:
    later = Meeting.objects.filter(state__in=[MeetingState.IN_SESSION, *OVER], starts_at__gt=OuterRef("starts_at"))
    answer = Reply.objects.filter(meeting=OuterRef("pk"), entity=entity)
    remark = Remark.objects.filter(meeting=OuterRef("pk"), entity=entity)
    asked = Decision.objects.filter(
        subject_kind=APPROVAL, subject_id=Cast(OuterRef("pk"), CharField()), state__in=UNDER_WAY
    )
    of_the_year = Q(starts_at__gte=first, starts_at__lt=after)
    return (
        Meeting.objects.visible_to(place)
        .filter(~Q(state__in=_FINISHED) | of_the_year)
        .select_related("procedure")
        .annotate(replied=Exists(answer), read=Exists(remark), can_approve=Exists(later), item_count=Count("items"))
        .annotate(
            is_asked_for=Exists(asked),
            unanswered=Exists(Remark.objects.unanswered().filter(meeting=OuterRef("pk"))),
            has_sheet=Exists(Attendance.objects.filter(meeting=OuterRef("pk"))),
            unwritten=Exists(AgendaItem.objects.filter(meeting=OuterRef("pk"), minutes="")),
        )
        .order_by("starts_at", "pk")
    )
