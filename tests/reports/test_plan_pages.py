"""The page of a transmitted plan while its file is being printed, when the press jams, and once the file is there."""

import pytest

from core import jobs
from core.enums import JobState
from core.models import JournalEvent
from reports import plan as printing
from reports.press import Printed, PrintingFailed
from tests.factories import workplan as planned
from tests.workplan.asking import IN_CHARGE, url
from workplan.todo import todo


@pytest.fixture
def press(monkeypatch):
    """A press that prints at once, or jams when told to."""
    state = {"jammed": False}

    def print_pdf(html, **options):
        if state["jammed"]:
            raise PrintingFailed("Bourrage.")
        return Printed(b"%PDF-1.7 plan", 3)

    monkeypatch.setattr(printing, "print_pdf", print_pdf)
    return state


@pytest.fixture
def waiting(personas):
    return planned.transmitted(personas)


def run(plan):
    jobs.execute(jobs.latest(printing.KIND, plan).pk)
    plan.refresh_from_db()
    return plan


@pytest.fixture
def failed(waiting, press):
    press["jammed"] = True
    plan = run(waiting)
    press["jammed"] = False
    return plan


def page_of(plan, client):
    return client.get(plan.get_absolute_url())


def titles(user):
    return [item.title for item in todo(user)]


def test_page_tells_that_the_file_is_being_made_and_receipt_waits_for_it(personas, sign_in, waiting):
    page = page_of(waiting, sign_in(personas.rc_office))

    said = page.content.decode()
    assert (page.context["file_progress"].is_running, page.context["acknowledge_form"]) == (True, None)
    assert (url("file_progress", waiting.year) in said, 'http-equiv="refresh"' in said) == (True, True)
    assert titles(personas.rc_office) == []


def test_fragment_asks_to_be_asked_until_the_file_is_there(personas, sign_in, waiting, press):
    client = sign_in(personas.rc_office)
    before = client.get(url("file_progress", waiting.year)).content.decode()

    run(waiting)

    after = client.get(url("file_progress", waiting.year)).content.decode()
    assert ["data-poll-done" in text for text in (before, after)] == [False, True]


def test_receipt_is_offered_with_the_file(personas, sign_in, waiting, press):
    plan = run(waiting)

    page = page_of(plan, sign_in(personas.rc_office))

    assert (page.context["acknowledge_form"] is not None, page.context["file_progress"]) == (True, None)
    assert url("transmitted_file", plan.year) in page.content.decode()
    assert titles(personas.rc_office) == [f"Accuser réception du PTA {plan.year}"]


def test_printing_that_failed_is_told_and_started_again_by_those_in_charge(personas, sign_in, failed):
    again = url("file_retry", failed.year)
    assert again not in page_of(failed, sign_in(personas.rc_office)).content.decode()
    assert len(titles(personas.secretariat)) == 1

    for who, user in personas.all.items():
        if who not in IN_CHARGE:
            assert sign_in(user).post(again).status_code in {302, 403, 404}
    assert jobs.latest(printing.KIND, failed).state == JobState.FAILED
    client = sign_in(personas.secretariat)
    assert again in page_of(failed, client).content.decode()
    client.post(again)

    failed.refresh_from_db()
    assert jobs.latest(printing.KIND, failed).state == JobState.PENDING
    assert JournalEvent.objects.filter(verb="workplan.retry_transmitted_file").count() == 1
    assert run(failed).transmitted_file


def test_printing_that_has_not_failed_is_not_started_again(personas, sign_in, waiting):
    answer = sign_in(personas.secretariat).post(url("file_retry", waiting.year), follow=True)

    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
