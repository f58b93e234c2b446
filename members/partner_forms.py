"""Forms of the register of partners."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.forms import DayField, OnceMixin, PortalForm, PortalModelForm, VersionMixin
from frameworks.models import PartnerCategory, Region
from members.forms import PersonAddForm, PersonField, WebsiteField
from members.models import PARTNER_TAKEN, Partner, PartnerContact, User


class ContactsField(forms.ModelMultipleChoiceField):
    """Each contact with the organisation it answers for."""

    def label_from_instance(self, contact):
        return f"{contact.partner} · {contact.person} ({contact.partner.category})"


class PartnerForm(PortalModelForm):
    category = forms.ModelChoiceField(
        PartnerCategory.objects.in_order(), label=_("Category"), empty_label=_("choose"),
        help_text=_("One of the 18 categories that the mandate names."),
    )  # fmt: skip
    website = WebsiteField()
    description = forms.CharField(
        label=_("What it does"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "data-count": "", "data-keep": ""}),
    )  # fmt: skip
    regions = forms.ModelMultipleChoiceField(
        Region.objects.in_order(), label=_("Regions"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Partner
        fields: tuple[str, ...] = (
            "name_fr", "name_en", "acronym", "category", "website", "email", "description", "regions",
        )  # fmt: skip

    def clean_name_fr(self):
        """Told here by the field; the constraint alone would tell it on top of the page."""
        name = self.cleaned_data["name_fr"]
        if Partner.objects.filter(name_fr__iexact=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(PARTNER_TAKEN)
        return name


class PartnerAddForm(OnceMixin, PartnerForm):
    pass


class PartnerEditForm(VersionMixin, PartnerForm):
    ended_on = DayField(
        label=_("Partner until"), required=False, help_text=_("Leave empty while the Network works with it.")
    )

    class Meta(PartnerForm.Meta):
        fields = (*PartnerForm.Meta.fields, "ended_on")


class ContactAddForm(PersonAddForm):
    """Somebody new to the Network."""

    starts_on = DayField(label=_("First day"), initial=clock.today)


class ContactNameForm(OnceMixin, PortalForm):
    """Somebody of the list of people."""

    person = PersonField()
    starts_on = DayField(label=_("First day"), initial=clock.today)

    def __init__(self, *args, partner, **kwargs):
        super().__init__(*args, **kwargs)
        known = PartnerContact.objects.between(clock.today(), None).filter(partner=partner)
        self.fields["person"].queryset = (
            User.objects.filter(is_active=True).exclude(pk__in=known.values("person")).by_name()
        )
