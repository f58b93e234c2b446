"""What the pages show, to whom, and what they answer to hostile or stale input."""

import pytest

from tests.factories import workplan as made
from workplan.enums import PlanState


@pytest.mark.parametrize("state", list(PlanState))
def test_plan_page_opens_in_each_state(personas, sign_in, state):
    plan = made.IN_STATE[state](personas)

    response = sign_in(personas.secretariat).get(plan.get_absolute_url())

    assert response.status_code == 200
