"""How the account library behaves here: nobody signs up, everybody is invited."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False

    def populate_username(self, request, user):
        """There is no username: people sign in by their e-mail address."""
