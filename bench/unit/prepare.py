"""``python -m bench.unit.prepare``: tables and rows of the unit, a signed-in session; prints where to go as JSON."""

import json
import os
import sys
from datetime import UTC, datetime

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.unit.settings")

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402 - needs setup()
from django.contrib.auth.models import User  # noqa: E402 - needs setup()
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402 - needs setup()
from django.core.management import call_command  # noqa: E402 - needs setup()

from bench.unit.models import Item, Meeting, Paper, Person  # noqa: E402 - needs setup()

ITEMS, PEOPLE = 40, 20
MINUTES = (
    "Les membres prennent note des progrès du trimestre et remercient les entités chefs de file. Le secrétariat "
    "circulera la synthèse avant la fin du mois ; les corrections sont attendues sous dix jours. Le point est repris "
    "à la prochaine réunion."
)


def main() -> int:
    call_command("migrate", run_syncdb=True, verbosity=0)
    meeting = Meeting.objects.create(
        title="Réunion ordinaire, premier trimestre",
        starts_at=datetime(2026, 1, 29, 10, tzinfo=UTC),
        room="Salle Gorée",
    )
    people = [Person(name=f"Personne {n:02}", function="Point focal titulaire") for n in range(PEOPLE)]
    meeting.people.set(Person.objects.bulk_create(people))
    rows = [
        Item(meeting=meeting, order=n, title=f"Point numéro {n} de l’ordre du jour", lead="UNICEF", minutes=MINUTES)
        for n in range(1, ITEMS + 1)
    ]
    items = Item.objects.bulk_create(rows)
    Paper.objects.bulk_create(
        Paper(item=item, title=f"Document {n} du point {item.order}", size=184_000) for item in items for n in (1, 2)
    )
    user = User.objects.create_user("pointfocal", first_name="Awa", last_name="Ndiaye")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    print(json.dumps({"cookie": f"sessionid={session.session_key}", "pages": {"unit": f"/meeting/{meeting.pk}/"}}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
