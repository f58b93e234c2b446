"""The account library's forms for keys: their one visible field had neither a French label nor a limit."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

NAME_LENGTH = 100


class AddKeyForm(AddWebAuthnForm):
    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH, required=False)


class EditKeyForm(EditWebAuthnForm):
    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH)
