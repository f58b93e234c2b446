"""The rules of procedure: what the mandate does not say, in dated versions that decisions adopt."""

from datetime import timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import clock
from decisions.enums import PROCEDURE_TRANSITIONS, ProcedureState
from frameworks.measures import usual
from members.enums import Rank
from members.models import User
from members.standing import standing_of

LONGEST_DELAY = 60  # days, of any kind


def every_rank() -> list[str]:
    return list(Rank.values)


class RulesQuerySet(models.QuerySet["RulesOfProcedure"]):
    def visible_to(self, user: Any) -> "RulesQuerySet":
        """The Network reads what was adopted or proposed; those who prepare a version see it before."""
        standing = standing_of(user)
        if standing.is_secretariat or standing.is_co_chair:
            return self
        if not (standing.is_network or standing.is_administrator):
            return self.none()
        return self.filter(state__in=[ProcedureState.PROPOSED, ProcedureState.ADOPTED])


class RulesOfProcedure(models.Model):
    """One version. The first one stands without a decision: the Network had to begin with something."""

    state = models.CharField(max_length=20, choices=ProcedureState, default=ProcedureState.DRAFT)
    number = models.PositiveSmallIntegerField(null=True, unique=True)
    starts_on = models.DateField()
    notice_days = models.PositiveSmallIntegerField(default=14)
    agenda_days = models.PositiveSmallIntegerField(default=7)
    minutes_days = models.PositiveSmallIntegerField(default=10)
    quorum = models.PositiveSmallIntegerField(null=True, blank=True)
    consultation_days = models.PositiveSmallIntegerField(default=0)
    objectors = ArrayField(models.CharField(max_length=20, choices=Rank), default=every_rank)
    silence_days = models.PositiveSmallIntegerField(null=True, blank=True)
    both_chairs_note = models.BooleanField(default=False)
    coordinator_rotates = models.BooleanField(default=False)
    thresholds = models.JSONField(default=usual)  # key of a measure → target and limit
    decision = models.OneToOneField(
        "decisions.Decision", null=True, on_delete=models.PROTECT, related_name="procedure_proposed"
    )
    prepared_at = models.DateTimeField(default=clock.now)
    prepared_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = RulesQuerySet.as_manager()
    transitions = PROCEDURE_TRANSITIONS

    class Meta:
        verbose_name = _("rules of procedure")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ProcedureState.values), name="procedure_state_known"),
            models.CheckConstraint(
                condition=Q(state=ProcedureState.ADOPTED, number__isnull=False, adopted_at__isnull=False)
                | (~Q(state=ProcedureState.ADOPTED) & Q(number__isnull=True, adopted_at__isnull=True)),
                name="procedure_numbered_when_adopted",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ProcedureState.PROPOSED, ProcedureState.ADOPTED])
                | Q(number__isnull=False, number=1)
                | Q(decision__isnull=False),
                name="procedure_adopted_by_decision",
            ),
            models.CheckConstraint(
                condition=Q(notice_days__lte=LONGEST_DELAY, agenda_days__lte=LONGEST_DELAY)
                & Q(minutes_days__range=(1, LONGEST_DELAY), consultation_days__lte=LONGEST_DELAY),
                name="procedure_delays_sensible",
            ),
            models.CheckConstraint(
                condition=Q(silence_days__isnull=True) | Q(silence_days__range=(1, LONGEST_DELAY)),
                name="procedure_silence_lasts",
            ),
            models.CheckConstraint(
                condition=Q(quorum__isnull=True) | Q(quorum__range=(1, 100)), name="procedure_quorum_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(objectors__len__gt=0) & Q(objectors__contained_by=Rank.values),
                name="procedure_somebody_may_object",
            ),
        ]

    def __str__(self) -> str:
        if self.number is None:
            return gettext("Rules of procedure, version in preparation")
        return gettext("Rules of procedure, version %s") % self.number

    def get_absolute_url(self) -> str:
        return reverse("procedure:procedure_detail", args=[self.pk])

    @property
    def notice(self) -> timedelta:
        return timedelta(days=self.notice_days)

    @property
    def agenda_notice(self) -> timedelta:
        return timedelta(days=self.agenda_days)

    @property
    def minutes_within(self) -> timedelta:
        return timedelta(days=self.minutes_days)
