"""Forms of the year: the quarterly update, funds that come in, the human rights check."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import clock
from core.forms import DayField, OnceMixin, PortalForm, VersionMixin
from core.templatetags.typography import number
from members.enums import MembershipKind
from members.models import Entity
from workplan.actions import LineAmounts
from workplan.enums import ActivityStatus
from workplan.forms.plan import long_text
from workplan.models import Funder
from workplan.models.activity import MAX_USD, PER_CENT


def plain(value):
    """4 rather than 4,00 in an input; 2.5 stays 2.5."""
    return int(value) if value is not None and value == int(value) else value


class ProgressForm(VersionMixin, PortalForm):
    """One activity, one quarter: status, progress, a value per indicator, amounts per source of funds."""

    quarter = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=4)
    status = forms.ChoiceField(label=_("Status"), choices=ActivityStatus.choices)
    progress_percent = forms.IntegerField(
        label=_("Progress in per cent"), min_value=0, max_value=100,
        help_text=_("Of the whole activity, since the start of the year."),
    )  # fmt: skip
    note = long_text(_("What was done"), rows=3)
    risk = long_text(_("Risk or obstacle"), rows=2)

    def __init__(self, *args, activity, quarter, **kwargs):
        self.quarter = quarter
        self.indicators = list(activity.indicators.all())
        self.lines = [line for line in activity.budget_lines.all() if line.funder_id]
        report = next((row for row in activity.reports.all() if row.quarter == quarter), None)
        initial = {
            "quarter": quarter,
            "status": activity.status,
            "progress_percent": activity.progress_percent,
            "note": report.note if report else "",
            "risk": activity.risk,
            "version": activity.version,
        }
        super().__init__(*args, initial=initial, **kwargs)
        for indicator in self.indicators:
            self._add_value(indicator, quarter)
        for line in self.lines:
            self._add_amounts(line)

    def standing(self, thing):
        """What a page opened now would show."""
        fresh = ProgressForm(activity=thing, quarter=self.quarter)
        return {name: fresh.get_initial_for_field(field, name) for name, field in fresh.fields.items()}

    def groups(self):
        """Legend and fields of what is measured and of each source of funds, for the template."""
        values = [self[f"value_{indicator.pk}"] for indicator in self.indicators]
        money = [(line.funder.name, [self[f"mobilised_{line.pk}"], self[f"spent_{line.pk}"]]) for line in self.lines]
        return [(gettext("Indicators"), values), *money] if values else money

    def _add_value(self, indicator, quarter):
        unit = f" ({indicator.unit})" if indicator.unit else ""
        self.fields[f"value_{indicator.pk}"] = forms.DecimalField(
            label=f"{indicator.label}{unit}", max_digits=14, decimal_places=2, required=False, localize=True,
            initial=plain(indicator.by_quarter[quarter]),
            help_text=gettext("Total since the start of the year; target: %s.") % number(indicator.target, 2),
            min_value=0, max_value=100 if indicator.unit == PER_CENT else None,
        )  # fmt: skip

    def _add_amounts(self, line):
        limits = [MinValueValidator(0), MaxValueValidator(MAX_USD)]
        for name, label in (("mobilised", gettext("Mobilised (USD)")), ("spent", gettext("Spent (USD)"))):
            # Its group is headed by the source; the summary of errors and a reader of one field need it too.
            label = format_html('<span class="visually-hidden">{} – </span>{}', line.funder, label)
            self.fields[f"{name}_{line.pk}"] = forms.IntegerField(
                label=label, required=False, initial=getattr(line, name), validators=limits
            )

    def clean(self):
        data = super().clean()
        for line in self.lines:
            mobilised, spent = self._amounts(line)
            if spent is not None and mobilised is not None and spent > mobilised:
                self.add_error(f"spent_{line.pk}", gettext("More is spent than was mobilised."))
        if data.get("status") == ActivityStatus.COMPLETED and data.get("progress_percent") not in (None, 100):
            self.add_error("progress_percent", gettext("A completed activity has reached 100%."))
        if data.get("status") == ActivityStatus.NOT_STARTED and data.get("progress_percent"):
            self.add_error("progress_percent", gettext("An activity that has not started is at 0%."))
        return data

    def _amounts(self, line):
        """What was typed, or what stands where nothing was."""
        given = [self.cleaned_data.get(f"{name}_{line.pk}") for name in ("mobilised", "spent")]
        return [getattr(line, name) if value is None else value
                for name, value in zip(("mobilised", "spent"), given, strict=True)]  # fmt: skip

    def report(self):
        """The arguments of ``report_progress``; an empty value leaves what was reported before."""
        data = self.cleaned_data
        values = {row: data[f"value_{row.pk}"] for row in self.indicators}
        return {
            **{name: data[name] for name in ("quarter", "status", "progress_percent", "note", "risk", "version")},
            "values": {row: value for row, value in values.items() if value is not None},
            "amounts": {line: LineAmounts(*self._amounts(line)) for line in self.lines},
        }


class FundingForm(OnceMixin, PortalForm):
    funder = forms.ModelChoiceField(Funder.objects.none(), label=_("Source of funds"))
    mobilised = forms.IntegerField(label=_("Mobilised (USD)"), min_value=1, max_value=MAX_USD)

    def __init__(self, *args, activity, **kwargs):
        super().__init__(*args, **kwargs)
        taken = activity.budget_lines.filter(funder__isnull=False).values("funder")
        self.fields["funder"].queryset = Funder.objects.exclude(pk__in=taken).order_by("kind", "name", "pk")


class RightsCheckForm(PortalForm):
    on = DayField(label=_("Date of the check"))
    entity = forms.ModelChoiceField(Entity.objects.none(), label=_("Checked by"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        taking_part = Entity.objects.members_on(clock.today(), *MembershipKind)
        self.fields["entity"].queryset = taking_part.order_by("acronym_fr", "pk")
