"""The account library's forms that send something secret to an address: only where the address was proved."""

from allauth.account.forms import RequestLoginCodeForm, ResetPasswordForm

from members.queries import account_of


class CodeForm(RequestLoginCodeForm):
    def clean_email(self):
        email = super().clean_email()
        self._user = account_of(email)
        return email


class ForgottenPasswordForm(ResetPasswordForm):
    def clean_email(self):
        email = super().clean_email()
        person = account_of(email)
        self.users = [person] if person else []
        return email
