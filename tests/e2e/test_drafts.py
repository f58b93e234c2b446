"""A long text survives what happens to browsers: it is kept on the spot, offered back, and forgotten once saved."""

from datetime import time

import pytest

from core.templatetags.typography import hour
from decisions.models import Comment
from meetings import actions
from tests.e2e.hands import Hands
from tests.factories import decisions, meetings
from tests.factories.members import PASSWORD
from tests.personas import create_personas

pytestmark = pytest.mark.django_db(transaction=True)

KEPT = "() => Object.keys(localStorage).filter(key => key.startsWith('reseau-draft:')).length"


@pytest.fixture
def personas(transactional_db):
    return create_personas()


@pytest.fixture
def signed_in(window, personas):
    def sign_in(who):
        hands = Hands(window(), who)
        hands.window.sign_in(getattr(personas, who).email, PASSWORD)
        return hands

    return sign_in


@pytest.fixture
def secretariat(signed_in):
    return signed_in("secretariat")


@pytest.fixture
def writing_page(personas):
    meeting = meetings.in_session(personas)
    return f"/reunions/{meeting.pk}/compte-rendu/{meeting.items.get().pk}/"


def write(hands, field, text):
    """Typed, and left long enough for the browser to keep it."""
    hands.page.locator(f"textarea[name={field}]").fill(text)
    hands.page.wait_for_function(f"{KEPT} > 0")


def offers(hands):
    return hands.page.locator(".autosave-note").count()


def test_a_text_is_offered_back_after_a_crash_and_forgotten_once_saved(secretariat, writing_page):
    write(secretariat.open(writing_page), "minutes", "Le Réseau prend note.")

    secretariat.open(writing_page)  # as after a crash: nothing was sent
    field = secretariat.page.locator("textarea[name=minutes]")
    assert field.input_value() == ""  # offered, not put in unasked
    secretariat.page.get_by_role("button", name="Reprendre").click()
    assert field.input_value() == "Le Réseau prend note."
    assert field.evaluate("one => one === document.activeElement")

    secretariat.press(writing_page)
    assert "Le Réseau prend note." in field.input_value()
    assert (offers(secretariat), secretariat.page.evaluate(KEPT)) == (0, 0)


def test_a_text_nobody_wants_any_more_is_dropped(secretariat, writing_page):
    write(secretariat.open(writing_page), "minutes", "Brouillon.")
    secretariat.open(writing_page)

    secretariat.page.get_by_role("button", name="Oublier").click()

    assert secretariat.page.evaluate(KEPT) == 0
    assert offers(secretariat.open(writing_page)) == 0


def test_a_text_survives_a_connection_lost_while_sending(secretariat, writing_page):
    hands = secretariat.open(writing_page)
    hands.page.locator("textarea[name=minutes]").fill("Écrit juste avant la coupure.")
    hands.page.route("**/compte-rendu/**", lambda route: route.abort())
    with hands.page.expect_event("requestfailed"):
        hands.form(writing_page).locator("button").first.click()
    hands.page.unroute("**/compte-rendu/**")
    hands.window.problems.clear()  # Chromium says in its console that the connection was lost

    hands.open("/")  # another page opened in between takes nothing away
    assert offers(hands.open(writing_page)) == 1


def test_a_text_survives_the_end_of_the_session(secretariat, writing_page, personas):
    hands = secretariat.open(writing_page)
    write(hands, "minutes", "Écrit pendant deux heures.")
    hands.page.context.clear_cookies(name="sessionid")
    with hands.page.expect_navigation():
        hands.form(writing_page).locator("button").first.click()

    hands.window.sign_in(personas.secretariat.email, PASSWORD)
    assert offers(hands.open(writing_page)) == 1


def test_a_position_is_taken_up_again_with_its_reason(signed_in, personas):
    page = f"/decisions/{decisions.in_call(personas).pk}/"
    hands = signed_in("focal_b").open(page)
    write(hands, "reason", "Le calendrier est trop court.")
    hands.page.locator("[name=stance][value=objects]").check()

    hands.open(page).page.get_by_role("button", name="Reprendre").click()

    assert hands.page.locator("[name=stance]:checked").input_value() == "objects"


def test_the_hour_of_a_kept_text_is_written_as_the_pages_write_it(secretariat, writing_page):
    write(secretariat.open(writing_page), "minutes", "Brouillon.")
    kept = "JSON.stringify({text: 'Gardé.', at: new Date().setUTCHours(0, 9)})"
    secretariat.page.evaluate(f"() => Object.keys(localStorage).forEach(key => localStorage.setItem(key, {kept}))")

    told = secretariat.open(writing_page).page.locator(".autosave-note").inner_text()

    assert hour(time(0, 9)) in told


def test_a_refused_text_stays_in_its_field_and_is_kept(signed_in, personas):
    page = f"/decisions/{decisions.in_call(personas).pk}/"
    hands = signed_in("focal_b").open(page)

    hands.press("/se-prononcer/", http=422, stance="objects", reason="Le calendrier est trop court.")

    assert hands.page.locator("form[action$='/se-prononcer/'] [name=reason]").input_value()
    assert offers(hands) == 0
    assert offers(hands.open(page)) == 1


def switch_language(hands):
    with hands.page.expect_navigation():
        hands.page.locator("form[action$='/langue/'] button").first.click()


def test_a_newer_line_is_not_lost_to_an_older_one_when_the_language_is_switched(signed_in, personas):
    """The note of an answer that was refused comes before the one that was saved, and before what was once kept."""
    meeting = meetings.convened(personas)
    actions.reply_to_convocation(meeting, answer="no", note="Enregistrée.", by=personas.focal_a)
    page = f"/reunions/{meeting.pk}/repondre/"
    hands = signed_in("focal_a").open(page)
    note = hands.page.locator("[name=note]")
    note.fill("Écrite d’abord.")
    hands.page.wait_for_function(f"{KEPT} > 0")
    note.evaluate("one => { one.value = 'La plus récente.' }")  # as browsers do that bring a page back: no key is hit

    hands.press(http=422, answer="represented")  # by whom?
    in_the_field, offered = note.input_value(), offers(hands)
    switch_language(hands)
    hands.page.locator(".autosave-note button").first.click()

    assert (in_the_field, offered) == ("La plus récente.", 0)
    assert note.input_value() == "La plus récente."


def test_a_line_of_a_request_survives_the_end_of_the_session(signed_in, personas):
    page = "/reunions/demandes/nouvelle/"
    hands = signed_in("focal_a").open(page)
    hands.page.locator("[name=subject]").fill("Situation dans l’Est")
    hands.page.wait_for_function(f"{KEPT} > 0")
    hands.page.context.clear_cookies(name="sessionid")
    with hands.page.expect_navigation():
        hands.form().locator("button").first.click()

    hands.window.sign_in(personas.focal_a.email, PASSWORD)
    assert offers(hands.open(page)) == 1
    hands.press(subject="Situation dans l’Est")
    assert hands.page.evaluate(KEPT) == 0


def test_the_form_that_made_something_is_empty_again_and_offers_nothing(signed_in, personas):
    page = f"/decisions/{decisions.in_consultation(personas).pk}/"
    hands = signed_in("focal_b")

    hands.open(page).press("/commenter/", text="Préciser le calendrier.")

    assert Comment.objects.get().text == "Préciser le calendrier."
    assert (offers(hands), offers(hands.open(page))) == (0, 0)


def test_the_next_person_at_the_same_browser_is_offered_nothing(signed_in, personas):
    page = f"/decisions/{decisions.in_call(personas).pk}/"
    hands = signed_in("focal_a").open(page)
    write(hands, "alternative", "Ce que l’UNICEF voulait dire.")
    hands.page.context.clear_cookies(name="sessionid")

    hands.window.sign_in(personas.focal_b.email, PASSWORD)
    assert hands.open(page).form("/se-prononcer/").count() == 1
    assert offers(hands) == 0


def test_who_signs_out_leaves_no_text_behind(secretariat, writing_page):
    write(secretariat.open(writing_page), "minutes", "Brouillon.")

    secretariat.open("/compte/").press("/logout/")

    assert secretariat.page.evaluate(KEPT) == 0


def test_a_text_is_forgotten_too_when_its_page_was_opened_with_a_question(signed_in, personas):
    """« ?trimestre=2 » belongs to the address under which a text is kept, and by which it is forgotten."""
    meeting = meetings.circulated(personas)
    hands = signed_in("focal_a").open(f"/reunions/{meeting.pk}/compte-rendu/{meeting.items.get().pk}/corriger/?de=mail")
    write(hands, "text", "Remplacer « note » par « acte ».")

    hands.press(text="Remplacer « note » par « acte ».")

    assert hands.page.evaluate(KEPT) == 0
