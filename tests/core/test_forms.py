"""Fields that read what people write."""

from datetime import time

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from core.forms import HourField


@pytest.mark.parametrize("typed", ["10:00", "10h00", "10 h 00", "10\u00a0h\u00a000", "10h", " 10 H ", "10:00:00"])
def test_an_hour_is_read_as_people_write_it(typed):
    assert HourField().clean(typed) == time(10)


@pytest.mark.parametrize("typed", ["25:00", "10h75", "dix heures", "10", "1000", "²h", "10h0"])
def test_what_is_no_hour_is_refused_with_an_example(typed):
    with override("fr"), pytest.raises(ValidationError) as refused:
        HourField().clean(typed)

    assert refused.value.messages == ["Donnez une heure, par exemple 10:00."]
