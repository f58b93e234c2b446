"""Forms that plan the ordinary meetings of a year."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms import DayField, OnceMixin, PortalForm
from core.templatetags.typography import weekdays
from frameworks import workdays
from meetings import cadence
from meetings.forms import GatheringForm


class RhythmForm(PortalForm):
    """« The second Tuesday of the second month »: asked by GET, so that the days may be looked at first."""

    ids = "rhythm"
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    rank = forms.TypedChoiceField(
        label=_("Which of them"), coerce=int,
        choices=[
            (1, pgettext_lazy("weekday", "the first")), (2, pgettext_lazy("weekday", "the second")),
            (3, pgettext_lazy("weekday", "the third")), (4, pgettext_lazy("weekday", "the fourth")),
            (cadence.LAST, pgettext_lazy("weekday", "the last")),
        ],
    )  # fmt: skip
    weekday = forms.TypedChoiceField(label=_("Day of the week"), coerce=int, choices=())
    month = forms.TypedChoiceField(
        label=_("Month of the quarter"), coerce=int,
        choices=[
            (1, _("the first: January, April, July, October")), (2, _("the second: February, May, August, November")),
            (3, _("the third: March, June, September, December")),
        ],
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["weekday"].choices = list(enumerate(weekdays()[: workdays.FRIDAY], start=1))

    def rhythm(self):
        data = self.cleaned_data
        return cadence.Rhythm(data["month"], data["rank"], data["weekday"])


class YearPlanForm(OnceMixin, GatheringForm):
    """Four days, and what is the same for all: ``cleaned_data["days"]`` is quarter → day."""

    ids = "plan"
    year = forms.IntegerField(widget=forms.HiddenInput, min_value=2000, max_value=2100)
    q1 = DayField(label=_("First quarter"), required=False)
    q2 = DayField(label=_("Second quarter"), required=False)
    q3 = DayField(label=_("Third quarter"), required=False)
    q4 = DayField(label=_("Fourth quarter"), required=False)
    field_order = ("q1", "q2", "q3", "q4", "start", "end", "mode", "venue", "room", "venue_reason", "online_link")

    def __init__(self, *args, hints, **kwargs):
        super().__init__(*args, **kwargs)
        for name, hint in hints.items():
            self.fields[name].help_text = hint

    def clean(self):
        data = super().clean()
        days = {quarter: data.pop(f"q{quarter}", None) for quarter in cadence.QUARTERS}
        data["days"] = {quarter: day for quarter, day in days.items() if day}
        return data
