"""What the nets of this folder share: routes with their addresses, people signed in, forms read from pages.

Everything is driven by ``tests/permissions``: a route that stands in its table falls into these nets by itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote_plus, urlsplit

from django.db import connection, transaction
from django.test import Client
from django.test.client import ClientHandler
from django.urls import Resolver404, resolve, reverse
from lxml import html

from core import clock
from tests.factories import workplan as planned
from tests.permissions.table import TABLE
from tests.permissions.world import build_world
from tests.personas import create_personas

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
URLENCODED = "application/x-www-form-urlencoded"
# Who looks at a page, the one with most buttons first; the others see the forms that this one does not.
LOOKERS = ("secretariat", "co_chair_ohchr", "focal_a", "rc_office", "administrator", "no_entity", "visitor")
# Objects of the same kind in other states: their pages hold other forms.
SIBLINGS = {
    "call": ("proposal", "consultation", "session_call", "objecting", "referred", "recorded"),
    "convened": ("draft_meeting", "held", "circulated"),
    "plan": ("consulted_plan", "tabled_plan", "adopted_plan", "sent_plan", "running_plan"),
    "sent_plan": ("running_plan",),
    "rules": ("rules_draft",),
    "group": ("new_group", "endorsed_group", "submitted_group", "validated_group", "dormant_group"),
    "nomination": ("closed_nomination",),
}
ROUTES = TABLE
# Routes that give a file and no page, by the end of their names.
FILES = {"export", "vcf", "xlsx", "json", "docx", "ics", "download", "file", "proof", "logo"}


def gives_a_file(route: str) -> bool:
    return route.rpartition("_")[2] in FILES


class Portal:
    """A world of the permission matrix, with everybody signed in."""

    def __init__(self) -> None:
        self.personas = create_personas()
        self.world = build_world(self.personas)
        _add_plans(self.world, self.personas)
        self._sessions = {name: _session(user) for name, user in self.personas.all.items()}
        self._handler = ClientHandler(enforce_csrf_checks=False)  # shared: it loads the middleware once

    def client(self, persona: str) -> Client:
        """A fresh browser with that person's session; what one answer sets does not reach the next question."""
        browser = Client()
        browser.handler = self._handler
        if self._sessions[persona]:
            browser.cookies["sessionid"] = self._sessions[persona]
        return browser

    @cached_property
    def forms(self) -> list[tuple[str, "Form"]]:
        """Every form of every page, once for each set of its fields, with the first of LOOKERS who sees it."""
        found: dict[tuple[str, tuple[str, ...], bool], tuple[str, Form]] = {}
        for persona, address in self._looks():
            response = self.client(persona).get(address)
            consume(response)
            if response.status_code == 200 and "text/html" in response.get("Content-Type", ""):
                for form in forms_of(response):
                    found.setdefault((form.route, form.names, form.is_guarded), (persona, form))
        return list(found.values())

    def _looks(self) -> Iterator[tuple[str, str]]:
        for route, row in ROUTES.items():
            if gives_a_file(route):  # which holds no form
                continue
            # Outside the list of members the administrator only reads: no form of hers is not the secretariat's too.
            others = {"administrator"} if not route.startswith("members:") else set()
            for persona in [one for one in LOOKERS if one in (row.get or ()) and one not in others]:
                yield from ((persona, address) for address in self.addresses(route))

    def address(self, route: str, **instead: str) -> str:
        names = [instead.get(name, name) for name in ROUTES[route].args]
        return reverse(route, args=[getattr(self.world, name) for name in names])

    def addresses(self, route: str) -> list[str]:
        """The route's own address, and those of its objects in other states."""
        found = [self.address(route) + one for one in ("", *self.world.answers.get(route, ()))]
        for name in ROUTES[route].args[:1]:
            if len(ROUTES[route].args) == 1 or "plan" in name:
                found += [self.address(route, **{name: sibling}) for sibling in SIBLINGS.get(name, ())]
        return found


def _session(user: Any) -> str:
    if not user.is_authenticated:
        return ""
    browser = Client()
    browser.force_login(user, backend=BACKEND)
    return browser.cookies["sessionid"].value


def _add_plans(world: SimpleNamespace, personas: Any) -> None:
    """The plan in the states that the world does not hold, each in a year of its own."""
    planned.funder("Autre fonds")
    year = clock.today().year + 2
    made = {
        "consulted_plan": planned.in_consultation, "tabled_plan": planned.tabled, "adopted_plan": planned.adopted,
        "running_plan": planned.in_execution,
    }  # fmt: skip
    for offset, (name, make) in enumerate(made.items()):
        setattr(world, name, make(personas, year=year + offset).year)


@contextmanager
def undone() -> Iterator[None]:
    """What the block writes is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def post(browser: Client, address: str, pairs: list[tuple[str, str]]) -> Any:
    """A form as a browser, or a tool, would send it: a lone surrogate travels as the bytes a tool would write."""
    body = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs)
    return browser.generic("POST", address, body, content_type=URLENCODED)


def consume(response: Any) -> None:
    """A file is read to its end, which closes it."""
    if response.streaming:
        list(response.streaming_content)


def _quoted(text: str) -> str:
    return quote_plus(text.encode("utf-8", "surrogatepass"))


# --- Forms of a page -------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Field:
    """One name of a form, as the page shows it."""

    name: str
    kind: str
    values: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    required: bool = False

    @property
    def is_text(self) -> bool:
        return self.kind in {"text", "textarea", "email", "url", "search", "tel"}


@dataclass(frozen=True)
class Form:
    action: str
    route: str
    fields: tuple[Field, ...]
    is_guarded: bool  # carries the token against requests forged by other sites

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)


def tree(response: Any) -> Any:
    # The parser stops at a NUL; the page shows it as a browser would.
    return html.document_fromstring(response.content.decode().replace("\0", "\ufffd").encode(), parser=_PARSER)


_PARSER = html.HTMLParser(encoding="utf-8", huge_tree=True)


def forms_of(response: Any, method: str = "post") -> list[Form]:
    """Forms of a page that go to a route of the portal, without the choice of language in its header."""
    path = response.wsgi_request.path
    found = []
    for element in tree(response).iter("form"):
        if (element.get("method") or "get").lower() != method:
            continue
        action = urlsplit(element.get("action") or path).path or path
        try:
            route = resolve(action).view_name
        except Resolver404:
            raise AssertionError(f"{path}: a form leads nowhere: {action}") from None
        if route != "set_language":
            guarded = bool(element.xpath(".//input[@name='csrfmiddlewaretoken'][@value]"))
            found.append(Form(action, route, tuple(_fields(element)), guarded))
    return found


def _fields(element: Any) -> Iterator[Field]:
    named: dict[str, list[Any]] = {}
    for control in element.iter("input", "select", "textarea", "button"):
        if control.get("name") and control.get("name") != "csrfmiddlewaretoken" and control.get("disabled") is None:
            named.setdefault(control.get("name"), []).append(control)
    for name, controls in named.items():
        yield _field(name, controls)


def _field(name: str, controls: list[Any]) -> Field:
    first = controls[0]
    required = first.get("required") is not None
    if first.tag == "textarea":
        return Field(name, "textarea", ((first.text or "").removeprefix("\n"),), required=required)
    if first.tag == "select":
        options = list(first.iter("option"))
        chosen = tuple(option.get("value", "") for option in options if option.get("selected") is not None)
        choices = tuple(option.get("value", "") for option in options)
        return Field(name, "select", chosen or choices[:1], choices, required=True)
    kind = (first.get("type") or ("submit" if first.tag == "button" else "text")).lower()
    if kind in {"radio", "checkbox", "submit"}:
        choices = tuple(one.get("value", "on") for one in controls)
        chosen = tuple(one.get("value", "on") for one in controls if one.get("checked") is not None)
        return Field(name, kind, chosen, choices, required=required or kind == "radio")
    return Field(name, kind, tuple(one.get("value", "") for one in controls), required=required)


def filled(form: Form, **given: str) -> list[tuple[str, str]]:
    """What a person would send: what the page shows, and something plausible where it asks for more."""
    pairs = []
    for field in form.fields:
        if field.name in given:
            pairs.append((field.name, given[field.name]))
        else:
            pairs += [(field.name, value) for value in _plausible(field)]
    return pairs + [(name, value) for name, value in given.items() if name not in form.names]


def _plausible(field: Field) -> tuple[str, ...]:
    if any(field.values) or field.kind in {"checkbox", "submit"}:
        return field.values
    if field.choices:
        return next(((value,) for value in field.choices if value), ())
    soon = clock.today().replace(month=12, day=28).isoformat()
    samples = {"date": soon, "time": "11:00", "number": "1", "email": "quelquun@example.org", "hidden": ""}
    return (samples.get(field.kind, f"Essai {field.name}") if field.required else "",)


def tables() -> dict[str, tuple[int, str]]:
    """Every business table with its number of rows and their digest."""
    digest = "md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), ''))"
    return {name: (count, seal) for name, count, seal in _of_each_table(f"count(*), {digest}")}


def counts() -> dict[str, int]:
    """Every business table with its number of rows."""
    return dict(_of_each_table("count(*)"))


def _of_each_table(what: str) -> list[Any]:
    skipped = {"django_session", "core_cache", "usersessions_usersession", "django_migrations"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        names = [name for (name,) in cursor.fetchall() if name not in skipped]
        parts = [f"SELECT '{name}', {what} FROM \"{name}\" t" for name in names]  # noqa: S608
        cursor.execute(" UNION ALL ".join(parts))
        return cursor.fetchall()


def leads_up(response: Any) -> bool:
    """The address of a button was opened as a page: it leads to the page above it."""
    return response.status_code == 302 and response.wsgi_request.path.startswith(urlsplit(response["Location"]).path)
