"""Meetings of a group: convened, held, and what was said (clause M-64)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from workinggroups.models.groups import WorkingGroup
from workinggroups.models.papers import GroupPaper


class GroupMeetingQuerySet(models.QuerySet["GroupMeeting"]):
    def standing(self) -> "GroupMeetingQuerySet":
        """Those that were not called off."""
        return self.filter(called_off_at__isnull=True)

    def ahead(self) -> "GroupMeetingQuerySet":
        return self.standing().filter(starts_at__gt=clock.now())

    def in_order(self) -> "GroupMeetingQuerySet":
        return self.select_related("paper").order_by("starts_at", "pk")


class GroupMeeting(models.Model):
    """One meeting of a group, for those who sit in it and its guests. Who wrote what is in the journal."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="meetings")
    uid = models.UUIDField(default=uuid4, unique=True)
    sequence = models.PositiveIntegerField(default=0)
    starts_at = models.DateTimeField()
    duration_min = models.PositiveSmallIntegerField(validators=[MinValueValidator(15), MaxValueValidator(600)])
    place = models.CharField(max_length=200, blank=True)
    online_link = models.URLField(max_length=500, blank=True)
    agenda = models.TextField()
    record = models.TextField(blank=True)
    recorded_at = models.DateTimeField(null=True)
    paper = models.ForeignKey(GroupPaper, null=True, on_delete=models.PROTECT, related_name="meetings")
    called_off_at = models.DateTimeField(null=True)
    called_off_reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = GroupMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting of a working group")
        constraints = [
            models.CheckConstraint(
                condition=~Q(place="") | ~Q(online_link=""), name="group_meeting_has_a_place",
                violation_error_message=_("Say where people meet, or give the link to join."),
            ),
            models.CheckConstraint(condition=Q(duration_min__range=(15, 600)), name="group_meeting_length_sensible"),
            models.CheckConstraint(
                condition=Q(called_off_at__isnull=True, called_off_reason="")
                | Q(called_off_at__isnull=False, recorded_at__isnull=True) & ~Q(called_off_reason=""),
                name="group_meeting_held_or_called_off",
            ),
            models.CheckConstraint(
                condition=Q(recorded_at__isnull=True, record="") | Q(recorded_at__isnull=False) & ~Q(record=""),
                name="group_meeting_record_stamped",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.group)

    @property
    def ends_at(self) -> datetime:
        start: Any = self.starts_at
        return start + timedelta(minutes=self.duration_min)  # type: ignore[no-any-return]

    @property
    def location(self) -> str:
        """The place, the link, or both."""
        return " · ".join(filter(None, [self.place, self.online_link]))

    def url(self, name: str) -> str:
        return reverse(f"groups:{name}", args=[self.group.slug, self.pk])
