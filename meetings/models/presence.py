"""Who said they would come, and who came."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.enums import Answer, Presence, SeatMode
from meetings.models.meeting import Meeting
from members.models import Entity, User


class Reply(models.Model):
    """The answer of an entity to a convocation; answering again replaces it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="replies")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="meeting_replies")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.CharField(_("answer"), max_length=20, choices=Answer)
    mode = models.CharField(_("how"), max_length=20, choices=SeatMode, blank=True)
    represented_by = models.CharField(_("represented by"), max_length=200, blank=True)
    note = models.CharField(_("note to the secretariat"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "entity"], name="reply_one_per_entity"),
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="reply_answer_known"),
            models.CheckConstraint(condition=Q(mode__in=["", *SeatMode.values]), name="reply_mode_known"),
            # A calendar program knows yes and no, and not in which way.
            models.CheckConstraint(condition=~Q(answer=Answer.NO) | Q(mode=""), name="reply_mode_when_coming"),
            models.CheckConstraint(
                condition=Q(answer=Answer.REPRESENTED) ^ Q(represented_by=""), name="reply_represented_by_whom"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entity}: {self.get_answer_display()}"


class Attendance(models.Model):
    """One entity at one meeting (clause M-41 keeps the mode of each participant, M-69 follows every member)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="attendance")
    status = models.CharField(_("status"), max_length=20, choices=Presence)
    mode = models.CharField(_("mode"), max_length=20, choices=SeatMode, blank=True)
    person = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    stand_in = models.CharField(_("stand-in"), max_length=200, blank=True)  # somebody the portal does not know

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "entity"], name="attendance_one_per_entity"),
            models.CheckConstraint(condition=Q(status__in=Presence.values), name="attendance_status_known"),
            models.CheckConstraint(condition=Q(mode__in=["", *SeatMode.values]), name="attendance_mode_known"),
            models.CheckConstraint(
                condition=Q(status=Presence.PRESENT) ^ Q(mode=""), name="attendance_mode_when_present"
            ),
            models.CheckConstraint(
                condition=Q(status=Presence.PRESENT) | Q(person__isnull=True, stand_in=""),
                name="attendance_person_when_present",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entity}: {self.get_status_display()}"

    @property
    def who(self) -> str:
        """The person or the stand-in, on older sheets both; empty where nobody was named."""
        return ", ".join(filter(None, [str(self.person or ""), self.stand_in]))
