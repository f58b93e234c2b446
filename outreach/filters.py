import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from frameworks.models import PartnerCategory
from members.models import Entity, Partner
from outreach.enums import EngagementKind
from outreach.models import Engagement


class EngagementFilter(django_filters.FilterSet):
    """What is typed in the address passes through validated fields; what is not valid filters nothing."""

    q = django_filters.CharFilter(label=_("Words of the subject"), method="filter_words", max_length=100)
    partner = django_filters.ModelChoiceFilter(
        label=_("Partner"), queryset=Partner.objects.by_name(), empty_label=_("all partners")
    )
    category = django_filters.ModelChoiceFilter(
        label=_("Category"), field_name="partner__category", queryset=PartnerCategory.objects.in_order(),
        empty_label=_("all categories"),
    )  # fmt: skip
    entity = django_filters.ModelChoiceFilter(
        label=_("Entity"), to_field_name="slug", queryset=Entity.objects.order_by("acronym_fr", "pk"),
        empty_label=_("all entities"),
    )  # fmt: skip
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=EngagementKind.choices, empty_label=_("all kinds"))
    year = django_filters.NumberFilter(
        label=_("Year"), field_name="happened_on", lookup_expr="year", min_value=2000, max_value=2100, decimal_places=0
    )
    open = django_filters.BooleanFilter(
        label=_("Next step still open"), method="filter_open", widget=forms.CheckboxInput
    )

    class Meta:
        model = Engagement
        fields = ("q", "partner", "category", "entity", "kind", "year", "open")
        form = forms.Form

    def filter_words(self, engagements, name, value):
        said = Q(subject__unaccent__icontains=value) | Q(account__unaccent__icontains=value)
        return engagements.filter(said)

    def filter_open(self, engagements, name, value):
        return engagements.awaiting() if value else engagements
