"""What was written in the journal, and what entities have said, stays (ADR 4): the database refuses the rest."""

import pytest
from django.db import DatabaseError, connection, transaction

from core import journal
from core.models import JournalEvent
from tests.factories import decisions as decided

TABLES = ["core_journalevent", "decisions_position"]


@pytest.fixture
def written(personas):
    decision = decided.supported_by(decided.in_call(personas), [personas.unicef], personas.secretariat)
    return journal.history(decision)


@pytest.mark.parametrize("statement", ["UPDATE {} SET at = now()", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
@pytest.mark.parametrize("table", TABLES)
def test_rows_are_refused_to_change_and_to_go(written, table, statement):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL reseau.may_truncate = off")  # on for the suite, which empties its own tables
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what still waits for its check keeps a table from TRUNCATE
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(statement.format(table))

    assert JournalEvent.objects.filter(pk__in=[event.pk for event in written]).count() == len(written)
