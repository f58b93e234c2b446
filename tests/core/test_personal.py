"""Nothing is held about a person unsaid: every link to a person is shown to her, or repeats what the journal shows."""

import pytest
from django.contrib.auth import get_user_model
from django.utils import translation

from core.personal import accounted_links, holdings


def links_to_a_person():
    fields = get_user_model()._meta.get_fields(include_hidden=True)
    return {
        f"{field.related_model._meta.label}.{field.field.name}"
        for field in fields
        if field.is_relation and field.auto_created
    }


def test_every_link_to_a_person_is_accounted_for():
    assert accounted_links() == links_to_a_person()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_holding_can_name_a_sheet(language):
    with translation.override(language):
        titles = [str(holding.title) for holding in holdings()]

    assert len(set(titles)) == len(titles)
    assert [title for title in titles if len(title) > 31 or set(title) & set("[]:*?/\\'")] == []
