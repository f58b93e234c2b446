"""Who chairs a group: a call to all who sit in it, those who offer, their terms (clause M-68)."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from members.models import Dated, FocalPoint, PartnerContact, User
from members.models.dated import DatedQuerySet, in_order, never_two
from workinggroups.models.groups import GroupMember, WorkingGroup


class ChairCall(models.Model):
    """Everybody who sits in the group is asked who would chair it, partners included (clause M-68)."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="chair_calls")
    message = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    closes_on = models.DateField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("call for chairs")
        constraints = [
            models.UniqueConstraint(
                fields=["group"], condition=Q(closed_at__isnull=True), name="group_chair_call_one_under_way",
                violation_error_message=_("The members of this group are asked already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.group)

    @property
    def is_open(self) -> bool:
        """Whether members may still offer; the last day is included."""
        return self.closed_at is None and clock.today() <= self.closes_on

    @property
    def awaits_names(self) -> bool:
        """The day has passed, and nobody was named yet."""
        return self.closed_at is None and clock.today() > self.closes_on


class ChairOfferQuerySet(models.QuerySet["ChairOffer"]):
    def standing(self) -> "ChairOfferQuerySet":
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def with_names(self) -> "ChairOfferQuerySet":
        found: ChairOfferQuerySet = self.select_related("person", "seat__entity", "seat__partner")
        return found.order_by("offered_at", "pk")


class ChairOffer(models.Model):
    """Somebody who speaks for a member of the group offers to chair it."""

    call = models.ForeignKey(ChairCall, on_delete=models.PROTECT, related_name="offers")
    seat = models.ForeignKey(GroupMember, on_delete=models.PROTECT, related_name="chair_offers")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="chair_offers")
    statement = models.TextField(blank=True)
    offered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = ChairOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer to chair a group")
        constraints = [
            models.UniqueConstraint(
                fields=["call", "seat"], condition=Q(withdrawn_at__isnull=True), name="group_chair_offer_one_a_seat",
                violation_error_message=_("This member offers already: withdraw that first."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person}, {self.seat.who}"


class GroupChairQuerySet(DatedQuerySet):
    def in_office(self, day: Any) -> "GroupChairQuerySet":
        """Those whose term covers ``day`` and who speak for a member of the group then: who leaves chairs no longer."""
        return self.on(day).speaking(day)  # type: ignore[attr-defined,no-any-return]

    def speaking(self, day: Any) -> "GroupChairQuerySet":
        """Those who speak on ``day`` for a member that sits in the group then, whenever their term is."""
        person, seat = OuterRef("offer__person"), "offer__seat"
        speaks = FocalPoint.objects.on(day).filter(person=person, entity=OuterRef(f"{seat}__entity"))
        answers = PartnerContact.objects.on(day).filter(person=person, partner=OuterRef(f"{seat}__partner"))
        sits = Q(offer__seat__in=GroupMember.objects.sitting(day))
        return self.filter(sits & (Q(Exists(speaks)) | Q(Exists(answers))), offer__person__is_active=True)

    def with_names(self) -> "GroupChairQuerySet":
        found = self.select_related("offer__person", "offer__seat__entity", "offer__seat__partner")
        return found.order_by("starts_on", "pk")  # type: ignore[return-value]


class GroupChair(Dated):
    """Somebody chairs the group for a term, having offered to in a call to all its members (clause M-68)."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="chairs")
    offer = models.ForeignKey(ChairOffer, on_delete=models.PROTECT, related_name="terms")

    objects = GroupChairQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("chair of a working group")
        constraints = [
            in_order("group_chair_in_order"),
            models.CheckConstraint(condition=Q(ends_on__isnull=False), name="group_chair_has_a_term"),
            never_two(
                "group_chair_offer_once", "offer", message=_("This person chairs the group already on these days.")
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.offer)
