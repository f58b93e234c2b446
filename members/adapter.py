"""How the account library behaves here: nobody signs up, everybody is invited, only a proved address signs in."""

from allauth.account.adapter import DefaultAccountAdapter

from members.queries import signing_in_with


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False

    def populate_username(self, request, user):
        """There is no username: people sign in by their e-mail address."""

    def authenticate(self, request, **credentials):
        """The library takes any address that stands beside a person, proved or not."""
        person = super().authenticate(request, **credentials)
        return person if person and signing_in_with(credentials["email"]) == person else None
