import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.enums import MailState
from core.models import OutboxMail
from meetings.enums import ActionState, Kind
from meetings.models import ActionPoint, Meeting
from members.models import Entity


class MeetingFilter(django_filters.FilterSet):
    """Search in what was held; everything typed in the address passes through validated fields."""

    q = django_filters.CharFilter(
        label=_("Words of the title"), field_name="title", lookup_expr="icontains", max_length=100
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Kind.choices, empty_label=_("all kinds"))
    year = django_filters.NumberFilter(
        label=_("Year"), field_name="starts_at", lookup_expr="year", min_value=2000, max_value=2100, decimal_places=0
    )

    class Meta:
        model = Meeting
        fields = ("q", "kind", "year")
        form = forms.Form


class ActionPointFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(label=_("State"), choices=ActionState.choices, empty_label=_("all states"))
    entity = django_filters.ModelChoiceFilter(
        label=_("Entity in charge"), field_name="responsible", to_field_name="slug",
        queryset=Entity.objects.order_by("acronym_fr", "pk"), empty_label=_("all entities"),
    )  # fmt: skip
    overdue = django_filters.BooleanFilter(label=_("Overdue only"), method="filter_overdue", widget=forms.CheckboxInput)

    class Meta:
        model = ActionPoint
        fields = ("state", "entity", "overdue")
        form = forms.Form

    def filter_overdue(self, queryset, name, value):
        return queryset.overdue(clock.today()) if value else queryset


class DeliveryFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(label=_("State"), choices=MailState.choices, empty_label=_("all states"))

    class Meta:
        model = OutboxMail
        fields = ("state",)
        form = forms.Form
