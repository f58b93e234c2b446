"""An act and its line in the journal are one: when the line cannot be written, nothing else was.

Each action is called on an object in which it is possible, with a journal that refuses. An action that is missing
from ``ACTS`` fails the suite.
"""

import ast
import inspect
from importlib import import_module
from pathlib import Path

import pytest

from core import journal
from core.models import JournalEvent
from core.sentences import verbs
from tests.factories import workplan as planned
from tests.nets.acts import ACTS
from tests.nets.portal import tables

pytestmark = pytest.mark.django_db
MODULES = ("members", "frameworks", "decisions", "workinggroups", "meetings", "workplan", "outreach", "reports")


def public_actions():
    """« meetings.convene_meeting » for each public function of the actions modules that says who acts."""
    found = set()
    for app in MODULES:
        module = import_module(f"{app}.actions")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            own = inspect.getmodule(inspect.unwrap(function)).__name__.startswith(f"{app}.actions")
            if own and not name.startswith("_") and "by" in inspect.signature(function).parameters:
                found.add(f"{app}.{name}")
    return found


def test_every_action_stands_in_the_table():
    assert set(ACTS) == public_actions()


def recorded_verbs():
    """Each verb that stands in a call of the journal or of a step, anywhere in the portal."""
    for path in Path().glob("*/**/*.py"):
        if path.parts[0] not in {"tests", "bench", ".venv", "var"}:
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                yield from _verb_of(node)


def _verb_of(node):
    name = getattr(getattr(node, "func", None), "attr", getattr(getattr(node, "func", None), "id", ""))
    place = {"record": 0, "record_all": 0, "record_tie": 0, "move": 1}.get(name)
    if place is not None and len(node.args) > place and isinstance(node.args[place], ast.Constant):
        yield node.args[place].value


def test_verbs_that_no_act_of_the_table_writes_have_a_sentence_too():
    told = {verb.partition(".")[2] for verb in verbs()}
    found = set(recorded_verbs())

    assert len(found) > 90
    assert found - told == set()


class JournalRefused(RuntimeError):
    """Stands for any failure of the journal: a trigger, a full disk."""


@pytest.mark.parametrize("name", sorted(ACTS))
def test_an_act_without_its_line_in_the_journal_did_not_happen(personas, monkeypatch, name, settings, tmp_path):
    """And with it, it happens, and the line has a sentence."""
    planned.funder("Autre fonds")
    act = ACTS[name](personas)
    before = tables()

    def refuse(*args, **kwargs):
        raise JournalRefused

    with monkeypatch.context() as broken:
        broken.setattr(journal, "record", refuse)
        with pytest.raises(JournalRefused):
            act()

    after = tables()
    assert {table for table in before if before[table] != after[table]} == set()

    known = JournalEvent.objects.count()
    act()  # the same, once the journal is back
    written = JournalEvent.objects.order_by("pk")[known:]
    assert written
    assert [event.verb for event in written if event.verb not in verbs()] == []
