"""A matrix state × verb × persona, written out as a table and asked cell by cell through the pages' own addresses.

A cell says what happens when this persona posts this verb on a thing in this state:

====  =====================================================================
yes   carried out: the journal has its event
now   refused *now*: the person has the right, the state does not allow it
no    refused: 401, 403, 404 or the sign-in page
====  =====================================================================

Whatever is refused leaves the thing as it was and the journal without an event. Each question is undone.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from django.db import transaction
from django.test import Client

from core.models import JournalEvent
from tests.personas import Personas

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PERSONAS = (
    "visitor", "no_entity", "partner", "administrator", "rc_office", "focal_a", "alternate_a", "focal_b",
    "group_chair", "secretariat", "co_chair_iom", "co_chair_ohchr",
)  # fmt: skip
# What the page of an answer looks like is asked elsewhere; drawing two thousand of them takes a minute.
UNDRAWN = patch("django.shortcuts.loader", SimpleNamespace(render_to_string=lambda *_args, **_kwargs: ""))
Cells = dict[tuple[str, str], str]  # (verb, persona) → answer
# verb → its address, what is posted
Verbs = Mapping[str, tuple[str, dict[str, Any]]]


def read(table: str, groups: Mapping[str, str]) -> dict[str, Cells]:
    """state → cells of a table: a head of states, then lines « verb group answers… »; who is in no line gets no."""
    head, *lines = [line.split() for line in table.strip().splitlines()]
    states, verbs = head[2:], {line[0] for line in lines}
    found: dict[str, Cells] = {state: {(verb, who): "no" for verb in verbs for who in PERSONAS} for state in states}
    for verb, group, *answers in lines:
        assert len(answers) == len(states), (verb, group)
        for state, answer in zip(states, answers, strict=True):
            for who in groups[group].split():
                assert found[state][verb, who] == "no", f"{verb}: {who} stands in two lines"
                found[state][verb, who] = answer
    return found


def asked(
    personas: Personas, thing: Any, verbs: Verbs, at: Callable[[str], AbstractContextManager[Any]] = nullcontext
) -> Cells:
    """What happens in each cell of this thing's state; ``at`` sets the hour of a verb."""
    assert set(personas.all) == set(PERSONAS)
    browsers = {name: _signed_in(user) for name, user in personas.all.items()}
    before = _photo(thing)
    return {
        (verb, name): _answer(browser, address, posted, thing, before, at(verb))
        for name, browser in browsers.items()
        for verb, (address, posted) in verbs.items()
    }


def apart(found: Cells, expected: Cells) -> Iterator[str]:
    """Cells in which the portal and the table differ."""
    for cell in sorted(found.keys() | expected.keys()):
        if found.get(cell) != expected.get(cell):
            yield f"{' by '.join(cell)}: {found.get(cell)}, the table says {expected.get(cell)}"


def _answer(browser, address, posted, thing, before, hour) -> str:
    with hour, UNDRAWN, transaction.atomic():
        response = browser.post(address, posted)
        after = _photo(thing)
        transaction.set_rollback(True)
    refused = response.status_code in {401, 403, 404} or "/compte/login/" in response.get("Location", "")
    if response.status_code >= 500 or (refused and after != before):
        return f"{response.status_code}, changed"
    if refused:
        return "no"
    # A step that is carried out leaves its event; without one, nothing of the thing may have moved.
    if after["events"] > before["events"]:
        return "yes"
    return "now" if after == before else "changed without event"


def _photo(thing: Any) -> dict[str, Any]:
    row = type(thing)._base_manager.filter(pk=thing.pk).values().get()
    return {"row": row, "events": JournalEvent.objects.count()}


def _signed_in(user: Any) -> Client:
    browser = Client()
    if user.is_authenticated:
        browser.force_login(user, backend=BACKEND)
    return browser
