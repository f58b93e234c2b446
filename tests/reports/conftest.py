"""One full report, printed once for all tests that read it back."""

import pytest
from django.utils import translation

from reports import snapshot
from reports.document import report_document
from reports.press import print_pdf
from tests.factories.reports import sample_snapshot


@pytest.fixture(scope="session")
def sample():
    return sample_snapshot()


@pytest.fixture(scope="session")
def digest(sample):
    return snapshot.digest(snapshot.to_json(sample))


@pytest.fixture(scope="session")
def document(sample, digest):
    with translation.override("fr"):
        return report_document(sample, digest=digest)


@pytest.fixture(scope="session")
def printed(sample, digest, document):
    """The whole year of the demonstration file, printed as Celery prints it."""
    return print_pdf(document, identifier=digest, moment=sample.taken_at, on_page=lambda _page: None)
