"""Ordering, printing, failing, starting again: the life of a yearly report and of its job."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core import clock, jobs, journal
from core.enums import JobState
from core.errors import NotAllowedNow
from core.jobs import AlreadyOrdered
from core.models import JournalEvent
from core.transitions import can_move, lock, move
from reports import actions, press, rendering
from reports.enums import REPORT_TRANSITIONS, ReportState
from reports.models import YearlyReport
from reports.press import Printed, PrintingFailed

PDF = Printed(b"%PDF-1.7 essai", 3)


@pytest.fixture
def year():
    return clock.today().year


@pytest.fixture
def quick_press(monkeypatch):
    """Printing itself has tests of its own: here it takes no time, and says what it was given."""
    given = []

    def print_pdf(html, **options):
        given.append((html, options["identifier"]))
        options["on_page"](1)
        return PDF

    monkeypatch.setattr(rendering, "print_pdf", print_pdf)
    return given


def ordered(personas, year):
    return actions.order_report(year, by=personas.secretariat)


def job_of(report):
    return jobs.latest(actions.KIND, report)


def test_order_keeps_the_records_of_the_moment(personas, year):
    report = ordered(personas, year)

    kept = report.content
    assert (report.state, report.snapshot_by) == (ReportState.COLLECTING, personas.secretariat)
    assert (kept.year, kept.taken_at) == (year, report.snapshot_at)
    assert [one.acronym for one in kept.members] == ["HCDH", "OIM", "ONU-Femmes", "UNFPA", "UNICEF", "BCR"]
    assert job_of(report).state == JobState.PENDING


def test_order_is_in_the_journal(personas, year):
    report = ordered(personas, year)

    event = journal.history(report)[0]
    assert (event.verb, event.actor, event.data["digest"]) == ("reports.order", personas.secretariat, report.digest)


def test_order_while_printing_changes_nothing(personas, year):
    report = ordered(personas, year)

    with clock.set_to(clock.now() + timedelta(hours=1)), pytest.raises(AlreadyOrdered):
        actions.order_report(year, by=personas.co_chair_iom)

    again = YearlyReport.objects.get(pk=report.pk)
    assert (again.snapshot_at, again.snapshot_by) == (report.snapshot_at, personas.secretariat)
    assert jobs.Job.objects.count() == 1


@pytest.mark.parametrize("distance", [1, 9, -1000])
def test_order_of_a_year_without_records_to_come(personas, year, distance):
    with pytest.raises(actions.YearNotBegun):
        actions.order_report(year + distance, by=personas.secretariat)

    assert YearlyReport.objects.count() == 0


def test_failing_journal_undoes_the_order(personas, year, monkeypatch):
    def fail(*args, **kwargs):
        raise IntegrityError("journal")

    monkeypatch.setattr(JournalEvent.objects, "create", fail)
    with pytest.raises(IntegrityError), transaction.atomic():
        ordered(personas, year)

    assert (YearlyReport.objects.count(), jobs.Job.objects.count()) == (0, 0)


def test_printing_ends_with_a_sealed_file(personas, year, quick_press):
    report = ordered(personas, year)

    jobs.execute(job_of(report).pk)

    report.refresh_from_db()
    assert (report.state, report.pages, report.size) == (ReportState.ASSEMBLED, 3, len(PDF.content))
    with report.file.open("rb") as file:
        assert file.read() == PDF.content
    assert (report.is_file_current, job_of(report).state, job_of(report).progress) == (True, JobState.DONE, 100)
    assert quick_press[0][1] == report.digest
    assert [event.verb for event in journal.history(report)] == ["reports.order", "reports.assemble"]


def test_progress_is_told_chapter_by_chapter(personas, year, quick_press):
    report = ordered(personas, year)
    told = []

    rendering.render_yearly(job_of(report), lambda percent, step: told.append((percent, step)))

    percents = [percent for percent, _step in told]
    assert percents == sorted(percents)
    assert (percents[0], percents[-1], len(told)) == (3, 95, 12)


def test_duplicate_delivery_leaves(personas, year, quick_press):
    report = ordered(personas, year)
    jobs.execute(job_of(report).pk)

    jobs.execute(job_of(report).pk)

    assert (len(quick_press), job_of(report).attempts) == (1, 1)


def test_delivery_in_other_hands_leaves(personas, year, quick_press):
    report = ordered(personas, year)
    jobs.claim(job_of(report).pk)

    jobs.execute(job_of(report).pk)

    assert (quick_press, job_of(report).state) == ([], JobState.RUNNING)


def test_repeated_printing_keeps_one_file(personas, year, quick_press):
    report = ordered(personas, year)
    rendering.render_yearly(job_of(report), lambda *_args: None)
    rendering.render_yearly(job_of(report), lambda *_args: None)

    assert [event.verb for event in journal.history(report)] == ["reports.order", "reports.assemble"]


def test_failed_printing_is_visible_and_can_be_started_again(personas, year, quick_press, monkeypatch):
    report = ordered(personas, year)
    working = rendering.print_pdf

    def jam(*args, **kwargs):
        raise PrintingFailed("Le fichier n’a pas pu être imprimé.")

    monkeypatch.setattr(rendering, "print_pdf", jam)
    jobs.execute(job_of(report).pk)
    assert (job_of(report).state, job_of(report).error) == (JobState.FAILED, "Le fichier n’a pas pu être imprimé.")

    monkeypatch.setattr(rendering, "print_pdf", working)
    actions.retry_report(report, by=personas.co_chair_ohchr)
    jobs.execute(job_of(report).pk)

    report.refresh_from_db()
    assert (report.state, job_of(report).state) == (ReportState.ASSEMBLED, JobState.DONE)
    verbs = [event.verb for event in journal.history(report)]
    assert verbs == ["reports.order", "reports.retry", "reports.assemble"]


def test_retry_without_failure_is_refused(personas, year):
    report = ordered(personas, year)

    with pytest.raises(AlreadyOrdered):
        actions.retry_report(report, by=personas.secretariat)


def test_new_order_replaces_the_file_only_when_printed(personas, year, quick_press):
    report = ordered(personas, year)
    jobs.execute(job_of(report).pk)
    first = YearlyReport.objects.get(pk=report.pk)

    with clock.set_to(clock.now() + timedelta(hours=1)):
        actions.order_report(year, by=personas.co_chair_iom)
    waiting = YearlyReport.objects.get(pk=report.pk)
    assert (waiting.state, waiting.sha256, waiting.is_file_current) == (ReportState.COLLECTING, first.sha256, False)

    with clock.set_to(clock.now() + timedelta(hours=1)):
        jobs.execute(job_of(report).pk)
    done = YearlyReport.objects.get(pk=report.pk)
    assert (done.state, done.file_taken_at) == (ReportState.ASSEMBLED, waiting.snapshot_at)


def test_file_of_an_older_snapshot_is_not_kept(personas, year):
    report = ordered(personas, year)

    actions.assemble_report(report, printed=PDF, taken_at=report.snapshot_at - timedelta(hours=1))

    report.refresh_from_db()
    assert (report.state, report.file.name) == (ReportState.COLLECTING, "")


@pytest.mark.parametrize("state", ReportState)
@pytest.mark.parametrize("verb", REPORT_TRANSITIONS)
def test_transition_matrix(personas, year, state, verb):
    report = YearlyReport(year=year, state=state)

    allowed = {"order": {"collecting", "assembled"}, "assemble": {"collecting"}, "adopt_report": {"assembled"}}
    assert can_move(report, verb) == (state in allowed[verb])


def test_assembling_twice_is_not_a_step(personas, year, quick_press):
    report = ordered(personas, year)
    jobs.execute(job_of(report).pk)
    YearlyReport.objects.filter(pk=report.pk).update(
        state=ReportState.ASSEMBLED, file_taken_at=report.snapshot_at, snapshot_at=report.snapshot_at
    )

    with pytest.raises(NotAllowedNow), transaction.atomic():
        move(lock(report), "assemble", by=None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "adopted"},
        {"year": 2017},
        {"sha256": "a" * 64},
        {"state": "assembled"},
        {"snapshot_by_id": None},
    ],
    ids=str,
)
def test_database_refuses_untrue_rows(personas, year, wrong):
    report = ordered(personas, year)

    with pytest.raises(IntegrityError), transaction.atomic():
        YearlyReport.objects.filter(pk=report.pk).update(**wrong)


def test_printing_stops_at_its_limit_of_time(sample, document):
    with pytest.raises(PrintingFailed):
        press.print_pdf(document, identifier="x", moment=sample.taken_at, on_page=lambda _page: None, seconds=1)
