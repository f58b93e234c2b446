import re

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from decisions import queries, subjects
from decisions.enums import DecisionState, FollowUp
from decisions.models import Decision, DecisionText
from members.models import Entity

NUMBER = re.compile(r"(?:(?P<year>\d{4})/)?\bD-(?P<number>\d{1,6})\s*$", re.IGNORECASE)  # as Decision.reference has it
MOST_WORDS = 6
OBJECTED, LATE = "objected", "late"


class DecisionFilter(django_filters.FilterSet):
    """Search and filters of the register; everything typed in the address passes through validated fields."""

    q = django_filters.CharFilter(label=_("Words of the title or text, or number"), method="named_so", max_length=100)
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=[*DecisionState.choices, (OBJECTED, _("open objection"))], method="in_state",
        empty_label=_("all"),
    )  # fmt: skip
    subject_kind = django_filters.ChoiceFilter(label=_("Subject"), choices=subjects.choices, empty_label=_("all"))
    year = django_filters.NumberFilter(label=_("Year"), field_name="year", min_value=2000, max_value=2100)
    proposed_by = django_filters.ModelChoiceFilter(
        label=_("Proposed by"), queryset=Entity.objects.order_by("acronym_fr", "pk"), empty_label=_("all")
    )
    responsible = django_filters.ModelChoiceFilter(
        label=_("In charge"), queryset=Entity.objects.order_by("acronym_fr", "pk"), empty_label=_("all")
    )
    follow_up = django_filters.ChoiceFilter(
        label=_("Follow-up"), choices=[*FollowUp.choices, (LATE, _("late"))], method="followed_up", empty_label=_("all")
    )
    in_force = django_filters.ChoiceFilter(
        label=_("In force"), choices=[("today", _("today"))], method="only_in_force", empty_label=_("all")
    )

    def named_so(self, queryset, _name, value):
        """« D-007 », with or without its year, or every word in the title or in a version of the text, in any order."""
        named = Q()
        for word in value.split()[:MOST_WORDS]:
            # Each half has its index; as one OR over two tables neither would be used.
            titled = Decision.objects.filter(title__icontains=word).values("pk")
            named &= Q(pk__in=titled.union(DecisionText.objects.filter(text__icontains=word).values("decision")))
        if number := NUMBER.search(value):
            of_a_year = {"year": int(number["year"])} if number["year"] else {}
            named |= Q(number=int(number["number"]), **of_a_year)
        return queryset.filter(named)

    def in_state(self, queryset, _name, value):
        return queryset.filter(pk__in=queries.objected()) if value == OBJECTED else queryset.filter(state=value)

    def followed_up(self, queryset, _name, value):
        adopted = queryset.filter(state=DecisionState.RECORDED)
        if value == LATE:
            return adopted.filter(due_on__lt=clock.today()).exclude(follow_up=FollowUp.DONE)
        return adopted.filter(follow_up=value)

    def only_in_force(self, queryset, _name, _value):
        return queryset.in_force_on(clock.today())

    class Meta:
        model = Decision
        fields = ("q", "state", "subject_kind", "year", "proposed_by", "responsible", "follow_up", "in_force")
        form = forms.Form
