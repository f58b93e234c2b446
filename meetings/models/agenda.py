"""Agenda items with their minutes, remarks on the minutes, and the action points they leave."""

from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from decisions.models import Decision
from meetings.enums import ACTION_TRANSITIONS, STANDING_KINDS, ActionState, AgendaKind, Kind, RemarkAnswer
from meetings.models.meeting import Meeting, pair
from members.models import Entity, User
from workinggroups.models import WorkingGroup

TITLE_LENGTH = 200


class AgendaItem(models.Model):
    """One point of the agenda. Once the minutes are approved a trigger refuses any change (migration 0001)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    order = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=40, choices=AgendaKind)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    lead_entity = models.ForeignKey(
        Entity, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("led by")
    )
    # The working group that handed it to the Network.
    group = models.ForeignKey(
        WorkingGroup, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("working group")
    )
    duration_min = models.PositiveSmallIntegerField(
        _("duration in minutes"), default=15, validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    minutes = models.TextField(_("minutes"), blank=True)
    decisions = models.ManyToManyField(Decision, related_name="agenda_items", verbose_name=_("decisions"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("agenda item")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "order"], name="agenda_order_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=Q(order__gte=1), name="agenda_order_from_one"),
            models.CheckConstraint(condition=Q(kind__in=AgendaKind.values), name="agenda_kind_known"),
            models.CheckConstraint(condition=Q(duration_min__range=(1, 600)), name="agenda_duration_sensible"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_standing(self) -> bool:
        """One of the five items that the mandate gives to every annual review (M-70 to M-73, M-75, M-76)."""
        return self.meeting.kind == Kind.ANNUAL_REVIEW and self.kind in STANDING_KINDS


class RemarkQuerySet(models.QuerySet["Remark"]):
    def unanswered(self) -> "RemarkQuerySet":
        """Corrections that nobody has dealt with."""
        return self.filter(item__isnull=False, answer="")


class Remark(models.Model):
    """What an entity says of the circulated minutes: a correction to one item, or that it has none to ask for."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="remarks")
    item = models.ForeignKey(AgendaItem, null=True, on_delete=models.PROTECT, related_name="remarks")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(_("remark"), blank=True)
    answer = models.CharField(_("answer"), max_length=20, choices=RemarkAnswer, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)  # of the answer

    objects = RemarkQuerySet.as_manager()

    class Meta:
        constraints = [
            pair("remark_answered_pair", "answered"),
            models.CheckConstraint(condition=Q(answer__in=["", *RemarkAnswer.values]), name="remark_answer_known"),
            models.CheckConstraint(condition=Q(answer="") ^ Q(answered_at__isnull=False), name="remark_answered_stamp"),
            models.CheckConstraint(
                condition=Q(answer="") | Q(item__isnull=False), name="remark_answer_to_a_correction"
            ),
            models.CheckConstraint(
                condition=~Q(answer=RemarkAnswer.NOT_KEPT) | ~Q(reason=""), name="remark_not_kept_says_why"
            ),
            models.CheckConstraint(condition=Q(item__isnull=True) ^ ~Q(text=""), name="remark_on_an_item_says_what"),
            models.UniqueConstraint(
                fields=["meeting", "entity"], condition=Q(item__isnull=True), name="remark_nothing_to_correct_once"
            ),
        ]

    def __str__(self) -> str:
        return _("Correction asked for by %(entity)s") % {"entity": self.entity}

    @property
    def is_unanswered(self) -> bool:
        return self.item_id is not None and not self.answer


class ActionPointQuerySet(models.QuerySet["ActionPoint"]):
    def visible_to(self, user: Any) -> "ActionPointQuerySet":
        return self.filter(agenda_item__meeting__in=Meeting.objects.visible_to(user))

    def carried_by(self, person: Any, entity: Any = None) -> "ActionPointQuerySet":
        """What ``person`` took on or took over; with an entity, also what it undertook without naming anybody."""
        mine = Q(handed_to=person) | Q(handed_to=None, person=person)
        return self.filter(mine | Q(responsible=entity, person=None, handed_to=None) if entity else mine)

    def overdue(self, day: date) -> "ActionPointQuerySet":
        return self.exclude(state=ActionState.DONE).filter(due_on__lt=day)


class ActionPoint(models.Model):
    """Something an entity undertook to do. Being late follows from the clock and is not stored.

    Once the minutes are approved a trigger lets only its follow-up change (migration 0002).
    """

    agenda_item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="action_points")
    text = models.CharField(_("what is to be done"), max_length=300)
    responsible = models.ForeignKey(
        Entity, on_delete=models.PROTECT, related_name="action_points", verbose_name=_("entity in charge")
    )
    person = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("person in charge")
    )
    # Who has taken it over from the person that the minutes name.
    handed_to = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("due on"))
    state = models.CharField(_("state"), max_length=20, choices=ActionState, default=ActionState.OPEN)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    done_note = models.TextField(_("what was done"), blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ActionPointQuerySet.as_manager()
    transitions = ACTION_TRANSITIONS

    class Meta:
        verbose_name = _("action point")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ActionState.values), name="action_point_state_known"),
            pair("action_point_done_pair", "done"),
            models.CheckConstraint(
                condition=Q(state=ActionState.DONE, done_at__isnull=False) & ~Q(done_note="")
                | (~Q(state=ActionState.DONE) & Q(done_at__isnull=True, done_note="")),
                name="action_point_done_says_what",
                violation_error_message=_("A closed action says what was done."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("meetings:meeting_detail", args=[self.agenda_item.meeting_id]) + f"#action-{self.pk}"

    @property
    def carrier(self) -> User | None:
        """Who carries it today: whoever took it over, or the person that the minutes name."""
        return self.handed_to or self.person

    @property
    def is_overdue(self) -> bool:
        return self.state != ActionState.DONE and self.due_on < clock.today()
