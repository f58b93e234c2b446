"""Organisations the Network works with (clause M-35), and the people who answer for them."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from frameworks.models import PartnerCategory, Region, in_active_language
from members.models.dated import Dated, in_order, never_two
from members.models.people import User, dictionary_order

PARTNER_TAKEN = _("A partner with this name already exists.")


class PartnerQuerySet(models.QuerySet["Partner"]):
    def visible_to(self, user: Any) -> "PartnerQuerySet":
        """The register of partners is for those who may open the directory."""
        return self if user.has_perm("members.view_directory") else self.none()

    def by_name(self) -> "PartnerQuerySet":
        return self.order_by(dictionary_order("name_fr"), "pk")

    def current_on(self, day: Any) -> "PartnerQuerySet":
        """Those with which the Network still worked on ``day``."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day))


class Partner(models.Model):
    """An organisation outside the United Nations, in one of the categories of the mandate (clauses M-17, M-35)."""

    name_fr = models.CharField(_("name in French"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    category = models.ForeignKey(PartnerCategory, on_delete=models.PROTECT, related_name="partners")
    website = models.URLField(_("website"), blank=True)
    email = models.EmailField(_("e-mail of the organisation"), max_length=200, blank=True)
    description = models.TextField(_("what it does"), blank=True)
    regions = models.ManyToManyField(Region, verbose_name=_("regions"), blank=True)
    ended_on = models.DateField(_("partner until"), null=True, blank=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        constraints = [
            models.UniqueConstraint(
                Lower("name_fr"), name="partner_name_once", violation_error_message=PARTNER_TAKEN
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partners:partner_detail", args=[self.pk])

    @property
    def name(self) -> str:
        return in_active_language(self.name_fr, self.name_en or self.name_fr)


class PartnerContact(Dated):
    """A person answers for a partner. Who speaks or chairs for an entity of the Network does not."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="contacts")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="partner_contacts")

    class Meta:
        constraints = [
            in_order("partner_contact_in_order"),
            never_two(
                "partner_contact_once", "partner", "person",
                message=_("This person is a contact of this partner already on one of these days."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person}, {self.partner}"
