"""Who a command names."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from members.models import User


def person_with(email: str) -> User:
    """The person with this address, in any case of letters.

    Raises:
        CommandError: nobody has it.
    """
    person = User.objects.filter(email__iexact=email).first()
    if person is None:
        raise CommandError(_("Nobody has the address %(email)s.") % {"email": email})
    return person
