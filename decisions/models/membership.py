"""Decisions by which an entity joins the Network or leaves it (clauses M-39, M-41)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from decisions.enums import Change
from decisions.models.decision import Decision
from members.enums import MembershipKind
from members.models import Entity, Membership


class MembershipChange(models.Model):
    """What a decision changes in the list of members once it is adopted; its states are those of the decision."""

    decision = models.OneToOneField(
        Decision, primary_key=True, on_delete=models.PROTECT, related_name="membership_change"
    )
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="membership_changes")
    change = models.CharField(max_length=20, choices=Change)
    kind = models.CharField(max_length=20, choices=MembershipKind, blank=True)
    day = models.DateField()
    membership = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="decided")

    class Meta:
        verbose_name = _("admission or departure of a member")
        constraints = [
            models.CheckConstraint(condition=Q(change__in=Change.values), name="membership_change_known"),
            models.CheckConstraint(
                condition=Q(change=Change.ADMISSION, kind__in=MembershipKind.values)
                | Q(change=Change.DEPARTURE, kind=""),
                name="membership_change_gives_status",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_change_display()}, {self.entity}"
