"""Forms validate and return clean values; they decide nothing."""

import re

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import clock
from core.forms import DayField, OnceMixin, PortalForm, PortalModelForm, VersionMixin
from core.uploads import MB, XLSX, DocumentField, PictureField
from frameworks.models import GcmObjective, Region
from members import succession
from members.enums import ImportKind, MembershipKind, Rank, Role, Seat
from members.models import ACRONYM_TAKEN, EMAIL_TAKEN, CoChairTerm, Entity, InstitutionalRole, User
from members.queries import successors_of

# Words that stand after /membres/ in addresses of the portal.
RESERVED_SLUGS = {
    "personnes", "copresidence", "entites", "invitations", "adhesions", "points-focaux", "roles", "sieges-vacants",
    "delegations", "listes", "importer",
}  # fmt: skip
PHONE = re.compile(r"[\d\s+().-]*")
PHONE_DIGITS = 15  # of a number in the world's plan (ITU-T E.164)
MOST_PAGES = 10
PROFILE_FIELDS: tuple[str, ...] = ("website", "web_pages", "fields_of_intervention", "gcm_objectives", "regions")


class WebsiteField(forms.URLField):
    def __init__(self, **kwargs):
        super().__init__(label=_("Website"), required=False, max_length=200, assume_scheme="https", **kwargs)


class WebPagesField(forms.CharField):
    """One page a line: its address, then the words under which it is shown. Clean values are written the same way."""

    def __init__(self, **kwargs):
        super().__init__(
            label=_("Other web pages"), required=False, max_length=4000,
            widget=forms.Textarea(attrs={"rows": 3, "data-keep": ""}),
            help_text=_("One a line, the address and then its title: https://www.example.org/dakar Office in Dakar"),
            **kwargs,
        )  # fmt: skip

    def clean(self, value):
        lines = [line.split(maxsplit=1) for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_PAGES:
            raise forms.ValidationError(gettext("At most %s web pages are kept.") % MOST_PAGES)
        return "\n".join(self._line(number, *words) for number, words in enumerate(lines, start=1))

    def _line(self, number, address, title=""):
        try:
            whole = WebsiteField().clean(address)
        except forms.ValidationError as error:
            sentence = gettext("Line %(line)s: give the whole address first, for example https://www.example.org.")
            raise forms.ValidationError(sentence % {"line": number}) from error
        return f"{whole} {' '.join(title.split())[:100]}".strip()


class LogoForm(PortalForm):
    logo = PictureField(
        label=_("Logo"), longest=480, required=False,
        help_text=_("PNG or JPEG, 2 MB at most; it is made smaller where it is larger than 480 pixels."),
    )  # fmt: skip
    remove = forms.BooleanField(label=_("Remove the logo"), required=False)

    def __init__(self, *args, entity, **kwargs):
        super().__init__(*args, **kwargs)
        if not entity.logo:
            del self.fields["remove"]

    def clean(self):
        data = super().clean()
        if data.get("remove"):
            data["logo"] = None
        else:
            self.require("logo", _("Choose a picture."))
        return {"logo": data.get("logo")}


class ObjectivesField(forms.ModelMultipleChoiceField):
    def __init__(self, **kwargs):
        super().__init__(
            GcmObjective.objects.in_order(), label=_("GCM objectives"), required=False,
            widget=forms.CheckboxSelectMultiple, **kwargs,
        )  # fmt: skip


# --- Imports ---------------------------------------------------------------------------------------------------------
class ImportForm(OnceMixin, PortalForm):
    kind = forms.ChoiceField(label=_("What the file holds"), choices=ImportKind.choices, widget=forms.RadioSelect)
    file = DocumentField(
        label=_("Excel file"), kinds=(XLSX,), limit=5 * MB, help_text=_("The template, filled in; 5 MB at most.")
    )


# --- People ----------------------------------------------------------------------------------------------------------
def phone_number(phone):
    """A validator: digits and what people write between them."""
    if not PHONE.fullmatch(phone):
        raise forms.ValidationError(_("Write digits, with spaces and + - ( ) . at most: +221 33 000 00 00."))
    if sum(map(str.isdigit, phone)) > PHONE_DIGITS:
        raise forms.ValidationError(_("A telephone number has 15 digits at most, its country included."))


class PhoneMixin(forms.ModelForm):
    def clean_phone(self):
        phone_number(self.cleaned_data["phone"])
        return self.cleaned_data["phone"]


class PersonForm(PhoneMixin, PortalModelForm):
    class Meta:
        model = User
        fields = ("civility", "given_name", "family_name", "title", "email", "phone", "language")

    def clean_email(self):
        """Told here by the field; the constraint alone would tell it on top of the page."""
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(EMAIL_TAKEN)
        return email


class PersonAddForm(OnceMixin, PersonForm):
    pass


class PersonEditForm(VersionMixin, PersonForm):
    pass


class OwnDetailsForm(VersionMixin, PhoneMixin, PortalModelForm):
    """One's own details; the address one signs in with is changed by the secretariat."""

    class Meta:
        model = User
        fields = ("civility", "given_name", "family_name", "title", "phone", "language")


class PasswordForm(PortalForm):
    """The password chosen on accepting an invitation."""

    password = forms.CharField(
        label=_("Password"), strip=False, max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters; a short sentence is easy to remember."),
    )  # fmt: skip
    password_again = forms.CharField(
        label=_("The same password again"), strip=False, max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self):
        password_validation.validate_password(self.cleaned_data["password"], self.person)
        return self.cleaned_data["password"]

    def clean(self):
        data = super().clean()
        if "password" in data and data["password"] != data.get("password_again"):
            self.add_error("password_again", _("The two passwords differ."))
        return data


class DelegationForm(OnceMixin, PortalForm):
    person = forms.ModelChoiceField(
        User.objects.none(), label=_("Who speaks in your place"), empty_label=_("choose"),
        help_text=_("Somebody of the same entity, or a person added to the list who speaks for none."),
    )  # fmt: skip
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"))
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, *args, giver, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = successors_of(giver, clock.today())
        self.fields["person"].label_from_instance = _with_rank
        self.fields["starts_on"].initial = clock.today


class SuccessionForm(PortalForm):
    """Who succeeds, from when, and what goes along; the last two only where there is such a thing."""

    successor = forms.ModelChoiceField(
        User.objects.none(), label=_("Successor"), empty_label=_("choose"),
        help_text=_("Somebody of the same entity, or a person added to the list who speaks for none."),
    )  # fmt: skip
    last_day = DayField(label=_("Last day"), help_text=_("The successor begins the day after."))
    seat = forms.BooleanField(label=_("The entity keeps its co-chair seat, and the successor holds it"), required=False)
    roles = forms.BooleanField(label=_("Institutional roles go along"), required=False)

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = successors_of(person, clock.today())
        self.fields["successor"].label_from_instance = _with_rank
        for name, model in (("seat", CoChairTerm), ("roles", InstitutionalRole)):
            if not succession.held(person, model, clock.today()):
                del self.fields[name]


def _with_rank(person):
    """« Awa FALL (point focal suppléant, sans compte) »."""
    known = [str(Rank(person.entity_rank).label)] if person.entity_rank else []
    known += [] if person.has_usable_password() else [gettext("no account")]
    return f"{person} ({', '.join(known)})" if known else str(person)


# --- Entities --------------------------------------------------------------------------------------------------------
class AcronymsMixin(forms.ModelForm):
    """Told here by the field; the constraints alone would tell it on top of the page."""

    def clean_acronym_fr(self):
        return self._free("acronym_fr")

    def clean_acronym_en(self):
        return self._free("acronym_en")

    def _free(self, name):
        acronym = self.cleaned_data[name]
        if Entity.objects.filter(**{f"{name}__iexact": acronym}).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(ACRONYM_TAKEN)
        return acronym


class EntityAddForm(OnceMixin, AcronymsMixin, PortalModelForm):
    website = WebsiteField()

    class Meta:
        model = Entity
        fields = ("acronym_fr", "acronym_en", "name_fr", "name_en", "slug", "website", "is_in_country_team")
        labels = {"slug": _("Short address of the page")}
        help_texts = {"slug": _("Small letters, digits and hyphens: « onu-femmes ».")}

    def clean_slug(self):
        slug = self.cleaned_data["slug"].lower()
        if slug in RESERVED_SLUGS:
            raise forms.ValidationError(_("The portal uses this address itself; choose another one."))
        return slug


class ProfileForm(VersionMixin, PortalModelForm):
    """What an entity says of itself."""

    website = WebsiteField()
    web_pages = WebPagesField()
    gcm_objectives = ObjectivesField()
    regions = forms.ModelMultipleChoiceField(
        Region.objects.in_order(), label=_("Regions"), required=False, widget=forms.CheckboxSelectMultiple
    )
    fields_of_intervention = forms.CharField(
        label=_("Fields of intervention"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5, "data-count": "", "data-keep": ""}),
    )  # fmt: skip

    class Meta:
        model = Entity
        fields = PROFILE_FIELDS


class EntityForm(AcronymsMixin, ProfileForm):
    """The whole record, for those who keep the list of members."""

    class Meta(ProfileForm.Meta):
        fields = ("acronym_fr", "acronym_en", "name_fr", "name_en", "is_in_country_team", *PROFILE_FIELDS)


# --- Ties ------------------------------------------------------------------------------------------------------------
class TieForm(OnceMixin, PortalForm):
    starts_on = DayField(label=_("First day"), initial=clock.today)
    ends_on = DayField(label=_("Last day, included"), required=False, help_text=_("Leave empty while no end is known."))

    def clean(self):
        data = super().clean()
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("The last day is before the first one."))
        return data


class PersonField(forms.ModelChoiceField):
    def __init__(self, **kwargs):
        super().__init__(User.objects.filter(is_active=True).by_name(), label=_("Person"), **kwargs)

    def label_from_instance(self, person):
        return f"{person.family_name.upper()} {person.given_name} ({person.email})"


class EntityField(forms.ModelChoiceField):
    def __init__(self, **kwargs):
        super().__init__(Entity.objects.all(), label=_("Entity"), **kwargs)

    def label_from_instance(self, entity):
        return f"{entity.acronym} — {entity.name}"


class MembershipForm(TieForm):
    kind = forms.ChoiceField(label=_("Status"), choices=MembershipKind.choices, widget=forms.RadioSelect)
    basis = forms.CharField(
        label=_("Basis"), max_length=200, required=False,
        help_text=_("The decision that admits the entity, where it is older than this register."),
    )  # fmt: skip
    field_order = ("kind", "starts_on", "ends_on", "basis")


class FocalPointForm(TieForm):
    person = PersonField()
    rank = forms.ChoiceField(label=_("Rank"), choices=Rank.choices, widget=forms.RadioSelect)
    field_order = ("person", "rank", "starts_on", "ends_on")


class CoChairTermForm(TieForm):
    seat = forms.ChoiceField(label=_("Seat"), choices=Seat.choices, widget=forms.RadioSelect)
    entity = EntityField()
    person = PersonField()
    basis = forms.CharField(
        label=_("Basis"), max_length=200, required=False, help_text=_("The decision or clause that names the co-chair.")
    )
    field_order = ("seat", "entity", "person", "starts_on", "ends_on", "basis")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["entity"].queryset = Entity.objects.members_on(clock.today()).by_acronym()


class RoleForm(TieForm):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, widget=forms.RadioSelect)
    field_order = ("role", "starts_on", "ends_on")


class EndForm(PortalForm):
    ends_on = DayField(label=_("Last day, included"), initial=clock.today)
