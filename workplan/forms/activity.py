"""One activity: what, who, where, when, for which frameworks, with which money, measured how."""

from decimal import Decimal

from django import forms
from django.forms import formset_factory
from django.forms.utils import ErrorDict
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import clock
from core.forms import OnceMixin, PortalForm, VersionMixin
from frameworks.models import (
    EcowasInstrument,
    GcmObjective,
    GuidingPrinciple,
    MpfaItem,
    NationalPriority,
    Region,
    SdgTarget,
)
from members.enums import MembershipKind
from members.models import Entity
from workplan.actions import MORE_THAN_PLANNED, BudgetLineData, IndicatorData
from workplan.enums import ActivityStatus, Direction
from workplan.forms.amounts import AmountField, MeasureField
from workplan.forms.plan import long_text, several
from workplan.models import Funder, Outcome
from workplan.models.activity import PER_CENT

# Lists in the order of the page: framework field → its model.
ALIGNMENT = {
    "gcm_objectives": GcmObjective,
    "guiding_principles": GuidingPrinciple,
    "sdg_targets": SdgTarget,
    "mpfa_items": MpfaItem,
    "ecowas_instruments": EcowasInstrument,
    "national_priorities": NationalPriority,
}
QUARTERS = ("in_q1", "in_q2", "in_q3", "in_q4")
SECTIONS = (
    (_("What it is"), ("outcome", "title", "description", "added_value"), False),
    (_("Who"), ("lead", "external_partners"), False),
    (_("When"), QUARTERS, True),
)


class Unjudged:
    """What was typed can be shown again without being held against the person yet."""

    def unjudged(self):
        self._errors = ErrorDict()
        self.cleaned_data = {}


class ActivityForm(Unjudged, PortalForm):
    outcome = forms.ModelChoiceField(Outcome.objects.none(), label=_("Outcome"), empty_label=None)
    title = forms.CharField(label=_("Activity"), max_length=200)
    description = long_text(_("Description"), rows=3)
    added_value = long_text(
        _("Added value of acting jointly"), rows=2, help_text=_("What one entity alone could not do as well.")
    )
    lead = forms.ModelChoiceField(Entity.objects.none(), label=_("Lead entity"))
    contributing = several(Entity.objects.none(), _("Contributing entities"))
    external_partners = long_text(_("External partners"), rows=2, help_text=_("One per line."))
    is_national = forms.BooleanField(label=_("National level"), required=False)
    regions = several(Region.objects.none(), _("Regions"))
    in_q1 = forms.BooleanField(label=_("Q1 (January to March)"), required=False)
    in_q2 = forms.BooleanField(label=_("Q2 (April to June)"), required=False)
    in_q3 = forms.BooleanField(label=_("Q3 (July to September)"), required=False)
    in_q4 = forms.BooleanField(label=_("Q4 (October to December)"), required=False)
    gcm_objectives = several(GcmObjective.objects.none(), _("GCM objectives"))
    guiding_principles = several(GuidingPrinciple.objects.none(), _("Guiding principles of the GCM"))
    sdg_targets = several(SdgTarget.objects.none(), _("SDG targets"))
    mpfa_items = several(MpfaItem.objects.none(), _("Migration Policy Framework for Africa"))
    ecowas_instruments = several(EcowasInstrument.objects.none(), _("ECOWAS instruments"))
    national_priorities = several(NationalPriority.objects.none(), _("National priorities"))
    risk = long_text(_("Risk or obstacle"), rows=2)

    def __init__(self, *args, outcomes, lead_only=None, **kwargs):
        super().__init__(*args, **kwargs)
        entities = Entity.objects.members_on(clock.today(), *MembershipKind).order_by("acronym_fr", "pk")
        self.fields["outcome"].queryset = outcomes
        self.fields["lead"].queryset = entities.filter(pk=lead_only.pk) if lead_only else entities
        self.fields["contributing"].queryset = entities
        self.fields["regions"].queryset = Region.objects.in_order()
        for name, model in ALIGNMENT.items():
            self.fields[name].queryset = model.objects.in_order()

    def clean(self):
        data = super().clean()
        if not any(data.get(name) for name in QUARTERS):
            self.add_error(QUARTERS[0], _("Tick at least one quarter."))
        lead = data.get("lead")
        if lead and lead in (data.get("contributing") or []):
            self.add_error("contributing", _("%s leads the activity: untick it here.") % lead)
        return data

    def sections(self):
        """Legend, fields, and whether they stand in one row, for the template."""
        return [
            (legend, [self[name] for name in names if name in self.fields], in_row)
            for legend, names, in_row in SECTIONS
        ]

    def alignment(self):
        """Each list of boxes with the number of those that are ticked."""
        return [(self[name], self._ticked(name)) for name in ("regions", "contributing", *ALIGNMENT)]

    def _ticked(self, name):
        value = self[name].value() or []
        return len(value) if isinstance(value, list | tuple) else value.count()


class ActivityAddForm(OnceMixin, ActivityForm):
    pass


class ActivityEditForm(VersionMixin, ActivityForm):
    """The outcome stays: the code of the activity says it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["outcome"]


class BudgetLineForm(Unjudged, PortalForm):
    funder = forms.ChoiceField(label=_("Source of funds"), required=False)
    planned = AmountField(label=_("Planned (USD)"), required=False)
    mobilised = AmountField(label=_("Mobilised (USD)"), required=False)

    def __init__(self, *args, funders, **kwargs):
        super().__init__(*args, **kwargs)
        self.funders = {str(funder.pk): funder for funder in funders}
        self.fields["funder"].choices = [
            ("", _("without a planned source")), *[(pk, funder.name) for pk, funder in self.funders.items()]
        ]  # fmt: skip

    def clean(self):
        data = super().clean()
        if not data.get("funder") and data.get("mobilised"):
            self.add_error("funder", _("Funds have come in: name their source."))
        elif (data.get("mobilised") or 0) > (data.get("planned") or 0) and "planned" not in self.errors:
            self.add_error("mobilised", MORE_THAN_PLANNED)
        return data

    @property
    def line(self):
        """The line as the actions take it, ``None`` for a row left empty."""
        data = self.cleaned_data
        if not data or data.get("DELETE") or not (data.get("funder") or data.get("planned") or data.get("mobilised")):
            return None
        funder = self.funders.get(data["funder"])
        return BudgetLineData(funder, data.get("planned") or 0, data.get("mobilised") or 0)


class IndicatorForm(Unjudged, PortalForm):
    label = forms.CharField(label=_("Indicator"), max_length=200)
    unit = forms.CharField(label=_("Unit"), max_length=40, required=False)
    baseline = MeasureField(label=_("Baseline"), required=False, initial=Decimal(0))
    target = MeasureField(label=_("Target"))
    direction = forms.ChoiceField(label=_("Direction"), choices=Direction.choices, initial=Direction.UP)
    means_of_verification = forms.CharField(label=_("Means of verification"), max_length=300, required=False)
    code = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def __init__(self, *args, codes=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.codes = set(codes)

    def clean_code(self):
        """Only the code of an indicator of this activity; anything else is a new indicator."""
        return self.cleaned_data["code"] if self.cleaned_data["code"] in self.codes else ""

    def clean(self):
        data = super().clean()
        if data.get("unit") == PER_CENT:
            for name in ("baseline", "target"):
                if (data.get(name) or 0) > 100:
                    self.add_error(name, _("A share goes from 0 to 100 per cent."))
        return data

    @property
    def indicator(self):
        data = self.cleaned_data
        if not data or data.get("DELETE"):
            return None
        names = ("label", "target", "code", "unit", "direction", "means_of_verification")
        return IndicatorData(baseline=data["baseline"] or 0, **{name: data[name] for name in names})


class _Rows(forms.BaseFormSet):
    """Rows with a number, which each label says to those who hear one field, or one error, at a time."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if index is not None:
            row = gettext("Line %s") % (index + 1)
            for name, field in form.fields.items():
                label = field.label or name
                field.label = format_html('<span class="visually-hidden">{} – </span>{}', row, label)

    def unjudged(self):
        self._errors = [form.errors for form in self.forms]
        self._non_form_errors = self.error_class()

    @property
    def may_grow(self):
        return self.total_form_count() < self.max_num

    def clean_rows(self, attribute):
        rows = [getattr(form, attribute) for form in self.forms]
        return [row for row in rows if row is not None]


class _BudgetRows(_Rows):
    def clean(self):
        if any(self.errors):
            return
        named = set()
        for form, line in [(form, form.line) for form in self.forms]:
            if line and line.funder in named:
                form.add_error("funder", _("This source appears twice; put its amounts on one line."))
            elif line:
                named.add(line.funder)

    def lines(self):
        return self.clean_rows("line")


class _IndicatorRows(_Rows):
    def indicators(self):
        return self.clean_rows("indicator")


BudgetLineFormSet = formset_factory(
    BudgetLineForm, formset=_BudgetRows, extra=2, max_num=15, absolute_max=20, can_delete=True, can_delete_extra=False
)
IndicatorFormSet = formset_factory(
    IndicatorForm, formset=_IndicatorRows, extra=1, max_num=12, absolute_max=15, can_delete=True, can_delete_extra=False
)


def funders():
    return list(Funder.objects.order_by("kind", "name", "pk"))


class ActivityFilterForm(PortalForm):
    """What the list on the plan's page is narrowed to; an unknown value narrows nothing."""

    objectif = forms.TypedChoiceField(label=_("GCM objective"), required=False, coerce=int, empty_value=None)
    statut = forms.ChoiceField(label=_("Status"), required=False, choices=[("", "—"), *ActivityStatus.choices])
    entite = forms.ChoiceField(label=_("Entity that leads or contributes"), required=False)

    def __init__(self, *args, objectives, entities, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["objectif"].choices = [("", "—"), *[(row.number, str(row)) for row in objectives]]
        self.fields["entite"].choices = [("", "—"), *[(entity.slug, entity.acronym) for entity in entities]]

    def chosen(self):
        """The valid choices only."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
