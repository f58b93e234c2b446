"""The journal told to its reader."""

from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from core.sentences import elided, tell

AT = datetime(2026, 12, 12, 10, tzinfo=UTC)


@pytest.mark.parametrize("kept", [AT, "2026-12-12T10:00:00Z", "2026-12-12T10:00:00+00:00"])
def test_an_instant_is_told_in_the_language_of_the_reader(kept):
    with override("en"):
        english = tell("meetings.convene", "Awa", {"starts_at": kept})
    with override("fr"):
        french = tell("meetings.convene", "Awa", {"starts_at": kept})

    assert english == "Convened by Awa for Saturday 12 December 2026, 10:00 (Dakar time)"
    assert "samedi 12 décembre 2026" in french


def test_what_an_older_event_kept_in_words_is_told_as_it_is():
    with override("en"):
        assert "samedi 12 décembre" in tell("meetings.convene", "Awa", {"starts_at": "samedi 12 décembre"})
        assert tell("meetings.convene", "Awa", {}).endswith("for —")


@pytest.mark.parametrize(
    ("said", "read"),
    [("Commentaire de Awa", "Commentaire d’Awa"), ("Financement de État", "Financement d’État"),
     ("Comment de Fatou", "Comment de Fatou"), ("aide IOM", "aide IOM")],
)  # fmt: skip
def test_a_name_is_taken_into_a_french_sentence_as_french_writes_it(said, read):
    assert elided(said) == read
