"""``./manage.py export_person EMAIL``: everything that is held about a person, as JSON."""

import json

from django.core.management.base import BaseCommand
from django.core.serializers.json import DjangoJSONEncoder

from core.personal import document_about
from members.management.asked import person_with


class Command(BaseCommand):
    help = "Writes everything that is held about a person to the standard output, as JSON."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *, email, **options):
        document = document_about(person_with(email))
        self.stdout.write(json.dumps(document, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder))
