"""Reading meetings: lists, the year's marks, attendance figures, and what awaits a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Prefetch, Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.charts import YearMark
from core.templatetags.typography import french_day, hours, long_day
from core.todo import TodoItem
from decisions.models import Decision
from meetings.enums import ANNOUNCED, OVER, ActionState, Kind, MeetingState, Presence, SeatMode
from meetings.models import ActionPoint, AgendaItem, Attendance, Meeting, MeetingRequest, Remark, Reply
from members.enums import MembershipKind
from members.models import CoChairTerm, Entity, FocalPoint, User
from members.standing import standing_of

# The mandate sets no notice: each network sets its own, in the settings.
NOTICE = timedelta(days=settings.MEETINGS_NOTICE_DAYS)
AGENDA_NOTICE = timedelta(days=settings.MEETINGS_AGENDA_DAYS)
MINUTES_WITHIN = timedelta(days=settings.MEETINGS_MINUTES_DAYS)
_FINISHED = {MeetingState.CANCELLED, MeetingState.MINUTES_APPROVED, MeetingState.CLOSED}
_ENDS = {MeetingState.DRAFT, MeetingState.CONVENED, MeetingState.IN_SESSION, MeetingState.POSTPONED}


# --- Lists -----------------------------------------------------------------------------------------------------------
def _day_bounds(start: date, end: date) -> Q:
    """Meetings that begin on one of these days, both included (days of Dakar)."""
    first = timezone.make_aware(datetime.combine(start, time.min))
    after = timezone.make_aware(datetime.combine(end, time.min)) + timedelta(days=1)
    return Q(starts_at__gte=first, starts_at__lt=after)


def meetings_between(start: date, end: date) -> QuerySet[Meeting]:
    """Convened and held meetings that begin between two days, in order; no draft, none postponed or cancelled."""
    chosen = Meeting.objects.announced().filter(_day_bounds(start, end)).select_related("chair", "rapporteur")
    items = AgendaItem.objects.select_related("lead_entity").order_by("order", "pk")
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
    """What was held or cancelled, the last one first."""
    return (
        Meeting.objects.visible_to(user)
        .exclude(state__in=_ENDS)
        .annotate(
            present_count=Count("attendance", filter=Q(attendance__status=Presence.PRESENT)),
            sheet_count=Count("attendance"),
        )
        .order_by("-starts_at", "-pk")
    )


def next_meeting(meetings: Iterable[Meeting]) -> Meeting | None:
    """The first of these that is convened or in session and not over yet."""
    ahead = {MeetingState.CONVENED, MeetingState.IN_SESSION}
    return next((one for one in meetings if one.state in ahead and one.ends_at >= clock.now()), None)


def open_requests() -> QuerySet[MeetingRequest]:
    return requests().filter(answer="")


def requests() -> QuerySet[MeetingRequest]:
    """Requests for a meeting, the last one first."""
    return (
        MeetingRequest.objects.select_related("requested_by", "meeting")
        .prefetch_related(Prefetch("co_requested_by", Entity.objects.order_by("acronym_fr", "pk")))
        .order_by("-requested_at", "-pk")
    )


def announced_in(year: int) -> QuerySet[Meeting]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    return Meeting.objects.announced().filter(_day_bounds(first, last)).order_by("starts_at", "pk")


def year_marks(meetings: Iterable[Meeting], year: int) -> list[YearMark]:
    """The announced ones of that year among these, for the year line."""
    return [
        YearMark(short_name(one), one.day, one.kind, one.state in OVER, one.get_absolute_url())
        for one in meetings
        if one.state in ANNOUNCED and one.day.year == year
    ]


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
def agenda(meeting: Meeting, user: Any) -> list[AgendaItem]:
    """Items in order with their lead, action points and the decisions this person may see: three queries."""
    return [_knowing(item, meeting) for item in _full_items(meeting, user)]


def one_item(meeting: Meeting, item_pk: int, user: Any) -> AgendaItem | None:
    """The same for one item of the meeting."""
    item = _full_items(meeting, user).filter(pk=item_pk).first()
    return _knowing(item, meeting) if item else None


def _full_items(meeting: Meeting, user: Any) -> QuerySet[AgendaItem]:
    points = ActionPoint.objects.select_related("responsible", "person").order_by("due_on", "pk")
    decisions = Decision.objects.visible_to(user).order_by("year", "number", "pk")
    return (
        meeting.items.select_related("lead_entity")
        .prefetch_related(Prefetch("decisions", decisions), Prefetch("action_points", points))
        .order_by("order", "pk")
    )


def _knowing(item: AgendaItem, meeting: Meeting) -> AgendaItem:
    item.meeting = meeting
    return item


def invited(meeting: Meeting) -> QuerySet[Entity]:
    """Members and standing invitees of the meeting's day, each with its answer in ``given_*``: one query."""
    reply = FilteredRelation("meeting_replies", condition=Q(meeting_replies__meeting=meeting))
    return (
        Entity.objects.members_on(meeting.day, *MembershipKind)
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


def attendance(meeting: Meeting) -> QuerySet[Attendance]:
    return meeting.attendance.select_related("entity", "person").order_by("entity__acronym_fr", "pk")


def speakers(meeting: Meeting) -> dict[int, list[User]]:
    """Who may sit for each entity on the day of the meeting: two queries."""
    found: dict[int, list[User]] = {}
    focal_points = FocalPoint.objects.on(meeting.day).select_related("person").order_by("rank", "pk")
    terms = CoChairTerm.objects.on(meeting.day).select_related("person").order_by("seat", "pk")
    for tie in [*focal_points, *terms]:
        people = found.setdefault(tie.entity_id, [])
        if tie.person not in people:
            people.append(tie.person)
    return found


def remarks(meeting: Meeting) -> QuerySet[Remark]:
    return meeting.remarks.select_related("entity", "author").order_by("at", "pk")


def attachable_decisions(meeting: Meeting, user: Any) -> QuerySet[Decision]:
    """Decisions that no item of this meeting carries yet, the newest first."""
    attached = Decision.objects.filter(agenda_items__meeting=meeting)
    return Decision.objects.visible_to(user).exclude(pk__in=attached.values("pk")).order_by("-created_at", "-pk")


def action_points(user: Any) -> QuerySet[ActionPoint]:
    """What this person may see, what is due first on top and what is done at the end."""
    return (
        ActionPoint.objects.visible_to(user)
        .select_related("responsible", "person", "agenda_item__meeting")
        .annotate(is_over=Q(state=ActionState.DONE))
        .order_by("is_over", "due_on", "pk")
    )


# --- Figures ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class EntityAttendance:
    """One entity over a period; ``recorded`` is the number of sheets on which it stands."""

    entity: Entity
    recorded: int
    present: int
    online: int
    apologies: int
    absent: int


def attendance_statistics(start: date, end: date) -> list[EntityAttendance]:
    """How each entity attended the meetings held between two days, in the order of acronyms: two queries."""
    held = Meeting.objects.over().filter(_day_bounds(start, end))
    rows = (
        Attendance.objects.filter(meeting__in=held)
        .values("entity")
        .annotate(
            recorded=Count("pk"),
            present=Count("pk", filter=Q(status=Presence.PRESENT)),
            online=Count("pk", filter=Q(mode=SeatMode.ONLINE)),
            apologies=Count("pk", filter=Q(status=Presence.APOLOGIES)),
            absent=Count("pk", filter=Q(status=Presence.ABSENT)),
        )
        .order_by("entity")
    )
    entities = Entity.objects.in_bulk([row["entity"] for row in rows])
    figures = [
        EntityAttendance(
            entities[row["entity"]], row["recorded"], row["present"], row["online"], row["apologies"], row["absent"]
        )
        for row in rows
    ]
    return sorted(figures, key=lambda row: (row.entity.acronym.casefold(), row.entity.pk))


def presence_counts(rows: Iterable[Attendance]) -> dict[str, int]:
    """In the room, online, apologies, absent."""
    counts = dict.fromkeys([*SeatMode.values, Presence.APOLOGIES.value, Presence.ABSENT.value], 0)
    for row in rows:
        counts[row.mode or row.status] += 1
    return counts


# --- What awaits ----------------------------------------------------------------------------------------------------
def current(user: Any, year: int) -> list[Meeting]:
    """What is not finished, and the whole year, as far as this person sees it: one query for all of the home page.

    Each with ``replied`` and ``read`` (their entity answered the convocation, remarked on the minutes),
    ``can_approve`` (a later meeting has begun) and ``item_count``.
    """
    entity = standing_of(user).entity
    later = Meeting.objects.filter(state__in=[MeetingState.IN_SESSION, *OVER], starts_at__gt=OuterRef("starts_at"))
    answer = Reply.objects.filter(meeting=OuterRef("pk"), entity=entity)
    remark = Remark.objects.filter(meeting=OuterRef("pk"), entity=entity)
    of_the_year = _day_bounds(date(year, 1, 1), date(year, 12, 31))
    return list(
        Meeting.objects.visible_to(user)
        .filter(~Q(state__in=_FINISHED) | of_the_year)
        .annotate(replied=Exists(answer), read=Exists(remark), can_approve=Exists(later), item_count=Count("items"))
        .order_by("starts_at", "pk")
    )


def todo(user: Any, meetings: Iterable[Meeting] | None = None) -> list[TodoItem]:
    """What meetings await of this person, the nearest deadline first; ``meetings`` as from :func:`current`."""
    standing = standing_of(user)
    if not standing.is_network:
        return []
    speaks = standing.rank is not None and standing.is_member
    runs = standing.is_secretariat or standing.is_co_chair
    items: list[TodoItem] = []
    for meeting in current(user, standing.day.year) if meetings is None else meetings:
        items += _as_focal_point(meeting) if speaks else []
        items += _as_organiser(meeting) if runs else []
        items += _as_rapporteur(meeting) if standing.is_secretariat or meeting.rapporteur_id == user.pk else []
        items += _as_co_chair(meeting) if standing.is_co_chair else []
    items += _own_action_points(user, standing.entity if speaks else None)
    return items + (_requests_to_answer() if runs else [])


def _item(title: str, meeting: Meeting, **more: Any) -> TodoItem:
    due = more.get("due")
    return TodoItem(
        title % {"title": meeting.title},
        more.pop("url", meeting.get_absolute_url()),
        overdue=due is not None and due < clock.now(),
        **more,
    )


def _as_focal_point(meeting: Any) -> list[TodoItem]:
    if meeting.state == MeetingState.CONVENED and not meeting.replied and not meeting.is_past:
        where = " · ".join(filter(None, [meeting.place, str(meeting.get_mode_display())]))
        why = f"{capfirst(french_day(meeting.starts_at))}, {hours(meeting.starts_at, meeting.ends_at)} · {where}"
        url = reverse("meetings:reply", args=[meeting.pk])
        return [_item(_("Confirm your attendance: %(title)s"), meeting, url=url, why=why, due=meeting.starts_at)]
    if meeting.state == MeetingState.MINUTES_CIRCULATED and not meeting.read:
        why = _("Circulated on %(day)s; the minutes are approved at the next meeting.") % {
            "day": long_day(meeting.minutes_circulated_at)
        }
        url = reverse("meetings:minutes", args=[meeting.pk])
        return [_item(_("Read the minutes: %(title)s"), meeting, url=url, why=why, tag=_("corrections open"))]
    return []


def _as_organiser(meeting: Any) -> list[TodoItem]:
    now = clock.now()
    if meeting.state in {MeetingState.DRAFT, MeetingState.POSTPONED}:
        if meeting.starts_at <= now or meeting.state == MeetingState.POSTPONED:
            return [_item(_("Set a new date: %(title)s"), meeting, tag=_("date to be set"))]
        why = ngettext("%(n)s item on the agenda.", "%(n)s items on the agenda.", meeting.item_count)
        return [
            _item(_("Convene: %(title)s"), meeting, why=why % {"n": meeting.item_count}, due=meeting.starts_at - NOTICE)
        ]
    if meeting.state == MeetingState.CONVENED and meeting.starts_at <= now:
        return [_item(_("Open the session: %(title)s"), meeting, tag=_("the hour has come"))]
    if meeting.state == MeetingState.CONVENED and meeting.agenda_published_at is None:
        return [_item(_("Publish the agenda: %(title)s"), meeting, due=meeting.starts_at - AGENDA_NOTICE)]
    if meeting.state == MeetingState.IN_SESSION and meeting.ends_at < now:
        return [_item(_("Close the session: %(title)s"), meeting, tag=_("the hour has come"))]
    return []


def _as_rapporteur(meeting: Meeting) -> list[TodoItem]:
    if meeting.state != MeetingState.HELD:
        return []
    url = reverse("meetings:minutes", args=[meeting.pk])
    return [_item(_("Circulate the minutes: %(title)s"), meeting, url=url, due=meeting.ends_at + MINUTES_WITHIN)]


def _as_co_chair(meeting: Any) -> list[TodoItem]:
    if meeting.state != MeetingState.MINUTES_CIRCULATED or not meeting.can_approve:
        return []
    url = reverse("meetings:minutes", args=[meeting.pk])
    return [_item(_("Approve the minutes: %(title)s"), meeting, url=url, tag=_("a later meeting has begun"))]


def _own_action_points(user: Any, entity: Entity | None) -> list[TodoItem]:
    """What the person or the entity undertook and has not closed."""
    mine = Q(person=user) | Q(responsible=entity, person=None) if entity else Q(person=user)
    points = ActionPoint.objects.visible_to(user).exclude(state=ActionState.DONE).filter(mine)
    end_of_day, shown = time(23, 59), ("text", "due_on", "state", "agenda_item__meeting__title")
    return [
        TodoItem(
            _("Carry out: %(text)s") % {"text": point.text},
            reverse("actions:action_list") + f"#action-{point.pk}",
            point.agenda_item.meeting.title,
            due=timezone.make_aware(datetime.combine(point.due_on, end_of_day)),
            overdue=point.is_overdue,
        )
        for point in points.select_related("agenda_item__meeting").only(*shown).order_by("due_on", "pk")
    ]


def _requests_to_answer() -> list[TodoItem]:
    return [
        TodoItem(
            _("Answer the request for a meeting: %(subject)s") % {"subject": request.subject},
            reverse("meetings:request_answer", args=[request.pk]),
            _("Asked for by %(entity)s on %(day)s.")
            % {"entity": request.requested_by, "day": long_day(request.requested_at)},
            tag=_("answer awaited"),
        )
        for request in MeetingRequest.objects.filter(answer="")
        .select_related("requested_by")
        .order_by("requested_at", "pk")
    ]
