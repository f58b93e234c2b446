"""A text by paragraphs, and two versions of it as one: words are found again, numbers follow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions import paragraphs

CHARTER = ["Le Réseau adopte la charte.", "La charte vaut pour tous les membres.", "Elle est revue chaque année."]
words = st.text(alphabet="abc dé§.\n", max_size=60)


def shown(lines):
    return [(line.kind, line.before, line.after, "".join(span.words for span in line.spans)) for line in lines]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Un seul.", ["Un seul."]),
        ("Un.\n\nDeux.\r\n \n  Trois.  \n", ["Un.", "Deux.", "Trois."]),
        ("Collé de Word.\nUne ligne, un paragraphe.", ["Collé de Word.", "Une ligne, un paragraphe."]),
        (" \n \n", []),
    ],
)
def test_each_line_that_says_something_is_a_paragraph(text, parts):
    assert paragraphs.split(text) == parts


def test_a_comparison_names_what_stays_what_changes_and_where_it_stands_now():
    after = ["Préambule.", CHARTER[0], "La charte vaut pour tous les membres et partenaires."]

    assert shown(paragraphs.compared(CHARTER, after)) == [
        ("added", None, 1, "Préambule."),
        ("same", 1, 2, CHARTER[0]),
        ("changed", 2, 3, "La charte vaut pour tous les membres et partenaires."),
        ("removed", 3, None, CHARTER[2]),
    ]


def test_a_paragraph_that_was_reworded_is_known_again_behind_others_that_are_new():
    after = ["Préambule.", "Considérant ce qui suit.", "Le Réseau adopte sa charte commune.", *CHARTER[1:]]

    assert [(line.kind, line.before, line.after) for line in paragraphs.compared(CHARTER, after)] == [
        ("added", None, 1), ("added", None, 2), ("changed", 1, 3), ("same", 2, 4), ("same", 3, 5),
    ]  # fmt: skip


def test_a_paragraph_with_hardly_a_word_in_common_is_another_one():
    assert shown(paragraphs.compared(["Le Réseau adopte la charte."], ["Rien de commun ici."])) == [
        ("removed", 1, None, "Le Réseau adopte la charte."),
        ("added", None, 1, "Rien de commun ici."),
    ]


@given(words, words)
def test_both_versions_are_found_again_in_their_comparison(before, after):
    old, new = paragraphs.split(before), paragraphs.split(after)
    lines = paragraphs.compared(old, new)

    for kind, number, parts in (("removed", "before", old), ("added", "after", new)):
        kept = [
            "".join(span.words for span in line.spans if span.kind in {"same", kind})
            for line in lines
            if getattr(line, number)
        ]
        # Of spaces that differ, a comparison word by word keeps one of the two.
        assert ["".join(one.split()) for one in kept] == ["".join(one.split()) for one in parts]
        assert [getattr(line, number) for line in lines if getattr(line, number)] == list(range(1, len(parts) + 1))


def test_amendments_are_carried_out_together():
    rewordings, additions = {1: "Le Réseau adopte la charte révisée.", 3: ""}, {2: ["Un guide l’accompagne."]}

    assert paragraphs.split(paragraphs.amended(CHARTER, rewordings, additions)) == [
        "Le Réseau adopte la charte révisée.", "La charte vaut pour tous les membres.", "Un guide l’accompagne.",
    ]  # fmt: skip


def test_texts_too_long_to_be_compared_word_by_word_stand_one_after_the_other():
    """A thousand words against another thousand is the bound: what somebody may paste would take minutes."""
    before, after = (" ".join(f"{word}{n % 7}" for n in range(1_001)) for word in ("pas", "par"))
    alike = f"{before} fin"

    assert [span.kind for span in paragraphs.reworded(before, alike)] == ["removed", "added"]
    assert [line.kind for line in paragraphs.compared(before.split(), after.split())] == ["removed"] * 1_001 + [
        "added"
    ] * 1_001
