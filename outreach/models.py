"""What the Network does with those outside it (clause M-56), and what it says to them."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from decisions.models import Decision
from members.models import Entity, Partner, User
from outreach.enums import EngagementKind


class Publication(models.Model):
    """Where and when an adopted statement was published in the name of the Network."""

    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, related_name="publication", verbose_name=_("statement")
    )
    published_on = models.DateField(_("published on"))
    where = models.CharField(_("where"), max_length=200)
    url = models.URLField(_("address"), max_length=500, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("publication")
        constraints = [models.CheckConstraint(condition=~Q(where=""), name="publication_says_where")]

    def __str__(self) -> str:
        return f"{self.decision}, {self.where}"


class EngagementQuerySet(models.QuerySet["Engagement"]):
    def visible_to(self, user: Any) -> "EngagementQuerySet":
        """The log is for those who take part in the Network, and for who runs the portal."""
        return self if user.has_perm("outreach.view_engagements") else self.none()

    def latest_first(self) -> "EngagementQuerySet":
        return self.order_by("-happened_on", "-pk")

    def awaiting(self) -> "EngagementQuerySet":
        """Those whose next step is still to be taken."""
        return self.exclude(next_step="").filter(next_step_done_on__isnull=True)


class Engagement(models.Model):
    """Something an entity did with a partner, and what is to follow from it."""

    partner = models.ForeignKey(
        Partner, verbose_name=_("partner"), on_delete=models.PROTECT, related_name="engagements"
    )
    entity = models.ForeignKey(Entity, verbose_name=_("entity"), on_delete=models.PROTECT, related_name="engagements")
    happened_on = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=20, choices=EngagementKind)
    subject = models.CharField(_("subject"), max_length=200)
    account = models.TextField(_("what came of it"), blank=True)
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
    next_step_due = models.DateField(_("next step, for the"), null=True, blank=True)
    next_step_done_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = EngagementQuerySet.as_manager()

    class Meta:
        verbose_name = _("engagement")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EngagementKind.values), name="engagement_kind_known"),
            models.CheckConstraint(
                condition=~Q(next_step="") | Q(next_step_due__isnull=True, next_step_done_on__isnull=True),
                name="engagement_days_of_a_step",
            ),
        ]
        indexes = [models.Index(fields=["-happened_on", "-id"], name="engagement_latest_first")]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("engagements:engagement_detail", args=[self.pk])

    @property
    def has_open_step(self) -> bool:
        return bool(self.next_step) and self.next_step_done_on is None

    def is_overdue(self, day: date) -> bool:
        return self.has_open_step and self.next_step_due is not None and self.next_step_due < day
