"""One after the other, where no row can be locked: what gives the next number of a series."""

from django.db import connection


def take_turn(series: str, number: int) -> None:
    """Until the end of the transaction nobody else passes here with the same series and number.

    What is read afterwards is what those before have written.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), %s)", [series, number])
