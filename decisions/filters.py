import re

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from decisions.enums import DecisionState
from decisions.models import Decision
from members.models import Entity

NUMBER = re.compile(r"(?:(?P<year>\d{4})/)?\bD-(?P<number>\d{1,6})\s*$", re.IGNORECASE)  # as Decision.reference has it
MOST_WORDS = 6


class DecisionFilter(django_filters.FilterSet):
    """Search and filters of the register; everything typed in the address passes through validated fields."""

    q = django_filters.CharFilter(label=_("Words of the title, or number"), method="named_so", max_length=100)
    state = django_filters.ChoiceFilter(label=_("State"), choices=DecisionState.choices, empty_label=_("all"))
    year = django_filters.NumberFilter(label=_("Year"), field_name="year", min_value=2000, max_value=2100)
    proposed_by = django_filters.ModelChoiceFilter(
        label=_("Proposed by"), queryset=Entity.objects.order_by("acronym_fr", "pk"), empty_label=_("all")
    )

    in_force = django_filters.ChoiceFilter(
        label=_("In force"), choices=[("today", _("today"))], method="only_in_force", empty_label=_("all")
    )

    def named_so(self, queryset, _name, value):
        """« D-007 », with or without its year, or every word in the title, in any order."""
        named = Q()
        for word in value.split()[:MOST_WORDS]:
            named &= Q(title__icontains=word)
        if number := NUMBER.search(value):
            of_a_year = {"year": int(number["year"])} if number["year"] else {}
            named |= Q(number=int(number["number"]), **of_a_year)
        return queryset.filter(named)

    def only_in_force(self, queryset, _name, _value):
        return queryset.in_force_on(clock.today())

    class Meta:
        model = Decision
        fields = ("q", "state", "year", "proposed_by", "in_force")
        form = forms.Form
