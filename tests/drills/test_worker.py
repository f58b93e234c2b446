"""A real worker on the real broker, and what happens when it is killed in the middle of a report."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection

from core import clock, jobs
from core.enums import JobState
from core.models import Job, OutboxMail
from reports import actions
from reports.models import YearlyReport
from reseau.celery import app
from tests.factories import meetings as met
from tests.personas import create_personas

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]
PATIENCE = 60  # seconds a step of the drill may take on a busy machine


@pytest.fixture(autouse=True)
def broker():
    """The bell goes through Redis, and nothing that an earlier test left there is heard."""
    app.conf.task_always_eager = False
    app.control.purge()
    yield
    app.control.purge()
    app.conf.task_always_eager = True


@contextmanager
def worker():
    """A worker in a process group of its own, on the database and the files of this test."""
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "reseau.settings", "RESEAU_LOCAL": "1",
        "DATABASE_URL": f"{settings.DATABASE_URL.rpartition('/')[0]}/{connection.settings_dict['NAME']}",
        "REDIS_URL": settings.REDIS_URL, "FILES_DIR": str(settings.MEDIA_ROOT),
    }  # fmt: skip
    words = [sys.executable, "-m", "celery", "-A", "reseau", "worker", "--concurrency=1", "--without-mingle",
             "--without-gossip"]  # fmt: skip
    process = subprocess.Popen(
        words, cwd=settings.BASE_DIR, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        kill(process)


def kill(process):
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_for(condition):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return False


def state():
    return Job.objects.values_list("state", flat=True).get()


def order():
    personas = create_personas()
    met.held(personas)
    return actions.order_report(clock.today().year, by=personas.secretariat)


def test_worker_prints_the_report_that_was_ordered_and_sends_the_mails(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    with worker():
        order()
        assert wait_for(lambda: state() == JobState.DONE), Job.objects.values().get()
        assert wait_for(lambda: not OutboxMail.objects.filter(state="queued").exists())

    report = YearlyReport.objects.get()
    with report.file.open() as file:
        assert file.read(5) == b"%PDF-"


def test_worker_killed_in_the_middle_leaves_a_job_that_another_one_ends_once(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    with worker() as first:
        order()
        assert wait_for(lambda: state() == JobState.RUNNING)
        kill(first)
    assert state() == JobState.RUNNING  # nobody knows yet that it died

    Job.objects.update(lease_until=clock.now() - timedelta(seconds=1))
    with worker():
        jobs.sweep()
        assert wait_for(lambda: state() == JobState.DONE), Job.objects.values().get()

    job, report = Job.objects.get(), YearlyReport.objects.get()
    assert (job.attempts, job.claim, report.state) == (2, 2, "assembled")
    assert len(list(tmp_path.rglob("*.pdf"))) == 1
