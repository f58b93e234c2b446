"""What people are to entities and to the Network, for a time: who speaks, who delegates, who serves, who chairs."""

from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.enums import Rank, Role, Seat
from members.models.dated import Dated, DatedQuerySet, in_order, never_two
from members.models.entities import Entity
from members.models.people import User


class FocalPoint(Dated):
    """A person speaks for an entity, in a rank."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="focal_points")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="focal_points")
    rank = models.CharField(_("rank"), max_length=20, choices=Rank)

    class Meta:
        constraints = [
            in_order("focal_point_in_order"),
            models.CheckConstraint(condition=Q(rank__in=Rank.values), name="focal_point_rank_known"),
            never_two(
                "focal_point_one_per_rank", "entity", "rank",
                message=_("Somebody else holds this rank for the entity on one of these days."),
            ),
            never_two(
                "focal_point_one_per_person", "person",
                message=_("This person already speaks for an entity on one of these days."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person}, {self.entity}"


class DelegationQuerySet(DatedQuerySet):
    def in_force(self, day: Any) -> "DelegationQuerySet":
        """Those of ``day`` whose giver speaks for the entity on it: nobody gives what they no longer have."""
        held = FocalPoint.objects.on(day).filter(person=OuterRef("giver"), entity=OuterRef("entity"))
        return self.on(day).filter(Exists(held))  # type: ignore[return-value]


class Delegation(Dated):
    """For a while somebody speaks in the place, and in the rank, of a focal point of the same entity."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="delegations")
    giver = models.ForeignKey(User, on_delete=models.PROTECT, related_name="delegations_given")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="delegations")
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = DelegationQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [
            in_order("delegation_in_order"),
            models.CheckConstraint(condition=Q(ends_on__isnull=False), name="delegation_ends"),
            models.CheckConstraint(condition=~Q(giver=F("person")), name="delegation_to_somebody_else"),
            never_two(
                "delegation_one_per_giver", "giver", message=_("This voice is delegated already on one of these days.")
            ),
            never_two(
                "delegation_one_per_person", "person",
                message=_("This person already speaks by delegation on one of these days."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return gettext("%(person)s for %(giver)s, %(entity)s") % {
            "person": self.person, "giver": self.giver, "entity": self.entity
        }  # fmt: skip


class InstitutionalRole(Dated):
    """A person serves in the secretariat, the RC office or the administration of the portal."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(_("role"), max_length=20, choices=Role)

    class Meta:
        constraints = [
            in_order("role_in_order"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_known"),
            never_two(
                "role_once", "person", "role", message=_("This person already holds this role on one of these days.")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}"


class CoChairTerm(Dated):
    """A person holds a co-chair seat for an entity (clauses M-45 to M-47, M-75)."""

    seat = models.CharField(_("seat"), max_length=20, choices=Seat)
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="co_chair_terms")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="co_chair_terms")
    basis = models.CharField(_("basis"), max_length=200, blank=True)

    class Meta:
        constraints = [
            in_order("co_chair_term_in_order"),
            models.CheckConstraint(condition=Q(seat__in=Seat.values), name="co_chair_seat_known"),
            never_two(
                "co_chair_one_per_seat", "seat",
                message=_("Somebody else holds this seat on one of these days."),
            ),
            never_two(
                "co_chair_one_per_person", "person",
                message=_("This person already holds a seat on one of these days."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.entity}, {self.get_seat_display()}"
