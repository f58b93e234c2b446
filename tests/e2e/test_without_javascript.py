"""The key steps pass in a browser that runs no script: forms, links and full pages carry everything."""

import pytest
from pypdf import PdfReader

from core import clock
from decisions.models import Position
from meetings.models import Reply
from reports.models import YearlyReport
from tests.e2e.hands import Hands
from tests.factories import decisions, meetings, workplan
from tests.factories.members import PASSWORD
from tests.personas import create_personas

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def personas(transactional_db):
    return create_personas()


@pytest.fixture
def signed_in(window, personas):
    """``signed_in("focal_a")``: that person's window, signed in through the page, without JavaScript."""

    def sign_in(who):
        hands = Hands(window(javascript=False), who)
        hands.window.sign_in(getattr(personas, who).email, PASSWORD)
        assert hands.page.url == hands.window.server + "/"
        return hands

    return sign_in


def test_pages_know_that_no_script_runs(signed_in):
    """The window of these tests is what it says."""
    hands = signed_in("focal_a")
    hands.page.set_content("<p id=one>sans</p><script>one.textContent = 'avec'</script>")

    assert hands.page.locator("#one").inner_text() == "sans"


def test_reply_to_a_convocation(signed_in, personas):
    meeting = meetings.convened(personas)
    hands = signed_in("focal_a").open(f"/reunions/{meeting.pk}/repondre/")

    hands.press(http=422, answer="represented")  # by whom?
    assert Reply.objects.count() == 0
    hands.press(answer="represented", mode="online", represented_by="M. Sow")

    reply = Reply.objects.get()
    assert (reply.entity, reply.mode, reply.represented_by) == (personas.unicef, "online", "M. Sow")


def test_a_text_sent_after_the_end_of_the_session_is_given_back(signed_in, personas):
    decision = decisions.in_consultation(personas)
    hands = signed_in("focal_b").open(f"/decisions/{decision.pk}/")
    hands.page.context.clear_cookies(name="sessionid")

    hands.press("/commenter/", http=401, text="Préciser le calendrier des ateliers.")

    assert hands.page.locator("textarea[readonly]").input_value() == "Préciser le calendrier des ateliers."
    hands.page.get_by_role("link", name="Se connecter à nouveau").click()
    assert hands.page.url.endswith(f"next=/decisions/{decision.pk}/commenter/")


def test_give_a_position(signed_in, personas):
    decision = decisions.in_call(personas)
    hands = signed_in("focal_b").open(f"/decisions/{decision.pk}/")

    hands.press("/se-prononcer/", http=422, stance="objects", reason="Le calendrier est trop court.")
    assert hands.form("/se-prononcer/").locator("[name=reason]").input_value() == "Le calendrier est trop court."
    hands.press("/se-prononcer/", stance="objects", alternative="Un mois de plus.")

    position = Position.objects.get()
    assert (position.entity, position.stance, position.alternative) == (personas.unwomen, "objects", "Un mois de plus.")


def test_write_the_minutes_of_one_item(signed_in, personas):
    meeting = meetings.in_session(personas)
    item = meeting.items.get()
    hands = signed_in("secretariat").open(f"/reunions/{meeting.pk}/compte-rendu/{item.pk}/")

    hands.press(f"/{item.pk}/", minutes="Les membres **prennent note**.")

    hands.open(f"/reunions/{meeting.pk}/compte-rendu/")
    assert hands.page.locator(f"#point-{item.pk} strong").inner_text() == "prennent note"


def test_minutes_are_saved_on_the_way_to_an_action_point(signed_in, personas):
    """The page of the minutes has one form: no button of it leaves the text behind."""
    meeting = meetings.in_session(personas)
    item = meeting.items.get()
    writing = f"/reunions/{meeting.pk}/compte-rendu/{item.pk}/"
    hands = signed_in("secretariat").open(writing)

    assert hands.page.locator("main form").count() == 1
    hands.fill(hands.form(f"/{item.pk}/"), "minutes", "Les membres prennent note.")
    hands.page.locator("main [name=then][value=action]").click()
    hands.press(text="Diffuser la note", responsible="UNICEF", due_on=meeting.day)

    assert hands.page.url.endswith(writing)
    assert hands.page.locator("[name=minutes]").input_value() == "Les membres prennent note."
    assert "Diffuser la note" in hands.text()


def test_report_progress(signed_in, personas):
    plan = workplan.validated(personas)
    activity = plan.activities.get()
    hands = signed_in("focal_a").open(f"{activity.get_absolute_url()}?trimestre=1")

    hands.press("/rapporter/", status="in_progress", progress_percent=40, note="Le questionnaire est prêt.")

    activity.refresh_from_db()
    assert (activity.status, activity.progress_percent) == ("in_progress", 40)
    assert "Le questionnaire est prêt." in hands.text()


def test_order_and_see_a_report(signed_in, personas, tmp_path):
    year = clock.today().year
    page = f"/rapports/{year}/"
    hands = signed_in("secretariat").open(page)

    hands.press("/commander/")

    assert YearlyReport.objects.get().file
    link = hands.page.locator(f"main a[href='{page}rapport.pdf']")
    with hands.page.expect_download() as saved:
        link.click()
    assert str(year) in PdfReader(saved.value.path()).pages[0].extract_text()


def test_a_report_being_printed_is_refreshed_without_script(signed_in, personas, monkeypatch):
    """Nobody rings the worker: the order waits, and the page says so and asks for itself again."""
    monkeypatch.setattr("core.jobs.ring", lambda _job_id: None)
    year = clock.today().year
    hands = signed_in("secretariat").open(f"/rapports/{year}/")

    hands.press("/commander/")

    assert hands.page.locator("main [data-poll-fragment]").count() == 1
    assert hands.form("/commander/").count() == 0  # not twice
    assert hands.page.locator("noscript meta[http-equiv=refresh], meta[http-equiv=refresh]").count() == 1
