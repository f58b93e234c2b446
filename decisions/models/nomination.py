"""Calls for candidates to a co-chair seat, and those who put themselves forward (clauses M-47, M-75)."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import clock
from decisions.enums import NOMINATION_TRANSITIONS, NominationState
from members.enums import Seat
from members.models import CoChairTerm, Entity, User

OPEN_STATES = (NominationState.OPEN, NominationState.PROPOSED)


class NominationQuerySet(models.QuerySet["Nomination"]):
    def visible_to(self, user: Any) -> "NominationQuerySet":
        """Calls and candidates are read by the whole Network."""
        return self if user.has_perm("decisions.view_nominations") else self.none()

    def under_way(self) -> "NominationQuerySet":
        return self.filter(state__in=OPEN_STATES)


class Nomination(models.Model):
    """Who is to hold a seat for a term: called for, proposed to the Network, named by a decision."""

    state = models.CharField(max_length=20, choices=NominationState, default=NominationState.OPEN)
    seat = models.CharField(max_length=20, choices=Seat)
    starts_on = models.DateField()
    ends_on = models.DateField()
    closes_on = models.DateField()
    message = models.TextField(blank=True)
    chosen = models.ForeignKey("Candidacy", null=True, on_delete=models.PROTECT, related_name="+")
    decision = models.OneToOneField(
        "decisions.Decision", null=True, on_delete=models.PROTECT, related_name="nomination_proposed"
    )
    term = models.OneToOneField(CoChairTerm, null=True, on_delete=models.PROTECT, related_name="nomination")
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = NominationQuerySet.as_manager()
    transitions = NOMINATION_TRANSITIONS

    class Meta:
        verbose_name = _("nomination")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=NominationState.values), name="nomination_state_known"),
            models.CheckConstraint(condition=Q(seat__in=Seat.values), name="nomination_seat_known"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")) & Q(closes_on__lt=F("starts_on")), name="nomination_in_order"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[NominationState.OPEN, NominationState.WITHDRAWN])
                | Q(decision__isnull=False, chosen__isnull=False),
                name="nomination_by_decision",
            ),
            models.CheckConstraint(
                condition=Q(state=NominationState.NAMED, term__isnull=False)
                | (~Q(state=NominationState.NAMED) & Q(term__isnull=True)),
                name="nomination_makes_a_term",
            ),
            models.UniqueConstraint(
                fields=["seat"], condition=Q(state__in=OPEN_STATES), name="nomination_one_under_way",
                violation_error_message=_("Candidates are called for this seat already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        named = {"seat": self.get_seat_display(), "year": self.starts_on.year}
        return gettext("Call for candidates %(year)s, %(seat)s") % named

    def get_absolute_url(self) -> str:
        return reverse("nominations:nomination_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether entities may still put somebody forward."""
        return self.state == NominationState.OPEN and clock.today() <= self.closes_on

    @property
    def awaits_proposal(self) -> bool:
        """The day has passed, and the Network has no proposal yet."""
        return self.state == NominationState.OPEN and clock.today() > self.closes_on


class CandidacyQuerySet(models.QuerySet["Candidacy"]):
    def standing(self) -> "CandidacyQuerySet":
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Candidacy(models.Model):
    """An entity offers to hold the seat, and says who would."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="candidacies")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="candidacies")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="candidacies")
    statement = models.TextField(blank=True)
    put_at = models.DateTimeField(default=clock.now)
    put_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = CandidacyQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidacy")
        constraints = [
            models.UniqueConstraint(
                fields=["nomination", "entity"], condition=Q(withdrawn_at__isnull=True),
                name="candidacy_one_per_entity",
                violation_error_message=_("This entity is a candidate already: withdraw the candidacy first."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.entity}, {self.person}"
