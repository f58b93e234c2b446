"""The portal's side of a run, inside its own settings: ``python -m bench.portal prepare|queries|…``."""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from datetime import date
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 - needs setup()
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402 - needs setup()
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402 - needs setup()
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402 - needs setup()
from django.db import connection  # noqa: E402 - needs setup()
from django.db.models import Count  # noqa: E402 - needs setup()
from django.test import Client  # noqa: E402 - needs setup()
from django.test.utils import CaptureQueriesContext  # noqa: E402 - needs setup()
from django.utils import translation  # noqa: E402 - needs setup()

from core import clock, jobs  # noqa: E402 - needs setup()
from core.spreadsheet import MOST_ROWS  # noqa: E402 - needs setup()
from core.workbook import Sheet, workbook  # noqa: E402 - needs setup()
from decisions.enums import DecisionState  # noqa: E402 - needs setup()
from decisions.models import Decision  # noqa: E402 - needs setup()
from meetings.models import Meeting  # noqa: E402 - needs setup()
from members import actions as members  # noqa: E402 - needs setup()
from members.enums import ImportKind, Rank  # noqa: E402 - needs setup()
from members.imports import IMPORTERS  # noqa: E402 - needs setup()
from members.models import Entity, FocalPoint, Membership, User  # noqa: E402 - needs setup()
from reports import actions  # noqa: E402 - needs setup()
from reports.document import report_document  # noqa: E402 - needs setup()
from reports.models import YearlyReport  # noqa: E402 - needs setup()
from workplan.models import WorkPlan  # noqa: E402 - needs setup()

READER, ORDERER = "pointfocal.unicef@example.org", "secretariat@example.org"


def person(email: str) -> User:
    return User.objects.get(emailaddress__email=email)


def cookie_of(user: User) -> str:
    """A session as signing in makes it, without the sign-in page's own cost."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def pages() -> dict[str, str]:
    """The fullest of each kind: the longest agenda held, the decision in its call, the plan of the year."""
    user = person(READER)
    meetings = Meeting.objects.visible_to(user).over().annotate(size=Count("items")).order_by("-size", "-pk")
    decisions = Decision.objects.visible_to(user).order_by("-pk")
    decision = decisions.filter(state=DecisionState.CALL).first() or decisions.first()
    plan = WorkPlan.objects.visible_to(user).order_by("-year", "pk").first()
    first = meetings.first()
    if first is None or decision is None or plan is None:
        raise SystemExit("the demo year has no meeting, decision or plan")
    return {
        "home": "/",
        "meeting": first.get_absolute_url(),
        "decision": decision.get_absolute_url(),
        "plan": plan.get_absolute_url(),
        "directory": "/membres/",
        "register": "/decisions/",
        "register, filtered": "/decisions/?state=recorded&in_force=today",
        "register, searched": "/decisions/?q=Calendrier",
    }


def prepare() -> dict[str, Any]:
    return {"cookie": cookie_of(person(READER)), "pages": pages()}


def queries() -> dict[str, int]:
    """SQL statements of each page, session and person included."""
    client = Client(headers={"host": "localhost"})
    client.force_login(person(READER), backend="allauth.account.auth_backends.AuthenticationBackend")
    counted = {}
    for name, path in pages().items():
        client.get(path, secure=True)
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(path, secure=True)
        if answer.status_code != 200:
            raise SystemExit(f"{path} answered {answer.status_code}")
        counted[name] = len(captured)
    return counted


def report(rounds: int) -> dict[str, Any]:
    """The whole job against bare WeasyPrint of the same HTML, in turns; seconds and megabytes."""
    plan = WorkPlan.objects.order_by("-year", "pk").first()
    year = plan.year if plan else actions.clock.today().year
    jobs_, bares, insides, orders = [], [], [], []
    memory = 0.0
    for turn in range(rounds):
        began = time.perf_counter()
        found = actions.order_report(year, by=person(ORDERER))
        orders.append(time.perf_counter() - began)
        job = jobs.latest(actions.KIND, found)
        began = time.perf_counter()
        jobs.execute(job.pk if job else 0)
        jobs_.append(time.perf_counter() - began)
        if turn == 0:  # before any bare run has had children of its own
            memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        found = YearlyReport.objects.get(year=year)
        if not found.is_file_current:
            raise SystemExit("the report was not printed")
        with translation.override("fr"):
            html = report_document(found.content, digest=found.digest)
        began = time.perf_counter()
        command = [sys.executable, "-m", "bench.bare"]
        bare = subprocess.run(  # noqa: S603 - our own command
            command, cwd=settings.BASE_DIR, input=html.encode(), capture_output=True, check=True
        )
        bares.append(time.perf_counter() - began)
        insides.append(float(bare.stderr.decode().rsplit("\n", 2)[-2]))
    return {
        "year": year,
        "pages": found.pages,
        "bytes": found.size,
        "job": jobs_,
        "bare": bares,
        "inside": insides,
        "order": statistics.median(orders),
        "memory": memory,
        "worker": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def grow(what: str) -> dict[str, int]:
    """The demo year with a long past or in a large Network; statements of each page then."""
    {"decisions": _decide, "network": _enlarge}[what]()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return queries()


def _decide() -> None:
    """10,000 decisions more in the register, some of them no longer in force."""
    noted, by, now = person(ORDERER), Entity.objects.earliest("pk"), clock.now()
    common = {
        "state": DecisionState.RECORDED, "proposed_by": by, "created_by": noted, "noted_by": noted, "seal": "0" * 64,
    }  # fmt: skip
    stamps = dict.fromkeys(("created_at", "noted_at", "recorded_at"), now)
    Decision.objects.bulk_create(
        Decision(
            title=f"{('Charte', 'Plan', 'Calendrier', 'Déclaration')[n % 4]} {n}", year=2001 + n // 500,
            number=n % 500 + 1, in_force_until=date(2025, 12, 31) if n % 3 else None, **common, **stamps,
        )
        for n in range(10_000)
    )  # fmt: skip


def _enlarge() -> None:
    """500 entities more, with 2,000 people who speak for them."""
    day = clock.today()
    entities = Entity.objects.bulk_create(
        Entity(slug=f"bench-{n}", acronym_fr=f"B{n}", acronym_en=f"B{n}", name_fr=f"Entité {n}", name_en=f"Entity {n}")
        for n in range(500)
    )
    Membership.objects.bulk_create(Membership(entity=entity, starts_on=day) for entity in entities)
    people = User.objects.bulk_create(
        User(email=f"grown-{n}@example.org", given_name=f"Awa {n}", family_name=f"Sarr {n}") for n in range(2000)
    )
    FocalPoint.objects.bulk_create(
        FocalPoint(entity=entity, person=people[place * len(Rank) + turn], rank=rank, starts_on=day)
        for place, entity in enumerate(entities)
        for turn, rank in enumerate(Rank)
    )


def imported() -> dict[str, Any]:
    """The largest file that is taken, people: seconds to check and to enter it, and what the process then holds."""
    columns = IMPORTERS[ImportKind.PEOPLE].columns()
    rows = [
        {"given_name": f"Awa {n}", "family_name": "Sarr", "email": f"bench-{n}@example.org",
         "title": "Chargée de mission", "phone": f"+221 33 000 {n:04}"}
        for n in range(MOST_ROWS)
    ]  # fmt: skip
    cells = [[row.get(column.key, "") for column in columns] for row in rows]
    content = workbook(Sheet("Personnes", [(str(column.heading), 20) for column in columns], cells))
    began = time.perf_counter()
    file = SimpleUploadedFile("bench.xlsx", content)
    checked = members.check_import(ImportKind.PEOPLE, file=file, by=person(ORDERER))
    entering = time.perf_counter()
    members.carry_out_import(checked, by=person(ORDERER))
    ended = time.perf_counter()
    return {
        "rows": checked.count,
        "bytes": len(content),
        "check": entering - began,
        "enter": ended - entering,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main(words: list[str]) -> int:
    acts = {
        "prepare": prepare,
        "queries": queries,
        "report": lambda: report(int(words[1])),
        "grow": lambda: grow(words[1]),
    }
    acts["import"] = imported
    print(json.dumps(acts[words[0]]()))
    return 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reseau.settings")
    sys.exit(main(sys.argv[1:]))
