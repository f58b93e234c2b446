import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from frameworks.models import GcmObjective, Region
from members.enums import MembershipKind
from members.models import Entity, User

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
    q = django_filters.CharFilter(label=_("Name, function or entity"), method="filter_words", max_length=100)

    class Meta:
        model = User
        fields = ("q",)
        form = forms.Form

    def filter_words(self, people, name, value):
        """Every word must be found somewhere, in any order."""
        for word in value.split()[:6]:
            found = Q(entity_acronym__unaccent__icontains=word)
            for field in ("given_name", "family_name", "title"):
                found |= Q(**{f"{field}__unaccent__icontains": word})
            people = people.filter(found)
        return people
