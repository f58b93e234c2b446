"""A confidential sounding on the candidacies of a call: what the members would say, never who said what (ADR 26)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from decisions.enums import Preference
from decisions.models.nomination import Candidacy, Nomination
from members.models import Entity, User


class Sounding(models.Model):
    """Held once for a call, after candidacies closed and before one is brought before the Network.

    It is no vote: it decides nothing, and tells who proposes whether a candidacy would meet an objection. What is
    confidential is settled before it opens and does not change; triggers hold it too (migration 0021).
    """

    nomination = models.OneToOneField(Nomination, on_delete=models.PROTECT, related_name="sounding")
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    closes_on = models.DateField(_("last day"))  # included
    minimum = models.PositiveSmallIntegerField()  # entities; with fewer answers nothing is shown, and nothing is kept
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("sounding")
        constraints = [
            models.CheckConstraint(condition=Q(minimum__gte=2), name="sounding_hides_one_among_several"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")), name="sounding_in_order"
            ),
        ]

    def __str__(self) -> str:
        return str(self.nomination)

    def get_absolute_url(self) -> str:
        return f"{self.nomination.get_absolute_url()}#sondage"

    @property
    def answer_url(self) -> str:
        return reverse("nominations:sounding_answer", args=[self.nomination_id])

    @property
    def is_open(self) -> bool:
        """Whether entities may still answer; until it is closed, nothing of it is shown."""
        return self.closed_at is None and clock.today() <= self.closes_on


class SoundingVoice(models.Model):
    """An entity that is asked. Every row of a sounding is written anew by each answer: none tells when its own came."""

    sounding = models.ForeignKey(Sounding, on_delete=models.PROTECT, related_name="voices")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    has_answered = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sounding", "entity"], name="sounding_voice_once")]

    def __str__(self) -> str:
        return str(self.entity)


class SoundingTally(models.Model):
    """How many entities said this of a candidacy. Written anew by each answer like the voices, and never beside one."""

    sounding = models.ForeignKey(Sounding, on_delete=models.PROTECT, related_name="tallies")
    candidacy = models.ForeignKey(Candidacy, on_delete=models.PROTECT, related_name="+")
    preference = models.CharField(max_length=20, choices=Preference)
    count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sounding", "candidacy", "preference"], name="sounding_tally_once"),
            models.CheckConstraint(condition=Q(preference__in=Preference.values), name="sounding_preference_known"),
        ]

    def __str__(self) -> str:
        return f"{self.candidacy}: {self.get_preference_display()}"
