"""What is drawn once is drawn again as soon as anything it shows differs."""

from decimal import Decimal

import pytest
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from core import memo
from core.memo import drawn, drawn_once


@pytest.fixture(autouse=True)
def nothing_drawn(monkeypatch):
    monkeypatch.setattr(memo, "_drawings", type(memo._drawings)())


def test_equal_values_are_drawn_once():
    calls = []

    @drawn_once
    def draw(*values, **named):
        calls.append(values)
        return values

    assert draw(1, ("a",), name="b") is draw(1, ("a",), name="b")
    assert len(calls) == 1


@pytest.mark.parametrize(
    ("one", "other"), [(1, True), (1, 1.0), (Decimal("1"), Decimal("1.0")), ("<b>", mark_safe("<b>"))]
)
def test_values_that_python_takes_for_equal_are_drawn_apart(one, other):
    show = drawn_once(lambda value: format_html("{}", value))

    assert one == other
    assert (show(one), show(other)) == (format_html("{}", one), format_html("{}", other))


def test_each_language_has_its_drawing():
    show = drawn_once(lambda words: f"{_('Decisions')} {words}")
    with override("fr"):
        french = show(gettext_lazy("Meetings"))
    with override("en"):
        assert (french, show(gettext_lazy("Meetings"))) == ("Décisions Réunions", "Decisions Meetings")


def test_two_functions_do_not_share_their_drawings():
    assert drawn(("one", 1), lambda: "un") == "un"
    assert drawn(("two", 1), lambda: "deux") == "deux"


def test_oldest_drawing_leaves_first(monkeypatch):
    monkeypatch.setattr(memo, "KEPT", 2)
    for value in (1, 2, 1, 3):
        drawn(value, lambda: object())

    first = drawn(1, lambda: "again")
    assert first != "again"
    assert drawn(2, lambda: "again") == "again"


def test_a_value_that_is_not_plain_is_refused():
    with pytest.raises((TypeError, AttributeError)):
        drawn(lambda: 1, lambda: "")
