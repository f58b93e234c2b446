"""``./manage.py verify_register``: reads the whole register and names the first entry that is not what was sealed."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from decisions import register
from decisions.models import NUMBERED, Decision


class Command(BaseCommand):
    help = "Checks the chain of seals over the register of decisions; fails naming the first altered entry."

    def handle(self, **options):
        flaw = register.first_flaw()
        if flaw:
            entry = f"{settings.NETWORK_CODE}/{flaw.year}/D-{flaw.number:03d}"
            sentence = _("%s is missing from the register.") if flaw.is_missing else _("%s was altered.")
            raise CommandError(sentence % entry)
        count = Decision.objects.filter(state__in=NUMBERED).count()
        said = ngettext("%(n)s decision, none altered.", "%(n)s decisions, none altered.", count) % {"n": count}
        self.stdout.write(said)
        self.stdout.write(_("Last seal: %s") % (register.last_seal() or "—"))
