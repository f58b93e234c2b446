"""With the keyboard alone, and the place of the focus always to be seen (WCAG 2.2, 2.1.1 and 2.4.7)."""

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from decisions.models import Position
from tests.factories import decisions
from tests.factories.members import PASSWORD
from tests.personas import create_personas

pytestmark = pytest.mark.django_db(transaction=True)

# The page may glide to what has the focus: it is given a second to arrive there.
IN_SIGHT = """() => {
  const box = document.activeElement.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0;
}"""
RINGED = """one => {
  const style = getComputedStyle(one);
  return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
}"""


class Keyboard:
    """Fingers that know Tab, Space, Enter, arrows and letters."""

    def __init__(self, window):
        self.page, self.keys = window.page, window.page.keyboard

    def focused(self):
        return self.page.locator(":focus")

    def to(self, selector, limit=80):
        """Tab until ``selector`` has the focus, which is seen at each stop."""
        for _stop in range(limit):
            self.keys.press("Tab")
            focused = self.focused()
            if not focused.count():  # in the browser's own frame, between the end of the page and its beginning
                continue
            what = focused.evaluate("one => one.outerHTML.slice(0, 160)")
            assert self.is_in_sight(), f"focus out of sight: {what}"
            assert focused.evaluate(RINGED), f"focus not to be seen: {what}"
            if focused.evaluate("(one, selector) => one.matches(selector)", selector):
                return
        raise AssertionError(f"{selector} is not reached in {limit} steps")

    def is_in_sight(self):
        try:
            self.page.wait_for_function(IN_SIGHT, timeout=1000)
        except PlaywrightTimeout:
            return False
        return True

    def arrive(self, key):
        with self.page.expect_navigation() as arrival:
            self.keys.press(key)
        return arrival.value.status


@pytest.fixture
def personas(transactional_db):
    return create_personas()


def test_sign_in_and_give_a_position_with_the_keyboard_alone(window, personas):
    decision = decisions.in_call(personas)
    opened = window()
    keyboard = Keyboard(opened)

    opened.open(f"/decisions/{decision.pk}/")  # leads to the sign-in page, and back
    keyboard.to("[name=login]")
    keyboard.keys.type(personas.focal_b.email)
    keyboard.to("[name=password]")
    keyboard.keys.type(PASSWORD)
    keyboard.to("form[action$='/login/'] button[type=submit]")
    assert keyboard.arrive("Enter") == 200
    assert opened.page.url.endswith(f"/decisions/{decision.pk}/")

    keyboard.to(".skip-link", limit=1)
    keyboard.keys.press("Enter")
    keyboard.to("[name=stance]")
    keyboard.keys.press("Space")
    assert opened.page.locator("[name=stance]:checked").get_attribute("value") == "supports"
    keyboard.keys.press("ArrowDown")  # within the choices: what one can live with
    keyboard.to("[name=reason]")
    keyboard.keys.type("Le budget reste à préciser.")
    keyboard.to("form[action$='/se-prononcer/'] button")
    assert keyboard.arrive("Space") == 200

    position = Position.objects.get()
    assert (position.entity, position.stance) == (personas.unwomen, "can_live_with")
    assert position.reason == "Le budget reste à préciser."
