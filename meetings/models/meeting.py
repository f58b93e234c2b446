"""A meeting of the Network and the requests that ask for one."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Cast, ExtractYear, JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core import clock
from decisions.enums import UNDER_WAY
from decisions.models import Decision, DecisionText, RulesOfProcedure
from meetings.enums import (
    ANNOUNCED,
    APPROVAL,
    MEETING_TRANSITIONS,
    MINUTES_FROZEN,
    OVER,
    WITHOUT_DATE,
    Kind,
    MeetingState,
    Mode,
    RequestAnswer,
    Venue,
)
from members.models import Entity, User
from members.standing import standing_of
from workinggroups.models import WorkingGroup

CIRCULATED = [MeetingState.MINUTES_CIRCULATED, *sorted(MINUTES_FROZEN)]


def pair(name: str, field: str) -> models.CheckConstraint:
    """Who and when go together."""
    at, by = f"{field}_at__isnull", f"{field}_by__isnull"
    return models.CheckConstraint(condition=Q(**{at: True, by: True}) | Q(**{at: False, by: False}), name=name)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: Any) -> "MeetingQuerySet":
        """The Network sees what was convened; drafts, also cancelled ones, are the secretariat's and the co-chairs'."""
        standing = standing_of(user)
        if standing.is_secretariat or standing.is_co_chair:
            return self
        if standing.is_network or standing.is_administrator:
            return self.filter(convened_at__isnull=False)
        return self.none()

    def with_approval(self) -> "MeetingQuerySet":
        """What :attr:`Meeting.approval_asked` is made of, in the same query."""
        last = DecisionText.objects.filter(decision=OuterRef("pk")).order_by("-number").values("frozen_at")[:1]
        asked = Decision.objects.filter(
            subject_kind=APPROVAL, subject_id=Cast(OuterRef("pk"), models.CharField()), state__in=UNDER_WAY
        )
        row = JSONObject(
            id="pk", title="title", state="state", proposed_by_id="proposed_by_id", frozen_at=Subquery(last)
        )
        return self.annotate(approval_row=Subquery(asked.order_by("-pk").values(row=row)[:1]))

    def announced(self) -> "MeetingQuerySet":
        """Convened and standing: neither draft nor postponed nor cancelled."""
        return self.filter(state__in=ANNOUNCED)

    def to_come(self) -> "MeetingQuerySet":
        """Prepared or convened, and not begun yet; a postponed one waits for its new date."""
        ahead = Q(state__in=[MeetingState.DRAFT, MeetingState.CONVENED], starts_at__gt=clock.now())
        return self.filter(ahead | Q(state=MeetingState.POSTPONED))

    def over(self) -> "MeetingQuerySet":
        return self.filter(state__in=OVER)


class Meeting(models.Model):
    """Draft → convened → in session → held → minutes circulated → approved → closed; postponed, cancelled."""

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(_("state"), max_length=20, choices=MeetingState, default=MeetingState.DRAFT)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    mode = models.CharField(_("mode"), max_length=20, choices=Mode)
    venue = models.CharField(_("place"), max_length=20, choices=Venue, blank=True)
    venue_reason = models.CharField(_("why elsewhere"), max_length=300, blank=True)
    room = models.CharField(_("room or address"), max_length=200, blank=True)
    online_link = models.URLField(_("link to join online"), max_length=500, blank=True)
    chair = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("chaired by")
    )
    rapporteur = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("rapporteur")
    )
    note = models.TextField(_("note"), blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # Those of the day it is prepared, then those of the day it is convened.
    procedure = models.ForeignKey(
        RulesOfProcedure, on_delete=models.PROTECT, related_name="+", verbose_name=_("rules of procedure")
    )
    convened_at = models.DateTimeField(null=True)
    convened_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    agenda_published_at = models.DateTimeField(null=True)
    agenda_published_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    postponed_at = models.DateTimeField(null=True)
    postponed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    postponed_from = models.DateTimeField(null=True)  # when it was to begin before it was last postponed
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    called_off_reason = models.TextField(_("reason"), blank=True)
    minutes_circulated_at = models.DateTimeField(null=True)
    minutes_circulated_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    minutes_approved_at = models.DateTimeField(null=True)
    minutes_approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    minutes_approved_in = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="approved_minutes", verbose_name=_("approved in")
    )
    approving_decision = models.ForeignKey(
        Decision, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("approved by decision")
    )
    # The name by which calendars know the meeting for life; the sequence tells them which message is the newest.
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    sheet_version = models.PositiveIntegerField(default=1)

    objects = MeetingQuerySet.as_manager()
    transitions = MEETING_TRANSITIONS

    class Meta:
        verbose_name = _("meeting")
        indexes = [models.Index(fields=["starts_at"], name="meeting_starts")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="meeting_kind_known"),
            models.CheckConstraint(condition=Q(state__in=MeetingState.values), name="meeting_state_known"),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="meeting_mode_known"),
            models.CheckConstraint(condition=Q(venue__in=["", *Venue.values]), name="meeting_venue_known"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_start",
                violation_error_message=_("The meeting ends before it starts."),
            ),
            models.CheckConstraint(
                condition=~Q(mode=Mode.ONLINE) | Q(venue=""), name="meeting_online_without_venue",
                violation_error_message=_("An online meeting has no place."),
            ),
            models.CheckConstraint(
                condition=~Q(mode=Mode.IN_PERSON) | Q(online_link=""), name="meeting_in_person_without_link",
                violation_error_message=_("A meeting in person has no link."),
            ),
            # Clause M-42: elsewhere than at IOM or the RC office only with an address and a reason.
            models.CheckConstraint(
                condition=~Q(venue=Venue.ELSEWHERE) | (~Q(venue_reason="") & ~Q(room="")),
                name="meeting_elsewhere_has_reason",
                violation_error_message=_("A meeting elsewhere needs its address and the reason."),
            ),
            # Clause M-41: once convened, people know where to go.
            models.CheckConstraint(
                condition=Q(state__in=[MeetingState.DRAFT, *sorted(WITHOUT_DATE)]) | Q(mode=Mode.ONLINE) | ~Q(venue=""),
                name="meeting_convened_has_venue",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[MeetingState.DRAFT, *sorted(WITHOUT_DATE)])
                | Q(mode=Mode.IN_PERSON)
                | ~Q(online_link=""),
                name="meeting_convened_has_link",
            ),
            # Clause M-53: somebody chairs.
            models.CheckConstraint(
                condition=~Q(state__in=[MeetingState.IN_SESSION, *sorted(OVER)]) | Q(chair__isnull=False),
                name="meeting_held_has_chair",
            ),
            *[
                pair(f"meeting_{field}_pair", field)
                for field in (
                    "convened", "agenda_published", "postponed", "cancelled", "minutes_circulated", "minutes_approved",
                )
            ],
            models.CheckConstraint(
                condition=Q(state=MeetingState.DRAFT, convened_at__isnull=True)
                | Q(state=MeetingState.CANCELLED)
                | (~Q(state__in=[MeetingState.DRAFT, MeetingState.CANCELLED]) & Q(convened_at__isnull=False)),
                name="meeting_convened_stamp",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) ^ Q(state=MeetingState.CANCELLED), name="meeting_cancelled_stamp"
            ),
            models.CheckConstraint(
                condition=~Q(state=MeetingState.POSTPONED)
                | Q(postponed_at__isnull=False, postponed_from__isnull=False),
                name="meeting_postponed_stamp",
            ),
            models.CheckConstraint(
                condition=Q(called_off_reason="") ^ Q(state__in=sorted(WITHOUT_DATE)),
                name="meeting_called_off_says_why",
            ),
            models.CheckConstraint(
                condition=Q(minutes_circulated_at__isnull=True) ^ Q(state__in=CIRCULATED),
                name="meeting_circulated_stamp",
            ),
            models.CheckConstraint(
                condition=Q(minutes_approved_at__isnull=True) ^ Q(state__in=sorted(MINUTES_FROZEN)),
                name="meeting_approved_stamp",
            ),
            models.CheckConstraint(
                condition=Q(minutes_approved_in__isnull=True)
                | (Q(minutes_approved_at__isnull=False) & ~Q(minutes_approved_in=F("id"))),
                name="meeting_approved_in_another",
            ),
            models.CheckConstraint(
                condition=Q(approving_decision__isnull=True)
                | Q(minutes_approved_at__isnull=False, minutes_approved_in__isnull=True),
                name="meeting_approved_once",
            ),
            # Clause M-69: one annual review a year (of Dakar).
            models.UniqueConstraint(
                ExtractYear("starts_at"), condition=Q(kind=Kind.ANNUAL_REVIEW) & ~Q(state=MeetingState.CANCELLED),
                name="meeting_one_review_a_year",
                violation_error_message=_("This year has its annual review already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meetings:meeting_detail", args=[self.pk])

    @property
    def day(self) -> date:
        """The day in Dakar."""
        return timezone.localdate(self.starts_at)

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at

    @property
    def awaits_date(self) -> bool:
        """Postponed, and its date is still the one that was given up."""
        return self.state == MeetingState.POSTPONED and self.starts_at == self.postponed_from

    def keeps(self, decision: Decision) -> bool:
        """Whether the decision, once attached, stays: it was noted on the day of the meeting or since.

        A trigger holds it too (migration 0006).
        """
        return decision.noted_at is not None and timezone.localdate(decision.noted_at) >= self.day

    @cached_property
    def approval_asked(self) -> Any:
        """The decision by which the Network is asked to approve the minutes, from its draft until its end.

        ``frozen_at`` on it: since when its text is the one that entities spoke on, or will; the minutes stand with it.
        """
        if self.state != MeetingState.MINUTES_CIRCULATED:
            return None
        known: Any = self if "approval_row" in self.__dict__ else Meeting.objects.with_approval().get(pk=self.pk)
        if known.approval_row is None:
            return None
        row = dict(known.approval_row)
        frozen_at = row.pop("frozen_at")
        found: Any = Decision(**row)
        found.frozen_at = frozen_at
        return found

    @property
    def takes_group_reviews(self) -> bool:
        """The groups are reviewed at an annual review, from its opening until its minutes circulate."""
        return self.kind == Kind.ANNUAL_REVIEW and self.state in {MeetingState.IN_SESSION, MeetingState.HELD}

    @property
    def is_past(self) -> bool:
        return self.ends_at < clock.now()

    @property
    def place(self) -> str:
        """Where, in words: « Bureau de l’OIM, salle Gorée »; empty online."""
        if not self.venue:
            return self.room
        return self.room if self.venue == Venue.ELSEWHERE else ", ".join(filter(None, [self.venue_label, self.room]))

    @property
    def venue_label(self) -> str:
        """The office, unless the room already names it."""
        known = {Venue.IOM: "OIM", Venue.RCO: "BCR"}.get(Venue(self.venue), "") if self.venue else ""
        return "" if known and known in self.room else capfirst(str(self.get_venue_display()))


class MeetingRequest(models.Model):
    """Any member may ask for a meeting; the co-chairs answer (clause M-43)."""

    requested_by = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+", verbose_name=_("requested by"))
    co_requested_by = models.ManyToManyField(Entity, related_name="+", verbose_name=_("together with"), blank=True)
    # The working group that asks for it to stand on an agenda, rather than for a meeting.
    group = models.ForeignKey(
        WorkingGroup, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("working group")
    )
    subject = models.CharField(_("subject"), max_length=300)
    requested_at = models.DateTimeField()
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(_("answer"), max_length=20, choices=RequestAnswer, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="requests")
    # The item that deals with it; once that is removed from the agenda, the request awaits an answer again.
    item = models.ForeignKey("AgendaItem", null=True, on_delete=models.PROTECT, related_name="requests")

    class Meta:
        constraints = [
            pair("meeting_request_answered_pair", "answered"),
            models.CheckConstraint(
                condition=Q(answer__in=["", *RequestAnswer.values]), name="meeting_request_answer_known"
            ),
            models.CheckConstraint(
                condition=Q(answer="") ^ Q(answered_at__isnull=False), name="meeting_request_answered_stamp"
            ),
            models.CheckConstraint(
                condition=~Q(answer=RequestAnswer.DECLINED) | ~Q(reason=""), name="meeting_request_refusal_says_why"
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["", RequestAnswer.DECLINED, RequestAnswer.WITHDRAWN])
                ^ Q(meeting__isnull=False),
                name="meeting_request_names_meeting",
            ),
            models.CheckConstraint(
                condition=Q(item__isnull=True) | Q(answer=RequestAnswer.ADDED_TO_AGENDA),
                name="meeting_request_item_when_added",
            ),
        ]

    def __str__(self) -> str:
        return self.subject
