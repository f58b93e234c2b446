import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from frameworks.models import GcmObjective, PartnerCategory, Region
from members.enums import MembershipKind
from members.models import Entity, Partner, User

STATUSES = [
    (MembershipKind.MEMBER, _("members")),
    (MembershipKind.STANDING_INVITEE, _("standing invitees")),
    ("none", _("outside the Network")),
]
WORDS = ("acronym_fr", "acronym_en", "name_fr", "name_en", "fields_of_intervention")


class DirectoryFilter(django_filters.FilterSet):
    """What is typed in the address passes through validated fields; what is not valid filters nothing."""

    q = django_filters.CharFilter(label=_("Acronym, name or field"), method="filter_words", max_length=100)
    region = django_filters.ModelChoiceFilter(
        label=_("Region"), field_name="regions", queryset=Region.objects.in_order(), empty_label=_("all regions")
    )
    objective = django_filters.ModelChoiceFilter(
        label=_("GCM objective"), field_name="gcm_objectives", queryset=GcmObjective.objects.in_order(),
        empty_label=_("all objectives"),
    )  # fmt: skip
    status = django_filters.ChoiceFilter(
        label=_("Status"), method="filter_status", empty_label=_("members and invitees"),
        choices=STATUSES,
    )  # fmt: skip

    class Meta:
        model = Entity
        fields = ("q", "region", "objective", "status")
        form = forms.Form

    def filter_words(self, entities, name, value):
        found = Q()
        for field in WORDS:
            found |= Q(**{f"{field}__unaccent__icontains": value})
        return entities.filter(found)

    def filter_status(self, entities, name, value):
        return entities.filter(membership_kind=None if value == "none" else value)

    def filter_queryset(self, queryset):
        """Without a chosen status, those who take part today."""
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("status") else found.filter(membership_kind__isnull=False)


class PersonFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Name, function, entity or partner"), method="filter_words", max_length=100)

    class Meta:
        model = User
        fields = ("q",)
        form = forms.Form

    def filter_words(self, people, name, value):
        """Every word must be found somewhere, in any order."""
        for word in value.split()[:6]:
            found = Q(entity_acronym__unaccent__icontains=word) | Q(partner_fr__unaccent__icontains=word)
            for field in ("given_name", "family_name", "title"):
                found |= Q(**{f"{field}__unaccent__icontains": word})
            people = people.filter(found)
        return people


class PartnerFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Name or acronym"), method="filter_words", max_length=100)
    category = django_filters.ModelChoiceFilter(
        label=_("Category"), queryset=PartnerCategory.objects.in_order(), empty_label=_("all categories")
    )
    region = django_filters.ModelChoiceFilter(
        label=_("Region"), field_name="regions", queryset=Region.objects.in_order(), empty_label=_("all regions")
    )
    status = django_filters.ChoiceFilter(
        label=_("Status"), method="filter_status", empty_label=_("current partners"),
        choices=[("former", _("former partners"))],
    )  # fmt: skip

    class Meta:
        model = Partner
        fields = ("q", "category", "region", "status")
        form = forms.Form

    def filter_words(self, partners, name, value):
        found = Q()
        for field in ("name_fr", "name_en", "acronym", "description"):
            found |= Q(**{f"{field}__unaccent__icontains": value})
        return partners.filter(found)

    def filter_status(self, partners, name, value):
        return partners.filter(ended_on__lt=clock.today())

    def filter_queryset(self, queryset):
        """Without a chosen status, those of today."""
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("status") else found.current_on(clock.today())
