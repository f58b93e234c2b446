"""Forms of a confidential sounding."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.forms import DayField, OnceMixin, PortalForm
from decisions.enums import Preference
from decisions.models import Candidacy, Sounding


class SoundingForm(OnceMixin, PortalForm):
    closes_on = DayField(label=_("Answers until"), help_text=_("This day included."))


class SoundingAnswerForm(PortalForm):
    """How an entity would receive each candidacy. Without a once-token: it would say who answered, and when."""

    def __init__(self, *args: Any, sounding: Sounding, **kwargs: Any):
        super().__init__(*args, **kwargs)
        asked = Candidacy.objects.filter(pk__in=sounding.tallies.values("candidacy"))
        self.asked = {f"candidacy_{one.pk}": one for one in asked.select_related("entity", "person").order_by("pk")}
        for name, one in self.asked.items():
            self.fields[name] = forms.ChoiceField(
                label=str(one), choices=Preference.choices, widget=forms.RadioSelect,
                help_text=format_html("{}", one.statement),  # what helps is taken for markup
                error_messages={"required": _("Say how your entity would receive this candidacy.")},
            )  # fmt: skip

    @property
    def preferences(self) -> dict[Candidacy, Preference]:
        return {one: Preference(self.cleaned_data[name]) for name, one in self.asked.items()}
