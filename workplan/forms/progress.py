"""Forms of the year: the quarterly update, funds that come in, the human rights check."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import clock
from core.forms import DayField, OnceMixin, PortalForm, VersionMixin
from core.templatetags.typography import number
from members.enums import MembershipKind
from members.models import Entity
from workplan import updates
from workplan.actions import LineAmounts
from workplan.enums import ActivityStatus, Quarter
from workplan.forms.amounts import AmountField, MeasureField, above_plan_field, plain
from workplan.forms.plan import long_text
from workplan.models import Funder
from workplan.models.activity import PER_CENT


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
    above_plan = above_plan_field()
    is_above_plan = False  # the funds typed are above what is required: the form comes back with the box for it

    def __init__(self, *args, activity, quarter, contributor=None, **kwargs):
        self.quarter, self.contributor = quarter, contributor
        self.indicators = list(activity.indicators.all())
        self.lines = [line for line in activity.budget_lines.all() if line.funder_id]
        self.amounts = updates.amounts_for_form(activity, quarter, contributor)
        last = updates.report_for_form(activity, quarter, contributor)
        initial = {
            "quarter": quarter,
            "status": last.status if last else ActivityStatus.NOT_STARTED,
            "progress_percent": last.progress_percent if last else 0,
            "note": last.note if last and last.quarter == quarter else "",
            "risk": last.risk if last else activity.risk,
            "version": activity.version,
        }
        super().__init__(*args, initial=initial, **kwargs)
        for indicator in self.indicators:
            self._add_value(indicator, quarter)
        for line in self.lines:
            self._add_amounts(line)

    def refuse(self, error):
        """What the action names is a line of the budget or an indicator: its field says it."""
        super().refuse(error)
        for attribute, field in (("line", "mobilised"), ("spent_on", "spent"), ("indicator", "value")):
            if thing := getattr(error, attribute, None):
                del self._errors[NON_FIELD_ERRORS]
                self.add_error(f"{field}_{thing.pk}", str(error))
        self.is_above_plan = getattr(error, "line", None) is not None

    def standing(self, thing):
        """What a page opened now would show."""
        fresh = ProgressForm(activity=thing, quarter=self.quarter, contributor=self.contributor)
        return {name: fresh.get_initial_for_field(field, name) for name, field in fresh.fields.items()}

    def groups(self):
        """Legend and fields of what is measured and of each source of funds, for the template."""
        values = [self[f"value_{indicator.pk}"] for indicator in self.indicators]
        money = [(line.funder.name, [self[f"mobilised_{line.pk}"], self[f"spent_{line.pk}"]]) for line in self.lines]
        measured = [(gettext("Indicators"), values)] if values else []
        asked = self.is_above_plan or self["above_plan"].data
        return [*measured, *money, *([(gettext("Funds above the plan"), [self["above_plan"]])] if asked else [])]

    def _add_value(self, indicator, quarter):
        unit = f" ({indicator.unit})" if indicator.unit else ""
        self.fields[f"value_{indicator.pk}"] = MeasureField(
            label=f"{indicator.label}{unit}", required=False, initial=plain(indicator.by_quarter[quarter]),
            help_text=_what_is_asked(indicator, quarter), max_value=100 if indicator.unit == PER_CENT else None,
        )  # fmt: skip

    def _add_amounts(self, line):
        for name, label in (("mobilised", gettext("Mobilised (USD)")), ("spent", gettext("Spent (USD)"))):
            # Its group is headed by the source; the summary of errors and a reader of one field need it too.
            label = format_html('<span class="visually-hidden">{} – </span>{}', line.funder, label)
            self.fields[f"{name}_{line.pk}"] = AmountField(
                label=label, required=False, initial=self.amounts[line.pk][name == "spent"]
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
        """What was typed, or what stands where nothing was; ``None`` where neither is known."""
        given = [self.cleaned_data.get(f"{name}_{line.pk}") for name in ("mobilised", "spent")]
        return [stands if typed is None else typed for typed, stands in zip(given, self.amounts[line.pk], strict=True)]

    def report(self):
        """The arguments of ``report_progress``; an empty value leaves what was reported before."""
        data = self.cleaned_data
        values = {row: data[f"value_{row.pk}"] for row in self.indicators}
        amounts = {line: self._amounts(line) for line in self.lines}
        names = ("quarter", "status", "progress_percent", "note", "risk", "above_plan", "version")
        return {
            **{name: data[name] for name in names},
            "values": {row: value for row, value in values.items() if value is not None},
            "amounts": {line: LineAmounts(mobilised or 0, spent or 0)
                        for line, (mobilised, spent) in amounts.items() if (mobilised, spent) != (None, None)},
        }  # fmt: skip


def _what_is_asked(indicator, quarter):
    """What is to be typed, the target, and what the quarter before said."""
    asked = (
        gettext("Total since the start of the year")
        if indicator.is_cumulative
        else gettext("At the end of the quarter")
    )
    parts = [asked, gettext("target: %s") % number(indicator.target, 2)]
    earlier = {one: value for one, value in indicator.by_quarter.items() if one < quarter and value is not None}
    if earlier:
        last = max(earlier)
        known = {"label": Quarter(last).label, "value": number(earlier[last], 2)}
        parts.append(gettext("%(label)s: %(value)s") % known)
    return " · ".join(parts)


class FundingForm(OnceMixin, PortalForm):
    funder = forms.ModelChoiceField(Funder.objects.none(), label=_("Source of funds"))
    mobilised = AmountField(label=_("Mobilised (USD)"), min_value=1)
    above_plan = above_plan_field()

    def __init__(self, *args, activity, **kwargs):
        super().__init__(*args, **kwargs)
        taken = activity.budget_lines.filter(funder__isnull=False).values("funder")
        self.fields["funder"].queryset = Funder.objects.exclude(pk__in=taken).order_by("kind", "name", "pk")


class RightsCheckForm(VersionMixin, PortalForm):
    on = DayField(label=_("Date of the check"))
    entity = forms.ModelChoiceField(Entity.objects.none(), label=_("Checked by"))

    def __init__(self, *args, activity, **kwargs):
        initial = {**self.standing(activity), "version": activity.version}
        super().__init__(*args, initial=initial, **kwargs)
        taking_part = Entity.objects.members_on(clock.today(), *MembershipKind)
        self.fields["entity"].queryset = taking_part.order_by("acronym_fr", "pk")

    def standing(self, thing):
        return {"on": thing.rights_checked_on, "entity": thing.rights_checked_by_entity}
