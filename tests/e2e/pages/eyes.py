"""A person before the screen, looking at pages for what is wrong with them."""

import os
from pathlib import Path

from tests.e2e.conftest import AXE, Window

WIDTHS = (1280, 360)
LOOK = (Path(__file__).parent / "look.js").read_text("utf-8")
# A folder for pictures of every page at both widths, for whoever wants to look at them.
PICTURES = os.environ.get("RESEAU_PICTURES")


class Eyes:
    """One browser with the cookies of a test client that is signed in, or of a visitor."""

    def __init__(self, chromium, server, client):
        self.context = chromium.new_context(viewport={"width": WIDTHS[0], "height": 900}, locale="fr-FR")
        self.context.add_cookies(
            [{"name": name, "value": cookie.value, "url": server} for name, cookie in client.cookies.items()]
        )
        self.context.add_init_script(AXE)
        self.window = Window(self.context.new_page(), server)
        self.page = self.window.page

    def open(self, address: str, widths: tuple[int, ...] = WIDTHS) -> list[str]:
        """What is wrong on the page of an address, at each width."""
        self.window.problems.clear()
        self.page.set_viewport_size({"width": widths[0], "height": 900})
        status = self.window.open(address).status
        return ([] if status == 200 else [f"status {status}"]) + self.look(address, widths)

    def look(self, name: str, widths: tuple[int, ...] = WIDTHS) -> list[str]:
        """What is wrong on the page that is open, at each width."""
        wrong = []
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": 900})
            wrong += [f"{width} px: {line}" for line in self.page.evaluate(LOOK)]
            if PICTURES:
                file = f"{name.strip('/').replace('/', '_') or 'accueil'}-{width}.png"
                self.page.screenshot(path=Path(PICTURES) / file, full_page=True)
        return wrong + list(self.window.problems)
