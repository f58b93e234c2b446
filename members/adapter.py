"""How the account library behaves here: nobody signs up, everybody is invited, only a proved address signs in."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.urls import reverse

from members import emails
from members.queries import account_of, signing_in_with


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False

    def populate_username(self, request, user):
        """There is no username: people sign in by their e-mail address."""

    def authenticate(self, request, **credentials):
        """The library takes any address that stands beside a person, proved or not."""
        person = super().authenticate(request, **credentials)
        return person if person and signing_in_with(credentials["email"]) == person else None

    def get_reset_password_from_key_url(self, key):
        """With the portal's own address, whatever the browser called it."""
        person, _separator, secret = key.partition("-")
        return settings.SITE_URL + reverse("account_reset_password_from_key", args=[person, secret])

    def send_mail(self, template_prefix, email, context):
        """The three mails that the open pages of the library send; another one is a bug."""
        match template_prefix:
            case "account/email/password_reset_key":
                emails.send_password_link(context["user"], email, context["password_reset_url"])
            case "account/email/login_code":
                emails.send_code(account_of(email), email, context["code"])
            case "account/email/unknown_account":
                emails.send_no_account(email)
            case _:
                raise LookupError(template_prefix)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        emails.send_warning(user, template_prefix.rpartition("/")[2], self.get_http_user_agent(self.request)[:200])
