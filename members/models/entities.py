"""The entities of the United Nations and the periods in which they belong to the Network."""

from pathlib import PurePath
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core.uploads import made_name
from frameworks.models import GcmObjective, Region, in_active_language
from members.enums import MembershipKind
from members.models.dated import Dated, in_order, never_two
from members.models.people import dictionary_order

SLUG_TAKEN = _("This short address is already taken.")
ACRONYM_TAKEN = _("Another entity already has this acronym.")


def logo_path(_entity: "Entity", name: str) -> str:
    return made_name("logos", name)


class EntityQuerySet(models.QuerySet["Entity"]):
    def visible_to(self, user: Any) -> "EntityQuerySet":
        """The directory is for those who work in the Network (permission ``members.view_directory``)."""
        return self if user.has_perm("members.view_directory") else self.none()

    def by_acronym(self) -> "EntityQuerySet":
        acronym = "acronym_en" if translation.get_language() == "en" else "acronym_fr"
        return self.order_by(dictionary_order(acronym), "pk")

    def members_on(self, day: Any, *kinds: MembershipKind) -> "EntityQuerySet":
        """Entities whose membership covers ``day``; of the given kinds, or full members only."""
        held = Membership.objects.on(day).filter(kind__in=kinds or [MembershipKind.MEMBER])
        return self.filter(pk__in=held.values("entity"))


class Entity(models.Model):
    """A United Nations entity of the country team (clause M-39)."""

    slug = models.SlugField(max_length=40, unique=True, error_messages={"unique": SLUG_TAKEN})
    acronym_fr = models.CharField(_("acronym in French"), max_length=40)
    acronym_en = models.CharField(_("acronym in English"), max_length=40)
    name_fr = models.CharField(_("name in French"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    website = models.URLField(_("website"), blank=True)
    web_pages = models.TextField(_("other web pages"), blank=True)  # one a line: address, then its title
    logo = models.FileField(upload_to=logo_path, blank=True, max_length=200)
    is_in_country_team = models.BooleanField(_("part of the country team"), default=True)
    fields_of_intervention = models.TextField(_("fields of intervention"), blank=True)
    gcm_objectives = models.ManyToManyField(GcmObjective, verbose_name=_("GCM objectives"), blank=True)
    regions = models.ManyToManyField(Region, verbose_name=_("regions"), blank=True)
    profile_reviewed_on = models.DateField(_("profile reviewed on"), null=True, blank=True)
    details_confirmed_on = models.DateField(_("contacts confirmed on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = EntityQuerySet.as_manager()

    class Meta:
        verbose_name = _("entity")
        constraints = [
            models.UniqueConstraint(
                Lower("acronym_fr"), name="entity_acronym_fr_once", violation_error_message=ACRONYM_TAKEN
            ),
            models.UniqueConstraint(
                Lower("acronym_en"), name="entity_acronym_en_once", violation_error_message=ACRONYM_TAKEN
            ),
        ]

    def __str__(self) -> str:
        return self.acronym

    def get_absolute_url(self) -> str:
        return reverse("members:entity_detail", args=[self.slug])

    @property
    def pages(self) -> list[tuple[str, str]]:
        """Address and title of each other web page, in the order of the entity."""
        found = (line.partition(" ") for line in self.web_pages.splitlines())
        return [(address, title or address) for address, _blank, title in found]

    @property
    def logo_url(self) -> str:
        """Another address for another picture, so that browsers may keep it; empty without one."""
        if not self.logo:
            return ""
        return f"{reverse('members:entity_logo', args=[self.slug])}?v={PurePath(self.logo.name or '').stem[:8]}"

    @property
    def acronym(self) -> str:
        return in_active_language(self.acronym_fr, self.acronym_en)

    @property
    def name(self) -> str:
        return in_active_language(self.name_fr, self.name_en)


class Membership(Dated):
    """An entity belongs to the Network from one day to another (clauses M-39, M-41)."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="memberships")
    kind = models.CharField(max_length=20, choices=MembershipKind, default=MembershipKind.MEMBER)
    basis = models.CharField(_("basis"), max_length=200, blank=True)
    end_basis = models.CharField(_("basis of the end"), max_length=200, blank=True)

    class Meta:
        constraints = [
            in_order("membership_in_order"),
            models.CheckConstraint(condition=Q(kind__in=MembershipKind.values), name="membership_kind_known"),
            never_two("membership_once", "entity", message=_("This entity is already a member on one of these days.")),
        ]

    def __str__(self) -> str:
        return f"{self.entity}, {self.get_kind_display()}"
