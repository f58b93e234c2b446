"""What awaits a person about meetings: attendance, agendas, minutes, requests, action points."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.prepared import prepared
from core.templatetags.typography import french_day, hours, long_day
from core.todo import Question, TodoItem, ask, end_of_day
from frameworks.models import in_active_language
from meetings import cadence, queries
from meetings.enums import ActionState, MeetingState
from meetings.models import ActionPoint, Meeting, MeetingRequest
from members.models import Entity
from members.standing import Standing, standing_of


def todo(user: Any, meetings: Iterable[Meeting] | None = None) -> list[TodoItem]:
    """What meetings await of this person, the nearest deadline first; ``meetings`` as from :func:`queries.current`."""
    return [*of_meetings(user, meetings), *ask(questions(user))]


def questions(user: Any) -> list[Question]:
    """For who runs the meetings: requests for one that nobody answered yet."""
    standing = standing_of(user)
    runs = standing.is_secretariat or standing.is_co_chair
    return [_requests_to_answer(), _deferred_and_waiting(), _grown_quiet()] if runs else []


def _grown_quiet() -> Question:
    """The Network has not met for long, and no meeting is convened (clause M-44)."""

    def tell(facts: dict[str, Any]) -> TodoItem:
        last = datetime.fromisoformat(facts["starts_at"])
        why = _("The last one was held on %s; as a rule the Network meets every three months.") % long_day(last)
        due = last + relativedelta(months=3)
        title, url = _("Convene the next meeting of the Network"), reverse("meetings:meeting_list")
        return TodoItem(title, url, why, due=due, overdue=due < clock.now())

    asked = {"before": cadence.too_long_ago()}
    return Question("grown-quiet", cadence.grown_quiet, {"starts_at": "starts_at"}, tell, "starts_at", asked)


def _deferred_and_waiting() -> Question:
    """A decision was deferred, and no meeting ahead carries it: its meeting was cancelled, or there is none yet."""

    def tell(facts: dict[str, Any]) -> TodoItem:
        url = reverse("decisions:decision_detail", args=[facts["pk"]])
        why = _("It was deferred and is on no agenda: preparing a meeting puts it there.")
        return TodoItem(_("Find a meeting for “%s”") % facts["title"], url, why, tag=_("deferred"))

    facts, asked = {"pk": "pk", "title": "title"}, {"now": clock.now()}
    return Question("deferred-and-waiting", queries.deferred_and_on_no_agenda, facts, tell, "pk", asked)


def of_meetings(user: Any, meetings: Iterable[Meeting] | None = None) -> list[TodoItem]:
    """What awaits about meetings, minutes and action points; ``meetings`` as from :func:`queries.current`."""
    standing = standing_of(user)
    if not standing.is_network:
        return []
    speaks = standing.rank is not None and standing.is_member
    runs = standing.is_secretariat or standing.is_co_chair
    items: list[TodoItem] = []
    for meeting in queries.current(user, standing.day.year) if meetings is None else meetings:
        items += _as_focal_point(meeting) if speaks else []
        items += _as_organiser(meeting) if runs else []
        items += _as_rapporteur(meeting) if standing.is_secretariat or meeting.rapporteur_id == user.pk else []
        items += _as_co_chair(meeting) if standing.is_co_chair else []
    return items + _own_action_points(user, standing.entity if speaks else None)


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
        if meeting.awaits_date:
            return [_item(_("Set a new date: %(title)s"), meeting, tag=_("date to be set"))]
        if meeting.starts_at <= now:
            why = _("Its day has passed without a convocation: set another, or call the meeting off.")
            return [_item(_("Set a new date: %(title)s"), meeting, why=why, tag=_("date to be set"))]
        items = ngettext("%(n)s item on the agenda", "%(n)s items on the agenda", meeting.item_count)
        why = items % {"n": meeting.item_count} if meeting.item_count else _("Agenda to be written")
        return [_item(_("Convene: %(title)s"), meeting, why=why, due=meeting.starts_at - meeting.procedure.notice)]
    if meeting.state == MeetingState.CONVENED and meeting.starts_at <= now:
        return [_item(_("Open the session: %(title)s"), meeting, tag=_("the hour has come"))]
    if meeting.state == MeetingState.CONVENED and meeting.agenda_published_at is None:
        return [
            _item(_("Publish the agenda: %(title)s"), meeting, due=meeting.starts_at - meeting.procedure.agenda_notice)
        ]
    if meeting.state == MeetingState.IN_SESSION:
        tag = _("the hour has come") if meeting.ends_at < now else _("in session")
        return [_item(_("Close the session: %(title)s"), meeting, tag=tag)]
    return []


def _as_rapporteur(meeting: Any) -> list[TodoItem]:
    url = reverse("meetings:minutes", args=[meeting.pk])
    due = meeting.ends_at + meeting.procedure.minutes_within
    if meeting.state in {MeetingState.IN_SESSION, MeetingState.HELD} and not meeting.has_sheet:
        sheet = reverse("meetings:attendance", args=[meeting.pk])
        attendance = [_item(_("Record the attendance: %(title)s"), meeting, url=sheet, due=due)]
    else:
        attendance = []
    if meeting.state == MeetingState.IN_SESSION and meeting.unwritten:
        return [*attendance, _item(_("Write the minutes: %(title)s"), meeting, url=url, due=due)]
    if meeting.state == MeetingState.HELD:
        why = _("Some items have no minutes yet") if meeting.unwritten else ""
        return [*attendance, _item(_("Circulate the minutes: %(title)s"), meeting, url=url, why=why, due=due)]
    if meeting.state == MeetingState.MINUTES_CIRCULATED and meeting.unanswered:
        tag = _("before the approval")
        return [_item(_("Answer the corrections asked for: %(title)s"), meeting, url=url, tag=tag)]
    return attendance


def _as_co_chair(meeting: Any) -> list[TodoItem]:
    url = reverse("meetings:minutes", args=[meeting.pk])
    if meeting.state == MeetingState.HELD:
        due, why = (
            meeting.ends_at + meeting.procedure.minutes_within,
            _("The secretariat or the rapporteur writes and circulates them"),
        )
        return [_item(_("Minutes to be circulated: %(title)s"), meeting, url=url, why=why, due=due)]
    waits = not meeting.can_approve or meeting.unanswered or meeting.is_asked_for
    if meeting.state != MeetingState.MINUTES_CIRCULATED or waits:
        return []
    return [_item(_("Approve the minutes: %(title)s"), meeting, url=url, tag=_("a later meeting has begun"))]


def _own_action_points(user: Any, entity: Entity | None) -> list[TodoItem]:
    """What the person or the entity undertook and has not closed."""
    return [
        TodoItem(
            _("Carry out: %(text)s") % {"text": point.text},
            reverse("actions:action_list") + f"#action-{point.pk}",
            point.agenda_item.meeting.title,
            due=end_of_day(point.due_on),
            overdue=point.is_overdue,
        )
        for point in _undertaken(standing_of(user).place, person=user.pk, entity=entity and entity.pk)
    ]


@prepared
def _undertaken(place: Standing, person: Any, entity: Any) -> QuerySet[ActionPoint]:
    points = ActionPoint.objects.visible_to(place).exclude(state=ActionState.DONE).carried_by(person, entity)
    shown = ("text", "due_on", "state")
    with_meeting = points.select_related("agenda_item__meeting").only(*shown, "agenda_item__meeting__title")
    return with_meeting.order_by("due_on", "pk")


def _requests_to_answer() -> Question:
    def tell(facts: dict[str, Any]) -> TodoItem:
        named = {
            "entity": in_active_language(facts["fr"], facts["en"]),
            "day": long_day(datetime.fromisoformat(facts["requested_at"])),
        }
        return TodoItem(
            _("Answer what was asked of the co-chairs: %(subject)s") % {"subject": facts["subject"]},
            reverse("meetings:request_answer", args=[facts["pk"]]),
            _("Asked for by %(entity)s on %(day)s.") % named,
            tag=_("answer awaited"),
        )

    facts = {
        "pk": "pk", "subject": "subject", "requested_at": "requested_at",
        "fr": F("requested_by__acronym_fr"), "en": F("requested_by__acronym_en"),
    }  # fmt: skip
    return Question("request-to-answer", _unanswered, facts, tell, order="requested_at")


def _unanswered() -> QuerySet[MeetingRequest]:
    return MeetingRequest.objects.filter(answer="")
