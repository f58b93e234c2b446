"""Reference lists in French and English. Their rows come from ``data/``; the secretariat edits the national ones."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from frameworks.enums import AgendaKind, EcowasKind, FreeDayKind, MpfaKind, PartnerGroup, PriorityKind

DAY_TAKEN = _("This day stands in the calendar already: remove what was written first.")


def in_active_language(french: str, english: str) -> str:
    return english if translation.get_language() == "en" else french


class ReferenceQuerySet(models.QuerySet[Any]):
    def in_order(self) -> "ReferenceQuerySet":
        return self.order_by("order", "pk")


class Reference(models.Model):
    """One row of a list. ``slug`` is the code of the data file in lower case: « GCM-01 » is ``gcm-01``."""

    slug = models.CharField(max_length=40, unique=True)
    order = models.PositiveSmallIntegerField(default=0)
    title_fr = models.CharField(_("title in French"), max_length=600)
    title_en = models.CharField(_("title in English"), max_length=600)
    source = models.CharField(_("source"), max_length=200, blank=True)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_active_language(self.title_fr, self.title_en)

    @property
    def code(self) -> str:
        return self.slug.upper()


class GcmObjective(Reference):
    """One of the 23 objectives of the Global Compact (A/RES/73/195)."""

    number = models.PositiveSmallIntegerField(unique=True)
    label_fr = models.CharField(max_length=60)
    label_en = models.CharField(max_length=60)
    imrf_roundtable = models.PositiveSmallIntegerField()
    paragraph = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__range=(1, 23)), name="gcm_objective_1_to_23"),
            models.CheckConstraint(condition=Q(imrf_roundtable__range=(1, 4)), name="gcm_roundtable_1_to_4"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.label}"

    @property
    def label(self) -> str:
        return in_active_language(self.label_fr, self.label_en)


class GuidingPrinciple(Reference):
    """One of the ten guiding principles of the Global Compact (paragraph 15)."""

    letter = models.CharField(max_length=1, unique=True)
    gloss_fr = models.CharField(max_length=300)
    gloss_en = models.CharField(max_length=300)

    @property
    def gloss(self) -> str:
        return in_active_language(self.gloss_fr, self.gloss_en)


class SustainableDevelopmentGoal(Reference):
    number = models.PositiveSmallIntegerField(unique=True)
    label_fr = models.CharField(max_length=100)
    label_en = models.CharField(max_length=100)
    color = models.CharField(max_length=7)
    text_on_color = models.CharField(max_length=7)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(number__range=(1, 17)), name="sdg_1_to_17")]

    def __str__(self) -> str:
        return f"{self.number}. {self.label}"

    @property
    def label(self) -> str:
        return in_active_language(self.label_fr, self.label_en)


class SdgTarget(Reference):
    """A target of the 2030 Agenda that touches migration; ``is_core`` when it names it."""

    goal = models.ForeignKey(SustainableDevelopmentGoal, on_delete=models.PROTECT, related_name="targets")
    target = models.CharField(max_length=5, unique=True)
    is_core = models.BooleanField(default=False)
    gcm_objectives = models.ManyToManyField(GcmObjective, related_name="sdg_targets", blank=True)

    def __str__(self) -> str:
        return f"{self.target} {self.title}"

    @property
    def code(self) -> str:
        return f"SDG-T-{self.target}"


class Agenda2063Item(Reference):
    """An aspiration of the African Union's Agenda 2063, or a goal under it."""

    kind = models.CharField(max_length=20, choices=AgendaKind)
    number = models.PositiveSmallIntegerField()
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AgendaKind.values), name="agenda2063_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=AgendaKind.ASPIRATION, parent__isnull=True)
                | Q(kind=AgendaKind.GOAL, parent__isnull=False),
                name="agenda2063_goals_under_aspirations",
            ),
            models.UniqueConstraint(fields=["kind", "number"], name="agenda2063_number"),
        ]


class MpfaItem(Reference):
    """A pillar or cross-cutting issue of the African Union's Migration Policy Framework for Africa."""

    kind = models.CharField(max_length=20, choices=MpfaKind)
    number = models.PositiveSmallIntegerField()
    gcm_objectives = models.ManyToManyField(GcmObjective, related_name="mpfa_items", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MpfaKind.values), name="mpfa_kind_known"),
            models.UniqueConstraint(fields=["kind", "number"], name="mpfa_number"),
        ]


class EcowasInstrument(Reference):
    """A protocol, decision or policy of ECOWAS on mobility, or a principle of its Common Approach."""

    kind = models.CharField(max_length=20, choices=EcowasKind)
    year = models.PositiveSmallIntegerField()
    date = models.DateField(null=True, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=EcowasKind.values), name="ecowas_kind_known")]


class NationalPriority(Reference):
    """A national framework or a line of one. The data file never overwrites a row the secretariat has edited."""

    kind = models.CharField(_("kind"), max_length=20, choices=PriorityKind)
    parent = models.ForeignKey(
        "self", verbose_name=_("part of"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    gcm_objectives = models.ManyToManyField(
        GcmObjective, verbose_name=_("GCM objectives"), related_name="national_priorities", blank=True
    )
    note = models.TextField(_("note"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("national priority")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PriorityKind.values), name="national_priority_kind_known"),
            models.CheckConstraint(
                condition=Q(kind__in=[PriorityKind.FRAMEWORK, PriorityKind.COMMITMENT]) | Q(parent__isnull=False),
                name="national_priority_inside_a_framework",
                violation_error_message=_("An axis or a priority is part of a framework: say which one."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return f"{reverse('frameworks:framework_list')}#{self.slug}"


class Region(Reference):
    """One of the 14 regions of Senegal, by ISO 3166-2 code, with its place on the schematic map."""

    iso_code = models.CharField(max_length=5, unique=True)
    name = models.CharField(max_length=40)
    capital = models.CharField(max_length=40)
    tile_column = models.PositiveSmallIntegerField()
    tile_row = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return self.name


class PartnerCategory(Reference):
    """One of the 18 kinds of partners that clause M-35 names."""

    group = models.CharField(max_length=20, choices=PartnerGroup)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(group__in=PartnerGroup.values), name="partner_group_known")]


class CalendarDay(models.Model):
    """What the secretariat knows better than the computed calendar: a day that is free, or one that is worked after
    all because the moon, or a decree, moved the feast."""

    day = models.DateField(unique=True, error_messages={"unique": DAY_TAKEN})
    is_free = models.BooleanField()
    kind = models.CharField(max_length=20, choices=FreeDayKind, default=FreeDayKind.NATIONAL)
    name_fr = models.CharField(max_length=100, blank=True)
    name_en = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("day of the calendar")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FreeDayKind.values), name="calendar_day_kind_known"),
            models.CheckConstraint(
                condition=Q(is_free=False) | (~Q(name_fr="") & ~Q(name_en="")), name="calendar_free_day_named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.name}".strip()

    def get_absolute_url(self) -> str:
        return reverse("calendar:calendar_year", args=[self.day.year])

    @property
    def name(self) -> str:
        return in_active_language(self.name_fr, self.name_en)
