"""``./manage.py seed_demo``: replay a year of the Network through the portal's own actions."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from members.models import User
from reseau.demo.seed import SAMPLE, load, seed, today_or
from reseau.demo.year import YearError


class Command(BaseCommand):
    help = "Replays a year file through the portal's actions, then opens the demo accounts."

    def add_arguments(self, parser):
        parser.add_argument("--file", type=Path, default=SAMPLE, help="a file of the shape of sample_year.json")
        parser.add_argument("--as-of", type=date.fromisoformat, help="the day meta.as_of becomes (default: today)")
        parser.add_argument("--keep-weekdays", action="store_true", help="shift by whole weeks, to the same weekday")
        parser.add_argument("--keep-dates", action="store_true", help="leave the dates of the file as they are")
        parser.add_argument(
            "--even-without-debug", action="store_true", help="open accounts with a public password all the same"
        )

    def handle(self, *, file, as_of, keep_dates, keep_weekdays, even_without_debug, **options):
        if not settings.DEBUG and not even_without_debug:
            raise CommandError("The demo accounts have a public password: refused while DEBUG is off.")
        if User.objects.exists():
            raise CommandError("There are people in the database already; the demo year wants an empty one.")
        try:
            done = seed(load(file), as_of=today_or(as_of, keep_dates=keep_dates), keep_weekdays=keep_weekdays)
        except YearError as error:
            raise CommandError(f"{file}: this year cannot be replayed.\n{error}") from error
        self.stdout.write(_("%(n)s events replayed.") % {"n": done.events})
        waiting = ", ".join(f"{count} {part}" for part, count in done.waiting.items() if count)
        self.stdout.write(_("Not replayed, their app comes later: %s.") % waiting)
