"""Slow work: the row is the truth, the broker only the bell (ADR 7). Nothing is lost, nothing is done twice."""

from datetime import timedelta

import pytest

from core import clock, jobs
from core.enums import JobState
from core.models import Job, JournalEvent

KIND = "tests.work"


@pytest.fixture
def runs(monkeypatch):
    """The claims under which the work was done."""
    done = []

    def work(job, report):
        report(50, "à moitié")
        done.append(job.claim)
        return jobs.JobOutput("essai.txt", b"fait")

    monkeypatch.setitem(jobs._handlers, KIND, work)
    return done


@pytest.fixture
def job(personas, runs):
    """Ordered, and the bell was lost: no transaction of the test ever commits."""
    return jobs.order_job(KIND, personas.unicef, by=personas.secretariat)


@pytest.fixture
def rung(monkeypatch):
    found = []
    monkeypatch.setattr(jobs, "ring", found.append)
    return found


def later(**delay):
    return clock.set_to(clock.now() + timedelta(**delay))


def state(job):
    job.refresh_from_db()
    return job.state


def test_waiting_job_whose_bell_was_lost_is_rung_again(job, rung):
    assert (jobs.sweep(), rung) == (1, [job.pk])


def test_job_in_hands_is_left_alone_until_its_lease_runs_out(job, rung):
    jobs.claim(job.pk)

    assert jobs.sweep() == 0
    with later(minutes=4):
        assert (jobs.sweep(), rung) == (1, [job.pk])


def test_second_delivery_of_a_finished_job_does_nothing(job, runs):
    jobs.execute(job.pk)
    jobs.execute(job.pk)

    assert (runs, state(job), job.progress) == ([1], JobState.DONE, 100)
    with job.file.open() as file:
        assert file.read() == b"fait"


def test_three_interrupted_attempts_end_in_a_failure_that_can_be_started_again(job, runs, personas):
    for attempt in range(jobs.MAX_ATTEMPTS):
        with later(minutes=4 * attempt):
            assert jobs.claim(job.pk) is not None
    with later(minutes=30):
        assert jobs.claim(job.pk) is None
    assert (state(job), "Trois tentatives" in job.error) == (JobState.FAILED, True)

    jobs.retry_job(job, by=personas.secretariat)
    jobs.execute(job.pk)

    assert (state(job), runs) == (JobState.DONE, [4])


def test_worker_that_comes_back_after_its_lease_writes_nothing(job, monkeypatch):
    """Its job was claimed again meanwhile, even after a new start has set the attempts back."""

    def slow(first, report):
        Job.objects.filter(pk=job.pk).update(attempts=0, lease_until=clock.now() - timedelta(seconds=1))
        jobs.claim(job.pk)
        report(90, "trop tard")
        return jobs.JobOutput("tard.txt", b"trop tard")

    monkeypatch.setitem(jobs._handlers, KIND, slow)
    jobs.execute(job.pk)

    assert (state(job), job.step, job.filename, job.claim) == (JobState.RUNNING, "", "", 2)


def test_unexpected_error_is_a_failure_told_in_words(job, monkeypatch):
    def break_down(job, report):
        raise ZeroDivisionError

    monkeypatch.setitem(jobs._handlers, KIND, break_down)
    jobs.execute(job.pk)

    assert (state(job), "erreur imprévue" in job.error) == (JobState.FAILED, True)
    assert JournalEvent.objects.filter(verb="core.fail_job", object_id=str(job.pk)).exists()


def test_broker_that_is_down_fails_no_page_and_loses_no_order(job):
    class Down:
        OperationalError = OSError

        def delay(self, job_id):
            raise self.OperationalError("no broker")

    jobs._deliver(Down(), job.pk)

    assert state(job) == JobState.PENDING
