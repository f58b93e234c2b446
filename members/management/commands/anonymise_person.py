"""``./manage.py anonymise_person EMAIL``: a departed person's name and addresses go, what they did stays."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core.errors import DomainError
from members import actions
from members.management.asked import person_with


class Command(BaseCommand):
    help = "Takes a departed person's name and addresses out of the records; acts stay."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *, email, **options):
        try:
            person = actions.anonymise_person(person_with(email), by=None)
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("Done: this person is now “%(person)s”.") % {"person": person})
