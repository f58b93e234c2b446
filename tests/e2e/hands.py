"""What a person does at the portal: opens pages, fills forms by field name, presses buttons; and the year's clock."""

from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern
from zoneinfo import ZoneInfo

from django.conf import settings

from core.models import OutboxMail


class Calendar:
    """The clock of the whole server while a year is lived in a minute.

    ``core.clock.set_to`` sets the clock of one thread of execution, by design; the pages of a browser test are served
    by other threads. So the test puts ``now`` in the place of ``core.clock.now``, for this process and this test only.
    """

    def __init__(self, moment: str):
        self.go_to(moment)

    def go_to(self, moment: str):
        """``"2031-01-28 09:30"``, in Dakar."""
        self._moment = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(settings.TIME_ZONE))

    def now(self) -> datetime:
        return self._moment


class Hands:
    """One person at one browser window. Every page must answer below 400 unless the test says otherwise."""

    def __init__(self, window, name=""):
        self.window, self.page, self.name = window, window.page, name

    def open(self, path, http=200):
        response = self.window.open(path)
        assert response.status == http, f"{self.name} {path}: {response.status}\n{self.text()}"
        return self

    def text(self):
        return self.page.locator("main").inner_text()

    def notices(self):
        """What the portal said after the last step."""
        return self.page.locator("main .messages, main .alert, main [role=alert], main [role=status]").all_inner_texts()

    def form(self, action=""):
        """The form that posts to an address ending in ``action``; empty: the form that posts to its own page."""
        where = f":is([action$='{action}'], [action*='{action}?'])" if action else ":not([action])"
        return self.page.locator(f"main form[method=post]{where}").first

    def press(self, action="", *, http=200, **fields):
        """Fill a form by the names of its fields and send it. ``http`` is the status of the page one arrives at."""
        form = self.form(action)
        for fold in form.locator("xpath=ancestor::details[not(@open)]").all():
            fold.locator("summary").first.click()
        for name, value in fields.items():
            self.fill(form, name, value)
        with self.page.expect_navigation() as arrival:
            main = form.locator("button.btn-primary:not([type=button])")
            (main if main.count() else form.locator("button:not([type=button])")).first.click()
        assert arrival.value.status == http, f"{self.name} {action} → {arrival.value.status}\n{self.text()}"
        return self

    def fill(self, form, name, value):
        field = form.locator(f"[name='{name}']")
        kind = field.first.evaluate("one => one.type")
        if kind in {"radio", "checkbox"}:
            for one in value if isinstance(value, list) else [value]:
                chosen = form.locator(f"[name='{name}'][value='{one}']") if one is not True else field
                for fold in chosen.locator("xpath=ancestor::details[not(@open)]").all():
                    fold.locator("summary").first.click()
                chosen.check()
        elif kind == "select-one":
            field.select_option(_option(field, value))
        else:
            field.fill(str(value))

    def download(self, path):
        """The bytes that the browser would save, and the status."""
        answer = self.page.request.get(self.window.server + path, max_redirects=0)
        return answer.status, answer.body()


def _option(field, words):
    """Its value, by value or by a part of what the person reads."""
    options = field.locator("option").evaluate_all("all => all.map(one => [one.value, one.textContent])")
    for value, text in options:
        if words == value or (words and words.casefold() in text.casefold()):
            return value
    raise AssertionError(f"{words!r} is not among {options}")


def mails(kind) -> list[EmailMessage]:
    """The mails of one kind as they leave, the oldest first."""
    rows = OutboxMail.objects.filter(kind=kind).order_by("pk")
    return [message_from_bytes(bytes(row.message), policy=modern) for row in rows]


def part(mail: EmailMessage, content_type: str) -> str:
    return next(piece for piece in mail.walk() if piece.get_content_type() == content_type).get_content()
