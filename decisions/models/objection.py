"""What is done about an objection that its entity maintains: the notes of the co-chairs, and advice asked for."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from decisions.enums import Body
from decisions.models.decision import Decision, Position
from members.models import User


class Facilitation(models.Model):
    """What a co-chair did or heard to meet an objection, read by the whole Network. Never changed (a trigger refuses).

    Attributes:
        objection: the word by which the entity began to object.
    """

    objection = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="facilitations")
    text = models.TextField(_("note of the co-chairs"))
    at = models.DateTimeField()
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="facilitation_says_something")]

    def __str__(self) -> str:
        return gettext("Facilitation of the objection of %s") % self.objection.entity


class Referral(models.Model):
    """Advice asked of the Resident Coordinator or of the Country Team. They advise: the Network decides (M-62)."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="referrals")
    body = models.CharField(_("asked of"), max_length=20, choices=Body)
    question = models.TextField(_("what is asked"))
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    advice = models.TextField(_("advice"), blank=True)
    advised_on = models.DateField(_("given on"), null=True)
    reference = models.CharField(_("reference"), max_length=100, blank=True)
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(body__in=Body.values), name="referral_body_known"),
            models.CheckConstraint(condition=~Q(question=""), name="referral_asks_something"),
            models.CheckConstraint(
                condition=Q(recorded_at__isnull=True, recorded_by__isnull=True, advised_on__isnull=True, advice="")
                | (Q(recorded_at__isnull=False, recorded_by__isnull=False, advised_on__isnull=False) & ~Q(advice="")),
                name="referral_advice_whole",
            ),
            models.UniqueConstraint(
                fields=["decision"], condition=Q(recorded_at__isnull=True), name="referral_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        """Whose advice it is: languages say « of » by what comes after it."""
        if self.body == Body.RC:
            return gettext("advice of the Resident Coordinator")
        return gettext("advice of the Country Team")
