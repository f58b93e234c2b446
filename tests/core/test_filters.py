"""What is wrong with a filter is seen: on a phone too, where the filters are folded away."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("page", "asked"),
    [
        ("decisions:decision_list", {"q": "x" * 101}),
        ("meetings:meeting_list", {"year": "douze"}),
        ("members:directory", {"region": "atlantide"}),
        ("members:person_list", {"q": "x" * 101}),
        ("actions:action_list", {"state": "inconnu"}),
    ],
)
def test_refused_filter_opens_the_panel_and_marks_the_title(personas, sign_in, page, asked):
    answer = sign_in(personas.secretariat).get(reverse(page), asked).content.decode()

    assert '<details class="filters" open>' in answer
    assert "<title>Erreur\xa0: " in answer
