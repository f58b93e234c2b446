"""The account library's forms of the second proof: fields with a French label and a limit, and only what one has."""

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

NAME_LENGTH = 100


class AddKeyForm(AddWebAuthnForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=NAME_LENGTH, required=False)


class EditKeyForm(EditWebAuthnForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=NAME_LENGTH)


class _AskedOfTheirs:
    """``what_to_type`` in the words of what this person has; empty for who has a key and nothing to type."""

    @cached_property
    def what_to_type(self):
        kinds = {*Authenticator.objects.filter(user=self.user).values_list("type", flat=True)}
        has_app, has_codes = Authenticator.Type.TOTP in kinds, Authenticator.Type.RECOVERY_CODES in kinds
        if has_app and has_codes:
            return _("Type the code that your authenticator app shows, or one of your recovery codes.")
        if has_app:
            return _("Type the code that your authenticator app shows.")
        return _("Type one of your recovery codes.") if has_codes else ""


class SecondStepForm(_AskedOfTheirs, AuthenticateForm):
    pass


class ConfirmForm(_AskedOfTheirs, ReauthenticateForm):
    pass
