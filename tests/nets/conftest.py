import pytest
from django.db import transaction
from django.test import override_settings

from tests.nets.portal import Portal


@pytest.fixture(scope="module")
def portal(django_db_setup, django_db_blocker, tmp_path_factory):
    """One world for a whole module; each question is asked in a savepoint that is undone."""
    files = tmp_path_factory.mktemp("files")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=files), transaction.atomic():
        yield Portal()
        transaction.set_rollback(True)
