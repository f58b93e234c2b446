"""Dates, hours, sums and spaces, in both languages."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString
from django.utils.translation import override

from core.templatetags import typography as t

NB, THIN = "\u00a0", "\u202f"
CALL = datetime(2026, 12, 4, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "filter_name", "arguments", "expected"),
    [
        ("fr", "french_day", (date(2026, 12, 3),), "jeudi 3 décembre 2026"),
        ("en", "french_day", (date(2026, 12, 3),), "Thursday 3 December 2026"),
        ("fr", "french_day", (date(2026, 10, 1),), "jeudi 1er octobre 2026"),
        ("en", "french_day", (date(2026, 10, 1),), "Thursday 1 October 2026"),
        ("fr", "french_day", (None,), "—"),
        ("fr", "long_day", (date(2026, 8, 2),), "2 août 2026"),
        ("fr", "short_day", (date(2026, 12, 3),), f"3{NB}déc."),
        ("fr", "short_day", (date(2026, 5, 1),), f"1er{NB}mai"),
        ("en", "short_day", (date(2026, 12, 3),), f"3{NB}Dec"),
        ("fr", "numeric_day", (date(2026, 12, 3),), "03/12/2026"),
        ("fr", "hour", (time(9, 5),), f"9{NB}h{NB}05"),
        ("en", "hour", (time(9, 5),), "09:05"),
        ("fr", "hours", (time(9), time(13)), f"9{NB}h{NB}00{NB}– 13{NB}h{NB}00"),
        ("fr", "hours", (time(9), None), f"9{NB}h{NB}00"),
        ("fr", "hours", (None, None), "—"),
        ("en", "deadline", (CALL,), "Friday 4 December 2026, 17:00 (Dakar time)"),
        ("fr", "deadline", (date(2026, 12, 4),), "vendredi 4 décembre 2026"),
        ("fr", "short_deadline", (CALL,), f"ven.{NB}4{NB}déc., 17{NB}h{NB}00"),
        ("fr", "moment", (CALL,), f"vendredi 4 décembre 2026, 17{NB}h{NB}00"),
        ("fr", "sentence_start", ("salle Gorée",), "Salle Gorée"),
        ("fr", "sentence_start", ("https://visio.example.org/t1",), "https://visio.example.org/t1"),
        ("fr", "sentence_start", ("secretariat@example.org",), "secretariat@example.org"),
        ("fr", "number", (1234567,), f"1{THIN}234{THIN}567"),
        ("fr", "number", (Decimal("12.50"), 2), "12,5"),
        ("fr", "number", (Decimal("12.00"), 2), "12"),
        ("en", "number", (Decimal("1234.56"), 2), "1,234.56"),
        ("fr", "number", (-1200,), f"-1{THIN}200"),
        ("fr", "money", (435000,), f"435{THIN}000{NB}USD"),
        ("fr", "money", (Decimal("1000.4"), "XOF"), f"1{THIN}000{NB}XOF"),
        ("en", "money", (435000,), f"USD{NB}435,000"),
        ("fr", "money", (None,), "—"),
        ("fr", "money", (0,), f"0{NB}USD"),
        ("fr", "percent", (Decimal("76.4"),), f"76{NB}%"),
        ("en", "percent", (76,), "76%"),
        ("en", "filesize_fr", (184_000,), f"184{NB}KB"),
        ("en", "filesize_fr", (999_999,), f"1{NB}MB"),
        ("en", "filesize_fr", (1_240_000,), f"1.2{NB}MB"),
        ("en", "filesize_fr", (12,), f"12{NB}bytes"),
        ("fr", "typo", ("Réserve : oui ; non ? si !",), f"Réserve{NB}: oui{THIN}; non{THIN}? si{THIN}!"),
        ("fr", "typo", ("à 10 h 00, en 2 h",), f"à 10{NB}h{NB}00, en 2 h"),
        ("fr", "typo", ("« Cadrage »",), f"«{NB}Cadrage{NB}»"),
        ("en", "typo", ("Yes : no",), "Yes : no"),
        ("fr", "typo", ("https://example.org 10:30",), "https://example.org 10:30"),
        ("fr", "typo", (None,), ""),
    ],
)
def test_written_as_an_office_writes_it(language, filter_name, arguments, expected):
    with override(language):
        assert getattr(t, filter_name)(*arguments) == expected


def test_an_instant_is_shown_in_dakar_whatever_zone_it_carries():
    paris = datetime.fromisoformat("2026-12-04T00:30:00+01:00")
    with override("fr"):
        assert t.french_day(paris) == "jeudi 3 décembre 2026"
        assert t.hour(paris) == f"23{NB}h{NB}30"


def test_what_is_not_a_number_raises():
    with pytest.raises(ValueError, match="not a number"):
        t.number("beaucoup")


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_has_a_short_name(month):
    with override("fr"):
        assert t.short_day(date(2026, month, 2)).split(NB)[1]


def test_typo_escapes_what_people_wrote_and_keeps_what_is_safe():
    with override("fr"):
        page = Template("{% load typography %}{{ raw|typo }}|{{ safe|typo }}").render(
            Context({"raw": "<b> : </b>", "safe": SafeString('<a title="x : y">Non : si</a>')})
        )
    assert page == f'&lt;b&gt;{NB}: &lt;/b&gt;|<a title="x : y">Non{NB}: si</a>'


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36 Edg/141.0",
            "Edge, Windows",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0", "Firefox, Linux"),
        (
            "Mozilla/5.0 (Linux; Android 15; SM-A155F) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) Version/18.6 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        ("curl/8.14", "curl/8.14"),
    ],
)
def test_a_browser_is_called_by_the_name_people_know(user_agent, name):
    assert t.browser_name(user_agent) == name
