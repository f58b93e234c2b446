from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from core.forms import DayField, OnceMixin, PortalForm, VersionMixin
from frameworks.enums import FreeDayKind, PriorityKind
from frameworks.models import GcmObjective, NationalPriority


class PriorityForm(PortalForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=PriorityKind.choices, widget=forms.RadioSelect)
    parent = forms.ModelChoiceField(
        NationalPriority.objects.filter(kind=PriorityKind.FRAMEWORK).in_order(), label=_("Part of"), required=False,
        empty_label=_("— nothing: it stands alone —"),
    )  # fmt: skip
    title_fr = forms.CharField(label=_("Title in French"), max_length=600, widget=forms.Textarea(attrs={"rows": 2}))
    title_en = forms.CharField(label=_("Title in English"), max_length=600, widget=forms.Textarea(attrs={"rows": 2}))
    gcm_objectives = forms.ModelMultipleChoiceField(
        GcmObjective.objects.in_order(), label=_("GCM objectives"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=_("Note"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-count": "", "data-keep": ""}),
    )  # fmt: skip
    source = forms.CharField(label=_("Source"), max_length=200, required=False)


class PriorityAddForm(OnceMixin, PriorityForm):
    code = forms.CharField(label=_("Code"), max_length=40, help_text=_("Short and lasting: « SND2529-A1 »."))
    field_order = ("code", "kind", "parent")

    def clean_code(self):
        code = self.cleaned_data["code"]
        if not slugify(code):
            raise ValidationError(_("Use letters, digits and hyphens."))
        return code


class PriorityEditForm(VersionMixin, PriorityForm):
    pass


class FreeDayForm(OnceMixin, PortalForm):
    """A day on which nobody works, beside those that are computed."""

    day = DayField(label=_("Day"))
    kind = forms.ChoiceField(
        label=_("Kept by"), choices=FreeDayKind.choices, widget=forms.RadioSelect, initial=FreeDayKind.UNITED_NATIONS
    )
    name_fr = forms.CharField(label=_("Name in French"), max_length=100)
    name_en = forms.CharField(label=_("Name in English"), max_length=100)
