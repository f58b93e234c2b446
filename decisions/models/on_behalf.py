"""Positions that the secretariat wrote down for an entity: how it knows them, and what the entity answers."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.uploads import made_name
from decisions.enums import ON_BEHALF_TRANSITIONS, Answer
from decisions.models.decision import Position
from members.models import User


def time_to_answer() -> timedelta:
    return timedelta(days=settings.POSITION_ANSWER_DAYS)


def proof_path(_row: "OnBehalf", name: str) -> str:
    return made_name("proofs", name)


class OnBehalfQuerySet(models.QuerySet["OnBehalf"]):
    def awaited(self, since: Any = None) -> "OnBehalfQuerySet":
        """Those whose entity has neither answered nor spoken since, and still may: recorded after ``since``."""
        later = Position.objects.filter(
            decision=models.OuterRef("position__decision"), entity=models.OuterRef("position__entity"),
            pk__gt=models.OuterRef("position"),
        )  # fmt: skip
        return self.filter(
            ~models.Exists(later), state=Answer.AWAITED, position__at__gt=since or clock.now() - time_to_answer()
        )


class OnBehalf(models.Model):
    """One for each position recorded by the secretariat. Its proof never changes, its answer is given once (trigger).

    A position contested before consensus is noted counts no more; what the entity had said before counts again.
    """

    position = models.OneToOneField(Position, primary_key=True, on_delete=models.PROTECT, related_name="on_behalf")
    state = models.CharField(max_length=20, choices=Answer, default=Answer.AWAITED)
    said_by = models.CharField(max_length=200, blank=True)
    proof = models.FileField(upload_to=proof_path, blank=True, max_length=200)
    proof_name = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)

    objects = OnBehalfQuerySet.as_manager()
    transitions = ON_BEHALF_TRANSITIONS

    class Meta:
        verbose_name = _("position recorded on behalf")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=Answer.values), name="on_behalf_state_known"),
            models.CheckConstraint(
                condition=Q(state=Answer.AWAITED, answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(state=Answer.AWAITED) & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="on_behalf_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=Answer.CONTESTED) | ~Q(reason=""), name="on_behalf_contested_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(proof="", proof_name="") | (~Q(proof="") & ~Q(proof_name="")), name="on_behalf_proof_named"
            ),
        ]

    def __str__(self) -> str:
        return str(self.position)

    def get_absolute_url(self) -> str:
        return self.position.decision.get_absolute_url()

    @property
    def answer_until(self) -> datetime:
        """Until when its entity may confirm or contest it."""
        return self.position.at + time_to_answer()

    @property
    def is_awaited(self) -> bool:
        return self.state == Answer.AWAITED and clock.now() < self.answer_until

    @property
    def is_struck_out(self) -> bool:
        """Contested while nothing was decided yet: the position counts no more."""
        if self.state != Answer.CONTESTED or self.answered_at is None:
            return False
        noted_at = self.position.decision.noted_at
        return noted_at is None or self.answered_at < noted_at
