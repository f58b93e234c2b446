"""The pages of the yearly report: who opens what, what they show in each state, and at which price."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock, jobs
from core.enums import JobState
from core.models import JournalEvent
from reports import actions, rendering
from reports.models import YearlyReport
from reports.press import Printed, PrintingFailed
from reports.todo import of_reports
from tests.nets.portal import leads_up

READERS = {
    "focal_a", "focal_b", "alternate_a", "group_chair", "secretariat", "co_chair_iom", "co_chair_ohchr", "rc_office",
    "administrator",
}  # fmt: skip
ORDERING = {"secretariat", "co_chair_iom", "co_chair_ohchr"}
PDF = Printed(b"%PDF-1.7 essai", 3)


@pytest.fixture
def year():
    return clock.today().year


@pytest.fixture
def press(monkeypatch):
    """A press that prints at once, or jams when told to."""
    state = {"jammed": False}

    def print_pdf(html, **options):
        if state["jammed"]:
            raise PrintingFailed("Bourrage.")
        return PDF

    monkeypatch.setattr(rendering, "print_pdf", print_pdf)
    return state


def url(name, year):
    return reverse(f"reports:{name}", args=[year])


@pytest.fixture
def waiting(personas, year):
    return actions.order_report(year, by=personas.secretariat)


@pytest.fixture
def printed(waiting, press):
    jobs.execute(jobs.latest(actions.KIND, waiting).pk)
    waiting.refresh_from_db()
    return waiting


@pytest.fixture
def failed(waiting, press):
    press["jammed"] = True
    jobs.execute(jobs.latest(actions.KIND, waiting).pk)
    press["jammed"] = False
    return waiting


# --- Who -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["report_detail", "report_progress", "report_download", "report_export"])
def test_readers_open_and_nobody_else(personas, sign_in, printed, year, name):
    answers = {}
    for who, user in personas.all.items():
        answer = sign_in(user).get(url(name, year))
        answers[who] = answer.status_code
        if answer.streaming:
            b"".join(answer.streaming_content)  # reading to the end closes the file

    expected = {who: 200 if who in READERS else 302 if who == "visitor" else 404 for who in personas.all}
    assert answers == expected


def test_list_is_for_readers(personas, sign_in, year):
    answers = {who: sign_in(user).get(reverse("reports:report_list")).status_code for who, user in personas.all.items()}

    assert answers == {who: 200 if who in READERS else 302 if who == "visitor" else 403 for who in personas.all}


def test_only_secretariat_and_co_chairs_order(personas, sign_in, year):
    for who, user in personas.all.items():
        if who not in ORDERING:
            sign_in(user).post(url("report_order", year))
    assert YearlyReport.objects.count() == 0

    answer = sign_in(personas.co_chair_ohchr).post(url("report_order", year), follow=True)

    assert YearlyReport.objects.get().snapshot_by == personas.co_chair_ohchr
    assert answer.redirect_chain == [(url("report_detail", year), 302)]


def test_refusals_say_which_they_are(personas, sign_in, failed, year):
    codes = {
        who: sign_in(user).post(url("report_retry", year)).status_code
        for who, user in personas.all.items()
        if who not in ORDERING
    }

    expected = {who: 403 if who in READERS else 302 if who == "visitor" else 404 for who in codes}
    assert codes == expected
    assert jobs.latest(actions.KIND, failed).state == JobState.FAILED


@pytest.mark.parametrize("name", ["report_order", "report_retry"])
def test_acts_are_post_only(personas, sign_in, year, name):
    assert leads_up(sign_in(personas.secretariat).get(url(name, year)))


# --- What ------------------------------------------------------------------------------------------------------------
def test_empty_page_offers_the_first_order(personas, sign_in, year):
    page = sign_in(personas.secretariat).get(url("report_detail", year)).content.decode()

    assert f'action="{url("report_order", year)}"' in page
    assert "rapport.pdf" not in page


def test_empty_page_offers_nothing_to_a_focal_point(personas, sign_in, year):
    page = sign_in(personas.focal_a).get(url("report_detail", year)).content.decode()

    assert url("report_order", year) not in page


def test_double_click_orders_once(personas, sign_in, year):
    client = sign_in(personas.secretariat)

    client.post(url("report_order", year))
    client.post(url("report_order", year))

    assert (YearlyReport.objects.count(), jobs.Job.objects.count()) == (1, 1)
    assert JournalEvent.objects.filter(verb="reports.order").count() == 1


def test_page_under_way_asks_again_and_survives_a_closed_browser(personas, sign_in, waiting, year):
    job = jobs.claim(jobs.latest(actions.KIND, waiting).pk)
    jobs.Job.objects.filter(pk=job.pk).update(progress=42, step="Mise en page, page 12")

    page = sign_in(personas.focal_b).get(url("report_detail", year)).content.decode()

    assert f'data-poll-url="{url("report_progress", year)}"' in page
    assert ("Mise en page, page 12" in page, '<meta http-equiv="refresh"' in page) == (True, True)
    assert url("report_order", year) not in page


def test_fragment_says_when_it_is_over(personas, sign_in, printed, year):
    fragment = sign_in(personas.focal_a).get(url("report_progress", year)).content.decode()

    assert 'data-poll-done="reload"' in fragment


def test_finished_page_shows_the_file_and_its_fingerprint(personas, sign_in, printed, year):
    page = sign_in(personas.rc_office).get(url("report_detail", year)).content.decode()

    assert (printed.sha256 in page, url("report_download", year) in page) == (True, True)
    assert "data-poll-url" not in page


def test_failed_page_gives_the_reason_and_the_retry(personas, sign_in, failed, year):
    officer = sign_in(personas.co_chair_iom).get(url("report_detail", year)).content.decode()
    reader = sign_in(personas.focal_a).get(url("report_detail", year)).content.decode()

    assert ("Bourrage." in officer, url("report_retry", year) in officer) == (True, True)
    assert ("Bourrage." in reader, url("report_retry", year) in reader) == (True, False)


def test_retry_by_somebody_else_prints(personas, sign_in, failed, year, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(personas.co_chair_ohchr).post(url("report_retry", year))

    failed.refresh_from_db()
    assert failed.state == "assembled"


def test_download_is_the_file_as_an_attachment(personas, sign_in, printed, year):
    answer = sign_in(personas.rc_office).get(url("report_download", year))

    assert b"".join(answer.streaming_content) == PDF.content
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{printed.filename}"'
    assert answer["Cache-Control"] == "private, no-store"


def test_export_is_the_snapshot(personas, sign_in, printed, year):
    answer = sign_in(personas.focal_a).get(url("report_export", year))

    assert json.loads(answer.content) == printed.snapshot
    assert answer["Content-Disposition"].endswith('.json"')


@pytest.mark.parametrize("name", ["report_download", "report_export"])
def test_nothing_to_fetch_before_the_first_order(personas, sign_in, year, name):
    assert sign_in(personas.secretariat).get(url(name, year)).status_code == 404


@pytest.mark.parametrize("wrong", ["0", "1999", "2999", "99999999999999999999"])
@pytest.mark.parametrize("path", ["", "progression/", "rapport.pdf", "export.json", "commander/", "relancer/"])
def test_year_that_has_no_report(personas, sign_in, wrong, path):
    client, address = sign_in(personas.secretariat), f"/rapports/{wrong}/{path}"

    answer = client.post(address) if path in {"commander/", "relancer/"} else client.get(address)

    assert answer.status_code == 404
    assert YearlyReport.objects.count() == 0


def test_list_is_as_cheap_with_three_reports(personas, sign_in, printed, year):
    client = sign_in(personas.focal_a)

    def cost():
        with CaptureQueriesContext(connection) as counted:
            client.get(reverse("reports:report_list"))
        return len(counted)

    one = cost()
    for older in (year - 1, year - 2, year - 3):
        YearlyReport.objects.create(year=older)
    assert cost() == one
    assert one <= 6


def test_detail_costs_few_queries(personas, sign_in, printed, year):
    client = sign_in(personas.secretariat)

    with CaptureQueriesContext(connection) as counted:
        client.get(url("report_detail", year))

    assert len(counted) <= 8


# --- What awaits -----------------------------------------------------------------------------------------------------
def in_month(month):
    return clock.set_to(clock.now().replace(month=month, day=10))


def test_secretariat_is_asked_for_last_year_in_the_first_quarter(personas, year):
    with in_month(2):
        (item,) = of_reports(personas.secretariat)

    assert item.url == url("report_detail", year - 1)


def test_nobody_else_is_asked(personas):
    with in_month(2):
        asked = {who for who, user in personas.all.items() if of_reports(user)}

    assert asked == {"secretariat"}


def test_secretariat_is_not_asked_later_or_again(personas, year):
    with in_month(6):
        assert of_reports(personas.secretariat) == []
    YearlyReport.objects.create(year=year - 1)
    with in_month(2):
        assert of_reports(personas.secretariat) == []
